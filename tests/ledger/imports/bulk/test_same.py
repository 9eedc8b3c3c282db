"""In bulk and row by row come to the same: report, records, rejected rows and messages."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.records.amendments import Retracted
from domain.records.subjects import DisputeOpened, PartyRegistered
from ledger.facade import open_ledger
from ledger.imports import run
from ledger.imports.bulk import early
from ledger.imports.report import Progress
from tests.ledger.imports.desk import Clock, Desk, accounts, actions, cells, jsonl, new_ledger
from tests.ledger.imports.ways import WAYS, going
from tests.making import act, said, two_sides

IDS = st.sampled_from(["a", "b", "c", "d", "e"])
CAUSES = st.one_of(
    st.lists(st.one_of(IDS, st.sampled_from(["ext:x@RUS", "act:y@USA", "ext:z@X-Y"])), max_size=2),
    st.just("none_stated"),
)
PARTIES = st.sampled_from(["USA", "RUS", "XYZ", "NEW"])
DISPUTES = st.sampled_from(["a-b", "a-b", "c-d", "none"])


@st.composite
def action_lines(draw: st.DrawFn) -> dict[str, Any]:
    """An action as a line, which may break any rule of appending."""
    return {
        "type": "action.expulsion",
        "version": 1,
        "id": draw(IDS),
        "kind": "expulsion",
        "dispute": draw(DISPUTES),
        "actors": [draw(PARTIES)],
        "targets": ["RUS"],
        "occurred": "2020-01-01",
        "cause": draw(CAUSES),
        "quantity": {"value": draw(st.integers(0, 2)), "unit": "persons"},
        "sources": [{"title": "x"}],
        "same_as": draw(st.lists(IDS, max_size=1)),
    }


@st.composite
def account_lines(draw: st.DrawFn) -> dict[str, Any]:
    """An account, a retraction or a subject as a line."""
    name = draw(IDS)
    given: list[dict[str, Any]] = [
        {"type": "attributed", "action": name, "account": draw(PARTIES), "basis": "stated"},
        {"type": "characterised", "action": name, "account": "RUS", "denied": True},
        {"type": "characterised", "action": name, "account": "RUS", "kind": "recall"},
        {"type": "retracted", "action": name, "reason": "a slip"},
        {"type": "reinstated", "action": name, "reason": "no slip"},
        {"type": "corrected", "action": name, "changes": {"note": "x"}, "reason": "y"},
        {"type": "dispute_opened", "id": "c-d", "title": "C", "sides": []},
        {"type": "party_registered", "code": "NEW", "title": "New"},
        {"type": "expulsion"},
    ]
    line = draw(st.sampled_from(given))
    causes = {"causes": draw(CAUSES)} if line["type"] == "attributed" else {}
    return {**line, "version": 1, **causes}


LINES = st.lists(
    st.one_of(action_lines(), action_lines(), account_lines()), min_size=1, max_size=14
)


def came_of(way: str, content: bytes, held: bytes, **wishes: Any) -> tuple[object, ...]:
    """Everything that can be told of an import: its report, the log, the files beside."""
    with tempfile.TemporaryDirectory() as folder, going(way, piece_bytes=200):
        ledger = new_ledger(two_sides(), clock=Clock())
        desk = Desk(Path(folder), ledger)
        if held:
            with going(WAYS[0]):
                desk.bring(desk.file("held.jsonl", held))
        # One batch, so that stamps, of which each batch has one, are the same too.
        report = desk.bring(desk.file("x.jsonl", content), **wishes)
        problems = [
            (replace(one, error=None), type(one.error), str(one.error), one.error.hint)  # type: ignore[arg-type]  # compared by its text
            for one in report.problems
        ]
        return (
            replace(report, problems=(), rejects_files=()),
            str(problems).replace(folder, ""),
            [(one.stream, one.version, one.record, one.recorded_by) for one in ledger.entries()],
            [path.read_text().replace(folder, "") for path in report.rejects_files],
        )


@given(LINES, LINES, st.sampled_from([None, "the file is right"]))
def test_any_lines_come_to_the_same_both_ways(
    held: list[dict[str, Any]], lines: list[dict[str, Any]], correct: str | None
) -> None:
    one, other = (came_of(way, jsonl(*lines), jsonl(*held), correct=correct) for way in WAYS)
    assert one == other


@given(LINES, st.integers(1, 4))
def test_it_does_not_matter_how_many_rows_a_batch_has(
    lines: list[dict[str, Any]], batch: int
) -> None:
    whole = came_of(WAYS[1], jsonl(*lines), b"")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "BATCH_ROWS", batch)
        assert came_of(WAYS[1], jsonl(*lines), b"") == whole


@given(LINES)
def test_looking_for_circles_early_changes_nothing(lines: list[dict[str, Any]]) -> None:
    expected = came_of(WAYS[0], jsonl(*lines), b"")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(early, "WAITING_MOST", 0)
        assert came_of(WAYS[1], jsonl(*lines), b"") == expected


@given(st.permutations(["a", "b", "c", "d", "e"]), st.integers(0, 3))
def test_seq_is_followed_over_pieces(names: list[str], fault: int) -> None:
    lines = [
        {"type": "action.expulsion", "version": 1, **jsonl_fields(name), "seq": seq}
        for seq, name in enumerate(names, start=1)
    ]
    if fault:
        lines[fault]["seq"] = [0, 9, True, "2"][fault]
    one, other = (came_of(way, jsonl(*lines), b"") for way in WAYS)
    assert one == other


def jsonl_fields(name: str) -> dict[str, Any]:
    return {
        "id": name,
        "kind": "expulsion",
        "dispute": "a-b",
        "actors": ["USA"],
        "targets": ["RUS"],
        "occurred": "2020",
        "cause": "none_stated",
        "quantity": {"value": 1, "unit": "persons"},
        "sources": [{"title": "x"}],
    }


@pytest.mark.parametrize("way", WAYS)
def test_a_line_too_long_between_others_is_named_and_the_rest_taken(
    tmp_path: Path, way: str
) -> None:
    desk = Desk(tmp_path)
    content = jsonl(act("a")) + b'{"x": "' + b"x" * (1 << 20) + b'"}\n' + jsonl(act("b"))
    with going(way):
        report = desk.bring(desk.file("x.jsonl", content))
    assert (report.new, report.rejected) == (2, 1)
    assert ", line 2" in report.problems[0].place
    assert desk.ids() == ["a", "b"]


@pytest.mark.parametrize("way", WAYS)
def test_files_of_several_formats_are_one_import(tmp_path: Path, way: str) -> None:
    desk = Desk(tmp_path)
    row = {"account": "RUS", "action": "b", "causes": "a", "basis": "stated"}
    files = (
        desk.file("a.csv", actions(cells("a", actor_causes="b"))),
        desk.file("p.toml", b'[[party]]\ncode = "NEW"\ntitle = "New"\n'),
        desk.file("b.jsonl", jsonl(act("b", by="NEW", answers=["a"]))),
        desk.file("c.csv", accounts(row)),
    )
    with going(way):
        report = desk.bring(*files)
    assert (report.new, report.rejected) == (4, 0), report.problems
    assert desk.ids() == ["a", "b"]


@pytest.mark.parametrize("way", WAYS)
def test_above_a_stated_size_nothing_is_looked_through(
    tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "FINDINGS_MAX", 2)
    with open_ledger("memory:", create=True) as ledger, going(way):
        ledger.record(two_sides())
        desk = Desk(tmp_path, ledger)
        first = desk.bring(desk.file("x.jsonl", jsonl(act("a"))))
        second = desk.bring(
            desk.file("y.jsonl", jsonl(act("b", answers=["c"]), act("c", answers=["b"])))
        )
        assert (first.is_looked_through, second.is_looked_through) == (True, False)
        assert second.exchanges == ()


def test_rows_of_one_history_in_every_order_of_two_are_settled_alike() -> None:
    rows = [act("a", answers=["b"]), act("b", answers=["a"]), said("a", "RUS", ["b"])]
    more = [Retracted(action="a", reason="x"), DisputeOpened(id="e-f", title="E")]
    more.append(PartyRegistered(code="NEW", title="New"))
    for one, other in pairwise([*rows, *more]):
        content = jsonl(one, other, *rows)
        assert came_of(WAYS[0], content, b"") == came_of(WAYS[1], content, b"")


def test_while_it_reads_it_says_how_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.imports.bulk.run.READ_TOLD", 4)
    desk = Desk(tmp_path)
    told: list[Progress] = []
    with going(WAYS[1]):
        lines = [act(f"a-{number}") for number in range(9)]
        desk.bring(desk.file("x.jsonl", jsonl(*lines)), progress=told.append)
    reading = [one.rows for one in told if one.is_reading]
    assert len(reading) == 2
    assert all(one.counts.rows == 0 for one in told if one.is_reading)
    assert told[-1].counts.new == told[-1].rows == 9
