"""The views in the same database as the log, moved forward by compare-and-swap.

Keys and values are kept as bytes: in UTF-8 their order is that of code points, whatever the
database's collation, and they may hold any character. `convert_from(value, 'UTF8')` shows one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

import psycopg
from psycopg.rows import TupleRow
from psycopg.sql import Composed

from ledger.store.errors import StoreDamagedError
from ledger.store.postgres_errors import DAMAGED
from ledger.store.postgres_pool import Connection, PostgresDatastore
from ledger.store.views import Changes, Positions, ViewReads

T = TypeVar("T")

VIEW_TABLES: Final = (
    """
CREATE TABLE IF NOT EXISTS {s}.views (
    projection text COLLATE "C" NOT NULL,
    key bytea NOT NULL,
    value bytea NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (projection, key)
)
""",
    """
CREATE TABLE IF NOT EXISTS {s}.views_position (
    one integer PRIMARY KEY CHECK (one = 1),
    position bigint NOT NULL,
    schema text NOT NULL
)
""",
    "INSERT INTO {s}.views_position VALUES (1, 0, '') ON CONFLICT DO NOTHING",
)

STAND: Final = "SELECT position, schema FROM {s}.views_position"
ADVANCE: Final = (
    "UPDATE {s}.views_position SET position = %s, schema = %s "
    "WHERE position = %s AND schema IN ('', %s)"
)
PUT: Final = (
    "INSERT INTO {s}.views "
    "SELECT * FROM unnest(%s::text[], %s::bytea[], %s::bytea[], %s::bigint[]) "
    "ON CONFLICT (projection, key) "
    "DO UPDATE SET value = excluded.value, position = excluded.position"
)
DELETE: Final = (
    "DELETE FROM {s}.views USING unnest(%s::text[], %s::bytea[]) AS gone (projection, key) "
    "WHERE views.projection = gone.projection AND views.key = gone.key"
)
GET: Final = "SELECT value FROM {s}.views WHERE projection = %s AND key = %s"
GET_MANY: Final = "SELECT key, value FROM {s}.views WHERE projection = %s AND key = ANY(%s)"
SCAN: Final = (
    "SELECT key, value, position FROM {s}.views "
    "WHERE projection = %s AND key >= %s AND key < %s ORDER BY key LIMIT %s"
)
AFTER_ANY: Final = b"\xff"
"""No byte of UTF-8 is so large: after a prefix it stands behind every key that begins so."""

NEXT: Final = b"\0"
"""After a key it stands before every other that comes after it."""

PAGE: Final = 1_000
"""Rows read at a time by a scan."""


class PostgresViewReads:
    """The rows of one ledger through one connection; see ViewReads.

    A scan takes several statements: it shows one moment where the connection does.
    """

    def __init__(self, datastore: PostgresDatastore, connection: Connection) -> None:
        self._datastore = datastore
        self._connection = connection

    def get(self, projection: str, key: str) -> str | None:
        """Return one value, or None."""
        found = self._rows(GET, projection, key.encode())
        return found[0][0].decode() if found else None

    def get_many(self, projection: str, keys: Collection[str]) -> dict[str, str]:
        """Return the values of those keys that have one."""
        found = self._rows(GET_MANY, projection, [key.encode() for key in keys]) if keys else []
        return {key.decode(): value.decode() for key, value in found}

    def scan(self, projection: str, prefix: str = "") -> Iterator[tuple[str, str, int]]:
        """Yield the rows whose key begins so."""
        first = prefix.encode()
        end = first + AFTER_ANY
        while page := self._rows(SCAN, projection, first, end, PAGE):
            yield from _texts(page)
            if len(page) < PAGE:
                return
            first = page[-1][0] + NEXT

    def first_page(self, projection: str, prefix: str) -> list[tuple[str, str, int]]:
        """Return so many rows of a scan as one statement gives."""
        first = prefix.encode()
        return list(_texts(self._rows(SCAN, projection, first, first + AFTER_ANY, PAGE)))

    def _rows(self, statement: str, *parameters: object) -> list[TupleRow]:
        with self._connection.cursor(binary=True) as cursor:
            cursor.execute(self._datastore.sql(statement), parameters)
            return cursor.fetchall()


class PostgresViews:
    """The view store of one ledger in a database; see ViewStore for what its methods promise."""

    def __init__(self, datastore: PostgresDatastore) -> None:
        self._datastore = datastore

    def position(self) -> int:
        """Return the log position the views stand at."""
        return self._stand()[0]

    def schema(self) -> str:
        """Return which set of projections wrote the views."""
        return self._stand()[1]

    @contextmanager
    def snapshot(self) -> Iterator[ViewReads]:
        """Read rows as of one moment; a server that is lost ends it with ServerLostError."""
        with self._datastore.snapshot() as connection:
            yield PostgresViewReads(self._datastore, connection)

    def get(self, projection: str, key: str) -> str | None:
        """Return one value, or None."""
        return self._read(lambda rows: rows.get(projection, key))

    def get_many(self, projection: str, keys: Collection[str]) -> dict[str, str]:
        """Return the values of those keys that have one."""
        return self._read(lambda rows: rows.get_many(projection, keys))

    def scan(self, projection: str, prefix: str = "") -> Iterator[tuple[str, str, int]]:
        """Yield the rows whose key begins so; a few are read at once, many in one transaction."""
        few = self._read(lambda rows: rows.first_page(projection, prefix))
        if len(few) < PAGE:
            yield from few
            return
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
        """Take the views from `expected` to `position`, or return False and write nothing.

        After a server was lost while it was to confirm, False may also say that the views have
        been taken there by this very call: look at `position()`, as after any False.
        """
        self._datastore.require_writable()

        def work(connection: Connection) -> bool:
            with connection.transaction(), connection.cursor() as cursor:
                cursor.execute(self._datastore.sql(ADVANCE), (position, schema, expected, schema))
                if cursor.rowcount != 1:
                    return False
                self._write(cursor, position, changes, positions)
            return True

        return self._datastore.run(work)

    def reset(self) -> None:
        """Throw all views away; tables that are gone are made again."""
        self._datastore.require_writable()

        def work(connection: Connection) -> None:
            with connection.transaction():
                for statement in (*self._missing(connection), *self._cleared()):
                    connection.execute(statement)

        self._datastore.run(work)

    def _stand(self) -> tuple[int, str]:
        statement = self._datastore.sql(STAND)
        found = self._datastore.run(lambda one: one.execute(statement).fetchone())
        if found is None:
            raise StoreDamagedError(
                DAMAGED.what,
                where=self._datastore.address.public,
                why="no row says where the views stand",
                hint=DAMAGED.hint,
            )
        return int(found[0]), str(found[1])

    def _read(self, read: Callable[[PostgresViewReads], T]) -> T:
        return self._datastore.run(lambda one: read(PostgresViewReads(self._datastore, one)))

    def _write(
        self,
        cursor: psycopg.Cursor[TupleRow],
        position: int,
        changes: Changes,
        positions: Positions,
    ) -> None:
        gone = [row for row, value in changes.items() if value is None]
        if gone:
            cursor.execute(self._datastore.sql(DELETE), _columns(gone))
        put = {row: value.encode() for row, value in changes.items() if value is not None}
        if put:
            changed_at = [positions.get(row, position) for row in put]
            cursor.execute(
                self._datastore.sql(PUT), (*_columns(put), list(put.values()), changed_at)
            )

    def _missing(self, connection: Connection) -> Iterator[Composed]:
        """Give what makes the tables anew, where one is missing: only its owner may do that."""
        row = connection.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = %s "
            "AND tablename IN ('views', 'views_position')",
            (self._datastore.address.schema,),
        ).fetchone()
        if row is None or row[0] < len({"views", "views_position"}):
            yield from (self._datastore.sql(statement) for statement in VIEW_TABLES)

    def _cleared(self) -> Iterator[Composed]:
        # First the row that every writer of views needs, so that none comes in between.
        yield self._datastore.sql(
            "INSERT INTO {s}.views_position VALUES (1, 0, '') "
            "ON CONFLICT (one) DO UPDATE SET position = 0, schema = ''"
        )
        yield self._datastore.sql("DELETE FROM {s}.views")


def _texts(rows: list[TupleRow]) -> Iterator[tuple[str, str, int]]:
    return ((key.decode(), value.decode(), position) for key, value, position in rows)


def _columns(rows: Collection[tuple[str, str]]) -> tuple[list[str], list[bytes]]:
    return [projection for projection, _ in rows], [key.encode() for _, key in rows]
