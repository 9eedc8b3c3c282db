"""Writing judged batches: one transaction each, held against what others wrote meanwhile.

A batch is judged by what the ledger held at one position. Under the write lock it is written where
nobody wrote behind that position anything that the batch relies on; else it is judged anew. So no
rule can be broken by another writer, and two imports of one file count nothing twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventsourcing.persistence import IntegrityError, StoredEvent

from ledger.store.errors import StoreLockedError
from ledger.store.mapper import stamp_of, stored_states

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from ledger.facade import Ledger
    from ledger.imports.bulk.batch import Batch
    from ledger.store.guard import LogReader


TRIES_MAX: Final = 8


class _JudgedTooEarlyError(Exception):
    """Others wrote what the batch relies on."""


class _StampBehindError(Exception):
    """The last entry was stamped later than the batch."""

    def __init__(self, last: datetime) -> None:
        super().__init__(last)
        self.last = last


class Writer:
    """Writes batches one after another.

    `is_alone` as long as the ledger holds nothing but what this import wrote.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._application = ledger.application
        self._position = self._application.position()
        self.is_alone = self._position == 0

    def write(self, judged: Callable[[], Batch]) -> Batch:
        """Judge a batch and write its records; return it. Raises StoreUnavailableErrors."""
        for _ in range(TRIES_MAX):
            batch = judged()
            if not batch.records:
                return batch
            at = self._ledger.clock()
            while True:
                try:
                    positions = self._application.put_stored(
                        self._events(batch, at), guard=self._guard(batch, at)
                    )
                except _StampBehindError as behind:
                    at = behind.last
                    continue
                except (_JudgedTooEarlyError, IntegrityError):
                    self.is_alone = False
                    self._position = self._application.position()
                    break
                self._position = positions[-1]
                return batch
        raise StoreLockedError(
            "other writers kept changing the same records",
            why=f"gave up after {TRIES_MAX} tries; what was committed before stays",
            hint="run the same import again",
        )

    def _events(self, batch: Batch, at: datetime) -> list[StoredEvent]:
        state = stored_states(at, self._ledger.by)
        salt = self._ledger.salt
        versions: dict[str, int] = {}
        events = []
        for topic, stream, payload in batch.records:
            version = (versions.get(stream) or batch.held(stream)) + 1
            versions[stream] = version
            events.append(StoredEvent(stream, version, topic, state(payload, salt())))
        return events

    def _guard(self, batch: Batch, at: datetime) -> Callable[[LogReader], None]:
        def guard(read: LogReader) -> None:
            last = read.last()
            if last is None:
                return
            if last.id != self._position:
                self._require_untouched(batch, last.id)
                self.is_alone = False
            last_at = stamp_of(last)
            if at < last_at:
                raise _StampBehindError(last_at)

        return guard

    def _require_untouched(self, batch: Batch, until: int) -> None:
        """Refuse a batch that relies on a stream which somebody else wrote to meanwhile."""
        relied_on = batch.relied_on()
        for event in self._application.notifications(self._position, until):
            if event.originator_id in relied_on:
                raise _JudgedTooEarlyError
