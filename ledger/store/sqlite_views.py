"""The views in the same SQLite file as the log, under the same write lock."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Final

from eventsourcing.sqlite import SQLiteCursor

from ledger.store.engine import sqlite
from ledger.store.sqlite_pool import LedgerDatastore
from ledger.store.views import Changes, Positions, ViewReads, after_prefix

VIEWS_TABLE: Final = """
CREATE TABLE IF NOT EXISTS views (
    projection TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (projection, key)
) WITHOUT ROWID
"""
POSITION_TABLE: Final = """
CREATE TABLE IF NOT EXISTS views_position (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    position INTEGER NOT NULL,
    schema TEXT NOT NULL
)
"""
VIEW_TABLES: Final = (
    VIEWS_TABLE,
    POSITION_TABLE,
    "INSERT OR IGNORE INTO views_position VALUES (1, 0, '')",
)
DROP_TABLES: Final = ("DROP TABLE IF EXISTS views", "DROP TABLE IF EXISTS views_position")

ADVANCE: Final = (
    "UPDATE views_position SET position = ?, schema = ? WHERE position = ? AND schema IN ('', ?)"
)
PUT: Final = "INSERT OR REPLACE INTO views VALUES (?, ?, ?, ?)"
DELETE: Final = "DELETE FROM views WHERE projection = ? AND key = ?"
GET: Final = "SELECT value FROM views WHERE projection = ? AND key = ?"
SCAN_FROM: Final = "SELECT key, value, position FROM views WHERE projection = ? AND key >= ?"
SCAN_UNTIL: Final = "AND key < ?"
SCAN_ORDER: Final = "ORDER BY key"

MANY: Final = 500
"""Keys asked for in one statement; SQLite before 3.32 takes at most 999 parameters."""

PAGE: Final = 1_000
"""Rows fetched at a time by a scan."""


class SQLiteViewReads:
    """The rows of one ledger file inside one transaction; see ViewReads."""

    def __init__(self, connection: sqlite.Connection) -> None:
        self._connection = connection

    def get(self, projection: str, key: str) -> str | None:
        """Return one value, or None."""
        row = self._connection.execute(GET, (projection, key)).fetchone()
        return None if row is None else row["value"]

    def get_many(self, projection: str, keys: Collection[str]) -> dict[str, str]:
        """Return the values of those keys that have one."""
        wanted = list(keys)
        found: dict[str, str] = {}
        for start in range(0, len(wanted), MANY):
            page = wanted[start : start + MANY]
            marks = ",".join("?" * len(page))
            rows = self._connection.execute(
                f"SELECT key, value FROM views WHERE projection = ? AND key IN ({marks})",  # noqa: S608  marks only
                (projection, *page),
            )
            found.update((row["key"], row["value"]) for row in rows)
        return found

    def scan(self, projection: str, prefix: str = "") -> Iterator[tuple[str, str, int]]:
        """Yield the rows whose key begins so."""
        # Keys with the prefix stand together: SQLite's order is that of code points.
        end = after_prefix(prefix)
        until = () if end is None else (end,)
        words = (SCAN_FROM, *((SCAN_UNTIL,) if until else ()), SCAN_ORDER)
        cursor = self._connection.execute(" ".join(words), (projection, prefix, *until))
        while rows := cursor.fetchmany(PAGE):
            yield from ((row["key"], row["value"], row["position"]) for row in rows)


class SQLiteViews:
    """The view store of one ledger file; see ViewStore for what its methods promise."""

    def __init__(self, datastore: LedgerDatastore) -> None:
        self._datastore = datastore

    def position(self) -> int:
        """Return the log position the views stand at."""
        return int(self._stand("position"))

    def schema(self) -> str:
        """Return which set of projections wrote the views."""
        return str(self._stand("schema"))

    @contextmanager
    def snapshot(self) -> Iterator[ViewReads]:
        """Read rows inside one transaction."""
        with self._datastore.transaction(commit=False) as cursor:
            yield SQLiteViewReads(cursor.sqlite_cursor.connection)

    def get(self, projection: str, key: str) -> str | None:
        """Return one value, or None."""
        with self.snapshot() as rows:
            return rows.get(projection, key)

    def get_many(self, projection: str, keys: Collection[str]) -> dict[str, str]:
        """Return the values of those keys that have one."""
        with self.snapshot() as rows:
            return rows.get_many(projection, keys)

    def scan(self, projection: str, prefix: str = "") -> Iterator[tuple[str, str, int]]:
        """Yield the rows whose key begins so; one read transaction lasts as long as the scan."""
        with self.snapshot() as rows:
            yield from rows.scan(projection, prefix)

    def commit(
        self,
        *,
        expected: int,
        position: int,
        schema: str,
        changes: Changes,
        positions: Positions,
    ) -> bool:
        """Take the views from `expected` to `position`, or return False and write nothing."""
        with self._datastore.transaction(commit=True) as cursor:
            cursor.execute(ADVANCE, (position, schema, expected, schema))
            if cursor.sqlite_cursor.rowcount != 1:
                return False
            _write(cursor, position, changes, positions)
        return True

    def reset(self) -> None:
        """Throw all views away, even tables that are no longer whole."""
        with self._datastore.transaction(commit=True) as cursor:
            for statement in (*DROP_TABLES, *VIEW_TABLES):
                cursor.execute(statement)

    def _stand(self, column: str) -> int | str:
        with self._datastore.transaction(commit=False) as cursor:
            cursor.execute("SELECT position, schema FROM views_position")
            row = cursor.fetchone()
        stand: int | str = row[column]
        return stand


def _write(cursor: SQLiteCursor, position: int, changes: Changes, positions: Positions) -> None:
    cursor.executemany(DELETE, (row for row, value in changes.items() if value is None))
    cursor.executemany(
        PUT,
        (
            (*row, value, positions.get(row, position))
            for row, value in changes.items()
            if value is not None
        ),
    )
