"""Opening: every place that is not a ledger has a name of its own, and nothing is harmed."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import ClassVar

import pytest
from eventsourcing.application import Application
from eventsourcing.persistence import InfrastructureFactory, Mapper
from eventsourcing.utils import Environment

from domain.errors import StoreUnavailableError
from ledger.store.engine import ENGINE, sqlite
from ledger.store.errors import (
    LedgerNotFoundError,
    NewerLedgerError,
    NotALedgerError,
    StoreDamagedError,
    StoreFailedError,
    UnsupportedStoreError,
)
from ledger.store.factory import open_store
from ledger.store.store import Store, StoreFactory
from tests.ledger.store.support import count, event, mapper, names, new_ledger, run_child


def refused(url: str, expected: type[StoreUnavailableError], *, create: bool = False) -> str:
    """Check that the place is refused under that name, and return why."""
    with pytest.raises(expected) as caught:
        open_store(url, create=create)
    assert type(caught.value) is expected
    assert caught.value.where
    assert "reciprocity " in caught.value.hint
    return caught.value.why


def test_a_new_ledger_is_empty_and_tidy(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with open_store(str(path), create=True) as store:
        assert (store.url, store.engine, store.read_only) == (str(path), ENGINE, False)
        assert (count(store), store.views.position()) == (0, 0)
    assert names(tmp_path) == ["ledger.db"]


def test_opening_again_keeps_everything(tmp_path: Path) -> None:
    path = str(new_ledger(tmp_path))
    for create in (False, True):
        with open_store(path, create=create) as store:
            assert count(store) == 1


def test_a_ledger_is_marked_as_one(tmp_path: Path) -> None:
    header = new_ledger(tmp_path).read_bytes()
    assert header[68:72] == b"RCPY"
    assert int.from_bytes(header[60:64], "big") == 1


@pytest.mark.parametrize(
    "name", ["a b.db", "50%.db", "what?.db", "#1.db", ":memory:.db", "é'\".db"]
)
def test_any_file_name_is_taken_as_it_is(name: str, tmp_path: Path) -> None:
    with open_store(str(tmp_path / name), create=True) as store:
        store.recorder.insert_events([event()])
    assert names(tmp_path) == [name]


def test_a_link_leads_to_the_ledger(tmp_path: Path) -> None:
    new_ledger(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.db"
    link.symlink_to(tmp_path / "ledger.db")
    with open_store(str(link)) as store:
        store.recorder.insert_events([event("b")])
        assert names(tmp_path / "elsewhere") == ["link.db"]
    with open_store(str(tmp_path / "ledger.db")) as store:
        assert count(store) == 2


def test_a_missing_file_is_no_ledger_and_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(LedgerNotFoundError) as caught:
        open_store(str(tmp_path / "my ledger.db"))
    assert caught.value.hint == f"reciprocity init --store '{tmp_path}/my ledger.db'"
    with pytest.raises(LedgerNotFoundError):
        open_store(str(tmp_path / "ledger.db"), create=True, read_only=True)
    assert names(tmp_path) == []


def test_a_missing_folder_is_said_to_be_missing(tmp_path: Path) -> None:
    path = str(tmp_path / "no" / "ledger.db")
    refused(path, LedgerNotFoundError)
    assert "is not a folder" in refused(path, LedgerNotFoundError, create=True)


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize(
    "content", [b"x", b"id,kind\n1,expulsion\n" * 500, b"SQLite format 3\x00" + b"\xff" * 5000]
)
def test_a_file_that_is_no_ledger_is_refused_and_untouched(
    content: bytes, create: bool, tmp_path: Path
) -> None:
    path = tmp_path / "notes.csv"
    path.write_bytes(content)
    refused(str(path), NotALedgerError, create=create)
    assert (path.read_bytes(), names(tmp_path)) == (content, ["notes.csv"])


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_a_database_of_another_program_is_refused_and_untouched(
    mode: str, create: bool, tmp_path: Path
) -> None:
    path = tmp_path / "bookmarks.db"
    raw = sqlite.connect(str(path))
    raw.execute(f"PRAGMA journal_mode = {mode}")
    raw.execute("CREATE TABLE bookmarks (address)")
    raw.commit()
    raw.close()
    before = path.read_bytes()
    assert "another program" in refused(str(path), NotALedgerError, create=create)
    assert path.read_bytes() == before


def test_a_folder_and_a_device_are_no_ledgers(tmp_path: Path) -> None:
    refused(str(tmp_path), NotALedgerError)
    refused(os.devnull, NotALedgerError, create=True)


@pytest.mark.parametrize("url", ["a\x00b", "x" * 5000])
def test_an_impossible_name_is_said_to_be_one(url: str) -> None:
    refused(url, StoreFailedError)


def test_an_empty_file_is_no_ledger_until_one_is_made_in_it(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.touch()
    assert refused(str(path), NotALedgerError) == "the file is empty"
    with open_store(str(path), create=True) as store:
        assert count(store) == 0


def altered(path: Path, *statements: str) -> str:
    raw = sqlite.connect(str(path), isolation_level=None)
    for statement in statements:
        raw.execute(statement)
    raw.close()
    return str(path)


def test_a_ledger_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = altered(new_ledger(tmp_path), "PRAGMA user_version = 2")
    assert "schema version is 2" in refused(path, NewerLedgerError)


def test_a_ledger_that_lost_its_mark_is_refused(tmp_path: Path) -> None:
    refused(altered(new_ledger(tmp_path), "PRAGMA application_id = 7"), NotALedgerError)
    refused(altered(tmp_path / "ledger.db", "PRAGMA application_id = 0"), NotALedgerError)


def test_a_ledger_in_another_journal_mode_is_taken_back_to_wal(tmp_path: Path) -> None:
    path = altered(new_ledger(tmp_path), "PRAGMA journal_mode = DELETE")
    with open_store(path) as store:
        store.recorder.insert_events([event("b")])
        assert Path(f"{path}-wal").exists()


def test_a_lost_table_or_page_is_named_as_damage(tmp_path: Path) -> None:
    path = altered(new_ledger(tmp_path), "DROP TABLE stored_events")
    with open_store(path) as store, pytest.raises(StoreDamagedError):
        store.recorder.max_notification_id()
    torn = tmp_path / "torn.db"
    whole = Path(path).read_bytes()
    torn.write_bytes(whole[:4096] + b"\xaa" * (len(whole) - 4096))
    with open_store(str(torn)) as store, pytest.raises(StoreDamagedError) as caught:
        store.views.position()
    assert caught.value.where == str(torn)


def test_other_stores_are_refused_without_telling_their_passwords() -> None:
    with pytest.raises(UnsupportedStoreError) as caught:
        open_store("mysql://ada:secret@db/ledger")
    assert "mysql" in caught.value.what
    assert "secret" not in f"{caught.value} {caught.value.hint}"


@pytest.mark.parametrize("url", ["memory:", ":memory:"])
def test_a_store_in_memory_touches_no_file(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with open_store(url) as store:
        store.recorder.insert_events([event()])
        assert (store.url, store.engine.name, count(store)) == ("memory:", "memory", 1)
    assert names(tmp_path) == []


def test_closing_twice_does_no_harm(tmp_path: Path) -> None:
    store = open_store(str(new_ledger(tmp_path)))
    store.close()
    store.close()


# One of several processes that all make the same ledger at once and write to it.
FIRST_START = """
import sys
from eventsourcing.persistence import StoredEvent
from ledger.store.factory import open_store

path, name = sys.argv[1:]
with open_store(path, create=True) as store:
    store.recorder.insert_events([StoredEvent(name, 1, "noted:1", b"{}")])
"""


def test_many_processes_may_make_the_same_ledger_at_once(tmp_path: Path) -> None:
    path = str(tmp_path / "ledger.db")
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda n: run_child(FIRST_START, path, f"action:{n}"), range(6)))
    with open_store(path) as store:
        assert count(store) == 6


class Notes(Application[str]):
    """The least application: an open store handed over, whatever the environment says."""

    env: ClassVar[dict[str, str]] = {"PERSISTENCE_MODULE": "no.such.module"}

    def __init__(self, store: Store) -> None:
        self._store = store
        super().__init__()

    def construct_factory(self, env: Environment) -> InfrastructureFactory:
        return StoreFactory(self._store)

    def construct_mapper(self) -> Mapper[str]:
        return mapper()


def test_the_library_runs_on_an_open_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IS_SNAPSHOTTING_ENABLED", "n")
    monkeypatch.setenv("CIPHER_KEY", "nonsense")
    store = open_store(str(new_ledger(tmp_path)))
    with Notes(store) as application:
        assert application.recorder is store.recorder
        assert [read.id for read in application.notification_log.select(1, 10)] == [1]
    assert names(tmp_path) == ["ledger.db"]


def test_what_a_ledger_does_not_keep_is_refused() -> None:
    with StoreFactory(open_store("memory:")) as factory:
        for refuse in (
            factory.aggregate_recorder,
            factory.tracking_recorder,
            factory.process_recorder,
        ):
            with pytest.raises(UnsupportedStoreError):
                refuse()
        assert not factory.is_snapshotting_enabled()
