"""What both recorders promise beyond the library: the guard, whole batches, text ids."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from eventsourcing.persistence import IntegrityError, Notification, StoredEvent

from domain.errors import InputError
from ledger.store.errors import RecordNotStorableError
from ledger.store.factory import open_store
from ledger.store.guard import LogReader
from ledger.store.store import Store
from tests.ledger.store.support import STORES, count, event, new_url


class SecondEventError(InputError):
    """The rule of these tests: a stream holds one event."""


def only_one(read: LogReader) -> None:
    if read("action:a"):
        raise SecondEventError("there is one already")


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with open_store(new_url(request.param, tmp_path), create=True) as opened:
        yield opened


def test_positions_follow_each_other_without_gaps(store: Store) -> None:
    assert store.recorder.insert_events([event("a"), event("b")]) == [1, 2]
    with pytest.raises(IntegrityError):
        store.recorder.insert_events([event("c"), event("a")])
    assert store.recorder.insert_events([event("c")]) == [3]


def test_a_large_batch_goes_in_whole_and_says_where(store: Store) -> None:
    store.recorder.insert_events([event()])
    many = [event(f"action:{number:05}") for number in range(20_000)]
    assert store.recorder.insert_events(many) == list(range(2, 20_002))
    page = store.recorder.select_notifications(start=20_001, limit=10)
    assert [(read.id, read.originator_id) for read in page] == [(20_001, "action:19999")]


def test_a_large_batch_with_one_duplicate_leaves_nothing(store: Store) -> None:
    store.recorder.insert_events([event("action:00777")])
    with pytest.raises(IntegrityError):
        store.recorder.insert_events([event(f"action:{number:05}") for number in range(1_000)])
    assert count(store) == 1


def test_nothing_to_insert_is_no_error(store: Store) -> None:
    assert store.recorder.insert_events([]) == []
    assert store.recorder.max_notification_id() is None


def test_ids_are_any_text(store: Store) -> None:
    names = ["action:ärger", "a/b c", "0" * 32, "動作", "x\x01y"]
    if store.engine.name == "postgresql":
        # The one character that no text in PostgreSQL can hold, and that no id of ours has.
        with pytest.raises(RecordNotStorableError):
            store.recorder.insert_events([event("x\x00y")])
    else:
        names.append("x\x00y")
    store.recorder.insert_events([event(name) for name in names])
    assert [store.recorder.select_events(name)[0].originator_id for name in names] == names


def test_a_guard_that_raises_leaves_nothing(store: Store) -> None:
    store.recorder.insert_events([event()], guard=only_one)
    with pytest.raises(SecondEventError):
        store.recorder.insert_events([event(version=2), event("b")], guard=only_one)
    assert count(store) == 1
    store.recorder.insert_events([event("b")])


def test_a_guard_reads_streams_and_the_last_event(store: Store) -> None:
    seen: list[object] = []

    def look(read: LogReader) -> None:
        seen.extend((read("action:a"), read("nothing"), read.last()))

    store.recorder.insert_events([event("z")], guard=look)
    store.recorder.insert_events([event(), event(version=2)], guard=look)
    store.recorder.insert_events([], guard=look)
    first = Notification("action:a", 1, "noted:1", b"{}", id=2)
    last = Notification("action:a", 2, "noted:1", b"{}", id=3)
    assert seen[:3] == [[], [], None]
    assert seen[5] == Notification("z", 1, "noted:1", b"{}", id=1)
    assert seen[6:] == [[first, last], [], last]


def test_a_stream_is_read_by_version_with_its_positions(store: Store) -> None:
    store.recorder.insert_events([event("a", version=2), event("b"), event("a")])
    found = [(held.id, held.originator_version) for held in store.select_stream("a")]
    assert found == [(3, 1), (1, 2)]
    assert store.select_stream("c") == []


def test_many_streams_are_read_at_once_those_that_are_there(store: Store) -> None:
    store.recorder.insert_events([event("a", version=2), event("b"), event("a"), event("c")])
    names = ["b", "a", *(f"none-{number}" for number in range(1_200))]
    found = store.streams(names)
    assert {name: [held.id for held in events] for name, events in found.items()} == {
        "a": [3, 1],
        "b": [2],
    }
    assert store.streams([]) == {}


def test_a_guard_may_write_something_else_and_sees_what_came_last(store: Store) -> None:
    store.recorder.insert_events([event("a"), event("b"), event("a", version=2)])
    seen: list[object] = []

    def instead(read: LogReader) -> list[StoredEvent]:
        seen.extend((read.streams_since(1, 9), read.streams_since(0, 2), read.streams_since(3, 9)))
        seen.append({name: len(held) for name, held in read.streams(["a", "b", "x"]).items()})
        return [event("d"), event("e")]

    assert store.recorder.insert_events([event("c")], guard=instead) == [4, 5]
    assert seen == [["b", "a"], ["a", "b"], [], {"a": 2, "b": 1}]
    assert store.select_stream("c") == []
    assert store.recorder.insert_events([event("c")], guard=lambda _: []) == []
    assert count(store) == 5


class Race:
    """Two writers: the second begins while the guard of the first is still thinking."""

    def __init__(self, first: Store, second: Store) -> None:
        self.stores = first, second
        self.thinking = Event()
        self.may_go_on = Event()
        self.outcomes: dict[str, object] = {}

    def slow(self, read: LogReader) -> None:
        only_one(read)
        self.thinking.set()
        assert self.may_go_on.wait(10)

    def run(self) -> dict[str, object]:
        first = Thread(target=self._first)
        second = Thread(target=self._second)
        first.start()
        assert self.thinking.wait(10)
        second.start()
        second.join(0.2)
        self.outcomes["second waits"] = second.is_alive()
        self.may_go_on.set()
        first.join(10)
        second.join(10)
        return self.outcomes

    def _first(self) -> None:
        positions = self.stores[0].recorder.insert_events([event(version=1)], guard=self.slow)
        self.outcomes["first"] = positions

    def _second(self) -> None:
        try:
            self.stores[1].recorder.insert_events([event(version=2)], guard=only_one)
        except SecondEventError:
            self.outcomes["second"] = "refused"
        else:
            self.outcomes["second"] = "accepted"


def test_no_writer_comes_between_a_guard_and_its_write(store: Store) -> None:
    assert Race(store, store).run() == {"second waits": True, "first": [1], "second": "refused"}


@pytest.mark.parametrize("kind", [kind for kind in STORES if kind != "memory"])
def test_no_writer_of_another_store_comes_between_either(kind: str, tmp_path: Path) -> None:
    url = new_url(kind, tmp_path)
    with open_store(url, create=True) as first, open_store(url) as second:
        assert Race(first, second).run() == {
            "second waits": True,
            "first": [1],
            "second": "refused",
        }


def test_a_guard_outside_the_transaction_would_miss_the_other_writer(store: Store) -> None:
    # The canary: what `test_no_writer_comes_between...` would see if guards ran too early.
    first_sees = store.recorder.select_events("action:a")
    second_sees = store.recorder.select_events("action:a")
    store.recorder.insert_events([event(version=1)])
    store.recorder.insert_events([event(version=2)])
    assert first_sees == second_sees == []
    assert count(store) == 2


@pytest.mark.postgres
def test_without_its_lock_a_database_would_let_another_writer_in_between(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("ledger.store.postgres_recorder.BEGIN", "BEGIN")
    url = new_url("postgres", tmp_path)
    with open_store(url, create=True) as first, open_store(url) as second:

        def interrupted(read: LogReader) -> None:
            assert second.recorder.insert_events([event("b")]) == [1]

        # Two writers have been given one position: that much is refused even then.
        with pytest.raises(IntegrityError):
            first.recorder.insert_events([event("a")], guard=interrupted)
