"""Rejected rows: nothing of them is lost, they can be mended, and they come in again."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest

from ledger.imports.rejects import RejectsNotWrittenError
from tests.ledger.imports.desk import Desk, accounts, actions, cells, jsonl, line_of
from tests.making import act, said

pytestmark = pytest.mark.usefixtures("way")


def rejected(path: Path | None) -> list[dict[str, str]]:
    assert path is not None
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_rejected_row_stands_beside_its_file_with_reason_place_and_hint(desk: Desk) -> None:
    bad = cells("bad", actors="XYZ")
    file = desk.file("x.csv", actions(cells("good"), bad))
    report = desk.bring(file)
    assert report.rejects_files == (desk.folder / "x.csv.rejected.csv",)
    [row] = rejected(report.rejects_file)
    assert row["reason"].startswith("UnknownPartyError: ")
    assert row["place"].startswith(f"{file}, line 3")
    assert "reciprocity party add" in row["hint"]
    assert list(row.values())[3:] == bad


def test_a_conflict_stands_there_too_and_can_be_settled_from_there(desk: Desk) -> None:
    desk.bring(desk.file("x.csv", actions(cells("a"))))
    report = desk.bring(desk.file("y.csv", actions(cells("a", quantity="2"))))
    assert report.rejects_file is not None
    again = desk.bring(report.rejects_file, correct="read again")
    assert (again.corrected, again.conflict) == (1, 0)


def test_a_mended_file_of_rejected_rows_comes_in(desk: Desk) -> None:
    rows = [cells("bad", actors="XYZ"), cells("b", actor_causes="bad"), cells("c")]
    report = desk.bring(desk.file("x.csv", actions(*rows)))
    assert report.rejects_file is not None
    mended = report.rejects_file.read_text(encoding="utf-8").replace(",XYZ,", ",USA,")
    report.rejects_file.write_text(mended, encoding="utf-8")
    again = desk.bring(report.rejects_file)
    assert (again.new, again.rejected) == (2, 0)
    assert sorted(desk.ids()) == ["b", "bad", "c"]


@pytest.mark.parametrize(
    "row",
    [
        line_of(*cells("a")[:-3]),
        line_of(*cells("a"), "too", "many"),
        'a,"a quote that never closes,b,c\n',
        'a,"b"c,d\n',
        line_of(*cells("a", note="caf\udce9")).encode("utf-8", "surrogateescape"),
        line_of(*cells("a", note="nul \0 nul")),
        line_of(*cells("a", occurred="2020-02-30", note='two\nlines, a , and a "')),
        line_of(*cells("a", actors="XYZ")).replace("\n", "\r\n"),
        line_of(*cells("a", actors="XYZ")).rstrip("\n"),
    ],
)
def test_a_rejected_row_is_kept_byte_for_byte_and_is_rejected_again_unless_mended(
    desk: Desk, row: str | bytes
) -> None:
    raw = row if isinstance(row, bytes) else row.encode()
    first = desk.bring(desk.file("x.csv", actions() + raw))
    assert (first.new, first.rejected) == (0, 1)
    assert first.rejects_file is not None
    kept = first.rejects_file.read_bytes()
    assert raw in kept
    again = desk.bring(first.rejects_file)
    assert (again.new, again.rejected) == (0, 1)


def test_a_rejected_row_of_a_file_of_rejected_rows_has_the_newer_reason(desk: Desk) -> None:
    first = desk.bring(desk.file("x.csv", actions(cells("a", actors="XYZ", occurred="2020-13"))))
    assert first.rejects_file is not None
    text = first.rejects_file.read_text(encoding="utf-8")
    assert "DateDoesNotExistError" in text
    first.rejects_file.write_text(text.replace(",2020-13,", ",2020-12,"), encoding="utf-8")
    again = desk.bring(first.rejects_file)
    [row] = rejected(again.rejects_file)
    assert row["reason"].startswith("UnknownPartyError")
    assert (row["id"], row["occurred"]) == ("a", "2020-12")
    assert list(row)[:3] == ["reason", "place", "hint"]


def test_a_line_that_is_too_long_is_not_copied_and_its_place_is_told(desk: Desk) -> None:
    begins = len(actions())
    report = desk.bring(desk.file("x.csv", actions() + b"x" * 2_000_000 + b"\n"))
    [row] = rejected(report.rejects_file)
    assert "2000001 bytes" in row["reason"]
    assert f"bytes {begins} to {begins + 2_000_000}" in row["place"]
    assert row["id"] == ""
    assert report.rejects_file is not None
    assert report.rejects_file.stat().st_size < 1000
    assert desk.bring(report.rejects_file).rejected == 1


def test_a_rejected_line_of_jsonl_keeps_its_fields_and_comes_in_mended(desk: Desk) -> None:
    good = {**json.loads(jsonl(act("a"))), "seq": 1}
    lines = jsonl({**good, "actors": ["XYZ"]}, said("a", "RUS", "unprovoked"))
    report = desk.bring(desk.file("x.jsonl", lines))
    assert report.rejects_file is not None
    kept = [json.loads(line) for line in report.rejects_file.read_text("utf-8").splitlines()]
    assert [line["rejected"]["reason"].partition(":")[0] for line in kept] == [
        "UnknownPartyError",
        "UnknownActionError",
    ]
    assert "seq" not in kept[0]
    kept[0]["actors"] = ["USA"]
    report.rejects_file.write_bytes(jsonl(*kept))
    assert desk.bring(report.rejects_file).new == 2


@pytest.mark.parametrize("line", [b'{"type": "retr', b'{"a": "caf\xe9"}', b"\0", b"[1, 2]"])
def test_a_line_that_is_no_object_is_kept_as_text_and_may_be_mended_in_place(
    desk: Desk, line: bytes
) -> None:
    report = desk.bring(desk.file("x.jsonl", line + b"\n"))
    assert report.rejects_file is not None
    [kept] = [json.loads(text) for text in report.rejects_file.read_text("utf-8").splitlines()]
    assert kept["line"] == line.decode("utf-8", "backslashreplace")
    assert desk.bring(report.rejects_file).rejected == 1
    kept["line"] = jsonl(act("a")).decode()
    report.rejects_file.write_bytes(jsonl(kept))
    assert desk.bring(report.rejects_file).new == 1


def test_a_reason_of_a_record_is_not_mistaken_for_the_reason_of_a_rejection(desk: Desk) -> None:
    retracted = {"type": "retracted", "version": 1, "action": "a", "reason": "recorded twice"}
    report = desk.bring(desk.file("x.jsonl", jsonl(retracted)))
    assert report.rejects_file is not None
    [kept] = [json.loads(text) for text in report.rejects_file.read_text("utf-8").splitlines()]
    assert kept["reason"] == "recorded twice"
    desk.bring(desk.file("y.csv", actions(cells("a"))))
    assert desk.bring(report.rejects_file).new == 1


def test_what_somebody_mended_already_is_not_overwritten(desk: Desk) -> None:
    file = desk.file("x.csv", actions(cells("a", actors="XYZ")))
    first = desk.bring(file).rejects_file
    assert first is not None
    first.write_text("mended by hand", encoding="utf-8")
    second = desk.bring(file).rejects_file
    assert second == desk.folder / "x.csv.rejected.2.csv"
    assert first.read_text(encoding="utf-8") == "mended by hand"


def test_the_same_rejected_rows_again_are_the_same_file(desk: Desk) -> None:
    file = desk.file("x.csv", actions(cells("a", actors="XYZ")))
    assert desk.bring(file).rejects_file == desk.bring(file).rejects_file
    assert len(list(desk.folder.glob("*rejected*"))) == 1


def test_no_rejected_row_no_file(desk: Desk) -> None:
    report = desk.bring(desk.file("x.csv", actions(cells("a"))))
    assert report.rejects_files == ()
    assert list(desk.folder.glob("*rejected*")) == []


def test_each_file_has_its_own_rejected_rows(desk: Desk) -> None:
    one = desk.file("x.csv", actions(cells("a", actors="XYZ")))
    told = {"account": "RUS", "action": "nowhere", "causes": "unknown"}
    two = desk.file("y.csv", accounts(told))
    assert [path.name for path in desk.bring(one, two).rejects_files] == [
        "x.csv.rejected.csv",
        "y.csv.rejected.csv",
    ]


def test_where_the_folder_takes_no_file_the_rows_are_handed_over_with_a_named_error(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = desk.file("x.csv", actions(cells("good"), cells("bad", actors="XYZ")))
    opened = Path.open

    def refuse(path: Path, mode: str = "r", **options: object) -> object:
        if "x" in mode:
            raise PermissionError(13, os.strerror(13), str(path))
        return opened(path, mode, **options)  # type: ignore[call-overload]  # handed on

    monkeypatch.setattr(Path, "open", refuse)
    report = desk.bring(file)
    assert (report.new, report.rejected, report.rejects_files) == (1, 1, ())
    [unwritten] = report.unwritten
    assert isinstance(unwritten.error, RejectsNotWrittenError)
    assert "Permission denied" in unwritten.error.why
    assert line_of(*cells("bad", actors="XYZ")) in unwritten.text
    assert desk.ids() == ["good"]
