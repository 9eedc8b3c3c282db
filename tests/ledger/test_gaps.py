"""Positions may have gaps: nothing that reads the log takes them for a count."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.findings import content
from domain.reading import Reading
from domain.records.amendments import Retracted
from ledger import application
from ledger.answers.log import LogFilter, log_rows
from ledger.appending import Status
from ledger.facade import Ledger
from ledger.known_at import position_known_at
from ledger.projections.catchup import catch_up
from ledger.replay import replay, verify
from ledger.store.factory import open_store
from ledger.store.store import Store
from tests.ledger.ledgers import NOON, Clock
from tests.ledger.store.support import STORES, new_url
from tests.making import act, two_sides

# Where the first, second, ... entry stands: single and wide gaps, at the beginning too.
PLACES = (3, 4, 9, 10, 500, 501, 7_000)
RECORDS = (two_sides(), *(act(f"e{n}") for n in range(1, 7)))


def moved(store: Store) -> None:
    """Put the entries where PLACES says, as failed writes of another recorder may have done."""
    datastore: Any = store.recorder.datastore  # type: ignore[attr-defined]
    for number, place in reversed(tuple(enumerate(PLACES, start=1))):
        if store.engine.name == "postgresql":
            statement = (
                "UPDATE {s}.stored_events SET notification_id = %s WHERE notification_id = %s"
            )
            with datastore.connection() as connection:
                connection.execute(datastore.sql(statement), (place, number))
        else:
            with datastore.transaction(commit=True) as cursor:
                cursor.execute(
                    "UPDATE stored_events SET rowid = ? WHERE rowid = ?", (place, number)
                )


@pytest.fixture(params=[kind for kind in STORES if kind != "memory"])
def ledger(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Ledger]:
    """A ledger with a record a minute, at PLACES, whose log is read two entries at a time."""
    monkeypatch.setattr(application, "PAGE", 2)
    clock = Clock()
    with Ledger(open_store(new_url(request.param, tmp_path), create=True), clock=clock) as made:
        for record in RECORDS:
            made.record(record)
            clock.forward(60)
        moved(made.store)
        yield made


def test_the_log_is_whole_and_in_order(ledger: Ledger) -> None:
    assert [entry.position for entry in ledger.entries()] == list(PLACES)
    assert [entry.position for entry in ledger.entries(4, 600)] == [9, 10, 500, 501]
    assert ledger.application.position() == 7_000


def test_the_position_known_at_every_moment_is_found(ledger: Ledger) -> None:
    for seconds in range(-60, 60 * len(PLACES), 30):
        when = NOON + timedelta(seconds=seconds)
        count = max(0, seconds // 60 + 1)
        expected = PLACES[min(count, len(PLACES)) - 1] if count else 0
        found = position_known_at(ledger.application, when.isoformat(timespec="microseconds"))
        assert found == expected, when
    for position in (4, 5, 8):
        history = ledger.history(Reading(as_known_at=str(position)))
        assert list(history.dossiers) == ["e1"]


def test_pages_of_the_log_follow_each_other(ledger: Ledger) -> None:
    rows = [row.position for row in log_rows(ledger, LogFilter())]
    assert rows == list(PLACES)
    assert [row.position for row in log_rows(ledger, LogFilter(limit=2))] == [501, 7_000]
    seen: list[int] = []
    while page := log_rows(ledger, LogFilter(since=seen[-1] if seen else 0, limit=2)):
        seen += [row.position for row in page]
    assert seen == list(PLACES)
    assert [row.position for row in log_rows(ledger, LogFilter(action="e3"))] == [10]


def test_views_and_replay_agree_wherever_they_stop(ledger: Ledger) -> None:
    for until in (1, 5, 499, 6_999, 7_000):
        catch_up(ledger.sealed, ledger.store.views, until=until, page=1)
        assert ledger.store.views.position() == max([p for p in PLACES if p <= until], default=0)
    assert verify(ledger) == 7_000
    assert replay(ledger, until=300).position == 300
    assert len(content(ledger.history(Reading()).dossiers)) > 0


def test_what_is_appended_and_undone_stands_after_the_last(ledger: Ledger) -> None:
    assert ledger.append([act("e3")])[0].position == 10
    outcome = ledger.record(Retracted(action="e3", reason="a test"))
    assert (outcome.status, outcome.position) == (Status.NEW, 7_001)
    undone, _ = ledger.undo()
    assert undone.position == 7_001
    assert verify(ledger) == 7_002
