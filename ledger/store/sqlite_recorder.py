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

SELECT_LAST: Final = "SELECT * FROM stored_events ORDER BY rowid DESC LIMIT 1"


class SQLiteLogReader:
    """Reads the log through the cursor of the write transaction."""

    def __init__(self, cursor: SQLiteCursor) -> None:
        self._cursor = cursor

    def __call__(self, stream: str) -> list[Notification]:
        """Return the events of a stream by version."""
        self._cursor.execute(SELECT_STREAM, (stream,))
        return [_notification(row) for row in self._cursor.fetchall()]

    def last(self) -> Notification | None:
        """Return the event at the highest position."""
        self._cursor.execute(SELECT_LAST)
        row = self._cursor.fetchone()
        return None if row is None else _notification(row)


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
        wanted = list(streams)
        found: dict[str, list[Notification]] = {}
        with self.datastore.transaction(commit=False) as cursor:
            for start in range(0, len(wanted), MANY):
                page = wanted[start : start + MANY]
                cursor.execute(SELECT_STREAMS.format(",".join("?" * len(page))), page)
                for row in cursor.fetchall():
                    found.setdefault(row["originator_id"], []).append(_notification(row))
        return found

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
        if guard is not None:
            guard(SQLiteLogReader(c))
        first = (self._max_notification_id(c) or 0) + 1
        c.executemany(
            INSERT,
            (
                (position, event.originator_id, event.originator_version, event.topic, event.state)
                for position, event in enumerate(stored_events, first)
            ),
        )
        return list(range(first, first + len(stored_events)))
