"""`reciprocity export`: to stdout or to a file, and what a form cannot hold."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from cli.errors import ExitCode
from tests.cli.desk import FIRST, STORE, Desk
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
        assert desk("export", "-o", "h.jsonl", "--force").code == ExitCode.CRASH
    assert (desk.folder / "h.jsonl").read_text(encoding="utf-8") == "older"
    assert list(desk.folder.glob("*.part")) == []
    assert desk("export", "-o", "h.jsonl", "--force").err == "2 lines in h.jsonl.\n"
    assert (desk.folder / "h.jsonl").read_bytes() == desk("export").out.encode()


def test_an_unknown_format_is_refused_before_a_file_is_touched(desk: Desk) -> None:
    done = desk("export", "--to", "xml", "-o", "h.xml")
    assert done.code == ExitCode.USAGE
    assert "the formats are jsonl, csv, accounts" in done.err
    assert not (desk.folder / "h.xml").exists()


def test_a_missing_folder_is_told_by_the_name_that_was_given(desk: Desk) -> None:
    done = desk("export", "-o", "no-such-folder/h.jsonl")
    assert done.code == ExitCode.REJECTED
    assert "where: no-such-folder/h.jsonl" in done.err
    assert "Hint: mkdir -p no-such-folder" in done.err
    assert ".part" not in done.err
    done = desk("export", "-o", ".")
    assert done.code == ExitCode.REJECTED
    assert "a folder is no file" in done.err


@pytest.mark.parametrize("end", ["", "-wal", "-shm", "-journal"])
@pytest.mark.parametrize("force", [(), ("--force",)])
def test_nothing_is_written_onto_the_ledger(desk: Desk, end: str, force: tuple[str, ...]) -> None:
    before = (desk.folder / STORE).read_bytes()
    (desk.folder / "elsewhere").symlink_to(desk.folder)
    for name in (f"{STORE}{end}", f"./elsewhere/{STORE}{end}"):
        done = desk("export", "-o", name, *force)
        assert done.code == ExitCode.REJECTED
        assert "never written onto its ledger" in done.err
    assert (desk.folder / STORE).read_bytes() == before


def test_no_link_leads_an_export_onto_the_ledger(desk: Desk) -> None:
    before = (desk.folder / STORE).read_bytes()
    (desk.folder / "soft").symlink_to(desk.folder / STORE)
    (desk.folder / "hard").hardlink_to(desk.folder / STORE)
    for name in ("soft", "hard"):
        assert desk("export", "-o", name, "--force").code == ExitCode.REJECTED
    # A second name of a ledger is refused as one by SQLite's own rules; it is taken away first.
    (desk.folder / "hard").unlink()
    assert desk("export", "-o", "h.jsonl", "--store", "soft").code == ExitCode.FINE
    assert desk("export", "-o", STORE, "--force", "--store", "soft").code == ExitCode.REJECTED
    assert (desk.folder / STORE).read_bytes() == before


def test_a_file_is_overwritten_only_where_that_is_asked_for(desk: Desk) -> None:
    (desk.folder / "h.jsonl").write_text("mine", encoding="utf-8")
    done = desk("export", "-o", "h.jsonl")
    assert done.code == ExitCode.REJECTED
    assert "reciprocity export -o h.jsonl --force" in done.err
    assert (desk.folder / "h.jsonl").read_text(encoding="utf-8") == "mine"
    assert desk("export", "-o", "h.jsonl", "--force").code == ExitCode.FINE


def test_a_device_is_written_and_stays_a_device(desk: Desk) -> None:
    screen, keyboard = os.openpty()
    name = Path(os.ttyname(keyboard))
    assert desk("export", "--to", "csv", "-o", str(name)).code == ExitCode.FINE
    assert name.is_char_device()
    assert os.read(screen, 3) == b"id,"
    os.close(screen)
    os.close(keyboard)
