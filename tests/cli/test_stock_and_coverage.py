"""Stocks, coverage and further sources: recorded with options, the first two listed without."""

from __future__ import annotations

import json

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.cli.desk import FIRST, SOURCE, Desk

STOCK = (
    *("stock", "--teller", "RUS", "--whose", "USA", "--where", "RUS", "--quantity", "455"),
    *("--unit", "posts", "--on", "2017-09-01", "--source", SOURCE),
)
COVERAGE = ("coverage", "--statement", "All expulsions")


def test_a_stock_is_recorded_under_an_id_made_from_the_rest(desk: Desk) -> None:
    row = desk.row(*STOCK)
    assert row["id"] == "usa-in-rus-2017-09-01-posts"
    assert desk.last()["quantity"] == {"value": 455, "unit": "posts"}
    assert desk.row(*STOCK)["status"] == "same"
    other = desk.row(*STOCK, "--teller", "press:reuters", "--note", "about")
    assert other["id"] == "usa-in-rus-2017-09-01-posts-2"
    assert desk.row(*STOCK, "--id", "chosen")["id"] == "chosen"
    assert desk(*STOCK, "--quantity", "9", "--id", "chosen").code == 3


def test_stocks_are_listed_by_date(desk: Desk, snapshot: SnapshotAssertion) -> None:
    assert "(none)" in desk("stock").out
    desk.row(*STOCK)
    desk.row(*STOCK, "--on", "2017-07", "--quantity", ">=1210")
    assert desk("stock").out == snapshot
    rows = json.loads(desk("stock", "--format", "json").out)["rows"]
    assert [row["quantity"] for row in rows] == [">=1210", "455"]


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (("stock", "--on", "2017"), 2, "stock needs --teller and --whose and --where"),
        ((*STOCK, "--unit", "post"), 3, "posts"),
        ((*STOCK, "--on", "soon"), 3, "option --on"),
        ((*STOCK, "--teller", "me"), 3, "option --teller"),
        ((*STOCK, "--teller", "friend:me"), 3, "is not an account"),
        ((*STOCK, "--where", "Moscow"), 3, "option --where"),
        ((*STOCK, "--quantity", "1e9"), 3, "option --quantity"),
        ((*STOCK, "--quantity", "999999999"), 3, "absurd"),
        ((*STOCK, "--source", " | x"), 3, "option --source"),
        ((*STOCK, "--id", "A"), 3, "option --id"),
        (("coverage", "--party", "RUS"), 2, "coverage needs --statement"),
        ((*COVERAGE, "--party", "Russia"), 3, "write RUS"),
        ((*COVERAGE, "--dispute", "c-d"), 3, "no dispute 'c-d'"),
        ((*COVERAGE, "--period", "2016 to 2017"), 3, "option --period"),
        (("coverage", "--statement", ""), 2, "coverage needs --statement"),
        (("coverage", "--statement", " "), 3, "the text is empty"),
        (("source", "no-such", "--source", "S"), 3, "no action 'no-such'"),
        (("source", FIRST, "--source", ""), 3, "a source is 'Title"),
        (("source", FIRST), 2, "--source"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_recorded(
    desk: Desk, options: tuple[str, ...], code: int, told: str
) -> None:
    before = desk.records()
    done = desk(*options)
    assert (done.code, told in done.err) == (code, True), done.err
    assert desk.records() == before


def test_coverage_is_recorded_and_listed(desk: Desk, snapshot: SnapshotAssertion) -> None:
    full = (*COVERAGE, "--dispute", "a-b", "--party", "USA", "--period", "2016/2023")
    assert desk.row(*full, "--source", "S")["id"] == "a-b-coverage"
    assert desk.row(*COVERAGE)["id"] == "ledger-coverage"
    assert desk.row(*COVERAGE, "--party", "RUS")["id"] == "ledger-coverage-2"
    assert desk("coverage").out == snapshot(name="all")
    assert desk("coverage", "--dispute", "a-b").out == snapshot(name="of one dispute")
    assert desk("coverage", env={"RECIPROCITY_DISPUTE": "a-b"}).out == snapshot(
        name="of one dispute"
    )


def test_sources_are_added(desk: Desk) -> None:
    two = ("source", FIRST, "--source", SOURCE, "--source", "Two")
    rows = json.loads(desk(*two, "--format", "json").out)["rows"]
    assert [row["status"] for row in rows] == ["new", "new"]
    assert desk.last() == {"action": FIRST, "source": {"title": "Two"}}
    assert desk(*two).err == "It was recorded already: nothing was written.\n"
    desk.row(
        *("source", FIRST, "--source", "Three", "--archive", "https://archive.example.org/3"),
        *("--digest", "sha256:00"),
    )
    assert desk.last()["source"] == {
        "title": "Three",
        "archive": "https://archive.example.org/3",
        "digest": "sha256:00",
    }
