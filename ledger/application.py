"""The ledger as an event-sourced application: one stream per action, read and written as entries.

Built on `eventsourcing`; the store brings its recorder, our mapper brings literal names. Nothing of
the process's environment reaches the library: a ledger is exactly what it was opened as.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from eventsourcing.application import Application
from eventsourcing.persistence import IntegrityError
from eventsourcing.utils import Environment

from ledger.store.errors import StoreDamagedError
from ledger.store.mapper import EntryMapper
from ledger.store.store import Store, StoreFactory

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from contextlib import AbstractContextManager

    from eventsourcing.persistence import (
        ApplicationRecorder,
        InfrastructureFactory,
        Mapper,
        Notification,
        StoredEvent,
    )
    from eventsourcing.utils import EnvType

    from domain.records.entry import Entry
    from ledger.store.guard import Guard, LogReader

    Settle = Callable[[LogReader], Sequence[Entry] | None]

Key = tuple[int, str, int, str, bytes]
"""All that is stored of an event, its position first."""

PAGE = 2_000
REMEMBERED = 500
"""So many entries are kept for those who ask again."""


class LedgerApplication(Application[str]):
    """Appends entries to streams and reads them back, by stream or from the first event."""

    name = "reciprocity"
    log_section_size = PAGE

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lately: dict[Key, Entry] = {}
        self._seen: int | None = None
        super().__init__()

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        """Take nothing from the process's environment."""
        return Environment(name, dict(env or {}))

    def construct_factory(self, env: Environment) -> InfrastructureFactory[Any]:
        """Use the factory of the store that was opened."""
        del env
        return StoreFactory(self._store)

    def construct_mapper(self) -> Mapper[str]:
        """Use literal stored names, never import paths."""
        return EntryMapper()

    def construct_recorder(self) -> ApplicationRecorder:
        """Use the recorder of the store that was opened."""
        return self._store.recorder

    def put(self, entries: Sequence[Entry], settle: Settle) -> tuple[int, ...]:
        """Write entries in one transaction and return their positions.

        `settle` is called inside the write transaction, before the insert. It may raise, and it may
        return what is to be written instead. Raises StoreDamagedError where the versions of a
        stream have gaps.
        """
        given = [self.stored(entry) for entry in entries]
        written, stored = entries, given

        def guard(read: LogReader) -> Sequence[StoredEvent] | None:
            nonlocal written, stored
            instead = settle(read)
            written, stored = entries, given
            if instead is not None:
                written, stored = instead, [self.stored(entry) for entry in instead]
            return stored

        try:
            positions = self.put_stored(given, guard)
        except IntegrityError as error:
            raise StoreDamagedError(
                "the versions of a stream do not follow each other",
                where=self._store.url,
                why=str(error),
                hint="reciprocity replay --verify",
            ) from error
        if len(written) == 1:
            # What was recorded just now is what the next record answers most often.
            at = positions[0]
            self._remember({_key(stored[0], at): replace(written[0], position=at)})
        return positions

    def put_stored(
        self, events: Sequence[StoredEvent], guard: Guard | None = None
    ) -> tuple[int, ...]:
        """Write events that are in their stored form already; `guard` as the recorder's."""
        positions = tuple(self.recorder.insert_events(events, guard=guard) or ())
        if positions:
            self._seen = positions[-1]
        return positions

    def seen(self) -> int:
        """Return a position up to which all has been committed: the end, as far as is known here.

        Others may have written behind it. What is read from now on holds all that is before it.
        """
        return self.position() if self._seen is None else self._seen

    def streams(self, names: Collection[str]) -> dict[str, list[Notification]]:
        """Read many streams in their stored form; those that are not there are left out."""
        return self._store.streams(names)

    def in_bulk(self) -> AbstractContextManager[None]:
        """Write fast for as long as the block lasts; all of it is durable when that is left."""
        return self._store.in_bulk()

    def stored(self, entry: Entry) -> StoredEvent:
        """Return an entry in its stored form."""
        return self.mapper.to_stored_event(cast("Any", entry))

    def entry(self, stored: StoredEvent) -> Entry:
        """Return the entry that a stored event stands for; raise what an unreadable one raises."""
        return cast("Entry", self.mapper.to_domain_event(stored))

    def stream(self, stream: str) -> tuple[Entry, ...]:
        """Return the entries of a stream, oldest first; empty where there is none."""
        return tuple(self.remembered(event) for event in self._store.select_stream(stream))

    def entries_of(self, streams: Sequence[str]) -> dict[str, list[Entry]]:
        """Return the entries of many streams, read in one go; an empty list where there is none."""
        found = self._store.streams(streams)
        return {
            stream: [self.remembered(event) for event in found.get(stream, ())]
            for stream in streams
        }

    def remembered(self, stored: Notification) -> Entry:
        """Return the entry of a stored event, made anew only where its bytes were not met lately.

        A dispute, and the actions that are answered just now, are read again and again.
        """
        key = _key(stored, stored.id)
        entry = self._lately.get(key)
        if entry is None:
            entry = self.entry(stored)
            self._remember({key: entry})
        return entry

    def _remember(self, entries: dict[Key, Entry]) -> None:
        if len(self._lately) + len(entries) > REMEMBERED:
            # The older half: what was recorded just now is what is answered next.
            self._lately = dict(islice(self._lately.items(), REMEMBERED // 2, None))
        if len(entries) <= REMEMBERED:
            self._lately |= entries

    def position(self) -> int:
        """Return the position of the last entry; 0 for an empty ledger."""
        return self.recorder.max_notification_id() or 0

    def from_position(self, position: int) -> Entry:
        """Return the entry at a position, or the next one where nothing stands there.

        Positions may have gaps. Raises IndexError after the last entry.
        """
        return self.entry(self.recorder.select_notifications(position, 1)[0])

    def notifications(self, after: int = 0, until: int | None = None) -> Iterator[Notification]:
        """Go through stored events in order of position, page by page, through the library."""
        while True:
            page = self.notification_log.select(after, PAGE, stop=until, inclusive_of_start=False)
            yield from page
            if len(page) < PAGE:
                return
            after = page[-1].id

    def entries(self, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        """Go through entries in order of position, from the first event or after a position."""
        return (self.entry(notification) for notification in self.notifications(after, until))


def _key(stored: StoredEvent, position: int) -> Key:
    version = stored.originator_version
    return position, str(stored.originator_id), version, stored.topic, stored.state
