"""Imports as a whole: what is counted, what stays, what is taken again."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.errors import LedgerError
from domain.records.action import Action
from domain.records.amendments import Retracted
from ledger.imports import actions_csv, run
from ledger.imports.files import FileChangedError, FileNotReadableError
from ledger.imports.report import Progress
from ledger.imports.run import import_files
from ledger.imports.survey import survey
from tests.ledger.imports.desk import (
    Desk,
    accounts,
    actions,
    cells,
    jsonl,
    line_of,
    new_ledger,
    numbered,
    problem,
)
from tests.making import act, said, two_sides


def test_rows_are_counted_and_not_records(desk: Desk) -> None:
    row = cells("a", target_causes="unprovoked", target_basis="stated", target_kind="recall")
    report = desk.bring(desk.file("x.csv", actions(row)))
    assert (report.new, report.records) == (1, 3)


def test_a_second_import_is_the_same_and_writes_nothing(desk: Desk) -> None:
    file = desk.file("x.csv", numbered(7))
    desk.bring(file)
    last = desk.ledger.application.position()
    report = desk.bring(file)
    assert (report.new, report.same, report.records) == (0, 7, 0)
    assert desk.ledger.application.position() == last


def test_ids_may_refer_forward_and_backward_and_to_each_other(desk: Desk) -> None:
    rows = [
        cells("a", actor_causes="c", part_of="b"),
        cells("b", actor_causes="a"),
        cells("c", actor_causes="b"),
    ]
    report = desk.bring(desk.file("x.csv", actions(*rows)))
    assert report.new == 3
    assert [one.members for one in report.exchanges] == [("a", "b", "c")]


def test_files_of_one_import_refer_to_each_other_in_any_order(desk: Desk) -> None:
    first = desk.file("1.csv", actions(cells("a", actor_causes="b")))
    second = desk.file("2.csv", actions(cells("b", actor_causes="a")))
    told = desk.file("3.csv", accounts({"account": "RUS", "action": "a", "causes": "unknown"}))
    report = desk.bring(told, first, second)
    assert (report.new, report.rejected) == (3, 0)


def test_a_row_that_names_a_rejected_row_is_rejected_and_so_on_to_the_end(desk: Desk) -> None:
    rows = [
        cells("a", actor_causes="b"),
        cells("b", actor_causes="c"),
        cells("c", occurred="2020-02-30"),
        cells("d", actor_causes="e"),
        cells("e", actor_causes="d;f"),
        cells("f"),
    ]
    report = desk.bring(desk.file("x.csv", actions(*rows)))
    assert (report.new, report.rejected) == (3, 3)
    assert desk.ids() == ["d", "e", "f"]


def test_why_a_named_id_is_missing_says_that_its_own_row_is_rejected(desk: Desk) -> None:
    rows = [cells("a", actor_causes="b"), cells("b", actors="XYZ")]
    report = desk.bring(desk.file("x.csv", actions(*rows)))
    assert "the row that brings it (" in str(report.problems[0].error)
    assert "x.csv, line 3" in report.problems[0].error.why


def test_an_unknown_id_is_answered_with_the_likely_one(desk: Desk) -> None:
    rows = [cells("usa-2020-expulsion"), cells("b", actor_causes="usa-2020-explusion")]
    report = desk.bring(desk.file("x.csv", actions(*rows)))
    assert "did you mean usa-2020-expulsion?" in problem(report, "UnknownActionError")


def test_the_same_row_twice_in_a_file_is_the_same(desk: Desk) -> None:
    report = desk.bring(desk.file("x.csv", actions(cells("a"), cells("a"))))
    assert (report.new, report.same) == (1, 1)


def test_a_later_account_in_an_edited_file_is_new_and_the_older_one_stays_the_same(
    desk: Desk,
) -> None:
    older = desk.file("x.csv", actions(cells("a", target_causes="unknown")))
    newer = desk.file(
        "y.csv", actions(cells("a", target_causes="unprovoked", target_basis="stated"))
    )
    assert [desk.bring(file).new for file in (older, newer)] == [1, 1]
    assert [desk.bring(file).same for file in (older, newer)] == [1, 1]


def test_a_dry_run_counts_the_same_and_writes_nothing(desk: Desk) -> None:
    desk.bring(desk.file("x.csv", actions(cells("a"), cells("b"))))
    rows = [
        cells("a"),
        cells("b", quantity="2"),
        cells("c", actor_causes="d"),
        cells("d", actor_causes="c"),
        cells("d", actor_causes="c"),
        cells("d"),
        cells("e", actors="XYZ"),
    ]
    file = desk.file("y.csv", actions(*rows))
    last = desk.ledger.application.position()
    dry = desk.bring(file, dry_run=True)
    assert desk.ledger.application.position() == last
    assert list(desk.folder.glob("*rejected*")) == []
    real = desk.bring(file)
    assert dry.counts == real.counts
    assert dry.findings == real.findings
    assert [one.members for one in real.exchanges] == [("c", "d")]
    assert dry.rejects_files == ()
    assert dry.is_dry_run


def test_a_dry_run_of_amendments_counts_the_same(desk: Desk) -> None:
    statement = said("a", "RUS", "unprovoked")
    lines = jsonl(
        act("a"),
        statement,
        {
            "type": "attribution_withdrawn",
            "version": 1,
            "action": "a",
            "account": "RUS",
            "statement": statement.key(),
        },
        Retracted(action="a", reason="a mistake"),
        said("a", "USA", "unknown"),
    )
    file = desk.file("x.jsonl", lines)
    dry = desk.bring(file, dry_run=True)
    real = desk.bring(file)
    assert dry.counts == real.counts
    assert (real.new, real.rejected) == (4, 1)


def test_each_batch_is_told_after_it_is_committed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "BATCH_ROWS", 3)
    told: list[tuple[int, int, int]] = []

    def tell(progress: Progress) -> None:
        told.append((progress.counts.rows, progress.rows, len(desk.ids())))

    desk.bring(desk.file("x.csv", numbered(8)), progress=tell)
    assert told == [(3, 8, 3), (6, 8, 6), (8, 8, 8)]


@pytest.mark.parametrize("rows_before", [0, 1, 4, 7, 8])
def test_an_import_stopped_at_any_row_goes_on_when_it_is_run_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, rows_before: int
) -> None:
    monkeypatch.setattr(run, "BATCH_ROWS", 3)
    file = desk.file("x.csv", numbered(8))
    asked = iter(range(100))
    # The first pass asks once a row too.
    stopped = desk.bring(file, stop=lambda: next(asked) >= 8 + rows_before)
    assert stopped.is_whole is (rows_before == 8)
    assert stopped.new == len(desk.ids()) == (8 if rows_before == 8 else rows_before // 3 * 3)
    again = desk.bring(file)
    assert (again.new + again.same, again.is_whole) == (8, True)
    assert again.same == stopped.new
    assert desk.ids() == [f"a-{number:04}" for number in range(8)]


def test_an_import_stopped_in_its_first_pass_has_done_nothing(desk: Desk) -> None:
    report = desk.bring(desk.file("x.csv", numbered(8)), stop=lambda: True)
    assert (report.counts.rows, report.is_whole, desk.ids()) == (0, False, [])


def test_an_error_between_batches_leaves_what_was_committed_and_the_rejected_rows(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "BATCH_ROWS", 2)
    file = desk.file("x.csv", actions(cells("a"), cells("b", actors="XYZ"), cells("c"), cells("d")))

    def tell(_: Progress) -> None:
        message = "the lights went out"
        raise RuntimeError(message)

    with pytest.raises(RuntimeError, match="lights"):
        desk.bring(file, progress=tell)
    assert desk.ids() == ["a"]
    assert (desk.folder / "x.csv.rejected.csv").exists()
    assert desk.bring(file).same == 1


def test_what_another_writer_recorded_meanwhile_is_the_same_or_a_conflict(desk: Desk) -> None:
    file = desk.file("x.csv", actions(cells("a"), cells("b"), cells("c")))
    theirs = actions(cells("b"), cells("c", quantity="2"))
    other = desk.file("y.csv", theirs)
    append = desk.ledger.append
    done: list[bool] = []

    def late(*args: object, **kwargs: object) -> object:
        if not done:
            done.append(True)
            import_files(desk.ledger, [other])
        return append(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came

    desk.ledger.append = late  # type: ignore[method-assign, assignment]  # a writer in between
    report = desk.bring(file)
    assert (report.new, report.same, report.conflict, report.records) == (1, 1, 1, 1)
    assert sorted(desk.ids()) == ["a", "b", "c"]


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(desk: Desk, content: bytes) -> None:
    with pytest.raises(LedgerError, match="empty") as caught:
        desk.bring(desk.file("x.csv", content))
    assert "x.csv" in caught.value.where


def test_a_file_with_columns_alone_brings_nothing(desk: Desk) -> None:
    assert desk.bring(desk.file("x.csv", actions())).counts.rows == 0


@pytest.mark.parametrize(("rung", "expected"), [("7", 7), ("3", 3)])
def test_a_retaliation_comes_in_with_the_rung_that_its_row_gives(
    desk: Desk, rung: str, expected: int
) -> None:
    row = cells("b", kind="retaliation", actor_causes="act:x@RUS", rung=rung)
    assert desk.bring(desk.file("x.csv", actions(row))).new == 1
    [action] = [entry.record for entry in desk.ledger.entries() if isinstance(entry.record, Action)]
    assert action.rung_of == expected


def test_a_file_without_the_optional_columns_comes_in(desk: Desk) -> None:
    given = actions_csv.COLUMNS
    kept = [place for place, name in enumerate(given) if name not in actions_csv.OPTIONAL]
    assert len(kept) < len(given)
    row = cells("a")
    text = line_of(*(given[place] for place in kept)) + line_of(*(row[place] for place in kept))
    assert desk.bring(desk.file("x.csv", text.encode())).new == 1


def test_a_byte_order_mark_is_accepted(desk: Desk) -> None:
    assert desk.bring(desk.file("x.csv", b"\xef\xbb\xbf" + numbered(1))).new == 1


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_a_file_that_cannot_be_read_is_refused_before_anything_is_written(
    desk: Desk, name: str
) -> None:
    good = desk.file("x.csv", numbered(1))
    with pytest.raises(FileNotReadableError) as caught:
        desk.bring(good, desk.folder / name)
    assert caught.value.why
    assert desk.ids() == []


def test_wrong_columns_in_the_second_file_are_refused_before_the_first_is_written(
    desk: Desk,
) -> None:
    good = desk.file("x.csv", numbered(1))
    with pytest.raises(LedgerError, match="wrong columns"):
        desk.bring(good, desk.file("y.csv", b"id,kind\n"))
    assert desk.ids() == []


def test_a_file_that_changes_between_the_passes_is_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = desk.file("x.csv", numbered(2))

    def slow(*args: object) -> object:
        found = survey(*args)  # type: ignore[arg-type]  # handed on as they came
        with file.open("ab") as more:
            more.write(b"more\n")
        return found

    monkeypatch.setattr(run, "survey", slow)
    with pytest.raises(FileChangedError):
        desk.bring(file)
    assert desk.ids() == []


def test_a_thousand_problems_are_told_twenty_at_a_time(desk: Desk) -> None:
    rows = [cells(f"a-{number}", actors="XYZ") for number in range(50)]
    report = desk.bring(desk.file("x.csv", actions(*rows)))
    assert (report.rejected, len(report.problems)) == (50, 20)
    assert report.rejects_file == desk.folder / "x.csv.rejected.csv"
    assert report.rejects_file.read_bytes().count(b"UnknownPartyError") == 50


def test_an_import_into_a_file_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    from ledger.facade import open_ledger

    path = tmp_path / "x.csv"
    path.write_bytes(numbered(3))
    store = str(tmp_path / "ledger.db")
    with open_ledger(store, create=True, by="ada") as ledger:
        ledger.record(two_sides())
        import_files(ledger, [path])
    with open_ledger(store) as ledger:
        assert import_files(ledger, [path]).same == 3
        assert {entry.recorded_by for entry in ledger.entries()} == {"ada"}


def test_the_disputes_of_amended_actions_are_looked_through(desk: Desk) -> None:
    ledger = new_ledger(two_sides(), act("a"), act("b", answers=["a"]))
    file = desk.file("x.jsonl", jsonl(said("a", "RUS", ["b"])))
    report = import_files(ledger, [file])
    assert [one.accounts for one in report.exchanges] == [("RUS", "RUS, with inferred")]
