"""As known at: a ledger time or position, and the prefix of the log that was known then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from domain.errors import InputError

if TYPE_CHECKING:
    from ledger.application import LedgerApplication


class KnownAtSyntaxError(InputError):
    """What should say when something was known is neither a position nor a time."""


def position_known_at(application: LedgerApplication, text: str) -> int:
    """Return the last position known at a position (`117`) or a UTC time (`2026-11-23T12:00:00Z`).

    A day alone means its end. Stamps never decrease with position, so the longest prefix stamped
    at or before a time is found by halving. Raises KnownAtSyntaxError.

    Rule: docs/semantics.md#two-times
    """
    last = application.position()
    if text.isdecimal():
        return min(int(text), last)
    limit = _time(text)
    low, high = 0, last
    while low < high:
        middle = (low + high + 1) // 2
        entry = next(application.entries(middle - 1, middle))
        low, high = (middle, high) if entry.recorded_at <= limit else (low, middle - 1)
    return low


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
    if len(text) == len("2026-11-23"):
        when += timedelta(days=1, microseconds=-1)
    return when if when.tzinfo else when.replace(tzinfo=UTC)
