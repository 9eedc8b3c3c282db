"""Transactions: writers begin IMMEDIATE, wait, and let go; the pool never keeps a lost lock."""

from __future__ import annotations

from pathlib import Path
from threading import Thread
from typing import cast

import pytest
from eventsourcing.persistence import ConnectionPoolClosedError
from eventsourcing.sqlite import SQLiteCursor

from ledger.store.engine import sqlite
from ledger.store.errors import StoreFailedError, StoreLockedError
from ledger.store.factory import open_store
from ledger.store.sqlite_pool import LedgerConnection, LedgerDatastore, LedgerPool
from ledger.store.sqlite_recorder import LedgerSQLiteRecorder
from ledger.store.store import Store
from ledger.store.views import Changes
from tests.ledger.store.support import count, event, names, new_ledger, run_child


def datastore_of(store: Store) -> LedgerDatastore:
    return cast("LedgerDatastore", cast("LedgerSQLiteRecorder", store.recorder).datastore)


def pragma(store: Store, name: str) -> object:
    with datastore_of(store).get_connection(commit=False) as connection:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA {name}")
        return cursor.fetchone()[0]


def test_an_acknowledged_record_survives_a_power_cut(tmp_path: Path) -> None:
    with open_store(str(new_ledger(tmp_path))) as store:
        assert pragma(store, "journal_mode") == "wal"
        assert pragma(store, "synchronous") == 2
        assert pragma(store, "busy_timeout") == 5000


def test_a_writer_waits_before_it_reads(tmp_path: Path) -> None:
    path = str(new_ledger(tmp_path))
    read: list[int] = []

    def read_then_write(second: Store) -> None:
        with datastore_of(second).transaction(commit=True) as cursor:
            read.append(stored(cursor))
            cursor.execute("INSERT INTO stored_events VALUES (NULL, 'c', 1, 'noted:1', x'00')")

    with open_store(path) as first, open_store(path) as second:
        with datastore_of(first).transaction(commit=True) as cursor:
            thread = Thread(target=read_then_write, args=(second,))
            thread.start()
            thread.join(0.2)
            assert thread.is_alive()
            cursor.execute("INSERT INTO stored_events VALUES (NULL, 'b', 1, 'noted:1', x'00')")
        thread.join(10)
        assert read == [2]
        assert count(first) == 3


def test_a_deferred_writer_would_fail_at_once(tmp_path: Path) -> None:
    path = str(new_ledger(tmp_path))
    with open_store(path) as store:
        deferred = sqlite.connect(path, isolation_level=None, timeout=5)
        deferred.execute("BEGIN")
        deferred.execute("SELECT count(*) FROM stored_events").fetchone()
        store.recorder.insert_events([event("b")])
        with pytest.raises(sqlite.OperationalError, match="locked"):
            deferred.execute("DELETE FROM stored_events")
        deferred.close()


def delete_all_and_raise(datastore: LedgerDatastore, error: BaseException) -> None:
    with datastore.transaction(commit=True) as cursor:
        cursor.execute("DELETE FROM stored_events")
        raise error


def stored(cursor: SQLiteCursor) -> int:
    cursor.execute("SELECT count(*) FROM stored_events")
    return int(cursor.fetchone()[0])


def test_readers_do_not_wait_for_a_writer(tmp_path: Path) -> None:
    with open_store(str(new_ledger(tmp_path))) as store:
        with datastore_of(store).transaction(commit=True) as cursor:
            cursor.execute("DELETE FROM stored_events")
            assert count(store) == 1
        assert count(store) == 0


@pytest.mark.parametrize("stores", ["one store", "two stores"])
def test_a_locked_store_says_so_and_works_again(stores: str, tmp_path: Path) -> None:
    path = str(new_ledger(tmp_path))
    with open_store(path, lock_timeout_s=0.1) as first:
        second = first if stores == "one store" else open_store(path, lock_timeout_s=0.1)
        with datastore_of(first).transaction(commit=True):
            with pytest.raises(StoreLockedError) as caught:
                second.recorder.insert_events([event("b")])
            assert caught.value.where == path
            assert "reciprocity doctor" in caught.value.hint
        assert second.recorder.insert_events([event("b")]) == [2]
        second.close()


def test_an_error_in_a_writer_undoes_its_work(tmp_path: Path) -> None:
    with open_store(str(new_ledger(tmp_path))) as store:
        with pytest.raises(KeyboardInterrupt):
            delete_all_and_raise(datastore_of(store), KeyboardInterrupt())
        assert count(store) == 1
        store.recorder.insert_events([event("b")])


@pytest.mark.parametrize("is_writer", [True, False])
def test_a_connection_that_cannot_be_made_leaves_no_lock(
    is_writer: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(str(new_ledger(tmp_path)), lock_timeout_s=0.1) as store:
        pool = datastore_of(store).pool

        def refuse(self: LedgerPool) -> None:
            raise StoreFailedError("too many open files")

        with monkeypatch.context() as patch:
            patch.setattr(LedgerPool, "_create_connection", refuse)
            with (
                datastore_of(store).get_connection(commit=False),
                pytest.raises(StoreFailedError),
            ):
                pool.get_connection(is_writer=is_writer)
        assert store.recorder.insert_events([event("b")]) == [2]


def test_more_users_than_connections_wait_their_turn(tmp_path: Path) -> None:
    with open_store(str(new_ledger(tmp_path)), lock_timeout_s=0.1) as store:
        pool = datastore_of(store).pool
        taken = [pool.get_connection(is_writer=False) for _ in range(15)]
        with pytest.raises(StoreLockedError):
            store.recorder.insert_events([event("b")])
        for connection in taken:
            pool.put_connection(connection)
        assert store.recorder.insert_events([event("b")]) == [2]


# Threads read and write while the store is closed over and over; a crash ends the process.
CLOSE_UNDER_USERS = """
import sys
from threading import Thread
from eventsourcing.persistence import ConnectionPoolClosedError, StoredEvent
from ledger.store.factory import open_store

def use(store, name):
    try:
        for number in range(100_000):
            store.recorder.insert_events([StoredEvent(name, number, "noted:1", b"{}")])
            store.recorder.select_notifications(start=None, limit=50)
            list(store.views.scan("tally"))
    except ConnectionPoolClosedError:
        print("closed")

for turn in range(40):
    store = open_store(sys.argv[1])
    threads = [Thread(target=use, args=(store, f"{turn}-{n}")) for n in range(4)]
    for thread in threads:
        thread.start()
    store.recorder.insert_events([StoredEvent(f"{turn}", 1, "noted:1", b"{}")])
    store.close()
    for thread in threads:
        thread.join()
"""


def test_a_store_may_be_closed_while_threads_use_it(tmp_path: Path) -> None:
    path = new_ledger(tmp_path)
    assert run_child(CLOSE_UNDER_USERS, str(path)).count("closed") == 160
    assert names(tmp_path) == ["ledger.db"]


def test_a_scan_that_outlives_its_store_ends_well(tmp_path: Path) -> None:
    store = open_store(str(new_ledger(tmp_path)))
    changes: Changes = {("p", f"{number:04}"): "x" for number in range(3_000)}
    store.views.commit(expected=0, position=1, schema="s", changes=changes, positions={})
    rows = store.views.scan("p")
    first = next(rows)
    store.close()
    assert len([first, *rows]) == 3_000
    assert names(tmp_path) == ["ledger.db"]
    with pytest.raises(ConnectionPoolClosedError):
        store.recorder.max_notification_id()


def test_a_connection_that_cannot_roll_back_is_not_used_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: LedgerConnection) -> None:
        raise sqlite.OperationalError("disk I/O error")

    with open_store(str(new_ledger(tmp_path))) as store:
        datastore = datastore_of(store)
        with monkeypatch.context() as patch:
            patch.setattr(LedgerConnection, "rollback", fail)
            with pytest.raises(ZeroDivisionError):
                delete_all_and_raise(datastore, ZeroDivisionError())
        assert datastore.pool.num_in_pool == 0
        assert count(store) == 1
