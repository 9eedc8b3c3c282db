"""The library's connection pool, connections and transactions, carried on our engine.

The library's own classes call the interpreter's sqlite3 by name and begin every transaction
deferred. Here a writer begins IMMEDIATE, so that it waits for the lock before it reads (a deferred
read that turns into a write fails at once under a second writer), and every error has its name.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Final

from eventsourcing.persistence import ConnectionPoolClosedError, ConnectionUnavailableError
from eventsourcing.sqlite import (
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteCursor,
    SQLiteDatastore,
    SQLiteTransaction,
)

from domain.errors import LedgerError
from ledger.store.engine import sqlite
from ledger.store.sqlite_bulk import Manners, Settings
from ledger.store.sqlite_errors import LOCKED, named, named_errors
from ledger.store.sqlite_file import Access, LedgerFile

LOCK_TIMEOUT_S: Final = 5.0

TRUSTS_NOTHING: Final = "PRAGMA trusted_schema=OFF"
"""A file from elsewhere runs nothing of its own."""


class ClosedWhileWaitingError(ConnectionPoolClosedError):
    """The pool was closed while a thread waited for its turn."""


class LedgerConnection(SQLiteConnection):
    """One connection to one ledger file."""

    def __init__(self, sqlite_conn: sqlite.Connection, file: LedgerFile) -> None:
        super().__init__(sqlite_conn, max_age=None)
        self.file = file
        self._settings: Settings = ()

    def take_on(self, settings: Settings) -> None:
        """Be set so, if it is not already."""
        if self._settings is not settings:
            with named_errors(self.file.url):
                for pragma in settings:
                    self._sqlite_conn.execute(pragma)
            self._settings = settings

    @contextmanager
    def transaction(self, *, commit: bool) -> Iterator[SQLiteCursor]:
        """Run a transaction of ours: kept if `commit` is given and no error came, else undone."""
        with LedgerTransaction(self, commit=commit) as cursor, cursor:
            yield cursor

    def give_up(self) -> None:
        """Undo what is under way; a connection that cannot even do that is closed for good."""
        try:
            self.rollback()
        except sqlite.Error:
            with suppress(sqlite.Error):
                self.close()


class LedgerTransaction(SQLiteTransaction):
    """BEGIN IMMEDIATE for writers, BEGIN for readers; errors leave with their names."""

    connection: LedgerConnection

    def __enter__(self) -> SQLiteCursor:
        """Begin; raise StoreLockedError if another writer does not let go in time."""
        with named_errors(self.connection.file.url):
            cursor = self.connection.cursor()
            cursor.execute("BEGIN IMMEDIATE" if self.commit else "BEGIN")
        return cursor

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> None:
        """Commit a writer's work if nothing went wrong, else undo everything."""
        file = self.connection.file
        if exc_val is None and self.commit:
            try:
                self.connection.commit()
            except sqlite.Error as error:
                self.connection.give_up()
                raise named(error, file.url) from error
            return
        self.connection.give_up()
        # First of all: a file that changed underneath explains any other error.
        file.require_unchanged()
        if isinstance(exc_val, sqlite.Error):
            raise named(exc_val, file.url) from exc_val


class LedgerPool(SQLiteConnectionPool):
    """Connections to one ledger file; one writer at a time within the process."""

    def __init__(self, file: LedgerFile, lock_timeout_s: float) -> None:
        # The name is read only to guess whether the database lives in memory: ours never does.
        super().__init__(db_name="", pool_timeout=lock_timeout_s)
        self.file = file
        self.lock_timeout_s = lock_timeout_s
        self.manners = Manners()

    def get_connection(
        self, timeout: float | None = None, *, is_writer: bool | None = None
    ) -> SQLiteConnection:
        """Return a connection; raise StoreLockedError if none comes free in time.

        The library keeps its writer lock when a connection cannot be made; here it is let go.
        """
        try:
            connection = super().get_connection(timeout, is_writer=is_writer)
        except ConnectionUnavailableError as error:
            raise self._locked(error) from error
        except (LedgerError, ClosedWhileWaitingError):
            self._forget(is_writer=is_writer)
            raise
        if isinstance(connection, LedgerConnection):
            try:
                connection.take_on(self.manners.now())
            except LedgerError:
                self.put_connection(connection)
                raise
        return connection

    def put_connection(self, conn: SQLiteConnection) -> None:
        """Take a connection back; if the pool was closed meanwhile, its last user closes it."""
        with self._put_condition:
            if not self._closed:
                super().put_connection(conn)
                return
            self._in_use.pop(id(conn), None)
            conn.close()
            if conn.is_writer:
                self._writer_lock.release()
            self._put_condition.notify_all()

    def close(self) -> None:
        """Close what is idle, and hand nothing out any more.

        The library closes what other threads are still using, which crashes the interpreter when
        one of them is inside a statement.
        """
        with self._put_condition:
            self._closed = True
            while self._pool:
                self._pool.popleft().close()

    def _get_connection(self, timeout: float = 0.0) -> SQLiteConnection:
        # An error from in here comes after the writer lock was taken.
        if self._closed:
            raise ClosedWhileWaitingError
        try:
            return super()._get_connection(timeout)
        except ConnectionUnavailableError as error:
            raise self._locked(error) from error

    def _create_connection(self) -> LedgerConnection:
        with named_errors(self.file.url):
            raw = sqlite.connect(
                self.file.uri,
                uri=True,
                check_same_thread=False,
                isolation_level=None,
                timeout=self.lock_timeout_s,
            )
            try:
                raw.row_factory = sqlite.Row
                raw.execute(TRUSTS_NOTHING)
                if self.file.access is Access.QUERY:
                    raw.execute("PRAGMA query_only=ON")
            except sqlite.Error:
                raw.close()
                raise
        return LedgerConnection(raw, self.file)

    def _locked(self, error: ConnectionUnavailableError) -> LedgerError:
        return LOCKED.error(LOCKED.what, where=self.file.url, why=str(error), hint=LOCKED.hint)

    def _forget(self, *, is_writer: bool | None) -> None:
        """Undo the book-keeping for a connection that was never handed out."""
        if is_writer is True:
            self._num_writers -= 1
            self._writer_lock.release()
        elif is_writer is False:
            with self._no_readers:
                self._num_readers -= 1


class LedgerDatastore(SQLiteDatastore):
    """One ledger file as the library's recorders see it: text ids, our pool."""

    def __init__(self, file: LedgerFile, lock_timeout_s: float = LOCK_TIMEOUT_S) -> None:
        super().__init__(db_name="", originator_id_type="text")
        self.file = file
        self.lock_timeout_s = lock_timeout_s
        self.pool: LedgerPool = LedgerPool(file, lock_timeout_s)

    @contextmanager
    def transaction(self, *, commit: bool) -> Iterator[SQLiteCursor]:
        """Run a transaction of ours; raise ReadOnlyStoreError before a write that cannot be."""
        if commit:
            self.file.require_writable()
        with super().transaction(commit=commit) as cursor:
            yield cursor
