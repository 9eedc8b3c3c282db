"""Ledgers that can be read and not written, and disks that are full."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ledger.store.errors import (
    DiskFullError,
    ReadOnlyStoreError,
    StoreChangedError,
    StoreFailedError,
)
from ledger.store.factory import open_store
from ledger.store.store import Store
from tests.ledger.store.support import count, event, names, new_ledger, run_child, unprivileged
from tests.ledger.store.test_sqlite_pool import datastore_of


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that other users may look into, which pytest's own is not."""
    made = Path(tempfile.mkdtemp())
    made.chmod(0o755)
    yield made
    made.chmod(0o755)
    shutil.rmtree(made)


def require_only_reading(path: Path) -> None:
    with open_store(str(path)) as store:
        assert store.read_only
        assert count(store) == 1
        assert list(store.views.scan("tally")) == []
        for write in writes(store):
            with pytest.raises(ReadOnlyStoreError) as caught:
                write()
            assert caught.value.where == str(path)
            assert caught.value.why


def writes(store: Store) -> tuple[Callable[[], object], ...]:
    return (
        lambda: store.recorder.insert_events([event("b")]),
        lambda: store.views.commit(expected=0, position=1, schema="a", changes={}, positions={}),
        store.views.reset,
    )


def test_a_store_opened_for_reading_only_refuses_to_write(folder: Path) -> None:
    path = new_ledger(folder)
    with open_store(str(path), read_only=True) as store:
        assert store.read_only
        for write in writes(store):
            with pytest.raises(ReadOnlyStoreError, match="opened for reading only"):
                write()
        assert count(store) == 1
    assert names(folder) == ["ledger.db"]


def test_the_engine_itself_refuses_too(folder: Path) -> None:
    with (
        open_store(str(new_ledger(folder)), read_only=True) as store,
        pytest.raises(ReadOnlyStoreError),
        datastore_of(store).transaction(commit=False) as cursor,
    ):
        cursor.execute("DELETE FROM stored_events")


@pytest.mark.parametrize(
    ("file_mode", "folder_mode"), [(0o444, 0o555), (0o444, 0o777), (0o666, 0o555)]
)
def test_a_ledger_that_cannot_be_written_is_read_and_nothing_is_left_beside_it(
    file_mode: int, folder_mode: int, folder: Path
) -> None:
    path = new_ledger(folder)
    path.chmod(file_mode)
    folder.chmod(folder_mode)
    with unprivileged():
        require_only_reading(path)
    assert names(folder) == ["ledger.db"]


def test_a_reader_without_rights_sees_what_a_writer_has_just_written(folder: Path) -> None:
    path = folder / "ledger.db"
    with open_store(str(path), create=True) as writer:
        writer.recorder.insert_events([event()])
        path.chmod(0o444)
        with unprivileged():
            require_only_reading(path)


def test_unfinished_writes_are_never_silently_left_out(folder: Path) -> None:
    # A copy taken while a writer was at work, without its index: `-wal` holds what matters.
    copy = folder / "copy"
    copy.mkdir()
    with open_store(str(new_ledger(folder))) as writer:
        writer.recorder.insert_events([event("b")])
        for name in ("ledger.db", "ledger.db-wal"):
            shutil.copy(folder / name, copy / name)
    copy.chmod(0o555)
    with unprivileged(), pytest.raises(StoreFailedError):
        open_store(str(copy / "ledger.db"))
    copy.chmod(0o755)
    with open_store(str(copy / "ledger.db")) as store:
        assert count(store) == 2


def test_a_change_under_a_reader_without_locks_is_noticed(folder: Path) -> None:
    path = new_ledger(folder)
    path.chmod(0o444)
    with unprivileged():
        reader = open_store(str(path))
    assert count(reader) == 1
    path.chmod(0o644)
    with open_store(str(path)) as writer:
        writer.recorder.insert_events([event("b")])
    with pytest.raises(StoreChangedError) as caught:
        count(reader)
    assert "run the same command again" in caught.value.hint
    reader.close()
    with open_store(str(path)) as again:
        assert count(again) == 2


def test_a_ledger_that_may_not_even_be_read_says_so(folder: Path) -> None:
    path = new_ledger(folder)
    path.chmod(0o000)
    with unprivileged(), pytest.raises(StoreFailedError) as caught:
        open_store(str(path))
    assert caught.value.where == str(path)


def test_no_ledger_is_made_where_nothing_may_be_made(folder: Path) -> None:
    folder.chmod(0o555)
    with unprivileged(), pytest.raises(StoreFailedError, match="folder cannot be written"):
        open_store(str(folder / "ledger.db"), create=True)


def limit_pages(store: Store, pages: int) -> None:
    with datastore_of(store).get_connection(commit=False) as connection:
        connection.cursor().execute(f"PRAGMA max_page_count = {pages}")


def test_a_full_disk_keeps_nothing_and_loses_nothing(folder: Path) -> None:
    large = [event(f"large:{number}", state=b"x" * 4000) for number in range(50)]
    with open_store(str(new_ledger(folder))) as store:
        limit_pages(store, 20)
        with pytest.raises(DiskFullError) as caught:
            store.recorder.insert_events(large)
        assert "same command again" in caught.value.hint
        assert count(store) == 1
        limit_pages(store, 1000)
        assert store.recorder.insert_events(large) == list(range(2, 52))


# A process that may not let any file grow further: writing fails as on a broken disk.
NO_ROOM = """
import os, resource, sys
from eventsourcing.persistence import StoredEvent
from ledger.store.factory import open_store

path = sys.argv[1]
with open_store(path) as store:
    limit = os.path.getsize(path)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    for number in range(10):
        try:
            state = b"x" * (10_000 if number else 10)
            store.recorder.insert_events([StoredEvent(f"n:{number}", 1, "noted:1", state)])
        except Exception as error:
            print(type(error).__name__)
            break
        print("kept", flush=True)
"""


def test_a_refused_write_is_named_and_what_was_kept_stays(folder: Path) -> None:
    path = new_ledger(folder)
    said = run_child(NO_ROOM, str(path)).splitlines()
    assert said[-1] in {"StoreFailedError", "DiskFullError"}
    assert set(said[:-1]) == {"kept"}
    with open_store(str(path)) as store:
        assert count(store) == 1 + said.count("kept")
        store.recorder.insert_events([event("b")])
