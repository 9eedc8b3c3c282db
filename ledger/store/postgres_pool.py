"""Connections to one PostgreSQL database: few, bounded in time, made again after a lost server.

The library's own datastore needs a pool with threads of its own, which a command of a fraction of
a second would pay for each time; see docs/decisions/015-postgresql.md.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import Final, TypeVar

import psycopg
from eventsourcing.persistence import ConnectionPoolClosedError
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow
from psycopg.sql import SQL, Composed, Identifier

from domain.errors import StoreUnavailableError, require
from ledger.store.addresses import ServerAddress
from ledger.store.errors import (
    ReadOnlyStoreError,
    ServerLostError,
    ServerNotReadyError,
    ServerUnreachableError,
    StoreLockedError,
)
from ledger.store.postgres_errors import LOCKED, READ_ONLY, named_errors, refused

Connection = psycopg.Connection[TupleRow]
T = TypeVar("T")

LOCK_TIMEOUT_S: Final = 5.0
RECONNECT_S: Final = 15.0
"""So long an action goes on trying after its server was lost: a restart takes some seconds."""
PAUSE_S: Final = 0.1
CONNECTIONS_MAX: Final = 10

# A dead network is noticed within half a minute, not after the system's two hours.
CONNECTING: Final[dict[str, str]] = {
    "application_name": "reciprocity",
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}
# A writer that falls silent must not keep the others out; what is acknowledged must be on disk.
SETTINGS: Final = """
SELECT set_config('lock_timeout', %s, false),
       set_config('synchronous_commit', CASE current_setting('synchronous_commit')
           WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, false),
       set_config('client_min_messages', 'warning', false),
       set_config('idle_in_transaction_session_timeout', '600s', false)
"""
TRANSIENT: Final = (ServerLostError, ServerNotReadyError)


@dataclass(frozen=True, slots=True)
class ServerInfo:
    """What a server says of itself when it is met."""

    version: str
    role: str
    is_standby: bool
    is_read_only: bool


class PostgresDatastore:
    """One ledger's schema in one database. Threads may share it; each gets its own connection."""

    def __init__(self, address: ServerAddress, lock_timeout_s: float = LOCK_TIMEOUT_S) -> None:
        self.address = address
        self.lock_timeout_s = lock_timeout_s
        self.why_read_only = ""
        self._statements: dict[str, Composed] = {}
        self._idle: list[Connection] = []
        self._free = threading.BoundedSemaphore(CONNECTIONS_MAX)
        self._mutex = threading.Lock()
        self._is_closed = False
        self._was_met = False

    def sql(self, text: str) -> Composed:
        """Return a statement with `{s}` for our schema."""
        made = self._statements.get(text)
        if made is None:
            made = SQL(text).format(s=Identifier(self.address.schema))
            self._statements[text] = made
        return made

    def require_writable(self) -> None:
        """Refuse to write where only reading is possible; raise ReadOnlyStoreError."""
        require(
            not self.why_read_only,
            ReadOnlyStoreError(
                READ_ONLY.what,
                where=self.address.public,
                why=self.why_read_only,
                hint=READ_ONLY.hint,
            ),
        )

    def run(self, work: Callable[[Connection], T]) -> T:
        """Do work on a connection; where the server was lost, do it again on a new one.

        `work` must be such that doing it twice does no harm. Raises the StoreUnavailableErrors of
        the server, ServerLostError after RECONNECT_S.
        """

        def once() -> T:
            with self.connection() as connection:
                return work(connection)

        return self._patiently(once)

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Lend a connection that sees one moment; a server lost on the way takes the moment along.

        Raises ServerLostError where that happens.
        """
        connection, lent = self._patiently(self._begun)
        with lent:
            yield connection
            with suppress(psycopg.Error):
                # Everything has been seen.
                connection.execute("ROLLBACK")

    def _begun(self) -> tuple[Connection, ExitStack]:
        with ExitStack() as lent:
            connection = lent.enter_context(self.connection())
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            return connection, lent.pop_all()

    def _patiently(self, once: Callable[[], T]) -> T:
        first: StoreUnavailableError | None = None
        deadline = time.monotonic() + RECONNECT_S
        while True:
            try:
                return once()
            except (*TRANSIENT, ServerUnreachableError) as error:
                # A server that was never met is not waited for.
                if isinstance(error, ServerUnreachableError) and not self._was_met:
                    raise
                if first is None:
                    first, deadline = error, time.monotonic() + RECONNECT_S
                if time.monotonic() >= deadline:
                    # That it cannot be reached again says less than that it was lost.
                    raise first from error
                time.sleep(PAUSE_S)

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Lend a connection; one that broke or is in the middle of something is not kept."""
        require(
            self._free.acquire(timeout=self.lock_timeout_s),
            StoreLockedError(
                LOCKED.what,
                where=self.address.public,
                why=f"all {CONNECTIONS_MAX} connections of this process are in use",
                hint=LOCKED.hint,
            ),
        )
        try:
            connection = self._taken() or self._connected()
            try:
                with named_errors(connection, self.address):
                    yield connection
            finally:
                self._put_back(connection)
        finally:
            self._free.release()

    def close(self) -> None:
        """Close every connection; one that is lent out is closed when it comes back."""
        self._is_closed = True
        self._forget_idle()

    def _taken(self) -> Connection | None:
        with self._mutex:
            if self._is_closed:
                raise ConnectionPoolClosedError
            return self._idle.pop() if self._idle else None

    def _put_back(self, connection: Connection) -> None:
        if connection.closed:
            # The others stem from the same server and will hardly be better.
            self._forget_idle()
        elif connection.info.transaction_status is not TransactionStatus.IDLE:
            self._undo(connection)
        with self._mutex:
            if not connection.closed and not self._is_closed:
                self._idle.append(connection)
                return
        with suppress(psycopg.Error):
            connection.close()

    def _undo(self, connection: Connection) -> None:
        """Leave a transaction that was given up; what is still under way ends with its connection.

        Waiting for a server to end what nobody asks for any more could take long.
        """
        status = connection.info.transaction_status
        with suppress(psycopg.Error):
            if status in {TransactionStatus.INTRANS, TransactionStatus.INERROR}:
                connection.rollback()
                return
        connection.close()

    def _forget_idle(self) -> None:
        with self._mutex:
            idle, self._idle = self._idle, []
        for connection in idle:
            with suppress(psycopg.Error):
                connection.close()

    def _connected(self) -> Connection:
        try:
            given = psycopg.conninfo.conninfo_to_dict(self.address.conninfo)
            options = {**CONNECTING, **given, "client_encoding": "utf8"}
            connection = psycopg.connect(
                psycopg.conninfo.make_conninfo("", **options), autocommit=True
            )
        except psycopg.Error as error:
            # Not chained: nothing is shown of an error that was not scrubbed.
            raise refused(error, self.address) from None
        try:
            with named_errors(connection, self.address):
                connection.execute(SETTINGS, (f"{int(self.lock_timeout_s * 1000)}ms",))
        except BaseException:
            connection.close()
            raise
        self._was_met = True
        return connection


def server_info(connection: Connection) -> ServerInfo:
    """Ask the server what it is."""
    row = connection.execute(
        "SELECT current_setting('server_version'), current_user::text, pg_is_in_recovery(), "
        "current_setting('transaction_read_only') = 'on'"
    ).fetchone()
    version, role, is_standby, is_read_only = row or ("", "", False, False)
    return ServerInfo(version.partition(" ")[0], role, is_standby, is_read_only)
