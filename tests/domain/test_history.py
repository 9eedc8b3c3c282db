"""History: the fold, and that the order of independent records says nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.history import HistoryFold, fold
from domain.records.amendments import Reinstated, Retracted
from domain.records.base import Record
from domain.records.entry import Entry
from domain.records.registry import load_record
from tests.making import DISPUTE, SOURCE, act, entries_of, make_history, said, two_sides

CHANGED = load_record(
    "sides_changed",
    1,
    {
        "dispute": DISPUTE,
        "sides": [{"name": "West", "parties": ["USA", "GBR"]}],
        "reason": "GBR joined",
    },
    "here",
)
RECORDS: tuple[Record, ...] = (
    two_sides(),
    act("one", answers=[]),
    act("two", "RUS", "USA", answers=["one"]),
    said("two", "USA", "unprovoked"),
    Retracted(action="one", reason="a mistake"),
    CHANGED,
    Reinstated(action="one", reason="it was none"),
    said("two", "USA", ["ext:wrong@RUS"]),
    act("elsewhere", dispute="other", answers=["one"]),
)


def stream_of(entry: Entry) -> str:
    return entry.stream


def test_a_retracted_action_does_not_stand_and_is_not_forgotten() -> None:
    history = make_history(act("own"), Retracted(action="own", reason="a mistake"))
    assert history.standing("own") is None
    assert history.standing("nowhere") is None
    assert history.dossiers["own"].retracted == "a mistake"
    assert list(history.in_dispute(DISPUTE)) == []


def test_a_dispute_holds_its_own_actions_in_the_order_recorded() -> None:
    history = make_history(act("b"), act("elsewhere", dispute="other"), act("a"))
    assert [held.id for held in history.in_dispute(DISPUTE)] == ["b", "a"]


def test_without_declared_sides_every_party_is_its_own() -> None:
    sides = make_history(act("own", dispute="other")).sides("other")
    assert (sides.declared, sides.side_of("USA")) == ((), "USA")


def test_the_latest_sides_apply() -> None:
    history = make_history(two_sides(), CHANGED)
    assert history.sides(DISPUTE).side_of("GBR") == "West"
    assert history.disputes[DISPUTE].opened == two_sides()
    assert history.disputes[DISPUTE].changed_at == 2


def test_a_stream_of_a_dispute_opens_with_it() -> None:
    with pytest.raises(TypeError, match="does not open"):
        make_history(two_sides("other"), CHANGED)


def test_what_was_shown_does_not_change_as_more_is_folded() -> None:
    folded = HistoryFold()
    entries = entries_of(two_sides(), act("one"), act("two"))
    for entry in entries[:2]:
        folded.add(entry)
    before = folded.history()
    folded.add(entries[2])
    assert (list(before.dossiers), list(folded.history().dossiers)) == (["one"], ["one", "two"])


@given(st.data())
def test_the_order_of_independent_records_says_nothing(data: st.DataObject) -> None:
    entries = entries_of(*RECORDS)
    waiting: dict[str, list[Entry]] = {}
    for entry in entries:
        waiting.setdefault(entry.stream, []).append(entry)
    shuffled = []
    while waiting:
        stream = data.draw(st.sampled_from(sorted(waiting)))
        shuffled.append(waiting[stream].pop(0))
        waiting = {name: left for name, left in waiting.items() if left}
    one, other = fold(entries), fold(shuffled)
    assert dict(one.dossiers) == dict(other.dossiers)
    assert dict(one.disputes) == dict(other.disputes)


@pytest.mark.parametrize(
    ("stored_name", "payload", "kept"),
    [
        (
            "party_registered",
            {"code": "X-TROIKA", "title": "The three", "sources": [SOURCE]},
            "parties",
        ),
        (
            "stock_observed",
            {
                "id": "posts-2017",
                "teller": "RUS",
                "whose": "USA",
                "where": "RUS",
                "quantity": {"value": 1210, "unit": "posts"},
                "on": "2017-07-30",
                "sources": [SOURCE],
            },
            "stocks",
        ),
    ],
)
def test_what_is_no_action_is_kept_by_its_name(
    stored_name: str, payload: dict[str, Any], kept: str
) -> None:
    record = load_record(stored_name, 1, payload, "here")
    assert record in getattr(make_history(record), kept).values()
