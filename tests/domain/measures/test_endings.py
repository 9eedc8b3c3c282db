"""Ended in time: reversed by the day on which what it answers was."""

from __future__ import annotations

from typing import Any

import pytest

from domain.dates import Lag
from domain.kinds import KINDS, kind
from domain.measures.answered import answered
from domain.measures.endings import Ended, can_be_undone, ended_in_time, reversals
from domain.reading import Reading
from domain.records.base import Record
from domain.truth import Truth
from domain.worlds import whole_account
from tests.making import DISPUTE, act, calls, make_history

TRUE, FALSE, UNKNOWN = Truth


def of(*records: Record, reading: Reading | None = None) -> Ended:
    world = whole_account(make_history(*records), DISPUTE, "USA", reading or Reading())
    return ended_in_time(world, "own", answered(world, "own"), reversals(world))


def theirs(**fields: Any) -> Record:
    return act("theirs", "RUS", "USA", "2020-01-01", answers=[], **fields)


def undo(name: str, *what: str, on: str, by: str = "RUS", **fields: Any) -> Record:
    return act(name, by, "USA", on, kind="reversal", reverses=what, **fields)


OWN = act("own", on="2020-02-01", quantity=5, answers=["theirs"])


@pytest.mark.parametrize(
    ("own_end", "expected", "overstay"),
    [
        ("2020-06-01", TRUE, None),
        ("2020-03-01", TRUE, None),
        ("2020-06-11", FALSE, Lag(10, 10)),
        ("2020-06", UNKNOWN, None),
        ("2020-07", FALSE, Lag(30, 60)),
        ("2020-07/..", FALSE, Lag(30, None)),
    ],
)
def test_it_must_have_ended_by_the_day_its_trigger_did(
    own_end: str, expected: Truth, overstay: Lag | None
) -> None:
    records = (undo("give-up", "theirs", on="2020-06-01"), undo("end", "own", on=own_end, by="USA"))
    found = of(theirs(), OWN, *records)
    assert (found.value, found.overstay) == (expected, overstay)


def test_what_is_not_reversed_itself_overstays_without_end() -> None:
    found = of(theirs(), OWN, undo("give-up", "theirs", on="2020-06-01"))
    assert (found.value, found.overstay) == (FALSE, Lag(0, None))
    assert found.detail == "theirs reversed by give-up; not reversed itself"


def test_while_one_trigger_is_in_force_the_question_does_not_arise() -> None:
    both = act("own", answers=["theirs", "more"])
    more = act("more", "RUS", "USA", answers=[])
    give_up = undo("give-up", "theirs", on="2020-06-01")
    assert of(theirs(), more, both, give_up).value is None
    found = of(theirs(), more, both, give_up, undo("rest", "more", on="2020-08-01"))
    assert found.value is FALSE


def test_a_part_given_back_is_no_end_and_all_parts_together_are() -> None:
    part = undo("part", "theirs", on="2020-06-01", quantity=4, unit="persons")
    rest = undo("rest", "theirs", on="2020-07-01", quantity=6, unit="persons")
    end = undo("end", "own", on="2020-06-15", by="USA")
    assert of(theirs(quantity=10), OWN, part, end).value is None
    assert of(theirs(quantity=10), OWN, part, rest, end).value is TRUE


def test_a_reversal_of_an_unknown_part_counts_as_the_end() -> None:
    end = undo("end", "own", on="2020-05-01", by="USA")
    visas = undo("part", "theirs", on="2020-06-01", quantity=4, unit="visas")
    for part in (undo("part", "theirs", on="2020-06-01"), visas):
        assert of(theirs(quantity=10), OWN, part, end).value is TRUE


def test_an_outside_trigger_leaves_open_whether_it_is_over() -> None:
    own = act("own", answers=["theirs", "act:x@RUS"])
    give_up = undo("give-up", "theirs", on="2020-06-01")
    assert of(theirs(), own, give_up).value is UNKNOWN


def test_what_is_complete_in_the_doing_has_no_end() -> None:
    own = act("own", kind="talks_cancelled", answers=["theirs"])
    assert of(theirs(), own, undo("give-up", "theirs", on="2020-06-01")).value is None


def test_a_reversal_that_is_denied_reverses_nothing() -> None:
    give_up = undo("give-up", "theirs", on="2020-06-01")
    denied = calls("give-up", "RUS", denied=True)
    reading = Reading(kinds_by="RUS")
    assert of(theirs(), OWN, give_up, denied, reading=reading).value is None


def test_the_row_that_stands_for_an_act_is_reversed_with_any_row_of_it() -> None:
    again = act("again", "RUS", "USA", same_as=["theirs"], answers=[])
    give_up = undo("give-up", "again", on="2020-06-01")
    assert of(theirs(), again, OWN, give_up).value is FALSE


def test_only_catch_all_kinds_leave_open_whether_they_can_be_undone() -> None:
    open_kinds = {row.name for row in KINDS if can_be_undone(row) is UNKNOWN}
    assert open_kinds == {"retaliation", "other"}
    assert can_be_undone(kind("expulsion")) is TRUE
    assert can_be_undone(kind("protest")) is FALSE
