"""Order, retraction, later records and strangers change nothing; and each check bites."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.checks.logs import check_forgotten, check_known_at, check_order, check_unconnected
from domain.findings import is_unconnected
from domain.history import fold
from domain.records.amendments import Retracted
from domain.variants import reordered
from tests.domain.checks.worlds import broken, round_of_two
from tests.making import act, make_history, two_sides
from tests.pasts import entries_in_order
from tests.real import real_history, real_records
from tests.strategies import entry_lists, lone_actions, record_lists

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.records.action import Action
    from domain.records.base import Record
    from domain.records.entry import Entry


@st.composite
def rearranged(draw: st.DrawFn, entries: Sequence[Entry]) -> list[Entry]:
    """Let records of different streams arrive in another order."""
    mixed = draw(st.permutations(entries))
    waiting = {
        stream: [entry for entry in entries if entry.stream == stream]
        for stream in {entry.stream for entry in entries}
    }
    return [waiting[entry.stream].pop(0) for entry in mixed]


@given(st.data())
def test_order_changes_nothing(data: st.DataObject) -> None:
    entries = data.draw(entry_lists())
    check_order(fold(entries), fold(data.draw(rearranged(entries))))


def test_the_real_history_backwards_means_the_same() -> None:
    check_order(real_history(), reordered(real_history()))


def test_a_fold_that_loses_what_came_early_is_found() -> None:
    entries = entries_in_order((two_sides(), act("a"), act("b", by="RUS", answers=["a"])))
    with broken(1):
        check_order(fold(entries), fold([entries[0], entries[2]]))


def test_a_measure_that_goes_by_order_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("domain.findings.role", lambda world, *_: next(world.actions()).id)
    with broken(1):
        check_order(round_of_two(), reordered(round_of_two()))


@given(record_lists(), st.data())
def test_retracted_is_never_recorded(records: tuple[Record, ...], data: st.DataObject) -> None:
    history = fold(entries_in_order(records))
    if not history.dossiers:
        return
    action = data.draw(st.sampled_from(sorted(history.dossiers)))
    retracted = fold(entries_in_order((*records, Retracted(action=action, reason="a slip"))))
    stream = f"action:{action}"
    never = fold(entries_in_order([one for one in records if one.stream() != stream]))
    check_forgotten(retracted, never, action)


@pytest.mark.parametrize("action", ["usa-2016-12-29-exp35", "rus-2017-07-28-cap455"])
def test_a_real_action_retracted_was_never_recorded(action: str) -> None:
    history = real_history()
    assert action in history.dossiers
    gone = replace(history.dossiers[action], retracted="a slip")
    others = {name: held for name, held in history.dossiers.items() if name != action}
    retracted = replace(history, dossiers={**history.dossiers, action: gone})
    check_forgotten(retracted, replace(history, dossiers=others), action)


def test_a_fold_that_loses_a_retraction_is_found() -> None:
    with broken(3):
        check_forgotten(make_history(act("a"), act("b")), make_history(act("a")), "b")


@given(entry_lists(), st.integers(0, 20))
def test_a_prefix_knows_nothing_of_what_follows(entries: tuple[Entry, ...], seconds: int) -> None:
    moment = entries[0].recorded_at.replace(second=seconds)
    until = sum(entry.recorded_at <= moment for entry in entries)
    check_known_at(fold(entries[:until]), entries, moment, until)


@given(record_lists(), lone_actions())
def test_an_unconnected_action_changes_no_other(records: tuple[Record, ...], lone: Action) -> None:
    before = fold(entries_in_order(records))
    after = fold(entries_in_order((*records, lone)))
    assert is_unconnected(after, "lone")
    check_unconnected(before, after, "lone")


def test_an_action_beside_the_real_history_changes_nothing_in_it() -> None:
    lone = act("lone", against="POL", dispute="us-russia", answers=["ext:war"])
    check_unconnected(real_history(), make_history(*real_records(), lone), "lone")


def test_a_measure_that_counts_all_actions_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    before, after = make_history(act("a")), make_history(act("a"), act("lone"))
    monkeypatch.setattr("domain.findings.role", lambda world, *_: len(list(world.actions())))
    with broken(8):
        check_unconnected(before, after, "lone")


def test_an_action_that_is_connected_may_change_others() -> None:
    answer = act("b", by="RUS", against="USA", answers=["a"])
    before = make_history(act("a"), act("b", by="RUS", against="USA", answers=[]))
    check_unconnected(before, make_history(act("a"), answer), "a")
