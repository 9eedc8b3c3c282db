"""What should not be there, what comes back, and undoing either."""

from __future__ import annotations

from pathlib import Path

from tests.cli.desk import EXPULSION, FIRST, SOURCE, Desk, desk_with
from tests.making import two_sides

RETRACT = ("retract", FIRST, "--reason", "recorded twice")


def test_a_retraction_names_what_now_hangs_in_the_air(desk: Desk) -> None:
    answer = ("add", "recall", "--by", "RUS", "--against", "USA", "--on", "2017", "--source", "S")
    later = desk.row(*answer, "--answers", FIRST)["id"]
    done = desk(*RETRACT)
    assert done.code == 0
    assert f"Warning: {later} names {FIRST} as a cause" in done.err
    assert desk.last() == {"action": FIRST, "reason": "recorded twice"}


def test_retracting_twice_is_refused_or_the_same(desk: Desk) -> None:
    desk.row(*RETRACT)
    assert desk.row(*RETRACT)["status"] == "same"
    other = desk("retract", FIRST, "--reason", "another reason")
    assert other.code == 3
    assert f"action {FIRST} is retracted" in other.err


def test_a_reinstated_action_can_be_retracted_again(desk: Desk) -> None:
    refused = desk("reinstate", FIRST, "--reason", "was right")
    assert (refused.code, "is not retracted" in refused.err) == (3, True)
    for times in range(2):
        assert desk.row(*RETRACT)["status"] == "new"
        assert desk.row("reinstate", FIRST, "--reason", "was right")["status"] == "new"
        assert desk.last().get("again", 0) == times


def test_the_id_of_a_retracted_action_is_never_used_again(desk: Desk) -> None:
    desk.row(*RETRACT)
    before = desk.records()
    for content in (EXPULSION, (*EXPULSION, "--id", FIRST)):
        again = desk(*content, "--answers-nothing", "--id", FIRST)
        assert again.code == 3
        assert "its id is never used again" in again.err
        assert "recorded twice" in again.err
        assert f"Hint: reciprocity reinstate {FIRST}" in again.err
    assert desk.records() == before


def test_the_very_same_content_as_a_retracted_action_is_refused_too(desk: Desk) -> None:
    made = desk.row(*EXPULSION, "--answers-nothing")["id"]
    desk.row("retract", made, "--reason", "not so")
    again = desk(*EXPULSION, "--answers-nothing")
    assert again.code == 3
    assert f"Hint: reciprocity reinstate {made}" in again.err


def test_an_amendment_of_a_retracted_action_is_refused(desk: Desk) -> None:
    desk.row(*RETRACT)
    for command in (
        ("attribute", FIRST, "--account", "RUS", "--unprovoked"),
        ("characterise", FIRST, "--account", "RUS", "--denied"),
        ("correct", FIRST, "--reason", "x", "--set", "quantity=3"),
        ("source", FIRST, "--source", SOURCE),
    ):
        done = desk(*command)
        assert done.code == 3
        assert f"action {FIRST} is retracted" in done.err
        assert "Hint: reciprocity reinstate" in done.err


def test_undo_says_what_was_undone_and_an_undo_of_an_undo_is_a_redo(desk: Desk) -> None:
    undone = desk("undo")
    assert undone.err == f"Undone: action.expulsion of {FIRST}, position 2.\n"
    assert desk.records()[-1][0] == "retracted"
    redone = desk("undo")
    assert redone.err == f"Undone: retracted of {FIRST}, position 3.\n"
    assert desk.records()[-1][0] == "reinstated"


def test_a_statement_a_correction_and_sides_are_undone(desk: Desk) -> None:
    sides = ("dispute", "sides", "a-b", "--side", "USA=USA,GBR", "--side", "RUS")
    for command, opposite in (
        (("attribute", FIRST, "--account", "RUS", "--unprovoked"), "attribution_withdrawn"),
        (("characterise", FIRST, "--account", "RUS", "--denied"), "characterisation_withdrawn"),
        (("correct", FIRST, "--reason", "x", "--set", "quantity=3"), "corrected"),
        (sides, "sides_changed"),
    ):
        desk.row(*command)
        assert desk.row("undo")["record"] == opposite


def test_what_only_adds_knowledge_has_no_opposite_and_says_so(desk: Desk) -> None:
    desk.row("source", FIRST, "--source", SOURCE)
    before = desk.records()
    done = desk("undo")
    assert done.code == 3
    assert "source_added has no opposite" in done.err
    assert "where: position 3" in done.err
    assert desk.records() == before


def test_an_empty_ledger_has_nothing_to_undo(tmp_path: Path) -> None:
    done = desk_with(tmp_path)("undo")
    assert (done.code, "the ledger is empty" in done.err) == (3, True)
    opened = desk_with(tmp_path, two_sides())("undo")
    assert (opened.code, "dispute_opened has no opposite" in opened.err) == (3, True)
