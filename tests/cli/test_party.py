"""Parties from the command line: those of the tables, and those registered in the ledger."""

from __future__ import annotations

import csv
import io
import json

import pytest
from syrupy.assertion import SnapshotAssertion

from domain.data.iso3166 import ISO_3166_1, ISO_3166_3
from domain.parties import ORGANISATIONS
from tests.cli.desk import EXPULSION, Desk

ECOWAS = ("party", "add", "ECOWAS", "--title", "Economic Community of West African States")


def listed(desk: Desk, *args: str) -> list[dict[str, str]]:
    out = desk("party", "list", *args, "--format", "csv").out
    return list(csv.DictReader(io.StringIO(out)))


def test_a_registered_party_can_act(desk: Desk) -> None:
    act = (*EXPULSION[:2], "--by", "ECOWAS", *EXPULSION[4:], "--answers-nothing")
    assert desk(*act).code == 3
    desk.row(*ECOWAS, "--member", "NGA", "--member", "GHA", "--source", "One")
    assert desk.last() == {
        "code": "ECOWAS",
        "title": "Economic Community of West African States",
        "members": ["NGA", "GHA"],
        "sources": [{"title": "One"}],
    }
    assert desk(*act).code == 0


def test_a_group_is_registered_as_one(desk: Desk) -> None:
    desk.row("party", "add", "X-E3", "--title", "The three", "--nature", "group")
    assert desk.last()["nature"] == "group"


def test_the_list_has_every_code_once_and_those_registered_here_first(desk: Desk) -> None:
    desk.row(*ECOWAS)
    desk.row("party", "add", "EU", "--title", "European Union", "--member", "FRA")
    rows = listed(desk)
    assert [row["code"] for row in rows[:2]] == ["ECOWAS", "EU"]
    codes = [row["code"] for row in rows]
    assert len(codes) == len(set(codes))
    tables = {row[0] for table in (ISO_3166_1, ISO_3166_3, ORGANISATIONS) for row in table}
    assert set(codes) == tables | {"ECOWAS"}
    assert [row["code"] for row in listed(desk, "--registered")] == ["ECOWAS", "EU"]


def test_one_party_is_shown(desk: Desk, snapshot: SnapshotAssertion) -> None:
    desk.row(*ECOWAS, "--member", "NGA", "--source", "One")
    for code in ("ECOWAS", "RUS", "SUN", "NATO", "X-MULTI"):
        assert desk("party", "show", code).out == snapshot(name=code)
    [row] = json.loads(desk("party", "show", "SUN", "--format", "json").out)["rows"]
    assert row["origin"] == "ISO 3166-3"


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("party", "add", "RUS", "--title", "Russia"), "RUS is Russian Federation already"),
        (("party", "add", "ecowas", "--title", "T"), "argument CODE"),
        (("party", "add", "ECOWAS", "--title", ""), "the text is empty"),
        ((*ECOWAS, "--member", "Nigeria"), "write NGA"),
        (("party", "show", "Russia"), "write RUS"),
        (("party", "show", "ECOWSA"), "there is no party 'ECOWSA'"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_recorded(
    desk: Desk, args: tuple[str, ...], told: str
) -> None:
    before = desk.records()
    done = desk(*args)
    assert (done.code, told in done.err) == (3, True), done.err
    assert "Hint: " in done.err
    assert desk.records() == before
