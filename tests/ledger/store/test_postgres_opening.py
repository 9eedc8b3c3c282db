"""Opening a ledger in a database: what is no ledger has a name, and nothing is harmed or told."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from domain.errors import StoreUnavailableError
from ledger.store import postgres
from ledger.store.errors import (
    DatabaseMissingError,
    DriverMissingError,
    LedgerNotFoundError,
    NewerLedgerError,
    NotALedgerError,
    RoleRefusedError,
    ServerNotReadyError,
    ServerUnreachableError,
    StoreAddressError,
    StoreDamagedError,
    StoreLockedError,
    UnsafeSettingError,
    UnsupportedStoreError,
)
from ledger.store.factory import open_store
from ledger.store.postgres_pool import CONNECTIONS_MAX
from ledger.store.store import Store
from tests.cli.harness import run
from tests.ledger.store.support import count, event, run_child
from tests.postgres import PASSWORD, Cluster, free_port, shared_cluster

NOWHERE = "postgresql://ada:open-sesame-7Q@127.0.0.1:1/team"


@pytest.fixture
def cluster() -> Cluster:
    return shared_cluster()


@pytest.fixture
def store(cluster: Cluster) -> Iterator[Store]:
    with open_store(cluster.url(), create=True) as opened:
        yield opened


def refused(url: str, expected: type[StoreUnavailableError], *, create: bool = False) -> str:
    """Check that the place is refused under that name without its password; return why."""
    with pytest.raises(expected) as caught:
        open_store(url, create=create)
    assert type(caught.value) is expected
    assert caught.value.where.startswith("postgresql://")
    assert "reciprocity " in caught.value.hint
    assert PASSWORD not in f"{caught.value} {caught.value.hint}"
    return caught.value.why


FILE_ONLY = """
import sys
from cli.main import run
assert run(["init", "--store", sys.argv[1]]) == run(["log", "--store", sys.argv[1]]) == 0
assert run(["doctor", "--store", sys.argv[1]]) == 0
print("psycopg" in sys.modules)
"""


def test_a_ledger_in_a_file_loads_no_driver_of_servers(tmp_path: Path) -> None:
    assert run_child(FILE_ONLY, str(tmp_path / "l.db")).splitlines()[-1] == "False"


def test_without_the_driver_the_hint_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(DriverMissingError) as caught:
        open_store(NOWHERE)
    assert "pip install 'reciprocity-ledger[postgres]'" in caught.value.hint
    assert caught.value.where == "postgresql://ada@127.0.0.1:1/team"


@pytest.mark.parametrize("value", ["1", "true", "yes", "anything"])
def test_a_setting_that_drops_the_lock_is_refused_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv(postgres.UNSAFE, value)
    assert "drops the lock" in refused(NOWHERE, UnsafeSettingError)


@pytest.mark.parametrize("value", ["", "0", "no", "False"])
def test_the_same_setting_switched_off_does_no_harm(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv(postgres.UNSAFE, value)
    refused(NOWHERE, ServerUnreachableError)


def test_no_server_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "refused" in refused(f"postgresql://127.0.0.1:{free_port()}/x", ServerUnreachableError)
    refused("postgresql://no-such-host.invalid/x", ServerUnreachableError)
    refused("postgresql://127.0.0.1:1/x?nonsense=1", StoreAddressError)


def test_no_command_prints_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECIPROCITY_STORE", NOWHERE)
    for words in (
        ("doctor",),
        ("doctor", "--format", "json", "--store", NOWHERE),
        ("init", "--store", NOWHERE),
        ("log",),
        ("log", "--store", NOWHERE, "--format", "json"),
        ("tally", "--dispute", "x", "--store", NOWHERE, "--debug"),
        ("undo", "--store", f"{NOWHERE}@nonsense"),
    ):
        done = run(*words, env={"RECIPROCITY_STORE": NOWHERE, "RECIPROCITY_DEBUG": "true"})
        assert done.code == (4 if words[0] == "doctor" else 5)
        assert PASSWORD not in done.out + done.err
        assert "sesame" not in done.out + done.err


@pytest.mark.postgres
def test_a_role_that_is_not_let_in_is_told_so(cluster: Cluster) -> None:
    cluster.sql(
        "DROP ROLE IF EXISTS guarded",
        f"CREATE ROLE guarded LOGIN SUPERUSER PASSWORD '{PASSWORD}'",
        "DROP ROLE IF EXISTS idler",
        "CREATE ROLE idler NOLOGIN",
    )
    right = cluster.url(role=f"guarded:{PASSWORD}")
    with open_store(right, create=True) as store:
        assert PASSWORD not in f"{store.url} {store.details()} {store!r}"
    for role in ("guarded:wrong", "guarded", "idler", f"nobody-at-all:{PASSWORD}"):
        assert "FATAL" in refused(cluster.url(role=role), RoleRefusedError) or role == "guarded"


@pytest.mark.postgres
def test_a_missing_database_is_named(cluster: Cluster) -> None:
    url = cluster.url(database="no_such_database", role=f"postgres:{PASSWORD}")
    assert '"no_such_database" does not exist' in refused(url, DatabaseMissingError, create=True)


@pytest.mark.postgres
def test_opening_never_makes_anything(cluster: Cluster) -> None:
    url = cluster.url("not_made")
    assert "no schema 'not_made'" in refused(url, LedgerNotFoundError)
    with pytest.raises(LedgerNotFoundError):
        open_store(url, create=True, read_only=True)
    cluster.sql("CREATE SCHEMA not_made")
    assert "is empty" in refused(url, LedgerNotFoundError)
    assert cluster.sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'not_made'") == "0"
    with open_store(url, create=True) as store:
        assert count(store) == 0


@pytest.mark.postgres
@pytest.mark.parametrize("create", [False, True])
def test_a_schema_of_another_program_is_refused_and_untouched(
    cluster: Cluster, create: bool
) -> None:
    cluster.sql(
        "CREATE SCHEMA IF NOT EXISTS theirs",
        "CREATE TABLE IF NOT EXISTS theirs.stored_events (id int)",
    )
    assert "another program" in refused(cluster.url("theirs"), NotALedgerError, create=create)
    tables = "SELECT string_agg(tablename, ',') FROM pg_tables WHERE schemaname = 'theirs'"
    assert cluster.sql(tables) == "stored_events"
    cluster.sql(
        "CREATE SCHEMA IF NOT EXISTS alike",
        "CREATE TABLE IF NOT EXISTS alike.ledger_identity (one int, mark text, version int)",
    )
    assert "another program" in refused(cluster.url("alike"), NotALedgerError, create=create)


def schema_of(store: Store) -> str:
    return store.url.partition("schema=")[2]


def altered(cluster: Cluster, store: Store, statement: str) -> None:
    cluster.sql(statement.replace("{s}", schema_of(store)))


@pytest.mark.postgres
def test_a_ledger_of_a_newer_version_is_refused(cluster: Cluster, store: Store) -> None:
    altered(cluster, store, "UPDATE {s}.ledger_identity SET version = 2")
    assert "schema version is 2" in refused(store.url, NewerLedgerError)


@pytest.mark.postgres
def test_a_lost_table_is_named_as_damage(cluster: Cluster, store: Store) -> None:
    altered(cluster, store, "DROP TABLE {s}.stored_events")
    with open_store(store.url) as again, pytest.raises(StoreDamagedError):
        again.recorder.max_notification_id()
    altered(cluster, store, "DELETE FROM {s}.views_position")
    with pytest.raises(StoreDamagedError):
        store.views.position()
    store.views.reset()
    assert store.views.position() == 0


@pytest.mark.postgres
def test_views_whose_table_is_gone_are_made_again(cluster: Cluster, store: Store) -> None:
    altered(cluster, store, "DROP TABLE {s}.views")
    with pytest.raises(StoreDamagedError):
        store.views.get("tally", "a")
    store.views.reset()
    assert list(store.views.scan("tally")) == []


@pytest.mark.postgres
def test_a_database_in_another_encoding_is_refused(cluster: Cluster) -> None:
    cluster.sql(
        "DROP DATABASE IF EXISTS latin",
        "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0",
    )
    assert "LATIN1" in refused(cluster.url(database="latin"), UnsupportedStoreError, create=True)


@pytest.mark.postgres
def test_several_ledgers_share_a_database(cluster: Cluster) -> None:
    names = ('Öffentlich "x"', "one'two", "UPPER")
    urls = [cluster.url(name.replace('"', "%22").replace(" ", "%20")) for name in names]
    for number, url in enumerate(urls, start=1):
        with open_store(url, create=True) as store:
            store.recorder.insert_events([event(f"n:{n}") for n in range(number)])
            store.views.commit(
                expected=0, position=number, schema="s", changes={("p", "k"): url}, positions={}
            )
    for number, url in enumerate(urls, start=1):
        with open_store(url) as store:
            assert (count(store), store.views.position()) == (number, number)
            assert store.views.get("p", "k") == url


# One of several processes that all make the same ledger at once and write to it.
FIRST_START = """
import sys
from eventsourcing.persistence import StoredEvent
from ledger.store.factory import open_store

path, name = sys.argv[1:]
with open_store(path, create=True) as store:
    store.recorder.insert_events([StoredEvent(name, 1, "noted:1", b"{}")])
"""


@pytest.mark.postgres
def test_many_processes_may_make_the_same_ledger_at_once(cluster: Cluster) -> None:
    url = cluster.url()
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda n: run_child(FIRST_START, url, f"action:{n}"), range(6)))
    with open_store(url) as store:
        assert count(store) == 6


@pytest.mark.postgres
def test_too_many_users_of_a_server_are_named_and_bounded(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.store.postgres_pool.RECONNECT_S", 0.3)
    cluster.sql("CREATE DATABASE narrow CONNECTION LIMIT 1", "CREATE ROLE plain LOGIN")
    cluster.sql("CREATE SCHEMA one AUTHORIZATION plain", database="narrow")
    url = cluster.url("one", database="narrow", role="plain")
    with open_store(url, create=True):
        assert "too many connections" in refused(url, ServerNotReadyError)


@pytest.mark.postgres
def test_a_process_takes_a_bounded_number_of_connections(cluster: Cluster) -> None:
    url = cluster.url()
    with open_store(url, create=True, lock_timeout_s=0.1) as store:
        changes = {("p", f"{n:05}"): "x" for n in range(2_500)}
        store.views.commit(expected=0, position=1, schema="s", changes=changes, positions={})
        scans = [store.views.scan("p") for _ in range(CONNECTIONS_MAX)]
        for scan in scans:
            next(scan)
        with pytest.raises(StoreLockedError, match="connections of this process"):
            store.views.position()
        scans[0].close()  # type: ignore[attr-defined]
        assert store.views.position() == 1


@pytest.mark.postgres
def test_doctor_tells_server_schema_and_lock(cluster: Cluster, store: Store) -> None:
    done = run("doctor", "--store", store.url, "--format", "json")
    assert done.code == 0
    assert f"schema {schema_of(store)}, role postgres" in done.out
    assert "in place: taken and let go, waits 5 s" in done.out
    assert "PostgreSQL 1" in done.out
