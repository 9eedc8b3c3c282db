"""As known at: the prefix of the log that was known at a time, a day or a position."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.checks.broken import InvariantBrokenError
from domain.checks.logs import check_known_at
from domain.history import fold
from domain.reading import Reading
from domain.records.amendments import Retracted
from ledger.known_at import KnownAtSyntaxError, PositionAheadError, position_known_at
from tests.ledger.ledgers import NOON, Clock, new_bench, small_ledger
from tests.making import act, said
from tests.strategies import record_lists

if TYPE_CHECKING:
    from domain.records.base import Record
    from ledger.facade import Ledger

NEXT_DAY = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)


@pytest.fixture
def ledger() -> Ledger:
    """One record at noon, two an hour later, one at the next midnight, one a second after it."""
    clock = Clock()
    made = small_ledger(clock)
    clock.at = NOON + timedelta(hours=1)
    made.append([act("a"), said("a", "RUS", "unprovoked")])
    clock.at = NEXT_DAY
    made.record(act("b", answers=["a"]))
    clock.at = NEXT_DAY + timedelta(seconds=1)
    made.record(Retracted(action="b", reason="a slip"))
    return made


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("0", 0),
        ("3", 3),
        ("5", 5),
        ("2026-11-23T11:59:59Z", 0),
        ("2026-11-23T12:00:00Z", 1),
        ("2026-11-23T12:59:59.999999Z", 1),
        ("2026-11-23T13:00:00Z", 3),
        ("2026-11-23T13:00:00", 3),
        ("2026-11-23T16:00:00+03:00", 3),
        ("2026-11-23T13:00", 3),
        ("2026-11-23T13", 3),
        ("20261123T130000", 3),
        ("2026-11-23T12", 1),
        ("2026-11-24T00:00", 5),
        ("2026-11-24T00:00:00.5Z", 4),
        ("2026-11-24T00:00:01.000000Z", 5),
        ("2026-11-22", 0),
        ("2026-11-23", 3),
        ("2026-11-24T00:00:00Z", 4),
        ("2026-11-24", 5),
        ("9999-12-31", 5),
        ("0001-01-01", 0),
    ],
)
def test_a_position_a_time_and_a_day_each_name_a_prefix(
    ledger: Ledger, text: str, position: int
) -> None:
    assert position_known_at(ledger.application, text) == position
    known = ledger.history(Reading(as_known_at=text))
    assert known == fold(list(ledger.entries())[:position])


@pytest.mark.parametrize(
    "text", ["", "yesterday", "-1", "3.5", "2026-13-01", "2026-11-23T25:00:00Z", "٣x", "12:00"]
)
def test_what_is_neither_is_refused_by_name(ledger: Ledger, text: str) -> None:
    with pytest.raises(KnownAtSyntaxError, match="neither a position nor a time"):
        ledger.history(Reading(as_known_at=text))


def test_what_was_recorded_later_is_not_known(ledger: Ledger) -> None:
    known = ledger.history(Reading(as_known_at="4"))
    assert known.dossiers["b"].stands
    assert not ledger.history(Reading()).dossiers["b"].stands
    assert "b" not in ledger.history(Reading(as_known_at="2026-11-23")).dossiers
    assert ledger.history(Reading(as_known_at="2")).dossiers["a"].attributions == ()


def test_an_empty_ledger_knew_nothing_at_any_time() -> None:
    with new_bench(None).open() as ledger:
        assert position_known_at(ledger.application, "2026-11-23") == 0
        assert ledger.history(Reading(as_known_at="0")) == fold(())


@pytest.mark.parametrize("position", ["6", "117", "9" * 40])
def test_a_position_beyond_the_end_is_refused(ledger: Ledger, position: str) -> None:
    with pytest.raises(PositionAheadError, match=f"the history has no position {position}"):
        ledger.history(Reading(as_known_at=position))


def test_a_second_holds_all_that_was_recorded_in_it() -> None:
    clock = Clock()
    ledger = small_ledger(clock)
    clock.at = NOON + timedelta(microseconds=999_999)
    ledger.record(act("a"))
    shown = f"{NOON:%Y-%m-%d %H:%M:%S}"
    assert position_known_at(ledger.application, shown) == 2
    assert position_known_at(ledger.application, f"{shown}.999998") == 1


@given(record_lists(), st.lists(st.integers(-2, 3), min_size=15), st.integers(-5, 40))
def test_the_prefix_is_the_longest_stamped_by_then(
    records: tuple[Record, ...], steps: list[int], seconds: int
) -> None:
    clock = Clock()
    with new_bench(None).open(clock) as ledger:
        for record, step in zip(records, steps, strict=False):
            clock.forward(step)
            ledger.append([record])
        moment = NOON + timedelta(seconds=seconds)
        until = position_known_at(ledger.application, moment.isoformat())
        known = ledger.history(Reading(as_known_at=moment.isoformat()))
        entries = list(ledger.entries())
    check_known_at(known, entries, moment, until)


@pytest.mark.parametrize("wrong", [-1, 1])
def test_a_prefix_one_record_off_is_found(ledger: Ledger, wrong: int) -> None:
    entries = list(ledger.entries())
    with pytest.raises(InvariantBrokenError, match="invariant 4"):
        check_known_at(fold(entries[: 3 + wrong]), entries, NOON + timedelta(hours=1), 3 + wrong)


def test_a_history_that_knows_more_than_its_prefix_is_found(ledger: Ledger) -> None:
    entries = list(ledger.entries())
    with pytest.raises(InvariantBrokenError, match="invariant 4"):
        check_known_at(fold(entries), entries, NOON + timedelta(hours=1), 3)
