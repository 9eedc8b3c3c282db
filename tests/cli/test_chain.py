"""Chains, printed as trees for people and as rows for programs."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from syrupy.assertion import SnapshotAssertion

from domain.records.action import Action
from tests.cli.example import asked
from tests.real import real_records


def test_each_account_has_its_tree_and_the_parting_is_named(snapshot: SnapshotAssertion) -> None:
    result = asked("chain", "rus-2021-12-01-three-year")
    assert (result.code, result.err) == (0, "")
    assert result.out == snapshot


def test_an_exchange_is_shown_as_one(snapshot: SnapshotAssertion) -> None:
    result = asked("chain", "usa-2021-10-vorontsov-visa", "--part", "steps")
    assert (result.code, result.err) == (0, "")
    assert result.out == snapshot


def test_a_step_that_is_reached_twice_is_shown_once() -> None:
    out = asked("chain", "usa-2018-03-26-seattle", "--account", "USA", "--part", "steps").out
    assert out.count("─ usa-2018-03-26-seattle ") == 2
    assert out.count("see above") == 1


def test_a_root_that_is_denied_says_by_whom() -> None:
    out = asked("chain", "rus-2021-12-01-three-year", "--part", "steps").out
    assert "root: grievance; denied by RUS" in out
    args = ("chain", "usa-2021-03-02-designations", "--part", "steps", "--account", "USA")
    assert "denied by RUS (inferred by analyst:compilers-for-RUS)" in asked(*args).out
    assert "denied" not in asked(*args, "--basis", "stated-only").out
    assert "denied" not in asked(*args, "--grievance", "external").out


def test_programs_get_rows_with_depth(snapshot: SnapshotAssertion) -> None:
    found = json.loads(asked("chain", "rus-2021-12-01-three-year", "--format", "json").out)
    assert list(found) == ["reading", "accounts", "steps", "partings"]
    assert found["steps"][1] == snapshot
    out = asked("chain", "rus-2021-12-01-three-year", "--format", "csv", "--part", "steps").out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["depth"] for row in rows] == [str(row["depth"]) for row in found["steps"]]


def test_an_unknown_action_is_answered_with_the_nearest(snapshot: SnapshotAssertion) -> None:
    result = asked("chain", "usa-2021-09-list56")
    assert (result.code, result.out) == (3, "")
    assert result.err == snapshot


@pytest.mark.parametrize("columns", ["60", "80", "100", "132"])
def test_no_id_breaks_on_a_narrow_terminal(monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    ids = {record.id for record in real_records() if isinstance(record, Action)}
    for action in ("rus-2017-07-28-cap455", "usa-2022-02-24-trepelkov"):
        wide = set(re.findall(r"[\w:@./-]+", asked("chain", action).out)) & ids
        narrow = asked("chain", action, tty=True).out
        assert wide <= set(re.findall(r"[\w:@./-]+", narrow))
        assert "source: " in narrow or int(columns) > 100


def test_unprovoked_says_whose_doing_it_answers() -> None:
    out = asked("chain", "usa-2022-02-24-trepelkov", "--account", "RUS").out
    assert "unprovoked: answers only its own side's usa-2020-12-three-year-rule" in out
    assert "unprovoked: answers nothing" in out
