"""One action from the command line: what is stored, under which id, and how its cause is said."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from domain.kinds import KINDS
from domain.units import UNITS
from tests.cli.desk import EXPULSION, FIRST, SOURCE, Desk, desk_with
from tests.cli.harness import run
from tests.making import two_sides

NOTHING = "--answers-nothing"
SECOND = "rus-2017-07-28-expulsion"
ANSWER = (
    *("add", "expulsion", "--by", "RUS", "--against", "USA", "--on", "2017-07-28"),
    *("--quantity", "755", "--source", SOURCE),
)


def test_a_record_is_stored_as_it_was_given(desk: Desk) -> None:
    row = desk.row(*ANSWER, "--answers", FIRST, "--grievance", "sanctions@USA", "--tag", "core")
    assert row == {"status": "new", "record": "action.expulsion", "id": SECOND, "position": 3}
    assert desk.records()[-1] == (
        "action.expulsion",
        {
            "id": SECOND,
            "dispute": "a-b",
            "actors": ["RUS"],
            "targets": ["USA"],
            "occurred": "2017-07-28",
            "cause": ["ext:sanctions@USA", FIRST],
            "quantity": {"value": 755, "unit": "persons"},
            "sources": [
                {
                    "title": "A page",
                    "publisher": "A paper",
                    "date": "2020-01-01",
                    "address": "https://example.org/page",
                }
            ],
            "tags": ["core"],
        },
    )


def test_every_field_has_its_option(desk: Desk) -> None:
    desk.row(
        *(
            "add",
            "staff_cap",
            "--by",
            "RUS",
            "--by",
            "BLR",
            "--against",
            "USA",
            "--against",
            "X-E3",
        ),
        *("--on", "2017-07~", "--public", "2017-07-28", "--effective", "2017-09-01"),
        *("--quantity", "455", "--unit", "posts_ceiling", "--answers-nothing"),
        *("--part-of", FIRST, "--executes", FIRST, "--carries-out", FIRST, "--same-as", FIRST),
        *("--reverses", FIRST, "--tag", "a", "--tag", "b", "--organ", "legislature"),
        *("--family", "un_mission", "--description", "A cap.", "--note", "A note."),
        *("--confidence", "found", "--source", "One", "--source", "Two | P", "--id", "the-cap"),
    )
    assert desk.last() == {
        "id": "the-cap",
        "dispute": "a-b",
        "actors": ["RUS", "BLR"],
        "targets": ["USA", "X-E3"],
        "occurred": "2017-07~",
        "made_public": "2017-07-28",
        "effective": "2017-09-01",
        "cause": [],
        "quantity": {"value": 455, "unit": "posts_ceiling"},
        "family": "un_mission",
        "description": "A cap.",
        "sources": [{"title": "One"}, {"title": "Two", "publisher": "P"}],
        "confidence": "found",
        "note": "A note.",
        "tags": ["a", "b"],
        "organ": "legislature",
        "part_of": FIRST,
        "executes": [FIRST],
        "carries_out": [FIRST],
        "same_as": [FIRST],
        "reverses": [FIRST],
    }


@pytest.mark.parametrize(
    ("options", "stored"),
    [
        (("--answers", FIRST), [FIRST]),
        (("--answers-outside", "sanctions-2014@USA"), ["act:sanctions-2014@USA"]),
        (("--answers-outside", "act:sanctions-2014@USA"), ["act:sanctions-2014@USA"]),
        (("--grievance", "harassment@USA"), ["ext:harassment@USA"]),
        (("--grievance", "frost"), ["ext:frost"]),
        (("--answers-nothing",), []),
        (("--cause-not-stated",), "none_stated"),
    ],
)
def test_each_way_of_saying_the_cause(desk: Desk, options: tuple[str, ...], stored: object) -> None:
    assert desk(*ANSWER, *options).code == 0
    assert desk.last()["cause"] == stored


def test_a_family_that_is_the_kinds_own_is_not_stored(desk: Desk) -> None:
    desk.row(*ANSWER, NOTHING, "--family", "mission_staff")
    assert "family" not in desk.last()


def test_a_unit_may_be_left_out_where_the_kind_has_a_first(desk: Desk) -> None:
    desk.row(*EXPULSION[:-4], "--quantity", "24..55", "--source", "S", NOTHING, "--id", "x")
    assert desk.last()["quantity"] == {"value": "24..55", "unit": "persons"}


def test_the_same_again_is_a_no_op_that_says_so(desk: Desk) -> None:
    first = desk.row(*ANSWER, NOTHING)
    before = desk.records()
    again = desk(*ANSWER, NOTHING)
    assert (again.code, again.err) == (0, "It was recorded already: nothing was written.\n")
    assert again.out.splitlines()[-1].split() == ["same", "action.expulsion", first["id"], "3"]
    assert desk.records() == before


def test_other_content_gets_the_next_number_and_each_stays_the_same(desk: Desk) -> None:
    for number in ("2", "3", "4"):
        for status in ("new", "same"):
            row = desk.row(*EXPULSION, "--quantity", number, NOTHING)
            assert row["status"] == status
            assert row["id"] == f"{FIRST}-{number}"


def test_a_chosen_id_that_is_taken_by_other_content_is_a_conflict(desk: Desk) -> None:
    done = desk(*ANSWER, NOTHING, "--id", FIRST)
    assert done.code == 3
    assert "quantity: recorded 35 persons, given 755" in done.err


def test_the_hint_of_a_conflict_runs_and_makes_what_is_held_what_was_given(desk: Desk) -> None:
    given = (*ANSWER, "--grievance", "law@RUS", "--id", FIRST, "--description", "It's so; and so.")
    command = desk(*given).err.partition("mend what is recorded: reciprocity ")[2]
    corrected = desk(*shlex.split(command))
    assert corrected.code == 0, corrected.err
    assert desk.row(*given)["status"] == "same"


def test_which_of_two_disputes_must_be_said(tmp_path: Path) -> None:
    two = desk_with(tmp_path, two_sides(), two_sides("c-d", CHN=["CHN"], IND=["IND"]))
    refused = two(*ANSWER, NOTHING)
    assert refused.code == 3
    assert "why: there are a-b, c-d" in refused.err
    assert two.row(*ANSWER, NOTHING, "--dispute", "c-d")["status"] == "new"
    assert two(*ANSWER, NOTHING, env={"RECIPROCITY_DISPUTE": "a-b"}).code == 0
    assert two.last()["dispute"] == "a-b"


def test_who_records_is_kept(desk: Desk) -> None:
    desk.row(*ANSWER, NOTHING, "--recorded-by", "alice")
    [row] = json.loads(desk("log", "--limit", "1", "--format", "json").out)["rows"]
    assert row["recorded_by"] == "alice"


def test_a_cause_certainly_after_its_effect_is_recorded_with_a_warning(desk: Desk) -> None:
    late = (*EXPULSION[:6], "--on", "2016-11-29", *EXPULSION[8:])
    done = desk(*late, "--answers", FIRST)
    assert done.code == 0
    assert done.err == (
        f"Warning: usa-2016-11-29-expulsion certainly came before {FIRST}, which it answers "
        "according to USA: recorded, and counted as impossible\n"
    )
    assert desk.last()["cause"] == [FIRST]


def test_a_cause_that_only_may_come_after_its_effect_gets_no_warning(desk: Desk) -> None:
    done = desk(*EXPULSION[:6], "--on", "2016-12", *EXPULSION[8:], "--answers", FIRST)
    assert (done.code, done.err) == (0, "")


def test_a_retaliation_chooses_its_rung_and_names_what_it_answers(desk: Desk) -> None:
    base = ("add", "retaliation", *ANSWER[2:-4], "--source", SOURCE)
    assert desk(*base, "--answers", FIRST).code == 3
    assert desk(*base, NOTHING, "--rung", "4").code == 3
    desk.row(*base, "--answers", FIRST, "--rung", "4")
    assert desk.last()["rung"] == 4


def test_help_names_every_kind_and_every_unit() -> None:
    page = run("add", "--help").out
    words = set(page.replace(",", " ").replace(".", " ").split())
    assert {row.name for row in KINDS} | {row.name for row in UNITS} <= words


def test_the_row_has_every_form(desk: Desk) -> None:
    done = desk(*ANSWER, NOTHING, "--format", "csv")
    assert done.out == f"status,record,id,position\r\nnew,action.expulsion,{SECOND},3\r\n"


def test_recording_needs_no_terminal_and_asks_nothing(desk: Desk) -> None:
    done = desk("add")
    assert done.code == 2
    assert "add needs KIND and --by and --against and --on and --source" in done.err
    assert desk("add", "expulsion", input="\n" * 20).code == 2
