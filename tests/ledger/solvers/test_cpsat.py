"""The engine of constraints: what it answers is so, always the same, and never late."""

from __future__ import annotations

from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.claims.ports import AtLeast, Left, Number, Program, no_clock
from ledger.solvers.clock import patience
from ledger.solvers.cpsat import CpSat

ENOUGH: Left = no_clock(60)
HOLES = 12
X, Y = Number(0, 5), Number(1, 3)


def plain(*clauses: tuple[int, ...]) -> Program:
    return Program(max(abs(one) for clause in clauses for one in clause), clauses, (), ())


def pigeons() -> Program:
    """One pigeon more than holes, each said to be in a hole: false, and hard by clauses alone."""

    def sits(pigeon: int, hole: int) -> int:
        return pigeon * HOLES + hole + 1

    clauses = [tuple(sits(one, hole) for hole in range(HOLES)) for one in range(HOLES + 1)]
    for hole in range(HOLES):
        pairs = combinations(range(HOLES + 1), 2)
        clauses += [(-sits(one, hole), -sits(other, hole)) for one, other in pairs]
    return plain(*clauses)


def test_each_list_of_assumptions_is_answered() -> None:
    program = plain((1, 2), (-1, -2))
    assert CpSat().each(program, ((1,), (1, 2), ()), ENOUGH) == (True, False, True)


def test_a_sum_counts_only_where_its_conditions_hold() -> None:
    too_much = AtLeast(((1, X), (1, Y)), 9, when=(1, -2))
    program = Program(2, [(1, 2)], (X, Y), (too_much,))
    assert CpSat().each(program, ((1, -2), (2,)), ENOUGH) == (False, True)


def test_numbers_and_literals_add_up() -> None:
    enough = AtLeast(((1, X), (2, 1), (-1, Y)), 7)
    assert CpSat().each(Program(1, (), (X, Y), (enough,)), ((), (-1,)), ENOUGH) == (True, False)


def test_no_time_is_no_answer() -> None:
    assert CpSat().each(plain((1,)), ((1,),), lambda: 0) == (None,)
    found = CpSat().cheapest(plain((1,)), {1: 1}, 1, lambda: 0)
    assert (found.models, found.is_complete, found.was_stopped) == ((), False, True)


def test_every_cheapest_model_is_found() -> None:
    found = CpSat().cheapest(plain((1, 2, 3), (2, 3, 4)), {1: 1, 2: 1, 3: 1, 4: 1}, 10, ENOUGH)
    assert {model.true & {1, 2, 3, 4} for model in found.models} == {frozenset({2}), frozenset({3})}
    assert (found.cost, found.is_complete, found.was_stopped) == (1, True, False)


def test_more_models_than_asked_for_are_told_of() -> None:
    found = CpSat().cheapest(plain((1, 2, 3)), {1: 1, 2: 1, 3: 1}, 2, ENOUGH)
    assert (len(found.models), found.is_complete, found.was_stopped) == (2, False, False)


def test_where_there_is_no_model_there_is_none() -> None:
    found = CpSat().cheapest(plain((1,), (-1,)), {1: 1}, 2, ENOUGH)
    assert (found.models, found.is_complete, found.was_stopped) == ((), True, False)


def test_a_model_that_costs_nothing_is_the_only_one() -> None:
    for costs in ({1: 1}, {}):
        found = CpSat().cheapest(plain((-1, 2)), costs, 5, ENOUGH)
        assert (len(found.models), found.cost, found.is_complete) == (1, 0, True)


def test_a_search_stops_in_time() -> None:
    rng = Random(1)
    weights = [[rng.randrange(10**6) for _ in range(60)] for _ in range(6)]
    sums = [
        AtLeast(
            tuple((sign * one, place) for place, one in enumerate(row, 1)), sign * sum(row) // 2
        )
        for row in weights
        for sign in (1, -1)
    ]
    program = Program(60, (), (), sums)
    assert CpSat().each(program, ((),), patience(0.3)) == (None,)
    found = CpSat().cheapest(program, {1: 1}, 5, patience(0.3))
    assert (found.models, found.was_stopped, found.is_complete) == ((), True, False)


def test_what_is_hard_by_clauses_alone_is_not_by_sums() -> None:
    assert CpSat().each(pigeons(), ((),), ENOUGH) == (False,)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_same_question_finds_the_same_models(seed: int) -> None:
    rng = Random(seed)
    clauses = [tuple(rng.choice((1, -1)) * one for one in rng.sample(range(1, 31), 3))]
    clauses += [tuple(rng.sample(range(1, 31), 3)) for _ in range(60)]
    program, costs = plain(*clauses, (30,)), dict.fromkeys(range(1, 31), 1)
    once, again = (CpSat().cheapest(program, costs, 3, ENOUGH) for _ in range(2))
    assert once == again
    assert len(once.models) > 1


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """Up to three variables, two numbers, and a few clauses and sums over them."""
    literals = st.sampled_from((1, 2, 3, -1, -2, -3))
    clause = st.lists(literals, min_size=1, max_size=3).map(tuple)
    what = st.one_of(literals, st.sampled_from((X, Y)))
    terms = st.lists(st.tuples(st.integers(-3, 3), what), max_size=4).map(tuple)
    when = st.lists(literals, max_size=2).map(tuple)
    one_sum = st.builds(AtLeast, terms, st.integers(-6, 9), when)
    return Program(
        3, draw(st.lists(clause, max_size=4)), (X, Y), draw(st.lists(one_sum, max_size=4))
    )


def solutions(program: Program) -> set[frozenset[int]]:
    """Which variables are true in some solution, by trying everything."""
    found = set()
    for values in product((False, True), repeat=3):
        true = frozenset(place for place, value in enumerate(values, 1) if value)

        def holds(literal: int, true: frozenset[int] = true) -> bool:
            return (abs(literal) in true) is (literal > 0)

        if not all(any(map(holds, clause)) for clause in program.clauses):
            continue
        for numbers in product(range(X.most + 1), range(Y.most + 1)):
            if all(
                sum(
                    weight * (numbers[what.index] if isinstance(what, Number) else holds(what))
                    for weight, what in one.terms
                )
                >= one.bound
                for one in program.sums
                if all(map(holds, one.when))
            ):
                found.add(true)
    return found


@given(programs())
def test_what_it_finds_is_what_trying_everything_finds(program: Program) -> None:
    expected = solutions(program)
    assert CpSat().each(program, ((), (1,), (-2, 3)), ENOUGH) == (
        bool(expected),
        any(1 in true for true in expected),
        any(2 not in true and 3 in true for true in expected),
    )
    found = CpSat().cheapest(program, {1: 2, -2: 1, 3: 1}, 9, ENOUGH)
    prices = {true: 2 * (1 in true) + (2 not in true) + (3 in true) for true in expected}
    least = min(prices.values(), default=0)
    assert (found.cost if expected else 0, found.is_complete) == (least, True)
    assert bool(found.models) is bool(expected)
    shown = {model.true & {1, 2, 3} for model in found.models}
    assert shown == {true for true, price in prices.items() if price == least}
