"""The raw log of a database: plain tuples, by keyset, few rows under way at a time."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from ledger.store.postgres_pool import Connection, PostgresDatastore
from ledger.store.raw import CHUNK, ROWS, RawEvent, full_page

LAST: Final = 2**63 - 1
COLUMNS: Final = "notification_id, originator_id, originator_version, topic, state"
SELECT_PAGE: Final = (
    f"SELECT {COLUMNS} FROM {{s}}.stored_events "  # noqa: S608  our own names
    "WHERE notification_id > %s AND notification_id <= %s ORDER BY notification_id LIMIT %s"
)
SELECT_STREAMS: Final = (
    f"SELECT {COLUMNS} FROM {{s}}.stored_events "  # noqa: S608  likewise
    "WHERE originator_id = ANY(%s) AND notification_id <= %s "
    "ORDER BY originator_id, originator_version"
)


class PostgresRawLog:
    """Reads the log of one schema; see RawLog for what its methods promise.

    A page is asked for in pieces, since a driver holds all that one statement gives. Positions
    become visible in their order, so that the pieces need no snapshot to fit together.
    """

    def __init__(self, datastore: PostgresDatastore) -> None:
        self._datastore = datastore
        self._page = datastore.sql(SELECT_PAGE)
        self._streams = datastore.sql(SELECT_STREAMS)

    def page(self, after: int, until: int | None = None, rows: int = ROWS) -> list[RawEvent]:
        """Return events after a position, up to `until`, in order."""
        stop = LAST if until is None else until

        def work(connection: Connection) -> list[RawEvent]:
            begin, left = after, rows

            def take() -> list[RawEvent]:
                nonlocal begin, left
                some: list[RawEvent] = cursor.execute(
                    self._page, (begin, stop, min(left, CHUNK))
                ).fetchall()
                begin, left = some[-1][0] if some else begin, left - len(some)
                return some

            with connection.cursor(binary=True) as cursor:
                return full_page(take)

        return self._datastore.run(work)

    def streams(self, names: Collection[str], until: int) -> list[RawEvent]:
        """Return all events of these streams up to a position, each stream's by version."""

        def work(connection: Connection) -> list[RawEvent]:
            with connection.cursor(binary=True) as cursor:
                found: list[RawEvent] = cursor.execute(
                    self._streams, (list(names), until)
                ).fetchall()
                return found

        return self._datastore.run(work)
