"""The log in PostgreSQL: the library's table and lock, our guard, and retries that know themselves.

Writers exclude each other by an EXCLUSIVE lock on the table, which readers do not meet: positions
become visible in their order, and whoever reads on from a position misses nothing. Positions are
given under that lock and follow the highest one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import Any, Final, NoReturn

import psycopg
from eventsourcing.persistence import ApplicationRecorder, Notification, StoredEvent
from psycopg.rows import TupleRow
from psycopg.sql import Composed

from domain.errors import LedgerError
from ledger.store.errors import OutcomeUnknownError, UnsupportedStoreError
from ledger.store.guard import Guard
from ledger.store.postgres_pool import Connection, PostgresDatastore

Cursor = psycopg.Cursor[TupleRow]

COPY_FROM: Final = 100
"""Above so many events a binary COPY is faster than one INSERT."""

COLUMNS: Final = "originator_id, originator_version, topic, state, notification_id"
SELECT: Final = f"SELECT {COLUMNS} FROM {{s}}.stored_events"  # noqa: S608  our own names
LAST: Final = f"{SELECT} ORDER BY notification_id DESC LIMIT 1"
STREAM: Final = f"{SELECT} WHERE originator_id = %s ORDER BY originator_version"
STREAMS: Final = (
    f"{SELECT} WHERE originator_id = ANY(%s) ORDER BY originator_id, originator_version"
)
SINCE: Final = (
    "SELECT originator_id FROM {s}.stored_events "
    "WHERE notification_id > %s ORDER BY notification_id LIMIT %s"
)
LOCK: Final = "LOCK TABLE {s}.stored_events IN EXCLUSIVE MODE"
BEGIN: Final = (
    "BEGIN ISOLATION LEVEL READ COMMITTED; "
    "SET LOCAL idle_in_transaction_session_timeout = '30s'; "
    f"{LOCK}"
)
INSERT: Final = (
    f"INSERT INTO {{s}}.stored_events ({COLUMNS}) "  # noqa: S608  likewise
    "SELECT * FROM unnest(%s::text[], %s::bigint[], %s::text[], %s::bytea[], %s::bigint[])"
)
INSERT_ONE: Final = f"INSERT INTO {{s}}.stored_events ({COLUMNS}) VALUES (%s, %s, %s, %s, %s)"  # noqa: S608
COPY: Final = f"COPY {{s}}.stored_events ({COLUMNS}) FROM STDIN (FORMAT BINARY)"
COPY_TYPES: Final = ("text", "int8", "text", "bytea", "int8")
KEPT: Final = (
    "SELECT held.notification_id "
    "FROM unnest(%s::text[], %s::bigint[], %s::text[], %s::bytea[]) "
    "WITH ORDINALITY AS mine (id, version, topic, state, place) "
    "JOIN {s}.stored_events AS held "
    "ON held.originator_id = mine.id AND held.originator_version = mine.version "
    "AND held.topic = mine.topic AND held.state = mine.state "
    "ORDER BY mine.place"
)


class PostgresLogReader:
    """Reads the log through the connection that holds the lock."""

    def __init__(
        self, recorder: LedgerPostgresRecorder, connection: Connection, last: Notification | None
    ) -> None:
        self._recorder = recorder
        self._connection = connection
        self._last = last

    def __call__(self, stream: str) -> list[Notification]:
        """Return the events of a stream by version."""
        with self._connection.cursor(binary=True) as cursor:
            return read(cursor, self._recorder.stream_statement, (stream,))

    def streams(self, names: Collection[str]) -> dict[str, list[Notification]]:
        """Return the events of many streams, each by version."""
        with self._connection.cursor(binary=True) as cursor:
            return by_stream(read(cursor, self._recorder.streams_statement, (list(names),)))

    def last(self) -> Notification | None:
        """Return the event at the highest position."""
        return self._last

    def streams_since(self, position: int, limit: int) -> list[str]:
        """Name the streams of the events behind a position, at most so many."""
        with self._connection.cursor(binary=True) as cursor:
            cursor.execute(self._recorder.since_statement, (position, limit))
            return [row[0] for row in cursor.fetchall()]


class Attempt:
    """One call to write some events; called again after a lost server it knows its own success.

    The state of an event holds the salt of its writer: what stands in the log byte for byte as it
    was to be written was written by the earlier try. That is looked up under the lock, when the
    earlier try has ended one way or the other.
    """

    def __init__(
        self, recorder: LedgerPostgresRecorder, events: Sequence[StoredEvent], guard: Guard | None
    ) -> None:
        self._recorder = recorder
        self._given = self._events = events
        self._guard = guard
        self.may_be_kept = False

    def __call__(self, connection: Connection) -> list[int]:
        """Write all or nothing; return the positions."""
        try:
            positions = self._write(connection, self._begin(connection))
            self._commit(connection)
        except BaseException:
            with suppress(psycopg.Error):
                connection.execute("ROLLBACK")
            raise
        return positions

    def _begin(self, connection: Connection) -> Notification | None:
        """Take the lock, and return the last event that is there then."""
        with connection.cursor() as cursor:
            cursor.execute(self._recorder.begin_statement)
            while cursor.nextset():
                pass
            found = notifications(cursor)
        return found[0] if found else None

    def _commit(self, connection: Connection) -> None:
        # From here on a lost server leaves open what became of it.
        self.may_be_kept = True
        try:
            connection.execute("COMMIT")
        except psycopg.Error as error:
            # An error of the statement is a no; FATAL, or no answer at all, says nothing of it.
            self.may_be_kept = error.diag.severity_nonlocalized != "ERROR"
            raise

    def _write(self, connection: Connection, last: Notification | None) -> list[int]:
        if self.may_be_kept:
            with connection.cursor(binary=True) as cursor:
                cursor.execute(self._recorder.kept_statement, columns(self._events))
                kept = [int(row[0]) for row in cursor.fetchall()]
            if len(kept) == len(self._events):
                return kept
        self.may_be_kept = False
        reader = PostgresLogReader(self._recorder, connection, last)
        decided = None if self._guard is None else self._guard(reader)
        self._events = self._given if decided is None else decided
        first = (last.id if last else 0) + 1
        positions = list(range(first, first + len(self._events)))
        with connection.cursor() as cursor:
            self._recorder.put(cursor, self._events, positions)
        return positions


class LedgerPostgresRecorder(ApplicationRecorder):
    """The library's promises on PostgreSQL: `insert_events(events, guard=...)` returns positions.

    Raises the library's IntegrityError for a (stream, version) that exists, whatever the guard
    raises, and the StoreUnavailableErrors of ledger/store/errors.py.

    Rule: docs/semantics.md#records
    """

    def __init__(self, datastore: PostgresDatastore) -> None:
        self.datastore = datastore
        # One way to the server and back: each statement sees what is there when it begins.
        self.begin_statement = datastore.sql(f"{BEGIN}; {LAST}")
        self.kept_statement = datastore.sql(KEPT)
        self.stream_statement = datastore.sql(STREAM)
        self.streams_statement = datastore.sql(STREAMS)
        self.since_statement = datastore.sql(SINCE)
        self._select = datastore.sql(SELECT)
        self._insert = datastore.sql(INSERT)
        self._insert_one = datastore.sql(INSERT_ONE)
        self._copy = datastore.sql(COPY)

    def insert_events(
        self, stored_events: Sequence[StoredEvent], *, guard: Guard | None = None, **_: Any
    ) -> list[int]:
        """Write all events or none, and return their positions.

        Where the server is lost on the way the same events are tried again; an earlier try that
        was kept after all is recognised. Raises OutcomeUnknownError where that is not to be known.
        """
        self.datastore.require_writable()
        attempt = Attempt(self, tuple(stored_events), guard)
        try:
            return self.datastore.run(attempt)
        except LedgerError as error:
            if attempt.may_be_kept:
                raise self._unknown(error) from error
            raise

    def select_stream(self, stream: str) -> list[Notification]:
        """Return the events of a stream by version, each with its position."""
        return self._read(self.stream_statement, (stream,))

    def select_streams(self, streams: Collection[str]) -> dict[str, list[Notification]]:
        """Return the events of many streams, each by version; none for those that are not there."""
        return by_stream(self._read(self.streams_statement, (list(streams),)))

    def select_events(
        self,
        originator_id: object,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> list[StoredEvent]:
        """Return events of a stream by version."""
        found = self._read(
            self._where(
                "originator_id = %s AND (%s::bigint IS NULL OR originator_version > %s) "
                "AND (%s::bigint IS NULL OR originator_version <= %s) "
                f"ORDER BY originator_version {'DESC' if desc else 'ASC'} LIMIT %s"
            ),
            (originator_id, gt, gt, lte, lte, limit),
        )
        return [
            StoredEvent(held.originator_id, held.originator_version, held.topic, held.state)
            for held in found
        ]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> list[Notification]:
        """Return events in order of position; there may be gaps between positions."""
        after = 0 if start is None else start - 1 if inclusive_of_start else start
        wanted = "notification_id > %s AND notification_id <= %s"
        parameters: list[object] = [after, 2**63 - 1 if stop is None else stop]
        if topics:
            wanted += " AND topic = ANY(%s)"
            parameters.append(list(topics))
        return self._read(
            self._where(f"{wanted} ORDER BY notification_id LIMIT %s"), (*parameters, limit)
        )

    def max_notification_id(self) -> int | None:
        """Return the highest position, None in an empty log."""
        statement = self.datastore.sql("SELECT max(notification_id) FROM {s}.stored_events")
        row = self.datastore.run(lambda connection: connection.execute(statement).fetchone())
        return None if row is None else row[0]

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> NoReturn:
        """Refuse: the views pull what is new, from the position where they stand."""
        del gt, topics
        raise UnsupportedStoreError(
            "a ledger has no subscriptions",
            where=self.datastore.address.public,
            hint="reciprocity log --since POSITION",
        )

    def put(self, cursor: Cursor, events: Sequence[StoredEvent], positions: list[int]) -> None:
        """Insert events at positions, within a transaction that holds the lock."""
        if not events:
            return
        if len(events) == 1:
            # Less than half the time of the other: nothing to unfold, and planned once.
            given = [column[0] for column in columns(events)]
            cursor.execute(self._insert_one, (*given, positions[0]))
            return
        if len(events) <= COPY_FROM:
            cursor.execute(self._insert, [*columns(events), positions])
            return
        with cursor.copy(self._copy) as copy:
            copy.set_types(COPY_TYPES)
            for event, position in zip(events, positions, strict=True):
                copy.write_row(
                    (
                        event.originator_id,
                        event.originator_version,
                        event.topic,
                        event.state,
                        position,
                    )
                )

    def _where(self, wanted: str) -> Composed:
        return self.datastore.sql(f"{SELECT} WHERE {wanted}")

    def _read(self, statement: Composed, parameters: Sequence[object]) -> list[Notification]:
        def work(connection: Connection) -> list[Notification]:
            with connection.cursor(binary=True) as cursor:
                return read(cursor, statement, parameters)

        return self.datastore.run(work)

    def _unknown(self, error: LedgerError) -> OutcomeUnknownError:
        return OutcomeUnknownError(
            "the database server was lost while it was to confirm what was written",
            where=self.datastore.address.public,
            why=f"all of it was kept or nothing; {error.what}",
            hint="run the same command again: what was kept is recognised, and not kept twice",
        )


def read(
    cursor: Cursor, statement: Composed, parameters: Sequence[object] = ()
) -> list[Notification]:
    """Return the events that a statement selects."""
    cursor.execute(statement, parameters)
    return notifications(cursor)


def notifications(cursor: Cursor) -> list[Notification]:
    """Return the events that a statement gave."""
    return [
        Notification(
            id=position, originator_id=stream, originator_version=version, topic=topic, state=state
        )
        for stream, version, topic, state, position in cursor.fetchall()
    ]


def by_stream(events: Sequence[Notification]) -> dict[str, list[Notification]]:
    """Return events by the stream they stand in, in the order in which they came."""
    found: dict[str, list[Notification]] = {}
    for event in events:
        found.setdefault(str(event.originator_id), []).append(event)
    return found


def columns(events: Sequence[StoredEvent]) -> list[list[object]]:
    """Return events as one list a column: stream, version, topic, state."""
    return [
        [event.originator_id for event in events],
        [event.originator_version for event in events],
        [event.topic for event in events],
        [event.state for event in events],
    ]
