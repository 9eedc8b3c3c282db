"""What is odd is recorded all the same, and said at once: once, where it was brought."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.desk import EXPULSION, FIRST, SOURCE, Desk, desk_with
from tests.making import act, two_sides

SOURCED = ("--source", SOURCE, "--answers-nothing")
CORRECT = ("correct", FIRST, "--reason", "a slip")


@pytest.mark.parametrize("target", ["USA", "GBR"])
def test_a_hostile_action_of_a_side_against_itself_is_warned_of(
    tmp_path: Path, target: str
) -> None:
    desk = desk_with(tmp_path, two_sides("a-b", West=["USA", "GBR"], RUS=["RUS"]))
    recall = ("add", "recall", "--by", "USA", "--against", target, "--on", "2020-01-01")
    done = desk(*recall, *SOURCED)
    assert done.code == 0
    assert "is hostile, and both by and against West: recorded" in done.err
    statement = ("add", "statement", "--by", "USA", "--against", target, "--on", "2020-01-01")
    assert desk(*statement, *SOURCED).err == ""
    both = ("add", "recall", "--by", "USA", "--against", target, "--against", "RUS")
    assert desk(*both, "--on", "2020-01-01", *SOURCED).err == ""


def test_a_correction_that_turns_an_action_against_its_own_side_is_warned_of(desk: Desk) -> None:
    assert "both by and against USA" in desk(*CORRECT, "--set", "targets=USA").err
    assert desk(*CORRECT, "--set", "note=why").err == ""


def test_a_date_after_today_is_warned_of(desk: Desk) -> None:
    done = desk(*EXPULSION[:6], "--on", "2999-01", *EXPULSION[8:], "--answers-nothing")
    assert done.code == 0
    assert "usa-2999-01-expulsion is dated 2999-01, and it is 20" in done.err
    assert "is dated 2998, and it is" in desk(*CORRECT, "--set", "public=2998").err
    assert desk(*CORRECT, "--set", "effective=2997").err == ""
    assert desk(*CORRECT, "--set", "note=why").err == ""
    said = ("attribute", FIRST, "--account", "RUS", "--unprovoked", "--source", SOURCE)
    assert "the statement of RUS on" in desk(*said, "--stated-on", "2999-01-01").err


def test_a_date_that_may_be_today_or_before_is_not(desk: Desk) -> None:
    assert desk(*CORRECT, "--set", "on=2016-12-29/..").err == ""


def test_an_action_that_answers_itself_is_warned_of(desk: Desk) -> None:
    said = f"{FIRST} answers itself according to USA: recorded, and counted as an exchange of one"
    assert said in desk(*CORRECT, "--set", f"cause={FIRST}").err
    said = f"{FIRST} answers itself according to RUS"
    attribute = ("attribute", FIRST, "--account", "RUS", "--source", SOURCE)
    assert said in desk(*attribute, "--answers", FIRST).err
    assert desk(*attribute, "--unprovoked").err == ""


def test_a_record_is_warned_of_only_for_what_it_brings(tmp_path: Path) -> None:
    early = act("early", "RUS", "USA", "2016-01-01", answers=[FIRST])
    desk = desk_with(tmp_path, two_sides(), act(FIRST, on="2016-12-29"), early)
    attribute = ("attribute", "early", "--account", "USA", "--source", SOURCE)
    assert desk(*attribute, "--unprovoked").err == ""
    assert (
        desk("attribute", FIRST, "--account", "RUS", "--unprovoked", "--source", SOURCE).err == ""
    )
    assert desk(*CORRECT, "--set", "note=why").err == ""
    assert desk(*attribute, "--answers", FIRST).err.count("certainly came before") == 1
    assert desk(*CORRECT, "--set", "on=2016-12-30").err.count("certainly came before") == 2
