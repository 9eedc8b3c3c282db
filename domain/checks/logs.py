"""Invariants 1 to 4 and 8: what order, repetition, retraction and later records change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.checks.broken import hold, hold_equal
from domain.findings import (
    Place,
    content,
    descending,
    findings,
    is_unconnected,
    tallies,
)
from domain.history import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from domain.history import History
    from domain.records.entry import Entry


def check_order(one: History, other: History) -> None:
    """1: the same records, in another order or some of them twice, mean the same."""
    hold_equal(1, content(one.dossiers), content(other.dossiers))
    hold_equal(1, findings(one), findings(other))
    hold_equal(1, tallies(one), tallies(other))


def check_resumed(whole: Mapping[Any, object], resumed: Mapping[Any, object]) -> None:
    """2: rows that were kept up to date, however cut, are the rows computed all at once."""
    hold_equal(2, whole, resumed)


def check_forgotten(retracted: History, never: History, action: str) -> None:
    """3: a history with a retracted action is one without it, but for what descends from it."""
    apart = descending(retracted, action)

    def others(history: History) -> Mapping[Place, object]:
        return {place: found for place, found in findings(history).items() if place[3] not in apart}

    hold_equal(3, others(retracted), others(never))
    hold_equal(3, tallies(retracted), tallies(never))


def check_known_at(known: History, entries: Sequence[Entry], moment: datetime, until: int) -> None:
    """4: what was known at a moment is the longest prefix stamped at or before it, and no more."""
    where = f"position {until}"
    late = [entry.position for entry in entries[:until] if entry.recorded_at > moment]
    hold(not late, 4, "later records were let in", where, f"positions {late}")
    early = [entry.position for entry in entries[until : until + 1] if entry.recorded_at <= moment]
    hold(not early, 4, "a record known by then was left out", where, f"position {early}")
    alone = fold(entries[:until])
    for part in ("dossiers", "disputes", "parties", "coverage", "stocks"):
        hold_equal(4, dict(getattr(known, part)), dict(getattr(alone, part)))


def check_unconnected(before: History, after: History, action: str) -> None:
    """8: an action that names no other and that no other names leaves all others as they were."""
    if is_unconnected(after, action):
        kept = findings(after)
        hold_equal(8, findings(before), {place: kept.get(place) for place in findings(before)})
