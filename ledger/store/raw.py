"""The log in raw rows: for readers that go through millions and look at few fields of each.

The library's own read path gives an object an event; this gives tuples, in pages as large as the
reader wants, each read in a transaction of its own, so that no reader holds a writer's log open.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from eventsourcing.persistence import ApplicationRecorder, Notification

RawEvent = tuple[int, str, int, str, bytes]
"""Position, stream, version, topic, state."""

ROWS: Final = 50_000
BYTES: Final = 32 << 20
"""A page ends where it has this many rows, or once it holds this much state."""

CHUNK: Final = 2_000
"""How many rows are taken at once within a page: what it may hold beyond its bytes."""


class RawLog(Protocol):
    """Read the log as it is stored. Each store brings the way that is fastest for it."""

    def page(self, after: int, until: int | None = None, rows: int = ROWS) -> list[RawEvent]:
        """Return events after a position, up to `until`, in order; empty where there are none.

        At most `rows` of them, and fewer once their states come to `BYTES`: an empty page alone
        says that the end is reached.
        """

    def streams(self, names: Collection[str], until: int) -> list[RawEvent]:
        """Return all events of these streams up to a position, each stream's by version."""


class RecorderLog:
    """The raw log of a store that brings none: read through the library's recorder."""

    def __init__(
        self, recorder: ApplicationRecorder, select_stream: Callable[[str], list[Notification]]
    ) -> None:
        self._recorder = recorder
        self._select_stream = select_stream

    def page(self, after: int, until: int | None = None, rows: int = ROWS) -> list[RawEvent]:
        """Return events after a position, up to `until`, in order."""
        found = self._notifications(after, until, rows)
        return full_page(lambda: [_raw(one) for one in islice(found, CHUNK)])

    def _notifications(self, after: int, until: int | None, rows: int) -> Iterator[Notification]:
        while rows > 0:
            some = self._recorder.select_notifications(
                after, min(rows, CHUNK), stop=until, inclusive_of_start=False
            )
            if not some:
                return
            yield from some
            after, rows = some[-1].id, rows - len(some)

    def streams(self, names: Collection[str], until: int) -> list[RawEvent]:
        """Return all events of these streams up to a position."""
        return [
            _raw(event)
            for name in names
            for event in self._select_stream(name)
            if event.id <= until
        ]


def full_page(take: Callable[[], list[RawEvent]]) -> list[RawEvent]:
    """Take events until there are no more or the page is full."""
    found: list[RawEvent] = []
    size = 0
    while size < BYTES and (some := take()):
        found += some
        size += sum(len(event[4]) for event in some)
    return found


def _raw(event: Notification) -> RawEvent:
    return event.id, str(event.originator_id), event.originator_version, event.topic, event.state
