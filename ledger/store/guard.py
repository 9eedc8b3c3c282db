"""The guard: what is checked or decided inside the write transaction, just before the insert.

Rules that later events cannot break (the cause exists, and nothing is ever deleted) need no guard.
The others do: that an action is not retracted, or that stamps never go back, holds only as long
as nobody else can write.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Protocol

from eventsourcing.persistence import Notification, StoredEvent


class LogReader(Protocol):
    """What a guard may read: the log as it stands, while no other writer can add to it."""

    def __call__(self, stream: str) -> list[Notification]:
        """Return the events of a stream by version; none if there is no such stream."""

    def streams(self, names: Collection[str]) -> dict[str, list[Notification]]:
        """Return the events of many streams, each by version; none for those not there."""

    def last(self) -> Notification | None:
        """Return the event at the highest position, None in an empty log."""

    def streams_since(self, position: int, limit: int) -> list[str]:
        """Name the streams of the events behind a position, one an event, at most so many."""


Guard = Callable[[LogReader], Sequence[StoredEvent] | None]
"""Raises to abort the write; whatever it raises reaches the caller, and nothing is written.

What it returns is written instead of the events that were given; None leaves these. A store that
lost its connection calls it again, unless it finds that the earlier try was kept.
"""
