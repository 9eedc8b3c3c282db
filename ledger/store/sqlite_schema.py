"""The tables of a ledger file, and how one is told from every other file.

The header carries an application id and a schema version (https://www.sqlite.org/fileformat.html,
offsets 68 and 60), so that neither a foreign database nor a newer ledger is written by mistake.
"""

from __future__ import annotations

import time
from typing import Final

from eventsourcing.sqlite import SQLiteConnection, SQLiteCursor

from domain.errors import require
from ledger.store.errors import NewerLedgerError, StoreLockedError
from ledger.store.sqlite_errors import named_errors
from ledger.store.sqlite_file import Access, not_a_ledger
from ledger.store.sqlite_pool import LedgerDatastore
from ledger.store.sqlite_recorder import EVENTS_TABLE
from ledger.store.sqlite_views import VIEW_TABLES

APPLICATION_ID: Final = 0x52435059
"""The letters RCPY."""

SCHEMA_VERSION: Final = 1

RETRY_S: Final = 0.05


def prepare(datastore: LedgerDatastore) -> None:
    """Make the ledger where that was asked for; refuse every file that is not a ledger we know.

    Raises NotALedgerError, NewerLedgerError, and whatever opening the file raises.
    """
    file = datastore.file
    with datastore.get_connection(commit=file.create) as connection:
        if file.create:
            with connection.transaction(commit=True) as cursor:
                _create(cursor)
        with connection.transaction(commit=False) as cursor:
            _check(cursor, file.url)
        if file.access is Access.WRITE:
            _write_ahead(connection, datastore)


def _create(cursor: SQLiteCursor) -> None:
    """Make the tables in an empty file: a new one, or one left by a crash before this point."""
    if not _is_blank(cursor):
        return
    for statement in (
        EVENTS_TABLE,
        *VIEW_TABLES,
        f"PRAGMA application_id = {APPLICATION_ID}",
        f"PRAGMA user_version = {SCHEMA_VERSION}",
    ):
        cursor.execute(statement)


def _check(cursor: SQLiteCursor, where: str) -> None:
    marked = _number(cursor, "PRAGMA application_id")
    version = _number(cursor, "PRAGMA user_version")
    blank = _is_blank(cursor)
    require(
        marked == APPLICATION_ID and version >= 1,
        not_a_ledger(
            where, "the file is empty" if blank else "it is a database of another program"
        ),
    )
    require(
        version <= SCHEMA_VERSION,
        NewerLedgerError(
            "the ledger was written by a newer version",
            where=where,
            why=f"its schema version is {version}, this program knows {SCHEMA_VERSION}",
            hint="upgrade reciprocity-ledger, then look again: `reciprocity doctor`",
        ),
    )


def _is_blank(cursor: SQLiteCursor) -> bool:
    questions = (
        "PRAGMA application_id",
        "PRAGMA user_version",
        "SELECT count(*) FROM sqlite_master",
    )
    return not any(_number(cursor, question) for question in questions)


def _number(cursor: SQLiteCursor, statement: str) -> int:
    cursor.execute(statement)
    return int(cursor.fetchone()[0])


def _write_ahead(connection: SQLiteConnection, datastore: LedgerDatastore) -> None:
    """Keep unfinished writes in a log beside the file (WAL), so that readers never wait.

    The switch is stored in the file. It needs the file to itself for a moment and does not wait
    as other statements do, so it is tried until the time for locks is over.
    """
    deadline = time.monotonic() + datastore.lock_timeout_s
    while True:
        try:
            with named_errors(datastore.file.url):
                connection.cursor().execute("PRAGMA journal_mode=WAL")
        except StoreLockedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(RETRY_S)
        else:
            return
