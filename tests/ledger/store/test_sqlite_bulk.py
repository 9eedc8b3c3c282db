"""SQLite set for an import: fast and safe to run again, and back to full safety at its end."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from eventsourcing.persistence import StoredEvent

from ledger.store.engine import sqlite
from ledger.store.factory import open_file
from ledger.store.sqlite_bulk import Manners, in_bulk
from ledger.store.sqlite_file import locate
from ledger.store.sqlite_pool import LedgerDatastore
from ledger.store.sqlite_schema import prepare
from ledger.store.store import Store
from tests.ledger.store.support import event

FULL, NORMAL = 2, 1


def many(first: int = 0) -> list[StoredEvent]:
    """Events that fill some pages."""
    return [event(f"action:{number}", state=b"x" * 900) for number in range(first, first + 500)]


def made(folder: Path) -> LedgerDatastore:
    datastore = LedgerDatastore(locate(str(folder / "ledger.db"), create=True), 0.2)
    prepare(datastore)
    return datastore


def asked(datastore: LedgerDatastore, pragma: str) -> int:
    with datastore.get_connection(commit=True) as connection:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA {pragma}")
        return int(cursor.fetchone()[0])


def safety(datastore: LedgerDatastore) -> tuple[int, int]:
    return asked(datastore, "synchronous"), asked(datastore, "wal_autocheckpoint")


def opened(folder: Path) -> Store:
    return open_file(str(folder / "ledger.db"), create=True, read_only=False, lock_timeout_s=0.2)


def test_single_appends_are_synced_and_an_import_is_at_its_end(tmp_path: Path) -> None:
    datastore = made(tmp_path)
    assert safety(datastore) == (FULL, 1000)
    with in_bulk(datastore):
        assert safety(datastore) == (NORMAL, 20000)
    assert safety(datastore) == (FULL, 1000)
    datastore.close()


def test_after_a_failure_too(tmp_path: Path) -> None:
    datastore = made(tmp_path)
    with pytest.raises(RuntimeError, match="out"), in_bulk(datastore):
        raise RuntimeError("out")
    assert safety(datastore) == (FULL, 1000)
    datastore.close()


def test_other_threads_are_not_concerned(tmp_path: Path) -> None:
    datastore = made(tmp_path)
    found: list[tuple[int, int]] = []
    with in_bulk(datastore):
        thread = threading.Thread(target=lambda: found.append(safety(datastore)))
        thread.start()
        thread.join()
    assert found == [(FULL, 1000)]
    datastore.close()


def test_at_its_end_everything_is_in_the_file_and_the_log_of_writes_is_empty(
    tmp_path: Path,
) -> None:
    wal = tmp_path / "ledger.db-wal"
    with opened(tmp_path) as store:
        with store.in_bulk():
            store.recorder.insert_events(many())
            assert wal.stat().st_size > 400_000
        assert wal.stat().st_size == 0


def test_where_a_reader_keeps_it_from_being_emptied_it_is_synced_by_one_more_commit(
    tmp_path: Path,
) -> None:
    wal = tmp_path / "ledger.db-wal"
    with opened(tmp_path) as store:
        reader = sqlite.connect(tmp_path / "ledger.db", isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM stored_events").fetchone()
        with store.in_bulk():
            store.recorder.insert_events(many())
            before = wal.stat().st_size
        assert wal.stat().st_size > before
        reader.close()
        store.recorder.insert_events(many(500))
        assert store.recorder.max_notification_id() == 1_000


def test_what_went_wrong_first_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    datastore = made(tmp_path)
    monkeypatch.setattr("ledger.store.sqlite_bulk.TRUNCATE", "PRAGMA nonsense(")
    with pytest.raises(RuntimeError, match="first"), in_bulk(datastore):
        raise RuntimeError("first")
    datastore.close()


def test_manners_end_with_the_block() -> None:
    manners = Manners()
    before = manners.now()
    with manners.bulk():
        assert manners.now() is not before
    assert manners.now() is before


def test_many_streams_are_read_in_one_go_as_one_by_one(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        store.recorder.insert_events([event("a"), event("b"), event("a", 2), *many()])
        names = ["a", "b", "c", *(f"action:{number}" for number in range(800))]
        found = store.streams(names)
        assert found == {name: events for name in names if (events := store.select_stream(name))}
        assert [one.originator_version for one in found["a"]] == [1, 2]
