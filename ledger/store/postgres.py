"""A ledger in a PostgreSQL database, opened: the log, the views, and what `doctor` asks."""

from __future__ import annotations

import os
from typing import Final

import psycopg

from domain.errors import require
from ledger.store.addresses import server_address
from ledger.store.engine import EngineInfo
from ledger.store.errors import StoreLockedError, UnsafeSettingError
from ledger.store.postgres_pool import Connection, PostgresDatastore, ServerInfo
from ledger.store.postgres_raw import PostgresRawLog
from ledger.store.postgres_recorder import LedgerPostgresRecorder
from ledger.store.postgres_schema import prepare
from ledger.store.postgres_views import PostgresViews
from ledger.store.store import Detail, Store

UNSAFE: Final = "POSTGRES_ENABLE_DB_FUNCTIONS"
NO: Final = frozenset({"", "n", "no", "f", "false", "off", "0"})


def open_server(url: str, *, create: bool, read_only: bool, lock_timeout_s: float) -> Store:
    """Open a ledger in a database; no connection stays open where that fails.

    Raises StoreAddressError, UnsafeSettingError, the errors of the server (unreachable, not ready,
    refused, no such database), and what postgres_schema.prepare raises.
    """
    address = server_address(url)
    _refuse_unsafe(address.public)
    datastore = PostgresDatastore(address, lock_timeout_s)
    try:
        info = prepare(datastore, create=create, read_only=read_only)
    except BaseException:
        datastore.close()
        raise
    recorder = LedgerPostgresRecorder(datastore)
    return Store(
        url=address.public,
        recorder=recorder,
        select_stream=recorder.select_stream,
        select_streams=recorder.select_streams,
        raw_log=PostgresRawLog(datastore),
        views=PostgresViews(datastore),
        engine=EngineInfo("postgresql", info.version, has_wal_reset_bug=False),
        let_go=datastore.close,
        read_only=bool(datastore.why_read_only),
        why_read_only=datastore.why_read_only,
        details=lambda: details(datastore, info),
    )


def details(datastore: PostgresDatastore, info: ServerInfo) -> tuple[Detail, ...]:
    """Say what serves the ledger, and whether its writers exclude each other."""
    server = f"PostgreSQL {info.version}, schema {datastore.address.schema}, role {info.role}"
    return (
        Detail("driver", f"psycopg {psycopg.__version__} ({psycopg.pq.__impl__})"),
        Detail("server", server, _unsafe_server(datastore)),
        _lock(datastore),
    )


def _lock(datastore: PostgresDatastore) -> Detail:
    """Take the writers' lock and let it go, or find that another holds it: either way it works."""
    check = "writers' lock"
    if datastore.why_read_only:
        return Detail(check, f"not needed: {datastore.why_read_only}")
    statement = datastore.sql("LOCK TABLE {s}.stored_events IN EXCLUSIVE MODE NOWAIT")

    def work(connection: Connection) -> None:
        with connection.transaction(force_rollback=True):
            connection.execute(statement)

    try:
        datastore.run(work)
    except StoreLockedError:
        return Detail(check, "in place: another writer holds it just now")
    return Detail(check, f"in place: taken and let go, waits {datastore.lock_timeout_s:g} s")


def _unsafe_server(datastore: PostgresDatastore) -> str:
    """Name what makes a server lose what it acknowledged; empty if nothing."""
    off = datastore.run(
        lambda connection: [
            name
            for name in ("fsync", "full_page_writes")
            if (connection.execute("SELECT current_setting(%s)", (name,)).fetchone() or [""])[0]
            == "off"
        ]
    )
    if not off:
        return ""
    return f"{' and '.join(off)} = off: a power cut may lose or damage records; set it to on"


def _refuse_unsafe(where: str) -> None:
    require(
        os.environ.get(UNSAFE, "").strip().lower() in NO,
        UnsafeSettingError(
            f"{UNSAFE} is set, and a ledger does not run under it",
            where=where,
            why="it drops the lock that keeps positions in the order in which they become visible, "
            "so that whoever reads on from a position misses records",
            hint=f"unset {UNSAFE}, then `reciprocity doctor`",
        ),
    )
