"""The raw log of an SQLite file: plain tuples, through the pool of the store."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any, Final, cast

from domain.canonical import canonical_text
from ledger.store.raw import CHUNK, ROWS, RawEvent, full_page
from ledger.store.sqlite_pool import LedgerDatastore

LAST: Final = 2**63 - 1
NAMES_AT_ONCE: Final = 500

SELECT_PAGE: Final = (
    "SELECT rowid, originator_id, originator_version, topic, state FROM stored_events "
    "WHERE rowid > ? AND rowid <= ? ORDER BY rowid LIMIT ?"
)
SELECT_STREAMS: Final = (
    "SELECT rowid, originator_id, originator_version, topic, state FROM stored_events "
    "WHERE originator_id IN (SELECT value FROM json_each(?)) AND rowid <= ? "
    "ORDER BY originator_id, originator_version"
)


class SQLiteRawLog:
    """Reads the log of one file; see RawLog for what its methods promise."""

    def __init__(self, datastore: LedgerDatastore) -> None:
        self._datastore = datastore

    def page(self, after: int, until: int | None = None, rows: int = ROWS) -> list[RawEvent]:
        """Return events after a position, up to `until`, in order."""
        stop = LAST if until is None else until
        with self._reading() as cursor:
            cursor.execute(SELECT_PAGE, (after, stop, rows))
            return full_page(lambda: cursor.fetchmany(CHUNK))

    def streams(self, names: Collection[str], until: int) -> list[RawEvent]:
        """Return all events of these streams up to a position, each stream's by version."""
        with self._reading() as cursor:
            found: list[RawEvent] = []
            asked = list(names)
            for start in range(0, len(asked), NAMES_AT_ONCE):
                some = canonical_text(asked[start : start + NAMES_AT_ONCE])
                found += cursor.execute(SELECT_STREAMS, (some, until)).fetchall()
            return found

    @contextmanager
    def _reading(self) -> Iterator[Any]:
        """Begin a read; rows come as tuples, not as the library's rows with names."""
        with self._datastore.transaction(commit=False) as opened:
            cursor = cast("Any", opened.sqlite_cursor)
            cursor.row_factory = None
            yield cursor
