"""Columns and rows are held against each other wherever a ledger lies, as known at any position."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ledger.facade import Ledger, open_ledger
from ledger.known_at import PositionAheadError
from ledger.log_order import LogOutOfOrderError
from ledger.two_engines import Compared, verify_columns
from tests.ledger.columns.stores import store_of
from tests.making import act, entries_of, said, two_sides

RECORDS = (
    two_sides(),
    act("one", "USA", "RUS", answers=[]),
    act("two", "RUS", "USA", answers=["one"]),
    said("one", "RUS", "unprovoked"),
)


@pytest.mark.parametrize("until", [None, 0, 1, 3, 4])
def test_a_ledger_in_memory_is_compared_as_known_at_any_position(until: int | None) -> None:
    with open_ledger("memory:") as ledger:
        for record in RECORDS:
            ledger.record(record)
        position = len(RECORDS) if until is None else until
        found = verify_columns(ledger, until)
    assert found == Compared("columns", "rows", position, 1 if position else 0, 0)


def test_an_empty_ledger_has_nothing_to_disagree_on() -> None:
    with open_ledger("memory:") as ledger:
        assert verify_columns(ledger) == Compared("columns", "rows", 0, 0, 0)


def test_no_position_beyond_the_log_is_compared() -> None:
    with open_ledger("memory:") as ledger, pytest.raises(PositionAheadError):
        verify_columns(ledger, 1)


def test_an_event_that_no_append_left_is_named_before_anything_is_compared() -> None:
    entries = entries_of(*RECORDS)
    early = entries[0].recorded_at.replace(year=1999)
    planted = [*entries[:-1], replace(entries[-1], recorded_at=early)]
    with Ledger(store_of(planted)) as ledger, pytest.raises(LogOutOfOrderError):
        verify_columns(ledger)
