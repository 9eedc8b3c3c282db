"""Proportion: exact or undetermined, never guessed."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given

from domain.measures.answered import answered
from domain.measures.proportion import Proportion, proportion
from domain.reading import Reading
from domain.records.base import Record
from domain.truth import Truth
from domain.worlds import World, whole_account
from tests.making import DISPUTE, act, calls, make_history
from tests.real import DISPUTE as REAL
from tests.real import real_history
from tests.small_worlds import worlds


def of(*records: Record, reading: Reading | None = None) -> Proportion:
    history = make_history(*records)
    return proportion(whole_account(history, DISPUTE, "USA", reading or Reading()), "own")


def test_the_quantity_is_divided_by_the_sum_of_what_is_answered() -> None:
    found = of(
        act("one", "RUS", "USA", quantity=48),
        act("two", "RUS", "USA", quantity=12),
        act("cap", "RUS", "USA", kind="staff_cap", quantity=5, unit="posts_ceiling"),
        act("own", quantity=90, answers=["one", "two", "cap"]),
    )
    assert found == Proportion(applies=True, ratio=Fraction(3, 2), against=("one", "two"))
    assert found.within(Fraction(1)) is Truth.FALSE
    assert found.within(Fraction(3, 2)) is Truth.TRUE


def test_it_sees_through_own_steps_to_what_is_answered() -> None:
    found = of(
        act("theirs", "RUS", "USA", quantity=10),
        act("step", quantity=4, answers=["theirs"]),
        act("own", quantity=5, answers=["step"]),
    )
    assert found.ratio == Fraction(1, 2)


@pytest.mark.parametrize(
    ("answered_with", "quantity"),
    [("unknown", 10), (10, "unknown"), ("1..3", 10), (10, ">=2"), (5, 0)],
)
def test_what_is_not_exact_and_what_is_nothing_leave_it_undetermined(
    answered_with: object, quantity: object
) -> None:
    theirs = act("theirs", "RUS", "USA", quantity=quantity)
    found = of(theirs, act("own", quantity=answered_with, answers=["theirs"]))
    assert (found.applies, found.ratio) == (True, None)
    assert found.within(Fraction(100)) is Truth.UNDETERMINED


@pytest.mark.parametrize("cause", ["act:x@RUS", "nowhere", "silent"])
def test_more_than_is_known_leaves_it_undetermined(cause: str) -> None:
    found = of(
        act("theirs", "RUS", "USA", quantity=10),
        act("silent", quantity=1),
        act("own", quantity=10, answers=["theirs", cause]),
    )
    assert (found.applies, found.ratio, found.against) == (True, None, ("theirs",))


@pytest.mark.parametrize(
    "own",
    [
        act("own", kind="talks_cancelled", answers=["theirs"]),
        act("own", kind="staff_cap", quantity=5, unit="posts_ceiling", answers=["theirs"]),
        act("own", kind="visa_refusal", quantity=5, answers=["theirs"]),
        act("own", quantity=5, answers=[]),
        act("own", quantity=5, answers=["ext:wrong@RUS"]),
        act("own", quantity=5, answers=["earlier"]),
    ],
)
def test_it_does_not_apply_without_something_of_the_same_unit(own: Record) -> None:
    theirs = act("theirs", "RUS", "USA", quantity=10)
    found = of(theirs, act("earlier", quantity=2, answers=[]), own)
    assert found == Proportion(applies=False)
    assert found.within(Fraction(1)) is None


def test_the_words_that_count_say_how_many() -> None:
    records = (
        act("theirs", "RUS", "USA", quantity=10),
        calls("theirs", "USA", quantity={"value": 20, "unit": "persons"}),
        act("own", quantity=10, answers=["theirs"]),
    )
    assert of(*records).ratio == 1
    assert of(*records, reading=Reading(kinds_by="USA")).ratio == Fraction(1, 2)


def test_what_is_denied_counts_nowhere() -> None:
    records = (
        act("theirs", "RUS", "USA", quantity=10),
        act("own", quantity=10, answers=["theirs"]),
        calls("theirs", "RUS", denied=True),
    )
    assert not of(*records, reading=Reading(kinds_by="RUS")).applies


@given(worlds())
def test_a_ratio_is_only_ever_given_where_everything_is_known(world: World) -> None:
    for held in world.actions():
        found = proportion(world, held.id)
        reached = answered(world, held.id)
        if found.ratio is not None:
            assert not reached.has_unknown
            assert not reached.outside()
            assert found.against
            assert held.action.quantity is not None
            assert held.action.quantity.value.is_exact


@pytest.mark.parametrize(
    ("account", "action", "ratio"),
    [
        ("RUS", "rus-2018-03-29-exp60", Fraction(1)),
        ("RUS", "rus-2021-04-16-entrybans", Fraction(8, 7)),
        ("USA", "rus-2021-04-16-exp5pol", Fraction(5, 3)),
        ("RUS", "rus-2022-03-23-png", None),
    ],
)
def test_ratios_of_real_actions(account: str, action: str, ratio: Fraction | None) -> None:
    found = proportion(whole_account(real_history(), REAL, account, Reading()), action)
    assert (found.applies, found.ratio) == (True, ratio)
