"""The one place where a store is opened: from what the user names to a store."""

from __future__ import annotations

from typing import Final

from domain.errors import require
from ledger.store.engine import ENGINE, EngineInfo
from ledger.store.errors import UnsupportedStoreError
from ledger.store.memory import LedgerMemoryRecorder
from ledger.store.memory_views import MemoryViews
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
    """Open the store that `url` names: the path of an SQLite file, or `memory:`.

    With `create` a ledger is made where there is none (an existing one is opened as it is). A
    file that can only be read is opened for reading: see `Store.read_only`. A writer waits
    `lock_timeout_s` seconds for another.

    Raises LedgerNotFoundError, NotALedgerError, NewerLedgerError, UnsupportedStoreError,
    StoreLockedError, DiskFullError, StoreDamagedError, StoreFailedError.
    """
    if url in MEMORY_URLS:
        return open_memory()
    scheme, separator, _ = url.partition("://")
    require(
        not separator,
        UnsupportedStoreError(
            f"stores of type {scheme!r} are not supported",
            # The rest of such an address may hold a password.
            where=f"{scheme}://...",
            why="a store is the path of an SQLite file, or memory:",
            hint="reciprocity init --store reciprocity.db",
        ),
    )
    return open_file(url, create=create, read_only=read_only, lock_timeout_s=lock_timeout_s)


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
        raw_log=SQLiteRawLog(datastore),
    )
