"""A history that comes back: byte by byte as it was, or not at all."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from domain.errors import LedgerError
from domain.records.base import Record
from ledger.exports.jsonl import lines
from ledger.exports.left_out import LeftOut
from ledger.facade import Ledger, open_ledger
from ledger.imports import run
from ledger.imports.run import import_files
from ledger.projections.table import PROJECTIONS
from ledger.replay import verify
from tests.ledger.imports.desk import Clock, Desk, new_ledger
from tests.making import act, two_sides
from tests.real import real_records
from tests.strategies import record_lists

pytestmark = pytest.mark.usefixtures("way")


def exported(ledger: Ledger) -> str:
    return "".join(lines(ledger, LeftOut()))


def views(ledger: Ledger) -> dict[str, list[tuple[str, str, int]]]:
    """Every row of every projection."""
    stored = ledger.views()
    return {row.name: list(stored.scan(row.name)) for row in PROJECTIONS}


def restored(text: str, ledger: Ledger | None = None, **wishes: Any) -> Ledger:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "history.jsonl"
        path.write_text(text, encoding="utf-8", newline="")
        into = ledger or new_ledger()
        import_files(into, [path], restore=True, **wishes)
        return into


def recorded(*records: Record) -> Ledger:
    """A ledger in which these were recorded in several transactions, at several times."""
    ledger = new_ledger()
    promised = {getattr(record, "id", "") for record in records}
    for start in range(0, len(records), 3):
        ledger.append(records[start : start + 3], promised=promised)
    return ledger


def refused(text: str, name: str, words: str, ledger: Ledger | None = None) -> None:
    into = ledger or new_ledger()
    before = into.application.position()
    with pytest.raises(LedgerError) as caught:
        restored(text, into)
    assert type(caught.value).__name__ == name
    assert words in str(caught.value)
    assert caught.value.hint
    assert into.application.position() == before


def test_the_real_history_comes_back_byte_by_byte_with_equal_views(tmp_path: Path) -> None:
    first = recorded(*real_records())
    text = exported(first)
    with open_ledger(str(tmp_path / "x.db"), create=True, clock=Clock()) as second:
        restored(text, second)
        assert exported(second) == text
        assert views(second) == views(first)
        verify(second)


@given(record_lists())
def test_any_history_comes_back_byte_by_byte_with_equal_views(records: tuple[Record, ...]) -> None:
    first = recorded(*records)
    text = exported(first)
    second = restored(text)
    assert exported(second) == text
    assert views(second) == views(first)


@given(record_lists())
def test_any_history_imported_without_restoring_says_the_same_under_new_stamps(
    records: tuple[Record, ...],
) -> None:
    first = recorded(*records)
    second = new_ledger()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "history.jsonl"
        path.write_text(exported(first), encoding="utf-8", newline="")
        report = import_files(second, [path])
        again = import_files(second, [path])
    assert (report.new, again.same) == (len(records), len(records))
    assert [e.record for e in second.entries()] == [e.record for e in first.entries()]
    assert {e.salt for e in second.entries()}.isdisjoint(e.salt for e in first.entries())


def three() -> list[dict[str, Any]]:
    text = exported(recorded(two_sides(), act("a"), act("b", answers=["a"])))
    return [json.loads(line) for line in text.splitlines()]


def text_of(found: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(line) + "\n" for line in found)


@pytest.mark.parametrize("stamp", ["recorded_at", "recorded_by", "salt"])
def test_a_line_without_its_stamp_is_refused_before_anything_is_written(stamp: str) -> None:
    found = three()
    del found[2][stamp]
    refused(text_of(found), "NotRestorableError", "line 3")


def test_lines_recorded_in_another_order_are_refused() -> None:
    found = three()
    found[2]["recorded_at"] = "2001-01-01T00:00:00.000000Z"
    refused(text_of(found), "NotRestorableError", "before the one above")


def test_a_line_taken_out_is_refused() -> None:
    found = three()
    refused(text_of([found[0], found[2]]), "NotRestorableError", "seq is '3' where 2")


def test_a_bad_line_refuses_the_whole() -> None:
    refused(text_of(three()) + "{\n", "NotRestorableError", "not JSON")


def test_a_line_that_names_what_is_missing_is_refused() -> None:
    found = three()
    found[2]["cause"] = ["nowhere"]
    refused(text_of([*found[:1], {**found[2], "seq": 2}]), "NotRestorableError", "nowhere")


def test_an_equal_line_twice_is_refused() -> None:
    found = three()
    twice = [*found, {**found[2], "seq": 4}]
    refused(text_of(twice), "NotRestorableError", "equal record")


def test_a_ledger_that_holds_something_else_is_refused() -> None:
    refused(text_of(three()), "LedgerNotEmptyError", "empty", new_ledger(two_sides()))


def test_a_ledger_that_holds_more_is_refused() -> None:
    text = text_of(three())
    ledger = restored(text)
    ledger.record(act("c"))
    refused(text, "LedgerNotEmptyError", "more", ledger)


@pytest.mark.parametrize("name", ["x.csv", "x.toml"])
def test_only_one_file_of_jsonl_is_restored(desk: Desk, name: str) -> None:
    file = desk.file(name, b"id\n" if name == "x.csv" else b"")
    history = desk.file("h.jsonl", text_of(three()).encode())
    for files in ([desk.file(name, b"#\n")], [history, history]):
        with pytest.raises(LedgerError) as caught:
            import_files(new_ledger(), files, restore=True)
        assert type(caught.value).__name__ == "RestoreUsageError"
    assert file.exists()


def test_restoring_goes_on_where_it_was_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "BATCH_ROWS", 2)
    first = recorded(two_sides(), *(act(f"a-{number}") for number in range(9)))
    text = exported(first)
    second = new_ledger()
    asked = iter(range(100))
    restored(text, second, stop=lambda: next(asked) >= 10 + 5)
    assert second.application.position() == 4
    restored(text, second)
    assert exported(second) == text


def test_a_dry_run_of_restoring_writes_nothing() -> None:
    ledger = restored(text_of(three()), dry_run=True)
    assert ledger.application.position() == 0
