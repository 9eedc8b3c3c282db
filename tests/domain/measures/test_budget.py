"""The budget: shared triggers, packages, bounds; and every subset of responses tried."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.measures.budget import Budget, budgeted
from domain.measures.proportion import proportion
from domain.reading import BasisOf, Reading
from domain.records.base import Record
from domain.truth import Truth
from domain.worlds import World, whole_account
from ledger.solvers.flow import NetworkxFlow
from tests.making import DISPUTE, act, make_history
from tests.oracles import Claims
from tests.real import DISPUTE as REAL
from tests.real import real_history
from tests.small_worlds import worlds

ONE = Fraction(1)
KS = st.sampled_from([Fraction(0), Fraction(1, 2), ONE, Fraction(3, 2), Fraction(2)])


def trigger(name: str, quantity: object, **fields: str) -> Record:
    return act(name, "RUS", "USA", quantity=quantity, answers=[], part_of=fields.get("part_of"))


def response(name: str, quantity: object, answers: Iterable[str], **fields: str) -> Record:
    return act(name, quantity=quantity, answers=answers, part_of=fields.get("part_of"))


def world_of(*records: Record) -> World:
    return whole_account(make_history(*records), DISPUTE, "USA", Reading())


def of(*records: Record, k: Fraction = ONE) -> Budget:
    return budgeted(world_of(*records), "persons", k, NetworkxFlow())


def test_a_trigger_answered_twice_over_is_in_proportion_each_time_and_over_budget() -> None:
    records = (
        trigger("t", 10),
        response("one", 10, ["t"]),
        response("two", 10, ["t"]),
        trigger("free", 3),
        response("fine", 3, ["free"]),
    )
    found = of(*records)
    assert found.feasible is Truth.FALSE
    assert (found.over, found.shortfall) == (("one", "two"), Fraction(10))
    assert {proportion(world_of(*records), name).ratio for name in ("one", "two")} == {ONE}
    assert of(*records, k=Fraction(2)).feasible is Truth.TRUE


def test_what_one_trigger_lacks_another_may_give() -> None:
    records = (
        trigger("shared", 10),
        trigger("other", 5),
        response("one", 10, ["shared"]),
        response("two", 5, ["shared", "other"]),
    )
    assert of(*records).feasible is Truth.TRUE
    assert of(*records).shortfall == 0


def test_without_responses_nothing_is_over() -> None:
    found = of(trigger("t", 10))
    assert (found.feasible, found.responses, found.over) == (Truth.TRUE, (), ())


def test_a_response_without_a_trigger_of_the_unit_is_left_out() -> None:
    visas = act("t", "RUS", "USA", kind="visa_refusal", quantity=3, answers=[])
    assert of(visas, response("own", 10, ["t"])).responses == ()


def test_what_joins_in_is_no_response_and_takes_from_nobody() -> None:
    joining = act("joining", "POL", "GBR", quantity=10, answers=["t"])
    found = of(trigger("t", 10), response("own", 10, ["t"]), joining)
    assert (found.responses, found.feasible) == (("own",), Truth.TRUE)


def test_an_action_that_is_not_hostile_needs_nothing() -> None:
    threat = act("threat", kind="threat", quantity=50, unit="persons", answers=["t"])
    assert of(trigger("t", 10), threat).responses == ()


def test_only_the_actions_asked_for_are_weighed() -> None:
    world = world_of(trigger("t", 10), response("one", 10, ["t"]), response("two", 10, ["t"]))
    found = budgeted(world, "persons", ONE, NetworkxFlow(), ["one"])
    assert (found.responses, found.feasible) == (("one",), Truth.TRUE)


def test_a_part_draws_on_its_package_whoever_cites_the_whole() -> None:
    records = (
        trigger("whole", 10),
        trigger("part", 6, part_of="whole"),
        response("to-whole", 10, ["whole"]),
        response("to-part", 1, ["part"]),
    )
    assert of(*records).over == ("to-part", "to-whole")
    fits = (*records[:2], response("to-whole", 4, ["whole"]), response("to-part", 6, ["part"]))
    assert of(*fits).feasible is Truth.TRUE


def test_parts_together_justify_no_more_than_their_package() -> None:
    records = [trigger("whole", 55)]
    records += [trigger(f"part{n}", n, part_of="whole") for n in (27, 28, 1)]
    answers = ["part27", "part28", "part1"]
    assert of(*records, response("own", 56, answers)).feasible is Truth.FALSE
    assert of(*records, response("own", 55, answers)).feasible is Truth.TRUE


def test_a_part_against_somebody_else_stands_alone() -> None:
    other = act("part", "RUS", ["USA", "POL"], quantity=6, part_of="whole", answers=[])
    records = (trigger("whole", 10), other)
    responses = (response("one", 10, ["whole"]), response("two", 6, ["part"]))
    assert of(*records, *responses).feasible is Truth.TRUE


def test_a_part_in_another_unit_than_its_package_stands_alone() -> None:
    closures = act(
        "whole", "RUS", "USA", kind="property_closure", quantity=2, unit="properties", answers=[]
    )
    records = (closures, trigger("part", 10, part_of="whole"), response("own", 10, ["part"]))
    assert of(*records).feasible is Truth.TRUE


def test_a_part_of_a_response_is_not_counted_twice_but_must_be_in_proportion_itself() -> None:
    records = (trigger("t", 10), trigger("small", 1), response("whole", 10, ["t"]))
    part = response("part", 5, ["t"], part_of="whole")
    assert of(*records, part).feasible is Truth.TRUE
    assert (of(*records, part).responses, of(*records, part).detail) == (("whole",), ("part",))
    out_of_proportion = response("part", 5, ["small"], part_of="whole")
    found = of(*records, out_of_proportion)
    assert (found.feasible, found.over) == (Truth.FALSE, ("part",))


def test_a_package_of_unknown_size_justifies_at_least_its_parts_that_are_cited() -> None:
    records = (
        trigger("whole", "unknown"),
        trigger("one", 3, part_of="whole"),
        trigger("two", 4, part_of="whole"),
    )
    answers = ["whole", "one", "two"]
    assert of(*records, response("own", 7, answers)).feasible is Truth.TRUE
    assert of(*records, response("own", 8, answers)).feasible is Truth.UNDETERMINED
    assert of(*records, response("own", 7, answers[:2])).feasible is Truth.UNDETERMINED


def test_a_package_inside_a_package_that_nobody_cites_gives_what_its_cited_parts_come_to() -> None:
    records = (
        trigger("outer", "unknown"),
        trigger("inner", 10, part_of="outer"),
        trigger("part", 3, part_of="inner"),
    )
    assert of(*records, response("own", 3, ["outer", "part"])).feasible is Truth.TRUE
    assert of(*records, response("own", 5, ["outer", "part"])).feasible is Truth.UNDETERMINED


def test_a_response_of_unknown_size_needs_at_least_its_parts() -> None:
    records = (
        trigger("t", 5),
        trigger("other", 10),
        response("whole", "unknown", ["t"]),
        response("part", 6, ["other"], part_of="whole"),
    )
    assert (of(*records).feasible, of(*records).over) == (Truth.FALSE, ("whole",))


def test_an_act_recorded_twice_needs_and_justifies_once() -> None:
    again = act("again", "RUS", "USA", quantity=10, same_as=["t"], answers=[])
    copy = act("copy", quantity=10, same_as=["own"], answers=["again"])
    found = of(trigger("t", 10), again, response("own", 10, ["t"]), copy)
    assert (found.responses, found.feasible) == (("own",), Truth.TRUE)
    more = response("more", 1, ["again"])
    assert of(trigger("t", 10), again, response("own", 10, ["t"]), more).feasible is Truth.FALSE


@pytest.mark.parametrize(
    ("given_quantity", "needed", "expected"),
    [
        ("unknown", 10, Truth.UNDETERMINED),
        (">=10", 10, Truth.TRUE),
        ("5..9", 10, Truth.FALSE),
        ("5..10", 10, Truth.UNDETERMINED),
        (10, "unknown", Truth.UNDETERMINED),
        (10, ">=11", Truth.FALSE),
        (10, "1..10", Truth.TRUE),
        ("unknown", 0, Truth.TRUE),
    ],
)
def test_unknown_quantities_are_decided_by_their_bounds(
    given_quantity: object, needed: object, expected: Truth
) -> None:
    assert of(trigger("t", given_quantity), response("own", needed, ["t"])).feasible is expected


def test_what_may_be_over_is_named_with_what_is_lacking_at_worst() -> None:
    found = of(trigger("t", "5..10"), response("own", 10, ["t"]))
    assert (found.over, found.shortfall) == (("own",), Fraction(5))
    assert of(trigger("t", 10), response("own", "unknown", ["t"])).shortfall is None


@pytest.mark.parametrize("answers", [["act:x@RUS"], ["t", "act:x@RUS"], ["t", "nowhere"]])
def test_what_the_ledger_does_not_hold_may_be_enough(answers: list[str]) -> None:
    assert of(trigger("t", 5), response("own", 6, answers)).feasible is Truth.UNDETERMINED


def test_a_silent_action_may_be_a_response_that_nothing_justifies() -> None:
    silent = act("silent", quantity=1)
    assert of(silent).feasible is Truth.UNDETERMINED
    twice = (trigger("t", 1), response("one", 1, ["t"]), response("two", 1, ["t"]))
    assert of(silent, *twice).feasible is Truth.FALSE


@st.composite
def claims(draw: st.DrawFn) -> Claims:
    """Up to four triggers, some in packages, and up to four responses that cite some."""
    names = [f"t{n}" for n in range(draw(st.integers(1, 4)))]
    package = {
        name: whole
        for place, name in enumerate(names)
        if (whole := draw(st.sampled_from([None, *names[:place]]))) is not None
    }
    responses = [f"r{n}" for n in range(draw(st.integers(1, 4)))]
    cited = st.sets(st.sampled_from(names), min_size=1)
    return Claims(
        needs={name: draw(st.integers(0, 6)) for name in responses},
        cites={name: frozenset(draw(cited)) for name in responses},
        amounts={name: draw(st.integers(0, 6)) for name in names},
        package=package,
    )


def records_of(by_hand: Claims) -> list[Record]:
    records = [
        act(name, "RUS", "USA", quantity=n, part_of=by_hand.package.get(name), answers=[])
        for name, n in by_hand.amounts.items()
    ]
    return records + [response(name, n, by_hand.cites[name]) for name, n in by_hand.needs.items()]


@given(claims(), KS)
def test_it_is_what_trying_every_subset_finds(by_hand: Claims, k: Fraction) -> None:
    found = of(*records_of(by_hand), k=k)
    lack, over = by_hand.over(k)
    assert (found.feasible, found.shortfall) == (Truth.of(lack == 0), lack)
    assert frozenset(found.over) == over


@given(claims(), KS)
def test_what_fits_the_budget_is_in_proportion_one_by_one(by_hand: Claims, k: Fraction) -> None:
    world = world_of(*records_of(by_hand))
    if budgeted(world, "persons", k, NetworkxFlow()).feasible is Truth.TRUE:
        for name in by_hand.needs:
            assert proportion(world, name).within(k) is not Truth.FALSE


@given(worlds())
def test_a_larger_k_fits_whatever_a_smaller_one_does(world: World) -> None:
    values = [
        budgeted(world, "persons", Fraction(k), NetworkxFlow()).feasible for k in ("1/2", "1", "3")
    ]
    order = [Truth.FALSE, Truth.UNDETERMINED, Truth.TRUE]
    assert values == sorted(values, key=order.index)


amounts = st.sampled_from(["unknown", "1..3", ">=2", 0, 1, 4])


@given(st.data())
def test_what_is_decided_stays_so_whatever_the_unknown_turns_out_to_be(data: st.DataObject) -> None:
    known = {name: data.draw(amounts) for name in ("t0", "t1", "r0", "r1")}
    cites = {
        name: data.draw(st.sets(st.sampled_from(["t0", "t1"]), min_size=1)) for name in ("r0", "r1")
    }
    bounds = {"unknown": (0, 9), "1..3": (1, 3), ">=2": (2, 9)}
    learned = {
        name: data.draw(st.integers(*bounds[text])) if isinstance(text, str) else text
        for name, text in known.items()
    }
    before, after = (
        of(
            trigger("t0", quantity["t0"]),
            trigger("t1", quantity["t1"]),
            response("r0", quantity["r0"], cites["r0"]),
            response("r1", quantity["r1"], cites["r1"]),
        ).feasible
        for quantity in (known, learned)
    )
    assert after is not Truth.UNDETERMINED
    assert before in {after, Truth.UNDETERMINED}


@pytest.mark.parametrize(
    ("account", "unit", "feasible", "over", "shortfall"),
    [
        ("RUS", "persons", Truth.FALSE, ("rus-2021-04-16-exp5pol",), 2),
        ("USA", "persons", Truth.FALSE, ("rus-2021-04-16-exp5pol",), 2),
        ("RUS", "media_outlets", Truth.FALSE, ("rus-2017-12-05-media",), 8),
        ("USA", "media_outlets", Truth.TRUE, (), 0),
        ("USA", "designations", Truth.UNDETERMINED, ("rus-2022-03-15-stoplist",), 13),
    ],
)
def test_budgets_of_real_accounts(
    account: str, unit: str, feasible: Truth, over: tuple[str, ...], shortfall: int
) -> None:
    reading = Reading(bases=(BasisOf.WITH_INFERRED,))
    world = whole_account(real_history(), REAL, account, reading)
    found = budgeted(world, unit, ONE, NetworkxFlow())
    assert (found.feasible, found.over, found.shortfall) == (feasible, over, Fraction(shortfall))
