"""The log in memory: the library's recorder with the same guard as in a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eventsourcing.persistence import Notification, StoredEvent
from eventsourcing.popo import POPOApplicationRecorder

from ledger.store.guard import Guard


class LedgerMemoryRecorder(POPOApplicationRecorder):
    """The library's recorder: `insert_events(events, guard=...)` returns the positions.

    Raises the library's IntegrityError for a (stream, version) that exists, and whatever the
    guard raises.
    """

    def __call__(self, stream: str) -> list[Notification]:
        """Read a stream for a guard, which runs under the lock."""
        return self.select_stream(stream)

    def select_stream(self, stream: str) -> list[Notification]:
        """Return the events of a stream by version, each with its position."""
        with self._database_lock:
            places = sorted(self._stored_events_index.get(stream, {}).items())
            return [self.select_notifications(start=place + 1, limit=1)[0] for _, place in places]

    def last(self) -> Notification | None:
        """Return the event at the highest position, None in an empty log."""
        with self._database_lock:
            found = self.select_notifications(start=len(self._stored_events), limit=1)
        return found[0] if found else None

    def _insert_events(
        self, stored_events: Sequence[StoredEvent], *, guard: Guard | None = None, **kwargs: Any
    ) -> Sequence[int] | None:
        # The lock is re-entrant: the guard reads and the library inserts while it is held.
        with self._database_lock:
            if guard is not None:
                guard(self)
            return super()._insert_events(stored_events, **kwargs)
