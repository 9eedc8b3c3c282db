"""A database that can be read and not written: by its role, by its server, because it was asked."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator

import pytest

from ledger.facade import open_ledger
from ledger.store.errors import ReadOnlyStoreError, RoleRefusedError
from ledger.store.factory import open_store
from ledger.store.store import Store
from tests.cli.harness import run
from tests.ledger.store.support import count, event
from tests.making import act, two_sides
from tests.postgres import Cluster, binary, new_folder, server_options, shared_cluster

READERS_RIGHTS = (
    "GRANT USAGE ON SCHEMA {s} TO {role}",
    "GRANT SELECT ON ALL TABLES IN SCHEMA {s} TO {role}",
)
WRITERS_RIGHTS = (
    *READERS_RIGHTS,
    "GRANT INSERT, UPDATE ON {s}.stored_events TO {role}",
    "GRANT INSERT, UPDATE, DELETE ON {s}.views, {s}.views_position TO {role}",
)


@pytest.fixture
def cluster() -> Cluster:
    return shared_cluster()


@pytest.fixture
def schema(cluster: Cluster) -> str:
    """A ledger with one action, whose views nobody has caught up."""
    url = cluster.url()
    with open_ledger(url, create=True) as ledger:
        ledger.append([two_sides(), act("one")])
    return url.partition("schema=")[2]


def with_rights(cluster: Cluster, schema: str, role: str, rights: tuple[str, ...]) -> str:
    cluster.sql(f"DROP OWNED BY {role}" if role in _made else f"CREATE ROLE {role} LOGIN")
    _made.add(role)
    cluster.sql(*(right.format(s=schema, role=role) for right in rights))
    return cluster.url(schema, role=role)


_made: set[str] = set()


def writes(store: Store) -> tuple[Callable[[], object], ...]:
    return (
        lambda: store.recorder.insert_events([event("b")]),
        lambda: store.views.commit(expected=0, position=1, schema="a", changes={}, positions={}),
        store.views.reset,
    )


def require_only_reading(url: str, why: str) -> None:
    with open_store(url) as store:
        assert store.read_only
        assert why in store.why_read_only
        assert count(store) == 2
        for write in writes(store):
            with pytest.raises(ReadOnlyStoreError) as caught:
                write()
            assert why in caught.value.why
        assert why in str(store.details())


@pytest.mark.postgres
def test_a_role_that_may_only_read_reads_and_audits(cluster: Cluster, schema: str) -> None:
    url = with_rights(cluster, schema, "auditor", READERS_RIGHTS)
    require_only_reading(url, "lacks the right INSERT on stored_events")
    for words in (("log",), ("tally", "--dispute", "a-b"), ("replay", "--verify"), ("export",)):
        done = run(*words, "--store", url)
        assert done.code == 0, done.err
    with open_store(cluster.url(schema)) as owner:
        assert owner.views.position() == 0
    done = run("doctor", "--store", url)
    assert done.code == 0
    assert "it can be read, not written" in done.out
    done = run("undo", "--store", url)
    assert done.code == 5
    assert "lacks the right" in done.err


@pytest.mark.postgres
def test_a_role_with_the_rights_that_are_listed_writes(cluster: Cluster, schema: str) -> None:
    url = with_rights(cluster, schema, "clerk", WRITERS_RIGHTS)
    with open_ledger(url) as ledger:
        assert not ledger.store.read_only
        ledger.record(act("two"))
        ledger.views().reset()
        assert ledger.views().position() == 3
    with pytest.raises(RoleRefusedError):
        open_store(cluster.url("elsewhere", role="clerk"), create=True)


@pytest.mark.postgres
@pytest.mark.parametrize("missing", range(2, len(WRITERS_RIGHTS)))
def test_a_role_that_lacks_one_of_these_rights_only_reads(
    cluster: Cluster, schema: str, missing: int
) -> None:
    rights = (*WRITERS_RIGHTS[:missing], *WRITERS_RIGHTS[missing + 1 :])
    require_only_reading(with_rights(cluster, schema, "halfway", rights), "lacks the right")


@pytest.mark.postgres
@pytest.mark.parametrize("rights", [(), READERS_RIGHTS[:1], READERS_RIGHTS[1:]])
def test_a_role_that_may_not_even_read_is_told_so(
    cluster: Cluster, schema: str, rights: tuple[str, ...]
) -> None:
    with pytest.raises(RoleRefusedError) as caught:
        open_store(with_rights(cluster, schema, "stranger", rights))
    assert "USAGE" in caught.value.why


@pytest.mark.postgres
def test_a_store_opened_for_reading_only_refuses_to_write(cluster: Cluster, schema: str) -> None:
    with open_store(cluster.url(schema), read_only=True) as store:
        for write in writes(store):
            with pytest.raises(ReadOnlyStoreError, match="opened for reading only"):
                write()


@pytest.mark.postgres
def test_a_database_that_takes_no_writes_is_read(cluster: Cluster, schema: str) -> None:
    cluster.sql("CREATE ROLE sleepy LOGIN SUPERUSER")
    cluster.sql("ALTER ROLE sleepy SET default_transaction_read_only = on")
    require_only_reading(cluster.url(schema, role="sleepy"), "default_transaction_read_only")
    with pytest.raises(ReadOnlyStoreError):
        open_store(cluster.url(role="sleepy"), create=True)


@pytest.fixture
def standby(cluster: Cluster, schema: str) -> Iterator[Cluster]:
    """A second server that repeats what the first writes."""
    folder = new_folder()
    made = Cluster(folder)
    options = server_options()
    try:
        if options:
            shutil.chown(folder, options["user"], options["group"])
        subprocess.run(
            [
                *(binary("pg_basebackup"), "-D", str(made.data), "-h", "127.0.0.1"),
                *("-p", str(cluster.port), "-U", "postgres"),
                *("--checkpoint=fast", "--write-recovery-conf"),
            ],
            check=True,
            timeout=60,
            capture_output=True,
            cwd=folder,
            **options,
        )
        made.settle()
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.postgres
def test_a_standby_is_read_and_named_as_one(standby: Cluster, schema: str) -> None:
    url = standby.url(schema)
    require_only_reading(url, "the server is a standby")
    done = run("tally", "--dispute", "a-b", "--store", url)
    assert done.code == 0, done.err
    with pytest.raises(ReadOnlyStoreError, match="standby"):
        open_store(standby.url("new"), create=True)


@pytest.mark.postgres
def test_a_server_that_turns_into_a_reader_under_a_writer_is_named(
    cluster: Cluster, schema: str
) -> None:
    cluster.sql("CREATE ROLE turning LOGIN SUPERUSER")
    with open_store(cluster.url(schema, role="turning")) as store:
        assert not store.read_only
        cluster.sql(
            "ALTER ROLE turning SET default_transaction_read_only = on",
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'turning'",
        )
        with pytest.raises(ReadOnlyStoreError, match="read-only transaction"):
            store.recorder.insert_events([event("b")])
        assert count(store) == 2
