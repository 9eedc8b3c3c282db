"""What constraints say of budgets and of knots of causes is what going through every world says."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import prod
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.checks.claims import check_crux, check_fast
from domain.claims.choices import Choices
from domain.claims.compiling import ClaimFormula
from domain.claims.crux import cruxes
from domain.claims.filters import Filter
from domain.claims.judging import judge
from domain.claims.language import AllOf, Budgeted, CauseOf, Every, Not, RootOf, Test
from domain.claims.mixed import MixedWorlds
from domain.claims.ports import no_clock
from domain.claims.predicates import Initiated
from domain.claims.verdicts import Method, Possible, Question, Verdict, by_solver, over_mixed
from domain.measures.roots import standings
from domain.reading import GrievancePolicy, InitiatorReading, Reading
from domain.truth import Truth
from ledger.solvers.engines import engines
from ledger.solvers.flow import NetworkxFlow
from tests.claims_oracle import changed, ledger_of, smallest_changes, values_taken
from tests.domain.claims.budgets_about import budget_question
from tests.domain.claims.claims_about import PANEL, question
from tests.domain.claims.knots_about import knot_question
from tests.examples import many
from tests.making import DISPUTE, act, make_history, said

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.claims.formula import Open
    from domain.claims.verdicts import Finding

SOLVERS = replace(engines(), patience=no_clock)
FORCED = replace(SOLVERS, joint_max=0)
"""Nothing is gone through by joint choices that constraints can decide."""

WORLDS_MAX = 300
FEW_WORLDS = 60
seeds = st.integers(0, 2**32)


def budgets(seed: int) -> Question:
    return budget_question(Random(seed), 7)


def knots(seed: int) -> Question:
    return knot_question(Random(seed), 7)


def anything(seed: int) -> Question:
    return question(seed, 7)


def solved(asked: Question) -> Finding:
    choices = Choices(asked.history, asked.dispute, PANEL, asked.reading)
    return by_solver(asked, choices, FORCED)


def check(made: Callable[[int], Question], seed: int) -> None:
    asked = made(seed)
    ledger = ledger_of(asked, PANEL)
    assume(ledger.worlds <= WORLDS_MAX)
    found = solved(asked).possible
    assert found is not None
    check_fast(found, values_taken(ledger), f"seed {seed}")


def check_each_world(made: Callable[[int], Question], seed: int) -> None:
    """Hold what constraints leave open once a world is chosen against what is measured there."""
    asked = made(seed)
    choices = Choices(asked.history, asked.dispute, PANEL, asked.reading)
    standing = [name for name, dossier in asked.history.dossiers.items() if dossier.stands]
    places = [range(len(choices.options(name))) for name in standing]
    assume(prod(map(len, places)) <= FEW_WORLDS)
    mixed = MixedWorlds(choices, asked.policy, no_clock(60), joint_max=0)
    formula = ClaimFormula(mixed, NetworkxFlow)
    claimed = formula.of(asked.test)
    put_to = {
        (name, side): (mixed.solely(name, side), mixed.jointly(name, side))
        for name in standing
        for side in ("West", "RUS", "POL")
    }
    for chosen in product(*places):
        world = choices.world(dict(zip(standing, chosen, strict=True)))
        values = [(claimed, judge(formula.sight(world), asked.test).value)]
        for name, found in standings(world, standing).items():
            initiators = found.under(asked.policy)
            for side in ("West", "RUS", "POL"):
                solely, jointly = put_to[name, side]
                values.append((solely, initiators.solely(side)))
                values.append((jointly, initiators.jointly(side)))
        fixed = [(mixed.chosen(*one),) for one in zip(standing, chosen, strict=True)]
        program = mixed.circuit.program()
        otherwise = tuple(literal for value in values for literal in _otherwise(*value))
        for more, expected in (((), True), ((otherwise,), False)):
            held = replace(program, clauses=[*program.clauses, *fixed, *more])
            assert FORCED.constraints.each(held, ((),), no_clock(60)) == (expected,), seed


def _otherwise(value: Open, expected: Truth) -> tuple[int, int]:
    """Return two literals one of which holds unless the value is as expected."""
    is_true = -value.is_true if expected is Truth.TRUE else value.is_true
    return (is_true, -value.is_false if expected is Truth.FALSE else value.is_false)


def check_turning(made: Callable[[int], Question], seed: int) -> None:
    asked = made(seed)
    ledger = ledger_of(asked, PANEL)
    assume(ledger.worlds <= FEW_WORLDS)
    for account in PANEL:
        for crux in cruxes(asked, account, PANEL, FORCED):
            expected = smallest_changes(ledger, account, crux.after)
            smallest = {frozenset(name for name, _ in one) for one in expected}
            assert crux.is_complete
            check_crux(crux, smallest, f"seed {seed}")
            assert len(crux.ties) == len(smallest)
            told = {changed({one.action: one.instead for one in tie}) for tie in crux.ties}
            assert told <= expected


@settings(max_examples=60)
@given(st.sampled_from((budgets, knots)), seeds)
def test_what_is_possible_is_what_some_world_shows(
    made: Callable[[int], Question], seed: int
) -> None:
    check(made, seed)


@settings(max_examples=20)
@given(st.sampled_from((budgets, knots)), seeds)
def test_a_world_leaves_nothing_open(made: Callable[[int], Question], seed: int) -> None:
    check_each_world(made, seed)


@settings(max_examples=20)
@given(st.sampled_from((budgets, knots)), seeds)
def test_the_crux_is_every_smallest_set_of_changes(
    made: Callable[[int], Question], seed: int
) -> None:
    check_turning(made, seed)


@pytest.mark.slow
@many(2_000)
@given(seeds)
def test_budgets_are_what_some_world_shows_thousands_of_times(seed: int) -> None:
    check(budgets, seed)


@pytest.mark.slow
@many(2_000)
@given(seeds)
def test_knots_are_what_some_world_shows_thousands_of_times(seed: int) -> None:
    check(knots, seed)


@pytest.mark.slow
@many(1_000)
@given(st.sampled_from((budgets, knots)), seeds)
def test_a_world_leaves_nothing_open_a_thousand_times(
    made: Callable[[int], Question], seed: int
) -> None:
    check_each_world(made, seed)


@pytest.mark.slow
@many(2_000)
@given(seeds)
def test_whatever_is_claimed_is_what_some_world_shows_thousands_of_times(seed: int) -> None:
    check(anything, seed)


@pytest.mark.slow
@many(1_000)
@given(st.sampled_from((budgets, knots)), seeds)
def test_the_crux_is_every_smallest_set_of_changes_a_thousand_times(
    made: Callable[[int], Question], seed: int
) -> None:
    check_turning(made, seed)


def asked_of(test: Test, *records: object) -> Question:
    return Question(make_history(*records), DISPUTE, Reading(), GrievancePolicy.ACTOR, test)  # type: ignore[arg-type]


def many_responses(count: int, k: Fraction = Fraction(1)) -> Question:
    """Each answers its own trigger by its actor's words, and the first one by the other's."""
    records: list[object] = [
        act(f"t{n}", "RUS", "USA", quantity=2, answers=[]) for n in range(count)
    ]
    for n in range(count):
        records += [act(f"r{n}", quantity=2, answers=[f"t{n}"]), said(f"r{n}", "RUS", ["t0"])]
    test = Budgeted(by="USA", of=Filter(), unit="persons", k=k)
    return asked_of(test, *records)


def test_a_budget_over_more_worlds_than_can_be_gone_through_is_decided() -> None:
    found = over_mixed(many_responses(40), ("USA", "RUS"), SOLVERS)
    assert found.possible == Possible(is_true=True, is_false=True, is_undetermined=False)
    assert (found.verdict, found.method) == (Verdict.CONTESTED, Method.CONSTRAINTS)
    assert (found.engine, found.why) == ("OR-tools CP-SAT", ())
    certain = over_mixed(many_responses(40, Fraction(40)), ("USA", "RUS"), SOLVERS)
    assert (certain.verdict, certain.method) == (Verdict.SUPPORTED, Method.CONSTRAINTS)


def test_what_turns_such_a_budget_is_found_and_all_of_it() -> None:
    asked = many_responses(6)
    (crux,) = cruxes(asked, "USA", ("USA", "RUS"), SOLVERS)
    assert (crux.before, crux.after, crux.robustness) == (Truth.TRUE, Truth.FALSE, 1)
    assert (crux.method, crux.engine, crux.is_complete) == (
        Method.CONSTRAINTS,
        "OR-tools CP-SAT",
        True,
    )
    assert [[one.action for one in tie] for tie in crux.ties] == [[f"r{n}"] for n in range(1, 6)]


def test_a_budget_of_few_worlds_takes_no_further_engine() -> None:
    assert over_mixed(many_responses(3), ("USA", "RUS"), SOLVERS).method is Method.SOLVER


def ring(size: int) -> list[object]:
    """On one day each answers the one before, says its actor; the one after, says the other."""
    records: list[object] = []
    for n in range(size):
        by, other = (("USA", "RUS"), ("RUS", "USA"))[n % 2]
        records.append(act(f"a{n}", by, other, answers=[f"a{(n - 1) % size}"]))
        records.append(said(f"a{n}", other, [f"a{(n + 1) % size}"]))
    return records


def test_a_knot_of_more_joint_choices_than_can_be_gone_through_is_decided() -> None:
    test = Every(of=Filter(), holds=Initiated(by="USA"))
    found = over_mixed(asked_of(test, *ring(20)), ("USA", "RUS"), SOLVERS)
    assert (found.verdict, found.method) == (Verdict.REFUTED, Method.CONSTRAINTS)
    assert found.possible == Possible(is_true=False, is_false=True, is_undetermined=False)


def test_a_circle_alone_supports_nobody_else() -> None:
    """Where the ring does not answer Poland's step, nothing in it is put to Poland."""
    records = [*ring(20), act("p", "POL", "USA", answers=[]), said("a3", "RUS", ["p"])]
    is_put = Every(of=Filter(ids=("a7",)), holds=Initiated(by="POL", how=InitiatorReading.JOINTLY))
    answers = CauseOf(action="a3", includes="p")
    both = {answer: AllOf(tests=(is_put, answer)) for answer in (answers, Not(test=answers))}
    found = [
        over_mixed(asked_of(test, *records), ("USA", "RUS"), SOLVERS) for test in both.values()
    ]
    assert [one.verdict for one in found] == [Verdict.CONTESTED, Verdict.REFUTED]
    assert {one.method for one in found} == {Method.CONSTRAINTS}


@pytest.mark.parametrize(
    "made", [many_responses(40), asked_of(RootOf(action="a0", side="USA"), *ring(20))]
)
def test_without_time_it_is_not_decided_but_for_what_accounts_show(made: Question) -> None:
    late = replace(engines(2.0), patience=lambda _: lambda: 0.0)
    found = over_mixed(made, ("USA", "RUS"), late)
    assert found.possible is not None
    assert None in found.possible.values()
    assert found.why == ("the search was stopped after 2 s",)


def test_numbers_beyond_what_solvers_reckon_with_are_said_to_be() -> None:
    asked = many_responses(20, Fraction(10**18 + 1, 10**18))
    found = over_mixed(asked, ("USA", "RUS"), SOLVERS)
    assert found.verdict in {Verdict.CONTESTED, Verdict.NOT_DECIDED}
    assert "numbers are larger than can be reckoned with" in found.why[0]
