"""Raw rows are the rows of the log, in every store and however they are paged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from eventsourcing.persistence import StoredEvent

from ledger.store import postgres_raw, raw, sqlite_raw
from ledger.store.factory import open_store
from ledger.store.raw import RawEvent
from ledger.store.store import Store
from tests.ledger.store.support import STORES, new_url


def events() -> list[StoredEvent]:
    """Return events of three streams, mixed: the first stream has every third event."""
    return [
        StoredEvent(f"action:{n % 3}", n // 3 + 1, "noted:1", f'{{"n":{n}}}'.encode())
        for n in range(20)
    ]


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with open_store(new_url(request.param, tmp_path), create=True) as opened:
        opened.recorder.insert_events(events())
        yield opened


def everything(store: Store, rows: int) -> list[RawEvent]:
    found: list[RawEvent] = []
    while page := store.raw.page(found[-1][0] if found else 0, rows=rows):
        assert len(page) <= rows
        found += page
    return found


@pytest.mark.parametrize("rows", [1, 3, 20, 21])
def test_pages_of_any_size_give_the_whole_log_in_order(store: Store, rows: int) -> None:
    expected = [
        (place, event.originator_id, event.originator_version, event.topic, event.state)
        for place, event in enumerate(events(), start=1)
    ]
    assert everything(store, rows) == expected


def test_a_page_ends_where_it_is_told_to(store: Store) -> None:
    assert [event[0] for event in store.raw.page(3, until=6)] == [4, 5, 6]
    assert store.raw.page(20) == []
    assert store.raw.page(6, until=6) == []


def test_a_page_is_full_once_it_holds_enough_bytes(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raw, "BYTES", 20)
    for module in (raw, sqlite_raw, postgres_raw):
        monkeypatch.setattr(module, "CHUNK", 2)
    assert [event[0] for event in store.raw.page(0)] == [1, 2, 3, 4]
    assert everything(store, 100) == everything(store, 1)


def test_streams_come_whole_and_by_version_up_to_a_position(store: Store) -> None:
    found = store.raw.streams(["action:1", "action:2", "action:none"], until=9)
    by_stream = {
        name: [(event[2], event[0]) for event in found if event[1] == name]
        for name in ("action:1", "action:2")
    }
    assert by_stream == {
        "action:1": [(1, 2), (2, 5), (3, 8)],
        "action:2": [(1, 3), (2, 6), (3, 9)],
    }
    assert len(found) == 6
