"""The views in the same database as the log, moved forward by compare-and-swap.

Keys and values are kept as bytes: in UTF-8 their order is that of code points, whatever the
database's collation, and they may hold any character. `convert_from(value, 'UTF8')` shows one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

import psycopg
from psycopg.rows import TupleRow
from psycopg.sql import Composed

from domain.errors import require
from ledger.store.errors import StoreDamagedError
from ledger.store.postgres_errors import DAMAGED
from ledger.store.postgres_pool import Connection, PostgresDatastore
from ledger.store.views import Changes, Positions

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
    "WHERE projection = %s AND key >= %s AND key < %s ORDER BY key"
)
AFTER_ANY: Final = b"\xff"
"""No byte of UTF-8 is so large: after a prefix it stands behind every key that begins so."""


class PostgresViews:
    """The view store of one ledger in a database; see ViewStore for what its methods promise."""

    def __init__(self, datastore: PostgresDatastore) -> None:
        self._datastore = datastore
        self._stand_statement = datastore.sql(STAND)
        self._advance = datastore.sql(ADVANCE)
        self._put = datastore.sql(PUT)
        self._delete = datastore.sql(DELETE)
        self._get = datastore.sql(GET)
        self._get_many = datastore.sql(GET_MANY)
        self._scan = datastore.sql(SCAN)

    def position(self) -> int:
        """Return the log position the views stand at."""
        return self._stand()[0]

    def schema(self) -> str:
        """Return which set of projections wrote the views."""
        return self._stand()[1]

    def get(self, projection: str, key: str) -> str | None:
        """Return one value, or None."""
        found = self._rows(self._get, (projection, key.encode()))
        return found[0][0].decode() if found else None

    def get_many(self, projection: str, keys: Collection[str]) -> dict[str, str]:
        """Return the values of those keys that have one."""
        wanted = [key.encode() for key in keys]
        found = self._rows(self._get_many, (projection, wanted)) if wanted else []
        return {key.decode(): value.decode() for key, value in found}

    def scan(self, projection: str, prefix: str = "") -> Iterator[tuple[str, str, int]]:
        """Yield the rows whose key begins so; one snapshot lasts as long as the scan.

        A server that is lost on the way ends the scan with ServerLostError: what was seen belongs
        to a moment that cannot be looked at again.
        """
        first = prefix.encode()
        for page in self._datastore.pages(self._scan, (projection, first, first + AFTER_ANY)):
            for key, value, position in page:
                yield key.decode(), value.decode(), position

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
                cursor.execute(self._advance, (position, schema, expected, schema))
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
        found = self._rows(self._stand_statement, ())
        require(
            found,
            StoreDamagedError(
                DAMAGED.what,
                where=self._datastore.address.public,
                why="no row says where the views stand",
                hint=DAMAGED.hint,
            ),
        )
        return int(found[0][0]), str(found[0][1])

    def _rows(self, statement: Composed, parameters: tuple[object, ...]) -> list[TupleRow]:
        return self._datastore.run(lambda connection: _fetched(connection, statement, parameters))

    def _write(
        self,
        cursor: psycopg.Cursor[TupleRow],
        position: int,
        changes: Changes,
        positions: Positions,
    ) -> None:
        gone = [row for row, value in changes.items() if value is None]
        if gone:
            cursor.execute(self._delete, _columns(gone))
        put = {row: value.encode() for row, value in changes.items() if value is not None}
        if put:
            changed_at = [positions.get(row, position) for row in put]
            cursor.execute(self._put, (*_columns(put), list(put.values()), changed_at))

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


def _fetched(
    connection: Connection, statement: Composed, parameters: tuple[object, ...]
) -> list[TupleRow]:
    with connection.cursor(binary=True) as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def _columns(rows: Collection[tuple[str, str]]) -> tuple[list[str], list[bytes]]:
    return [projection for projection, _ in rows], [key.encode() for _, key in rows]
