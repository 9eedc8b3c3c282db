"""As known at: a ledger time or position, and the prefix of the log that was known then."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from domain.errors import InputError, require

if TYPE_CHECKING:
    from ledger.application import LedgerApplication


TIME: Final = re.compile(r"[T ](\d\d)(:?\d\d)?(:?\d\d)?([.,]\d+)?")
LENGTHS: Final = (
    timedelta(days=1),
    timedelta(hours=1),
    timedelta(minutes=1),
    timedelta(seconds=1),
    timedelta(microseconds=1),
)
"""How long what a text names lasts, by how many parts of the time of day it gives."""


class PositionAheadError(InputError):
    """A position is named that the history has not reached."""


class KnownAtSyntaxError(InputError):
    """What should say when something was known is neither a position nor a time."""


def position_known_at(application: LedgerApplication, text: str) -> int:
    """Return the last position known at a position (`117`) or a UTC time (`2026-11-23T12:00:00Z`).

    A day, an hour, a minute or a second means its end, for so much is shown of a stamp. Stamps
    never decrease with position, so the longest prefix stamped at or before a time is found by
    halving; nothing need stand at a position. Raises KnownAtSyntaxError, PositionAheadError.

    Rule: docs/semantics.md#two-times
    """
    last = application.position()
    if text.isdecimal():
        require_reached(int(text), last, "reciprocity log --limit 1")
        return int(text)
    limit = _time(text)
    low, high = 0, last
    while low < high:
        middle = (low + high + 1) // 2
        entry = application.from_position(middle)
        is_known = entry.recorded_at <= limit
        low, high = (entry.position, high) if is_known else (low, middle - 1)
    return low


def require_reached(position: int, last: int, hint: str) -> None:
    """Refuse a position that the history has not; raise PositionAheadError."""
    require(
        0 <= position <= last,
        PositionAheadError(
            f"the history has no position {position}", why=f"it ends at {last}", hint=hint
        ),
    )


def _time(text: str) -> datetime:
    try:
        when = datetime.fromisoformat(text)
    except ValueError as error:
        raise KnownAtSyntaxError(
            f"{text!r} is neither a position nor a time",
            where="--as-known-at",
            why="expected a position (117), a day, or a UTC time (2026-11-23T12:00:00Z)",
            hint="reciprocity log",
        ) from error
    if len(text) > len("2026-11-23"):
        found = TIME.search(text)
        parts = sum(part is not None for part in found.groups()) if found else len(LENGTHS) - 1
    else:
        parts = 0
    when += LENGTHS[parts] - timedelta(microseconds=1)
    return when if when.tzinfo else when.replace(tzinfo=UTC)
