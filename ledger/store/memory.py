"""The log in memory: the library's recorder with the same guard as in a file."""

from __future__ import annotations

from collections.abc import Collection, Sequence
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

    def streams(self, names: Collection[str]) -> dict[str, list[Notification]]:
        """Read many streams for a guard."""
        found = {name: self.select_stream(name) for name in names}
        return {name: events for name, events in found.items() if events}

    def streams_since(self, position: int, limit: int) -> list[str]:
        """Name the streams of the events behind a position, at most so many."""
        found = self.select_notifications(start=position + 1, limit=limit)
        return [str(event.originator_id) for event in found]

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
                decided = guard(self)
                stored_events = stored_events if decided is None else decided
            return super()._insert_events(stored_events, **kwargs)
