"""`reciprocity export`: to stdout or to a file, and what a form cannot hold."""

from __future__ import annotations

import json

import pytest
from syrupy.assertion import SnapshotAssertion

from cli.errors import ExitCode
from tests.cli.desk import FIRST, Desk
from tests.cli.example import asked


def test_every_record_is_a_line_with_a_dense_number() -> None:
    lines = [json.loads(line) for line in asked("export").out.splitlines()]
    assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))
    assert len(lines) > 114
    assert asked("export").out == asked("export", "--to", "jsonl").out


def test_the_first_line_is_as_documented(snapshot: SnapshotAssertion) -> None:
    line = json.loads(asked("export").out.splitlines()[1])
    assert list(line)[:6] == ["type", "version", "seq", "recorded_at", "recorded_by", "salt"]
    line["salt"] = "(random)"
    assert line == snapshot


def test_rows_go_to_stdout_and_what_they_leave_out_to_stderr(
    desk: Desk, snapshot: SnapshotAssertion
) -> None:
    desk("retract", FIRST, "--reason", "recorded twice")
    done = desk("export", "--to", "csv")
    assert done.code == ExitCode.FINE
    assert done.out.count("\r\n") == 1
    assert done.err == snapshot


def test_accounts_go_out_in_their_columns() -> None:
    done = asked("export", "--to", "accounts")
    assert done.out.startswith("account,action,causes,stance,basis,stated_on,quotation,source\r\n")
    assert done.out.count("\r\n") == 1 + 108
    assert done.err == ""


def test_a_file_is_written_whole_or_not_at_all(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk.folder / "h.jsonl").write_text("older", encoding="utf-8")

    def broken(*_: object) -> object:
        yield "one line\n"
        message = "the lights went out"
        raise RuntimeError(message)

    with monkeypatch.context() as patch:
        patch.setattr("ledger.exports.jsonl.line_of", broken)
        assert desk("export", "-o", "h.jsonl").code == ExitCode.CRASH
    assert (desk.folder / "h.jsonl").read_text(encoding="utf-8") == "older"
    assert list(desk.folder.glob("*.part")) == []
    assert desk("export", "-o", "h.jsonl").err == "2 lines in h.jsonl.\n"
    assert (desk.folder / "h.jsonl").read_bytes() == desk("export").out.encode()


def test_an_unknown_format_is_refused_before_a_file_is_touched(desk: Desk) -> None:
    done = desk("export", "--to", "xml", "-o", "h.xml")
    assert done.code == ExitCode.USAGE
    assert "the formats are jsonl, csv, accounts" in done.err
    assert not (desk.folder / "h.xml").exists()


def test_a_file_that_cannot_be_written_is_told(desk: Desk) -> None:
    done = desk("export", "-o", "no-such-folder/h.jsonl")
    assert done.code == ExitCode.UNAVAILABLE
    assert "no-such-folder" in done.err
