"""`reciprocity import`: what it prints, asks, and leaves with."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from cli.errors import ExitCode
from cli.interrupts import Interrupts
from cli.progress import ProgressLine
from ledger.imports import run as running
from ledger.imports.report import Progress
from tests.cli.desk import Desk
from tests.cli.harness import Result
from tests.ledger.imports.desk import accounts, actions, cells, jsonl
from tests.making import act

SEEDS = Path(__file__).parents[2] / "seeds"


def put(desk: Desk, name: str, content: bytes) -> str:
    (desk.folder / name).write_bytes(content)
    return name


def counts(done: Result) -> dict[str, int]:
    return {row["what"]: row["count"] for row in json.loads(done.out)["rows"]}


def details(done: Result, what: str) -> list[str]:
    [found] = [row["detail"] for row in json.loads(done.out)["rows"] if row["what"] == what]
    assert isinstance(found, list)
    return found


def mixed(desk: Desk) -> str:
    """A file with a row of every fate: new, new and impossible, conflict, and rejected ones."""
    put(desk, "first.csv", actions(cells("held")))
    assert desk("import", "first.csv").code == ExitCode.FINE
    return put(
        desk,
        "second.csv",
        actions(
            cells("new", occurred="2021-01-01"),
            cells("early", actor_causes="new"),
            cells("held", quantity="2"),
            cells("kind", kind="expulsoin"),
            cells("after", actor_causes="kind"),
            cells("red", actors="XYZ", description="\x1b[31mred"),
            'torn,"a-b\n',
        ),
    )


def test_the_real_history_comes_in_and_its_findings_are_printed(
    desk: Desk, snapshot: SnapshotAssertion
) -> None:
    for name in ("us_russia.csv", "disputes.toml"):
        put(desk, name, (SEEDS / name).read_bytes())
    done = desk("import", "us_russia.csv", "disputes.toml")
    assert done.code == ExitCode.FINE
    assert done.out == snapshot(name="findings")
    assert done.err == snapshot(name="talk")


def test_a_second_import_says_114_same(desk: Desk) -> None:
    for name in ("us_russia.csv", "disputes.toml"):
        put(desk, name, (SEEDS / name).read_bytes())
    desk("import", "disputes.toml", "us_russia.csv")
    done = desk("import", "us_russia.csv", "--format", "json")
    assert (done.code, counts(done)["same"], counts(done)["new"]) == (ExitCode.FINE, 114, 0)
    assert details(done, "exchange") == ["rus-2021-10-nuland-unban + usa-2021-10-vorontsov-visa"]
    assert "0 records were written" in done.err


def test_rows_that_were_not_taken_are_told_with_place_reason_and_hint(
    desk: Desk, snapshot: SnapshotAssertion
) -> None:
    done = desk("import", mixed(desk))
    assert done.code == ExitCode.REJECTED
    assert done.out == snapshot(name="findings")
    assert done.err == snapshot(name="talk")
    assert "\x1b" not in done.err
    assert (desk.folder / "second.csv.rejected.csv").exists()


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "md"])
def test_the_findings_are_printed_in_every_form(
    desk: Desk, form: str, snapshot: SnapshotAssertion
) -> None:
    assert desk("import", mixed(desk), "--format", form).out == snapshot


def test_a_dry_run_says_the_same_and_writes_nothing(desk: Desk) -> None:
    file = mixed(desk)
    before = desk.records()
    dry = desk("import", file, "--dry-run", "--format", "json")
    assert desk.records() == before
    assert "Nothing was written: a dry run." in dry.err
    assert not (desk.folder / "second.csv.rejected.csv").exists()
    real = desk("import", file, "--format", "json")
    assert counts(real) == counts(dry)
    assert (real.code, dry.code) == (ExitCode.REJECTED, ExitCode.REJECTED)


def test_conflicts_become_corrections_for_a_reason(desk: Desk) -> None:
    file = mixed(desk)
    done = desk("import", file, "--correct", "read again", "--format", "json")
    assert (counts(done)["corrected"], counts(done)["conflict"]) == (1, 0)
    [corrected] = [payload for name, payload in desk.records() if name == "corrected"]
    assert corrected["reason"] == "read again"
    assert "1 corrected" in done.err


def test_the_format_may_be_named(desk: Desk) -> None:
    file = put(desk, "history.data", jsonl(act("a")))
    assert desk("import", file, "--from", "jsonl").code == ExitCode.FINE
    told = put(desk, "told.data", accounts({"account": "RUS", "action": "a", "causes": "unknown"}))
    assert desk("import", told, "--from", "accounts").code == ExitCode.FINE


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("import",), ExitCode.USAGE, "FILE"),
        (("import", "missing.csv"), ExitCode.REJECTED, "missing.csv"),
        (("import", "x.csv", "--from", "cvs"), ExitCode.USAGE, "did you mean csv?"),
        (("import", "x.csv", "--review"), ExitCode.USAGE, "not a terminal"),
        (("import", "x.csv", "--review", "--dry-run"), ExitCode.USAGE, "contradict"),
        (("import", "x.csv", "--restore", "--correct", "y"), ExitCode.USAGE, "corrects nothing"),
        (("import", "x.csv", "--restore"), ExitCode.USAGE, "one JSONL file"),
        (("import", "x.csv"), ExitCode.REJECTED, "wrong columns"),
    ],
)
def test_a_call_that_means_nothing_is_refused_with_a_hint(
    desk: Desk, args: tuple[str, ...], code: ExitCode, words: str
) -> None:
    put(desk, "x.csv", b"id,colour\n")
    before = desk.records()
    done = desk(*args)
    assert done.code == code
    assert words in done.err
    assert "Hint:" in done.err
    assert desk.records() == before


def test_on_a_terminal_progress_is_one_line_that_is_written_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BATCH_ROWS", 2)
    file = put(desk, "x.csv", actions(*(cells(f"a-{number}") for number in range(5))))
    err = desk("import", file, tty=True).err
    assert err.count("\r\x1b[K") == 3
    assert "\r\x1b[K4 of 5 rows: 4 new" in err
    assert "5 rows: 5 new, 0 same, 0 conflict, 0 rejected.\n" not in err
    assert "\n5 rows: 5 new" in err


def test_off_a_terminal_progress_is_a_line_a_batch(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BATCH_ROWS", 2)
    file = put(desk, "x.csv", actions(*(cells(f"a-{number}") for number in range(5))))
    lines = desk("import", file).err.splitlines()
    assert [line.partition(" rows")[0] for line in lines[:3]] == ["2 of 5", "4 of 5", "5 of 5"]


def test_a_large_import_says_what_it_read_and_what_it_did_not_look_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BULK_BYTES", 0)
    monkeypatch.setattr(running, "FINDINGS_MAX", 2)
    monkeypatch.setattr("ledger.imports.bulk.run.READ_TOLD", 2)
    file = put(desk, "x.csv", actions(*(cells(f"a-{number}") for number in range(5))))
    done = desk("import", file, "--format", "json")
    assert done.err.splitlines()[0] == "read 5 rows"
    assert "The ledger holds more than 2 records" in done.err
    assert "exchange" not in done.out


def test_a_review_shows_the_difference_and_obeys_the_answer(
    desk: Desk, snapshot: SnapshotAssertion
) -> None:
    put(desk, "x.csv", actions(*(cells(name) for name in ("a", "b", "c", "d"))))
    desk("import", "x.csv")
    changed = (cells(name, quantity="2", note="\x1b[2J") for name in ("a", "b", "c", "d"))
    put(desk, "y.csv", actions(*changed))
    done = desk("import", "y.csv", "--review", input="?\n\nfile\nL\nq\n", tty=True)
    assert done.code == ExitCode.REJECTED
    assert done.err == snapshot(name="talk")
    assert done.out == snapshot(name="findings")
    corrected = [payload["action"] for name, payload in desk.records() if name == "corrected"]
    assert corrected == ["a"]


def test_the_end_of_input_ends_a_review(desk: Desk) -> None:
    put(desk, "x.csv", actions(cells("a")))
    desk("import", "x.csv")
    put(desk, "y.csv", actions(cells("a", quantity="2")))
    done = desk("import", "y.csv", "--review", input="", tty=True)
    assert done.code == ExitCode.REJECTED
    assert "Stopped. So far 0 rows" in done.err


def test_an_interrupt_ends_a_review_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    put(desk, "x.csv", actions(cells("a")))
    desk("import", "x.csv")
    put(desk, "y.csv", actions(cells("b"), cells("a", quantity="2")))

    def pressed(_: object) -> str:
        signal.raise_signal(signal.SIGINT)
        return "f"

    monkeypatch.setattr("tests.cli.harness.Stream.readline", pressed)
    done = desk("import", "y.csv", "--review", tty=True)
    assert done.code == ExitCode.INTERRUPTED
    assert "Stopped. So far 1 row: 1 new" in done.err


def test_an_exported_history_comes_back_as_it_was(desk: Desk) -> None:
    assert desk("export", "-o", "history.jsonl").code == ExitCode.FINE
    elsewhere = {"RECIPROCITY_STORE": "second.db"}
    assert desk("init", env=elsewhere).code == ExitCode.FINE
    done = desk("import", "--restore", "history.jsonl", env=elsewhere)
    assert done.code == ExitCode.FINE, done.err
    assert desk("export", env=elsewhere).out == (desk.folder / "history.jsonl").read_text("utf-8")
    refused = desk("import", "--restore", "history.jsonl", "--format", "json")
    assert (refused.code, counts(refused)["same"]) == (ExitCode.FINE, 2)


def test_rows_that_cannot_be_written_beside_their_file_are_printed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, snapshot: SnapshotAssertion
) -> None:
    file = mixed(desk)
    opened = Path.open

    def refuse(path: Path, mode: str = "r", **options: Any) -> Any:  # noqa: ANN401 - as Path.open
        if "x" in mode:
            raise PermissionError(13, os.strerror(13), path.name)
        return opened(path, mode, **options)

    monkeypatch.setattr(Path, "open", refuse)
    done = desk("import", file)
    assert done.code == ExitCode.REJECTED
    assert done.err == snapshot
    assert "\x1b" not in done.err
    assert "expulsoin" in done.err


@pytest.fixture
def interrupted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Interrupt an import as soon as its first batch of two rows is acknowledged."""
    monkeypatch.setattr(running, "BATCH_ROWS", 2)
    shown = ProgressLine.show
    told: list[int] = []

    def show(line: ProgressLine, progress: Progress) -> None:
        shown(line, progress)
        if not told:
            signal.raise_signal(signal.SIGINT)
        told.append(progress.counts.rows)

    monkeypatch.setattr(ProgressLine, "show", show)
    before = signal.getsignal(signal.SIGINT)
    yield told
    assert signal.getsignal(signal.SIGINT) is before


def test_an_interrupted_import_says_what_was_done_and_can_be_run_again(
    desk: Desk, interrupted: list[int]
) -> None:
    file = put(desk, "x.csv", actions(*(cells(f"a-{number}") for number in range(7))))
    done = desk("import", file, "--format", "json")
    assert done.code == ExitCode.INTERRUPTED
    assert "Stopped. So far 2 rows: 2 new" in done.err
    assert counts(done) == {"new": 2, "same": 0, "conflict": 0, "rejected": 0}
    assert interrupted == [2]
    again = desk("import", file, "--format", "json")
    assert again.code == ExitCode.FINE
    assert (counts(again)["new"], counts(again)["same"]) == (5, 2)


def test_a_second_interrupt_stops_at_once() -> None:
    with Interrupts() as interrupts:
        assert not interrupts.came()
        signal.raise_signal(signal.SIGINT)
        assert interrupts.came()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_a_line_of_a_hundred_megabytes_is_refused_and_the_rest_taken(desk: Desk) -> None:
    path = desk.folder / "x.csv"
    with path.open("wb") as file:
        file.write(actions(cells("a")))
        for _ in range(100):
            file.write(b"x" * 1_000_000)
        file.write(b"\n" + actions(cells("b")).partition(b"\n")[2])
    done = desk("import", "x.csv", "--format", "json")
    assert (counts(done)["new"], counts(done)["rejected"]) == (2, 1)
    assert "the line has 100000001 bytes" in done.err
    assert (desk.folder / "x.csv.rejected.csv").stat().st_size < 1000
