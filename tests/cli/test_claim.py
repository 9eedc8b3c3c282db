"""Claims recorded, listed, shown, explained and withdrawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.cli.claims_example import asked
from tests.cli.desk import Desk
from tests.cli.harness import run

ADD = (
    *("claim", "add", "--speaker", "A minister", "--side", "RUS", "--on", "2021-04-16"),
    *("--words", "We answered in kind", "--source", "A speech | A paper | 2021-04-16"),
)
TEXT = "every expulsion by RUS answers anything in kind"


def test_a_claim_is_recorded_under_party_and_date_and_audited(desk: Desk) -> None:
    result = desk(*ADD, "--text", TEXT)
    assert result.code == 0
    assert "c-rus-2021-04-16" in result.out
    assert desk("audit", "c-rus-2021-04-16").code == 0


def test_the_same_claim_twice_is_recorded_once(desk: Desk) -> None:
    desk(*ADD, "--text", TEXT)
    again = desk(*ADD, "--text", TEXT)
    assert again.code == 0
    assert "It was recorded already" in again.err


def test_a_test_may_come_from_a_file_or_from_stdin(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "claim.txt"
    file.write_text(f"# what he meant\n{TEXT}\n", encoding="utf-8")
    assert desk(*ADD, "--id", "c-1", "--file", str(file)).code == 0
    assert desk(*ADD, "--id", "c-2", "--file", "-", input=TEXT).code == 0
    shown = desk("claim", "show", "c-1").out
    assert TEXT in shown


@pytest.mark.parametrize(
    "args",
    [
        ("--text", "every expulsion by RUS answers u99"),
        ("--text", "exists expulsion by Moscow"),
        ("--text", "exists expulsion by"),
        ("--text", "exists expulsion", "--file", "x.txt"),
        (),
        ("--file", "missing.txt"),
    ],
    ids=["unknown action", "unknown side", "breaks off", "twice", "none", "no file"],
)
def test_what_cannot_be_recorded_is_named(
    desk: Desk, args: tuple[str, ...], snapshot: SnapshotAssertion
) -> None:
    result = desk(*ADD, *args)
    assert result.code in {2, 3, 5}
    assert result.out == ""
    assert result.err == snapshot


def test_a_claim_needs_its_speaker_date_words_and_source(snapshot: SnapshotAssertion) -> None:
    result = asked("claim", "add", "--text", TEXT)
    assert result.code == 2
    assert result.err == snapshot


def test_claims_are_listed_in_the_order_of_recording() -> None:
    rows = asked("claim", "list", "--format", "csv").out.splitlines()
    assert [row.partition(",")[0] for row in rows[1:4]] == ["c-a01", "c-a02", "c-a03"]
    assert len(rows) == 30


def test_a_claim_is_shown_whole(snapshot: SnapshotAssertion) -> None:
    result = asked("claim", "show", "c-a02")
    assert result.code == 0
    assert result.out == snapshot


def test_a_claim_is_explained_in_plain_english(snapshot: SnapshotAssertion) -> None:
    assert asked("claim", "explain", "c-a12").out == snapshot


def test_a_text_is_explained_without_any_ledger(tmp_path: Path) -> None:
    result = run("claim", "explain", TEXT, "--store", str(tmp_path / "none.db"))
    assert result.code == 0
    assert (
        "Every expulsion by Russia answered an action of another side with the same kind"
        in result.out
    )


def test_a_withdrawal_can_be_taken_back(desk: Desk) -> None:
    desk(*ADD, "--text", TEXT, "--id", "c-1")
    assert desk("claim", "withdraw", "c-1", "--reason", "not his words").code == 0
    assert "not his words" in desk("claim", "list").out
    assert desk("undo").code == 0
    assert desk("audit", "c-1").code == 0
    assert "not his words" not in desk("claim", "list").out
    assert desk("undo").code == 0
    assert desk("audit", "c-1").code == 3
    assert desk("replay", "--verify").code == 0


def test_an_unknown_claim_is_named() -> None:
    for words in (("show", "c-a011"), ("explain", "c-a011")):
        result = asked("claim", *words)
        assert result.code == 3
        assert "did you mean c-a11, c-a01 or c-a21?" in result.err


def test_an_unknown_claim_cannot_be_withdrawn() -> None:
    result = asked("claim", "withdraw", "c-a99", "--reason", "none")
    assert result.code == 3
    assert "no claim" in result.err
