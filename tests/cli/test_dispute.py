"""Disputes and their sides from the command line."""

from __future__ import annotations

import json

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.cli.desk import EXPULSION, FIRST, Desk

ADD = ("dispute", "add", "qatar", "--title", "Qatar and its neighbours")
FOUR = ("--side", "Qatar=QAT", "--side", "Four=SAU,ARE, BHR,EGY")


def test_a_dispute_is_opened_with_its_sides(desk: Desk) -> None:
    row = desk.row(*ADD, *FOUR, "--note", "2017", "--source", "One")
    assert row == {"status": "new", "record": "dispute_opened", "id": "qatar", "position": 3}
    assert desk.last() == {
        "id": "qatar",
        "title": "Qatar and its neighbours",
        "sides": [
            {"name": "Qatar", "parties": ["QAT"]},
            {"name": "Four", "parties": ["SAU", "ARE", "BHR", "EGY"]},
        ],
        "note": "2017",
        "sources": [{"title": "One"}],
    }
    assert desk.row(*ADD, *FOUR, "--note", "2017", "--source", "One")["status"] == "same"
    assert desk(*ADD, *FOUR, "--note", "2018").code == 3


def test_a_party_alone_is_a_side_of_that_name(desk: Desk) -> None:
    desk.row("dispute", "add", "uk-russia", "--title", "T", "--side", "GBR", "--side", "RUS")
    assert desk.last()["sides"] == [
        {"name": "GBR", "parties": ["GBR"]},
        {"name": "RUS", "parties": ["RUS"]},
    ]


def test_sides_are_drawn_anew_and_the_latest_holds(desk: Desk) -> None:
    sides = ("dispute", "sides", "a-b", "--side", "USA=USA,GBR", "--side", "RUS")
    assert desk.row(*sides, "--reason", "joint measures")["record"] == "sides_changed"
    shown = json.loads(desk("dispute", "show", "a-b", "--format", "json").out)
    assert shown["rows"] == [
        {"side": "USA", "parties": ["USA", "GBR"]},
        {"side": "RUS", "parties": ["RUS"]},
    ]
    assert desk.row(*sides, "--reason", "joint measures")["status"] == "same"
    desk.row("dispute", "sides", "a-b")
    assert json.loads(desk("dispute", "show", "a-b", "--format", "json").out)["rows"] == []


def test_tables_stay_as_they_are(desk: Desk, snapshot: SnapshotAssertion) -> None:
    desk.row(*ADD, *FOUR, "--note", "a\x1b[2Jb", "--source", "One")
    desk.row(*EXPULSION, "--answers-nothing", "--dispute", "a-b")
    desk.row("retract", FIRST, "--reason", "x")
    assert desk("dispute", "list").out == snapshot(name="list")
    assert desk("dispute", "show", "qatar").out == snapshot(name="show")


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (("dispute", "add", "Qatar", "--title", "T"), 3, "'Qatar' is not an id"),
        (("dispute", "add", "q", "--title", " "), 3, "the text is empty"),
        ((*ADD, "--side", "Four=SAU,,ARE"), 2, "is not NAME=PARTY,PARTY"),
        ((*ADD, "--side", "SAU,ARE"), 2, "is not NAME=PARTY,PARTY"),
        ((*ADD, "--side", "=SAU"), 2, "is not NAME=PARTY,PARTY"),
        ((*ADD, "--side", "One=SAU", "--side", "Two=SAU"), 3, "party SAU is on two sides, One and"),
        ((*ADD, "--side", "One=Qatar"), 3, "write QAT"),
        ((*ADD, "--side", "USA=QAT"), 3, "side USA is named like a party"),
        (("dispute", "sides", "a-c", "--side", "USA"), 3, "no dispute 'a-c'"),
        (("dispute", "show", "a-c"), 3, "did you mean a-b?"),
        (("dispute", "shwo"), 2, "did you mean show?"),
        (("dispute",), 2, "Draw the sides of a dispute anew"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_recorded(
    desk: Desk, args: tuple[str, ...], code: int, told: str
) -> None:
    before = desk.records()
    done = desk(*args)
    assert (done.code, told in done.err) == (code, True), done.err
    assert desk.records() == before
