"""How SQLite is set for one append, and for an import that can be run again.

A record that was acknowledged by itself must survive a power cut: synchronous is FULL. An import
that lost its last batches in a power cut finds that out when it is run again; so within one it is
NORMAL (the file stays whole, https://www.sqlite.org/pragma.html#pragma_synchronous), and what
was written is made durable at the end, before anybody says that it is.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from domain.errors import LedgerError
from ledger.store.sqlite_errors import named_errors

if TYPE_CHECKING:
    from eventsourcing.sqlite import SQLiteConnection

    from ledger.store.sqlite_pool import LedgerDatastore

Settings = tuple[str, ...]

SINGLE: Final[Settings] = (
    "PRAGMA synchronous=FULL",
    "PRAGMA cache_size=-2000",
    "PRAGMA wal_autocheckpoint=1000",
)
BULK: Final[Settings] = (
    "PRAGMA synchronous=NORMAL",
    "PRAGMA cache_size=-131072",
    "PRAGMA wal_autocheckpoint=20000",
)
"""128 MiB of pages kept, and 80 MB of log between two checkpoints."""

TRUNCATE: Final = "PRAGMA wal_checkpoint(TRUNCATE)"
VERSION: Final = "PRAGMA user_version"
"""Set to what it is it changes nothing, and yet its page is written: the commit of that, under
FULL, makes durable all that was committed before. A row set to what it is would not be written."""


class Manners:
    """Which threads import in bulk, and so which settings a connection takes on for whom."""

    def __init__(self) -> None:
        self._in_bulk: set[int] = set()

    def now(self) -> Settings:
        """Return the settings for the thread that asks."""
        return BULK if threading.get_ident() in self._in_bulk else SINGLE

    @contextmanager
    def bulk(self) -> Iterator[None]:
        """Give this thread the settings of an import for as long as the block lasts."""
        thread = threading.get_ident()
        self._in_bulk.add(thread)
        try:
            yield
        finally:
            self._in_bulk.discard(thread)


@contextmanager
def in_bulk(datastore: LedgerDatastore) -> Iterator[None]:
    """Write fast for as long as the block lasts; at its end, failed or not, all of it is durable.

    Raises StoreUnavailableErrors where that cannot be reached.
    """
    try:
        with datastore.pool.manners.bulk():
            yield
    except BaseException:
        # What went wrong first is what must be told.
        with suppress(LedgerError):
            make_durable(datastore)
        raise
    make_durable(datastore)


def make_durable(datastore: LedgerDatastore) -> None:
    """Move the log of writes into the file and empty it; where readers forbid that, sync it."""
    with datastore.get_connection(commit=True) as connection:
        if not _checkpointed(connection, datastore.file.url):
            with connection.transaction(commit=True) as cursor:
                cursor.execute(VERSION)
                cursor.execute(f"{VERSION} = {int(cursor.fetchone()[0])}")


def _checkpointed(connection: SQLiteConnection, where: str) -> bool:
    with named_errors(where):
        cursor = connection.cursor()
        cursor.execute(TRUNCATE)
        busy, _, _ = cursor.fetchone()
    return not busy
