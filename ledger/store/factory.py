"""The one place where a store is opened: from what the user names to a store."""

from __future__ import annotations

from functools import partial
from typing import Final

from domain.errors import require
from ledger.store.addresses import is_server, public_name, scheme_of
from ledger.store.engine import ENGINE, EngineInfo
from ledger.store.errors import DriverMissingError, UnsupportedStoreError
from ledger.store.memory import LedgerMemoryRecorder
from ledger.store.memory_views import MemoryViews
from ledger.store.sqlite_bulk import in_bulk
from ledger.store.sqlite_file import Access, locate
from ledger.store.sqlite_pool import LOCK_TIMEOUT_S, LedgerDatastore
from ledger.store.sqlite_raw import SQLiteRawLog
from ledger.store.sqlite_recorder import LedgerSQLiteRecorder
from ledger.store.sqlite_schema import prepare
from ledger.store.sqlite_views import SQLiteViews
from ledger.store.store import Store

MEMORY_URLS: Final = ("memory:", ":memory:")
MEMORY_ENGINE: Final = EngineInfo(name="memory", version="", has_wal_reset_bug=False)


def open_store(
    url: str,
    *,
    create: bool = False,
    read_only: bool = False,
    lock_timeout_s: float = LOCK_TIMEOUT_S,
) -> Store:
    """Open the store that `url` names: an SQLite file, `postgresql://...`, or `memory:`.

    With `create` a ledger is made where there is none (an existing one is opened as it is). A
    file that can only be read is opened for reading: see `Store.read_only`. A writer waits
    `lock_timeout_s` seconds for another.

    Raises LedgerNotFoundError, NotALedgerError, NewerLedgerError, UnsupportedStoreError,
    StoreLockedError, DiskFullError, StoreDamagedError, StoreFailedError, and for a server
    DriverMissingError and what `ledger.store.postgres.open_server` raises.
    """
    if url in MEMORY_URLS:
        return open_memory()
    if is_server(url):
        return _open_server(url, create=create, read_only=read_only, lock_timeout_s=lock_timeout_s)
    scheme = scheme_of(url)
    require(
        not scheme,
        UnsupportedStoreError(
            f"stores of type {scheme!r} are not supported",
            where=public_name(url),
            why="a store is the path of an SQLite file, postgresql://..., or memory:",
            hint="reciprocity init --store reciprocity.db",
        ),
    )
    return open_file(url, create=create, read_only=read_only, lock_timeout_s=lock_timeout_s)


def _open_server(url: str, *, create: bool, read_only: bool, lock_timeout_s: float) -> Store:
    """Open a ledger on a server, whose driver is an extra; raise DriverMissingError."""
    try:
        import psycopg  # noqa: F401, PLC0415  loaded only by those who have a server
    except ImportError as error:
        raise DriverMissingError(
            "what speaks to PostgreSQL is not installed",
            where=public_name(url),
            why=str(error),
            hint="python -m pip install 'reciprocity-ledger[postgres]', then `reciprocity doctor`",
        ) from error
    from ledger.store.postgres import open_server  # noqa: PLC0415  likewise

    return open_server(url, create=create, read_only=read_only, lock_timeout_s=lock_timeout_s)


def open_memory() -> Store:
    """Open an empty store that lives as long as the process."""
    recorder = LedgerMemoryRecorder()
    return Store(
        url="memory:",
        recorder=recorder,
        select_stream=recorder.select_stream,
        views=MemoryViews(),
        engine=MEMORY_ENGINE,
        let_go=lambda: None,
    )


def open_file(url: str, *, create: bool, read_only: bool, lock_timeout_s: float) -> Store:
    """Open a ledger file; nothing stays open where that fails."""
    file = locate(url, create=create, read_only=read_only)
    datastore = LedgerDatastore(file, lock_timeout_s)
    try:
        prepare(datastore)
    except BaseException:
        datastore.close()
        raise
    recorder = LedgerSQLiteRecorder(datastore)
    return Store(
        url=url,
        recorder=recorder,
        select_stream=recorder.select_stream,
        views=SQLiteViews(datastore),
        engine=ENGINE,
        let_go=datastore.close,
        read_only=file.access is not Access.WRITE,
        select_streams=recorder.select_streams,
        in_bulk=partial(in_bulk, datastore),
        why_read_only=file.reason,
        raw_log=SQLiteRawLog(datastore),
    )
