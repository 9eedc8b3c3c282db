"""The guard: a rule that is checked inside the write transaction, just before events are written.

Rules that later events cannot break (the cause exists, and nothing is ever deleted) need no guard.
The others do: that an action is not retracted, or that stamps never go back, holds only as long
as nobody else can write.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from eventsourcing.persistence import Notification


class LogReader(Protocol):
    """What a guard may read: the log as it stands, while no other writer can add to it."""

    def __call__(self, stream: str) -> list[Notification]:
        """Return the events of a stream by version; none if there is no such stream."""

    def last(self) -> Notification | None:
        """Return the event at the highest position, None in an empty log."""


Guard = Callable[[LogReader], None]
"""Raises to abort the write; whatever it raises reaches the caller, and nothing is written."""
