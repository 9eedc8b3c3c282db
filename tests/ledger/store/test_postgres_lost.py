"""A server that is lost: the next command works, and what was kept is neither lost nor doubled."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from ledger.appending import Status
from ledger.facade import Ledger, open_ledger
from ledger.replay import verify
from ledger.store.errors import (
    OutcomeUnknownError,
    ServerLostError,
    ServerUnreachableError,
    StoreLockedError,
)
from ledger.store.factory import open_store
from ledger.store.guard import LogReader
from ledger.store.store import Store
from tests.cutting import Cut, Relay, relay
from tests.ledger.store.support import count, event
from tests.making import act, two_sides
from tests.postgres import Cluster, shared_cluster

pytestmark = pytest.mark.postgres

RECONNECT = "ledger.store.postgres_pool.RECONNECT_S"


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    found = shared_cluster()
    yield found
    if found.process is None:
        found.start()


@pytest.fixture
def url(cluster: Cluster) -> str:
    made = cluster.url()
    with open_ledger(made, create=True) as ledger:
        ledger.record(two_sides())
    return made


@pytest.fixture
def cutting(cluster: Cluster) -> Iterator[Relay]:
    with relay(cluster.port) as made:
        yield made


@pytest.fixture
def ledger(url: str, cutting: Relay) -> Iterator[Ledger]:
    """A ledger at the other end of a connection that can be cut."""
    with open_ledger(cutting.url(url), by="ada") as opened:
        yield opened


def logged(url: str) -> list[tuple[str, int]]:
    with open_store(url) as store:
        page = store.recorder.select_notifications(start=None, limit=10_000)
        return [(str(held.originator_id), held.id) for held in page]


@pytest.mark.parametrize("cut", Cut)
@pytest.mark.parametrize("size", [1, 3, 150])
def test_an_append_that_is_cut_at_its_end_is_new_and_there_once(
    ledger: Ledger, cutting: Relay, url: str, cut: Cut, size: int
) -> None:
    cutting.cut = cut
    outcomes = ledger.append([act(f"cut-{number}") for number in range(size)])
    assert cutting.cuts == 1
    assert {outcome.status for outcome in outcomes} == {Status.NEW}
    expected = [(f"action:cut-{number}", number + 2) for number in range(size)]
    assert logged(url)[1:] == expected
    assert [outcome.position for outcome in outcomes] == [place for _, place in expected]
    again = ledger.append([act(f"cut-{number}") for number in range(size)])
    assert {outcome.status for outcome in again} == {Status.SAME}


@pytest.mark.parametrize("cut", Cut)
def test_what_others_write_meanwhile_changes_nothing(
    ledger: Ledger, cutting: Relay, url: str, cut: Cut
) -> None:
    def others() -> None:
        with open_ledger(url, by="bob") as other:
            other.append([act("meanwhile")])

    cutting.cut, cutting.meanwhile = cut, others
    outcome = ledger.append([act("mine")])[0]
    place = 2 if cut is Cut.AFTER else 3
    assert (outcome.status, outcome.position) == (Status.NEW, place)
    assert sorted(logged(url)[1:]) == [("action:meanwhile", 5 - place), ("action:mine", place)]


def test_what_another_wrote_in_its_place_is_not_taken_for_one_s_own(
    ledger: Ledger, cutting: Relay, url: str
) -> None:
    def others() -> None:
        with open_ledger(url, by="bob") as other:
            other.append([act("same"), act("other", description="as bob tells it")])

    cutting.cut, cutting.meanwhile = Cut.BEFORE, others
    outcomes = ledger.append([act("same"), act("other")])
    assert [outcome.status for outcome in outcomes] == [Status.SAME, Status.CONFLICT]
    assert [stream for stream, _ in logged(url)[1:]] == ["action:same", "action:other"]


def test_a_batch_of_which_another_wrote_a_part_is_not_taken_for_kept(
    url: str, cutting: Relay
) -> None:
    # Equal to the last byte, as where a history with its stamps is restored twice at once.
    whole = [event(f"action:{name}") for name in "abc"]

    def others() -> None:
        with open_store(url) as other:
            other.recorder.insert_events(whole[:2])

    cutting.cut, cutting.meanwhile = Cut.BEFORE, others
    with open_store(cutting.url(url)) as store, pytest.raises(Exception, match="duplicate key"):
        store.recorder.insert_events(whole)
    assert [stream for stream, _ in logged(url)[1:]] == ["action:a", "action:b"]


def test_without_recognition_an_append_would_not_know_its_own_success(
    monkeypatch: pytest.MonkeyPatch, url: str, cutting: Relay
) -> None:
    # The canary of the tests above.
    monkeypatch.setattr(
        "ledger.store.postgres_recorder.KEPT",
        "SELECT 1 WHERE %s::text[] IS NULL AND %s::int[] IS NULL "
        "AND %s::text[] IS NULL AND %s::bytea[] IS NULL",
    )
    with open_ledger(cutting.url(url)) as ledger:
        cutting.cut = Cut.AFTER
        assert ledger.append([act("cut")])[0].status is Status.SAME


@pytest.mark.parametrize("cut", Cut)
def test_views_whose_step_is_cut_are_what_the_history_comes_to(
    ledger: Ledger, cutting: Relay, cut: Cut
) -> None:
    ledger.append([act("one"), act("two", answers=["one"])])
    cutting.cut = cut
    assert ledger.views().position() == 3
    assert cutting.cuts == 1
    assert verify(ledger) == 3


def test_an_outcome_that_stays_unknown_is_said_to_be(
    monkeypatch: pytest.MonkeyPatch, ledger: Ledger, cutting: Relay, url: str
) -> None:
    monkeypatch.setattr(RECONNECT, 0.2)
    cutting.cut, cutting.meanwhile = Cut.AFTER, cutting.hang_up
    with pytest.raises(OutcomeUnknownError) as caught:
        ledger.append([act("cut")])
    assert "run the same command again" in caught.value.hint
    with open_ledger(url) as again:
        assert again.append([act("cut")])[0].status is Status.SAME


def test_what_is_lost_before_its_end_is_not_said_to_be_unknown(
    monkeypatch: pytest.MonkeyPatch, ledger: Ledger, cutting: Relay, url: str
) -> None:
    monkeypatch.setattr(RECONNECT, 0.2)

    def guard(read: LogReader) -> None:
        cutting.hang_up()

    with pytest.raises(ServerLostError) as caught:
        ledger.store.recorder.insert_events([event("a")], guard=guard)
    assert not isinstance(caught.value, OutcomeUnknownError)
    assert logged(url) == [("dispute:a-b", 1)]


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with open_store(url, lock_timeout_s=2) as opened:
        changes = {("p", f"{n:05}"): "x" for n in range(2_500)}
        opened.views.commit(expected=0, position=1, schema="s", changes=changes, positions={})
        yield opened


@pytest.mark.parametrize(
    "use",
    [
        lambda store: store.recorder.max_notification_id(),
        lambda store: store.recorder.insert_events([event("a")]),
        lambda store: store.recorder.insert_events([event(f"a:{n}") for n in range(200)]),
        lambda store: store.select_stream("action:a"),
        count,
        lambda store: len(list(store.views.scan("p"))),
        lambda store: store.views.get_many("p", ["00000"]),
        lambda store: store.views.commit(
            expected=1, position=2, schema="s", changes={("p", "k"): "v"}, positions={}
        ),
        lambda store: store.views.reset(),
    ],
)
def test_after_a_crash_of_the_server_the_next_command_works(
    cluster: Cluster, store: Store, use: object
) -> None:
    assert callable(use)
    cluster.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    )
    use(store)
    assert count(store) >= 1


def test_a_command_waits_for_a_server_that_starts_again(cluster: Cluster, store: Store) -> None:
    cluster.crash_and_restart()
    assert store.recorder.insert_events([event("a")]) == [2]
    cluster.stop()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RECONNECT, 0.3)
        with pytest.raises((ServerLostError, ServerUnreachableError)) as caught:
            store.recorder.insert_events([event("b")])
        assert type(caught.value) is not OutcomeUnknownError
    cluster.start()
    assert store.recorder.insert_events([event("b")]) == [3]
    assert [held for held, _ in logged(store.url)] == ["dispute:a-b", "a", "b"]


def test_a_scan_that_loses_its_server_ends_with_the_reason(cluster: Cluster, store: Store) -> None:
    rows = store.views.scan("p")
    next(rows)
    cluster.crash_and_restart()
    with pytest.raises(ServerLostError):
        list(rows)
    assert len(list(store.views.scan("p"))) == 2_500


def test_a_guard_is_asked_again_where_the_server_was_lost(cluster: Cluster, store: Store) -> None:
    asked: list[int] = []

    def guard(read: LogReader) -> None:
        asked.append(len(read("a")))
        if len(asked) == 1:
            cluster.crash_and_restart()
            with open_store(store.url) as other:
                other.recorder.insert_events([event("a")])

    assert store.recorder.insert_events([event("b")], guard=guard) == [3]
    assert asked == [0, 1]


def test_a_server_that_never_answers_is_given_up(cutting: Relay, url: str) -> None:
    cutting.is_deaf = True
    begun = time.monotonic()
    with pytest.raises(ServerUnreachableError):
        open_store(f"{cutting.url(url)}&connect_timeout=2")
    assert time.monotonic() - begun < 10


def test_a_locked_store_says_so_in_time_and_works_again(url: str) -> None:
    with open_store(url, lock_timeout_s=0.1) as first, open_store(url, lock_timeout_s=0.1) as other:

        def guard(read: LogReader) -> None:
            with pytest.raises(StoreLockedError) as caught:
                other.recorder.insert_events([event("b")])
            assert "reciprocity doctor" in caught.value.hint
            assert count(other) == 1

        assert first.recorder.insert_events([event("a")], guard=guard) == [2]
        assert other.recorder.insert_events([event("b")]) == [3]
