"""The tally, printed: who imposed what on whom, by whose word, weighed on which scale."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.cli.example import asked

STATED_PERIOD = ("--period", "2016-12-29/2023-12-31")


def lines(*args: str) -> dict[tuple[str, ...], dict[str, object]]:
    found = json.loads(asked("tally", *args, "--format", "json").out)["lines"]
    keys = ("told_by", "by", "against", "kind", "unit", "family")
    return {tuple(row[key] for key in keys): row for row in found}


def test_the_real_history_is_tallied(snapshot: SnapshotAssertion) -> None:
    result = asked("tally", *STATED_PERIOD)
    assert (result.code, result.err) == (0, "")
    assert result.out == snapshot


def test_programs_get_the_bounds_of_every_figure() -> None:
    row = lines(*STATED_PERIOD)["actor", "USA", "RUS", "expulsion", "persons", "mission_staff"]
    assert row["imposed"] == "96"
    assert (row["imposed_lo"], row["imposed_hi"], row["imposed_unknown_parts"]) == (96, 96, 0)
    assert row["suffered"] == "at least 73 (1 part unknown)"
    assert (row["suffered_lo"], row["suffered_hi"], row["suffered_unknown_parts"]) == (73, None, 1)
    assert (row["net_lo"], row["net_hi"]) == (None, 23)


def test_a_ceiling_is_said_to_be_in_force() -> None:
    row = lines()["actor", "RUS", "USA", "staff_cap", "posts_ceiling", "mission_staff"]
    assert (row["outstanding"], row["in_force"], row["reversed"]) == ("455", "true", None)
    assert "455 in force" in asked("tally").out


def test_csv_holds_the_lines_and_any_other_part_on_demand() -> None:
    result = asked("tally", "--format", "csv", "--part", "sides", *STATED_PERIOD)
    rows = list(csv.DictReader(io.StringIO(result.out)))
    found = {(row["side"], row["unit"]): row["imposed"] for row in rows}
    assert found["USA", "properties"] == "6"
    assert found["RUS", "properties"] == "3"
    assert "the others: --part totals | sides" in asked("tally", "--format", "csv").err


def test_totals_are_for_programs_and_on_demand_for_people() -> None:
    assert "  all  " not in asked("tally", "--family", "media").out.partition("known:")[2]
    assert "  all  " in asked("tally", "--family", "media", "--part", "totals").out


def test_each_account_calls_the_actions_in_its_own_figures(snapshot: SnapshotAssertion) -> None:
    args = ("--account", "USA", "--account", "RUS", "--family", "mission_staff")
    assert asked("tally", *args, "--part", "lines").out == snapshot
    found = lines(*args, "--basis", "stated-only")
    expelled = ("USA", "RUS", "expulsion", "persons", "mission_staff")
    assert found["USA", *expelled]["imposed"] == "98"
    assert found["RUS", *expelled]["imposed"] == "at least 177 (1 part unknown)"


def test_accounts_that_agree_are_printed_once() -> None:
    out = asked("tally", "--account", "USA", "--account", "RUS", "--family", "media").out
    assert "The figures of USA and RUS are the same." in out
    assert "kinds: as USA and RUS call them" in out


def test_the_other_sides_words_are_counted_on_demand() -> None:
    found = lines("--kinds-by", "other", "--basis", "stated-only")
    row = found["other", "USA", "RUS", "expulsion", "persons", "mission_staff"]
    assert row["imposed"] == "at least 177 (1 part unknown)"


def test_what_is_possibly_in_the_period_makes_ranges_and_packages_are_said_to_span_it() -> None:
    result = asked("tally", "--period", "2022-01-15/2022-01-20")
    assert "between 0 and 1" in result.out
    assert "Packages that span a bound of the period" in result.out
    assert "3 actions possibly in the period: figures that may hold them are ranges" in result.err


def test_nothing_selected_is_said() -> None:
    result = asked("tally", "--period", "2030")
    assert result.code == 0
    assert "Nothing in us-russia is selected" in result.err


@pytest.mark.parametrize("name", ["goldstein", "plover"])
def test_a_weighted_tally_names_its_scale(name: str, snapshot: SnapshotAssertion) -> None:
    result = asked("tally", "--scale", name, *STATED_PERIOD)
    assert (result.code, result.err) == (0, "")
    assert result.out == snapshot


def test_a_scale_of_ones_own_weighs_what_it_knows(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        'name = "mine"\nsource = "a paper"\nmagnitude = "quantity"\n[weights]\nexpulsion = -2\n',
        encoding="utf-8",
    )
    args = ("--scale", str(path), "--family", "un_mission", *STATED_PERIOD, "--format", "json")
    (row, _) = json.loads(asked("tally", *args).out)["weights"]
    assert (row["scale"], row["imposed"], row["imposed_lo"]) == ("mine", "-50", -50)
    assert row["weighed"] == 3
    assert row["without_weight"] == ["usa-2022-12-travel-un"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name = ", "the file is not TOML"),
        ('name = "mine"\nsource = "x"\n[weights]\nexpulsoin = 1\n', "did you mean expulsion?"),
        ('name = "goldstein"\nsource = "x"\n[weights]\nexpulsion = 1\n', "a published scale"),
    ],
)
def test_what_is_wrong_with_a_scale_is_named(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    result = asked("tally", "--scale", str(path))
    assert (result.code, result.out) == (3, "")
    assert told in result.err
    assert f"where: {path}" in result.err


def test_an_unknown_scale_is_named() -> None:
    result = asked("tally", "--scale", "goldstien")
    assert result.code == 3
    assert "did you mean goldstein?" in result.err


def test_totals_for_people_look_as_the_lines_do() -> None:
    head = asked("tally", "--part", "totals").out.partition("----")[0].splitlines()
    assert head[0] == "Who imposed what on whom: us-russia"
    assert "USA on RUS" in head
    assert head[-1].split() == [
        *("family", "kind", "unit", "actions"),
        *("imposed", "suffered", "net", "reversed", "outstanding"),
    ]
    told = asked("tally", "--part", "totals", "--account", "USA", "--account", "RUS").out
    assert "imposed_lo" not in told
