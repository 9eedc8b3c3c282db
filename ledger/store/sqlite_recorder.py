"""The log in an SQLite file: the library's application recorder with a guard and fast batches."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from eventsourcing.persistence import Notification, StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteCursor

from ledger.store.guard import Guard

# A named rowid is never renumbered by VACUUM, and positions are said to never change.
EVENTS_TABLE: Final = """
CREATE TABLE IF NOT EXISTS stored_events (
    rowid INTEGER PRIMARY KEY,
    originator_id TEXT NOT NULL,
    originator_version INTEGER NOT NULL,
    topic TEXT NOT NULL,
    state BLOB NOT NULL,
    UNIQUE (originator_id, originator_version)
)
"""
INSERT: Final = "INSERT INTO stored_events VALUES (?, ?, ?, ?, ?)"
SELECT_STREAM: Final = (
    "SELECT * FROM stored_events WHERE originator_id = ? ORDER BY originator_version"
)
SELECT_STREAMS: Final = (
    "SELECT * FROM stored_events WHERE originator_id IN ({}) "
    "ORDER BY originator_id, originator_version"
)
MANY: Final = 500
"""Streams asked for in one statement; SQLite before 3.32 takes at most 999 parameters."""

SELECT_SINCE: Final = "SELECT originator_id FROM stored_events WHERE rowid > ? LIMIT ?"
SELECT_LAST: Final = "SELECT * FROM stored_events ORDER BY rowid DESC LIMIT 1"


class SQLiteLogReader:
    """Reads the log through the cursor of the write transaction."""

    def __init__(self, cursor: SQLiteCursor) -> None:
        self._cursor = cursor
        self._last: Notification | None = None
        self._is_last_known = False

    def __call__(self, stream: str) -> list[Notification]:
        """Return the events of a stream by version."""
        self._cursor.execute(SELECT_STREAM, (stream,))
        return [_notification(row) for row in self._cursor.fetchall()]

    def streams(self, names: Collection[str]) -> dict[str, list[Notification]]:
        """Return the events of many streams, each by version."""
        wanted = list(names)
        found: dict[str, list[Notification]] = {}
        for start in range(0, len(wanted), MANY):
            page = wanted[start : start + MANY]
            self._cursor.execute(SELECT_STREAMS.format(",".join("?" * len(page))), page)
            for row in self._cursor.fetchall():
                found.setdefault(row["originator_id"], []).append(_notification(row))
        return found

    def last(self) -> Notification | None:
        """Return the event at the highest position."""
        if not self._is_last_known:
            self._cursor.execute(SELECT_LAST)
            row = self._cursor.fetchone()
            self._last = None if row is None else _notification(row)
            self._is_last_known = True
        return self._last

    def streams_since(self, position: int, limit: int) -> list[str]:
        """Name the streams of the events behind a position, at most so many."""
        self._cursor.execute(SELECT_SINCE, (position, limit))
        return [row["originator_id"] for row in self._cursor.fetchall()]


def _notification(row: Mapping[str, Any]) -> Notification:
    return Notification(
        id=row["rowid"],
        originator_id=row["originator_id"],
        originator_version=row["originator_version"],
        topic=row["topic"],
        state=row["state"],
    )


class LedgerSQLiteRecorder(SQLiteApplicationRecorder):
    """The library's recorder: `insert_events(events, guard=...)` returns the positions.

    All events of one call go in together or not at all. The library inserts row by row to learn
    each position; here the positions are known beforehand (writers exclude each other, so they
    follow the highest one), and many events cost little more than the writing.

    Raises the library's IntegrityError for a (stream, version) that exists, whatever the guard
    raises, and the StoreUnavailableErrors of ledger/store/errors.py.

    Rule: docs/semantics.md#records
    """

    def select_stream(self, stream: str) -> list[Notification]:
        """Return the events of a stream by version, each with its position.

        The library's `select_events` gives them without.
        """
        with self.datastore.transaction(commit=False) as cursor:
            return SQLiteLogReader(cursor)(stream)

    def select_streams(self, streams: Collection[str]) -> dict[str, list[Notification]]:
        """Return the events of many streams, each by version; none for those that are not there."""
        with self.datastore.transaction(commit=False) as cursor:
            return SQLiteLogReader(cursor).streams(streams)

    def construct_create_table_statements(self) -> list[str]:
        """Return the one table of the log."""
        return [EVENTS_TABLE]

    def _insert_events(
        self,
        c: SQLiteCursor,
        stored_events: Sequence[StoredEvent],
        *,
        guard: Guard | None = None,
        **_: Any,
    ) -> Sequence[int] | None:
        read = SQLiteLogReader(c)
        decided = None if guard is None else guard(read)
        stored_events = stored_events if decided is None else decided
        last = read.last()
        first = (last.id if last else 0) + 1
        c.executemany(
            INSERT,
            (
                (position, event.originator_id, event.originator_version, event.topic, event.state)
                for position, event in enumerate(stored_events, first)
            ),
        )
        return list(range(first, first + len(stored_events)))
