"""Corrections in words: every field by its name, and what is wrong placed at its field."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from cli.errors import ExitCode
from tests.cli.desk import FIRST, SOURCE, Desk, desk_with
from tests.cli.harness import Result
from tests.making import act, two_sides

CORRECT = ("correct", FIRST, "--reason", "a slip of the pen")


@pytest.mark.parametrize(
    ("given", "changes"),
    [
        ("quantity=36", {"quantity": {"value": 36, "unit": "persons"}}),
        ("quantity=unknown", {"quantity": {"value": "unknown", "unit": "persons"}}),
        ("on=2016-12-30", {"occurred": "2016-12-30"}),
        ("occurred=2016-12-30", {"occurred": "2016-12-30"}),
        ("made-public=2016-12-30", {"made_public": "2016-12-30"}),
        ("by=USA; GBR", {"actors": ["USA", "GBR"]}),
        ("targets=RUS;BLR", {"targets": ["RUS", "BLR"]}),
        ("cause=nothing", {"cause": []}),
        ("cause=act:law@RUS; ext:habit", {"cause": ["act:law@RUS", "ext:habit"]}),
        ("family=un_mission", {"family": "un_mission"}),
        ("description=In a = b.", {"description": "In a = b."}),
        ("tags=core;un", {"tags": ["core", "un"]}),
        ("part_of=" + FIRST, {"part_of": FIRST}),
        ("executes=" + FIRST, {"executes": [FIRST]}),
        ('provenance={"row": 7}', {"provenance": {"row": 7}}),
        (
            "sources=One | P | 2016 | https://example.org/1 || Two",
            {
                "sources": [
                    {
                        "title": "One",
                        "publisher": "P",
                        "date": "2016",
                        "address": "https://example.org/1",
                    },
                    {"title": "Two"},
                ]
            },
        ),
    ],
)
def test_each_field_in_words(desk: Desk, given: str, changes: dict[str, object]) -> None:
    assert desk.row(*CORRECT, "--set", given)["status"] == "new"
    assert desk.last() == {"action": FIRST, "changes": changes, "reason": "a slip of the pen"}


def test_several_fields_and_a_source(desk: Desk) -> None:
    desk.row(
        *(*CORRECT, "--set", "kind=designation", "--set", "quantity=9"),
        *("--set", "unit=designations", "--source", SOURCE),
    )
    assert desk.last()["changes"] == {
        "kind": "designation",
        "quantity": {"value": 9, "unit": "designations"},
    }
    assert desk.last()["source"]["publisher"] == "A paper"


def test_an_empty_value_takes_a_field_back(desk: Desk) -> None:
    desk.row(*CORRECT, "--set", "note=so", "--set", "kind=recall")
    desk.row(*CORRECT, "--set", "note=", "--set", "quantity=")
    assert desk.last()["changes"] == {"note": None, "quantity": None}


def test_a_unit_alone_keeps_the_number(desk: Desk) -> None:
    desk.row(*CORRECT, "--set", "kind=staff_cap", "--set", "unit=posts_cut")
    assert desk.last()["changes"]["quantity"] == {"value": 35, "unit": "posts_cut"}


def test_a_number_alone_takes_the_kinds_first_unit_where_there_was_none(tmp_path: Path) -> None:
    desk = desk_with(tmp_path, two_sides(), act(FIRST, kind="recall"))
    refused = desk(*CORRECT, "--set", "unit=persons")
    assert refused.code == 3
    assert "a quantity is a value and a unit" in refused.err
    desk.row(*CORRECT, "--set", "quantity=1")
    assert desk.last()["changes"]["quantity"] == {"value": 1, "unit": "persons"}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("id=other", "an id never changes"),
        ("quantitty=3", "did you mean quantity or unit?"),
        ("occurred=2016-02-30", "option --set, field occurred"),
        ("by=Russia", "write RUS"),
        ("kind=expulsoin", "did you mean expulsion?"),
        ("cause=act:law", "is not a cause"),
        ("cause=usa-2016-12-29-expulsoin", f"did you mean {FIRST}?"),
        ("executes=A B", "is not an id"),
        ("quantity=-1", "is below zero"),
        ("quantity=35", f"the correction leaves {FIRST} as it is"),
        ("unit=visas", "expulsion is not counted in visas"),
        ("unit=heads", "heads"),
        ("rung=high", "is no rung"),
        ("rung=4", "rung"),
        ("provenance=row 7", "not a JSON object"),
        ("provenance=[7]", "a JSON object is expected"),
        ("organ=press", "organ"),
        ("sources=", "an action cannot be without its sources"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(desk: Desk, given: str, told: str) -> None:
    before = desk.records()
    done = desk(*CORRECT, "--set", given)
    assert done.code == 3
    assert told in done.err
    assert "Traceback" not in done.err
    assert desk.records() == before


def test_a_wrong_call_is_told_as_such(desk: Desk) -> None:
    assert desk(*CORRECT, "--set", "quantity").code == 2
    assert desk("correct", FIRST, "--set", "quantity=3").code == 2
    assert desk("correct", FIRST, "--reason", " ", "--set", "quantity=3").code == 3
    twice = desk(*CORRECT, "--set", "on=2016", "--set", "occurred=2017")
    assert (twice.code, "occurred is given twice" in twice.err) == (3, True)
    assert desk("correct", "no-such", "--reason", "x", "--set", "quantity=3").code == 3


def test_a_correction_of_a_date_reports_what_became_impossible(desk: Desk) -> None:
    answer = ("add", "recall", "--by", "RUS", "--against", "USA", "--on", "2017", "--source", "S")
    later = desk.row(*answer, "--answers", FIRST)["id"]
    done = desk(*CORRECT, "--set", "on=2018-01-01")
    assert done.code == 0
    assert f"{later} certainly came before {FIRST}, which it answers according to RUS" in done.err


@pytest.mark.parametrize(
    "given",
    [
        "sources=A | P | 2016 | https://a.example/ ; B | P | 2016 | https://b.example/",
        "sources=A | P | 2016 | https://a.example/;B",
        "sources=A | P; B | P",
        "sources=A; B",
        "source=A | P | 2016 | https://a.example/ || B; C | P",
    ],
)
def test_a_list_with_semicolons_is_never_one_garbled_source(desk: Desk, given: str) -> None:
    before = desk.records()
    done = desk(*CORRECT, "--set", given)
    assert done.code == ExitCode.REJECTED
    assert "may be one source or several" in done.err
    assert "TITLE | PUBLISHER | DATE | ADDRESS || TITLE" in done.err
    assert desk.records() == before


def test_a_semicolon_in_the_title_of_a_whole_source_is_its_own(desk: Desk) -> None:
    desk.row(*CORRECT, "--set", "sources=Statement; annex | P | 2016 | https://a.example/")
    [source] = desk.last()["changes"]["sources"]
    assert source["title"] == "Statement; annex"


def test_a_source_has_a_title(desk: Desk) -> None:
    done = desk(*CORRECT, "--set", "sources=A || | P | 2016")
    assert done.code == ExitCode.REJECTED
    assert "a source has no title" in done.err


@pytest.mark.parametrize(
    "field",
    ["kind", "dispute", "actors", "by", "targets", "occurred", "cause", "sources", "quantity"],
)
def test_a_field_that_an_action_needs_cannot_be_emptied(desk: Desk, field: str) -> None:
    for value in ("", " ", " ; ") if field in {"actors", "by", "targets"} else ("",):
        done = desk(*CORRECT, "--set", f"{field}={value}")
        assert done.code == ExitCode.REJECTED
        assert "an action cannot be without its" in done.err
        assert "Field required" not in done.err


@pytest.mark.parametrize(("given", "why"), [("family=visa", "visas"), ("organ=cort", "court")])
def test_a_word_that_is_one_of_few_is_named_with_the_nearest(
    desk: Desk, given: str, why: str
) -> None:
    done = desk(*CORRECT, "--set", given)
    assert done.code == ExitCode.REJECTED
    assert f"did you mean {why}?" in done.err


def test_a_correction_is_told_as_it_was_and_as_it_is(desk: Desk) -> None:
    desk.row(*CORRECT, "--set", "quantity=36", "--set", "on=2016-12-30")
    desk.row(*CORRECT, "--set", "quantity=unknown", "--source", SOURCE)
    lines = [row["line"] for row in table_of(desk("log", "--type", "corrected", "--format", "csv"))]
    assert lines == [
        (
            "corrects occurred: 2016-12-29 -> 2016-12-30; "
            "quantity: 35 persons -> 36 persons (a slip of the pen)"
        ),
        "corrects quantity: 36 persons -> an unknown number of persons (a slip of the pen)",
    ]
    shown = desk("show", FIRST, "--part", "corrections").out
    assert "quantity: 35 persons -> 36 persons" in shown
    assert "A page, A paper, 2020-01-01" in shown
    rows = table_of(desk("show", FIRST, "--part", "corrections", "--format", "csv"))
    assert [(row["position"], row["field"], row["before"], row["after"]) for row in rows] == [
        ("3", "occurred", "2016-12-29", "2016-12-30"),
        ("3", "quantity", '{"unit":"persons","value":35}', '{"unit":"persons","value":36}'),
        ("4", "quantity", '{"unit":"persons","value":36}', '{"unit":"persons","value":"unknown"}'),
    ]
    assert all(row["recorded_by"] and row["recorded_at"] for row in rows)
    earlier = desk("show", FIRST, "--part", "corrections", "--as-known-at", "3", "--format", "csv")
    assert len(table_of(earlier)) == 2


def test_the_log_says_that_an_undo_is_the_ledgers_and_not_the_partys(desk: Desk) -> None:
    desk.row("attribute", FIRST, "--account", "RUS", "--unprovoked", "--source", SOURCE)
    desk.row("undo")
    [row] = table_of(desk("log", "--limit", "1", "--format", "csv"))
    assert row["line"].startswith("the ledger takes back what it recorded of RUS (")
    assert row["line"].endswith("): undo of position 3")
    desk.row("attribute", FIRST, "--account", "RUS", "--unprovoked", "--source", SOURCE)
    desk.row("attribute", FIRST, "--account", "RUS", "--withdraw", "--reason", "misheard")
    [row] = table_of(desk("log", "--limit", "1", "--format", "csv"))
    assert row["line"].startswith("RUS withdraws its statement ")


def table_of(done: Result) -> list[dict[str, str]]:
    assert done.code == 0, done.err
    return list(csv.DictReader(io.StringIO(done.out)))
