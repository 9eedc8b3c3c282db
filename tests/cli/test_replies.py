"""Replies, printed: rates account beside account, then reply by reply."""

from __future__ import annotations

import csv
import io
import json

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.cli.example import asked, example
from tests.cli.harness import python


def test_rates_stand_account_beside_account(snapshot: SnapshotAssertion) -> None:
    result = asked("replies", "--period", "2017/2018")
    assert result.code == 0
    assert result.out == snapshot


def test_a_reply_is_listed_once_with_the_accounts_that_hold_it() -> None:
    out = asked("replies", "--part", "replies").out
    assert out.count("rus-2018-03-29-exp60 ") == 1
    (line,) = (line for line in out.splitlines() if line.startswith("rus-2018-03-29-exp60 "))
    assert line.endswith("all")
    (line,) = (line for line in out.splitlines() if line.startswith("rus-2021-12-01-three-year "))
    assert line.endswith("USA (stated only), RUS")


def test_programs_get_counts_that_add_up() -> None:
    result = asked("replies", "--format", "csv", "--part", "sides")
    for row in csv.DictReader(io.StringIO(result.out)):
        for rate in ("in_kind", "mirrored", "other_currency"):
            parts = [int(row[f"{rate}_{value}"]) for value in ("yes", "no", "undetermined")]
            assert sum(parts) == int(row["responses"])


def test_json_lists_replies_of_every_account() -> None:
    found = json.loads(asked("replies", "--format", "json", "--basis", "stated-only").out)
    assert list(found) == ["reading", "sides", "replies", "unanswered"]
    lags = [row["lags"] for row in found["replies"] if row["action"] == "rus-2018-03-29-exp60"]
    assert lags == [{"usa-2018-03-26-exp12un": "3 days", "usa-2018-03-26-exp48": "3 days"}] * 2


def test_on_a_scale_replies_are_weighed_beside_what_they_answer() -> None:
    args = ("replies", "--scale", "goldstein", "--account", "RUS", "--basis", "stated-only")
    found = json.loads(asked(*args, "--format", "json").out)
    weights = {row["action"]: (row["weight"], row["answered_weight"]) for row in found["replies"]}
    assert weights["rus-2018-03-29-exp60"] == (-4.0, -8.0)
    assert "scale: goldstein" in asked(*args).out
    assert "answered weight" not in asked("replies", "--part", "replies").out


def test_budgets_stand_side_by_side_with_what_does_not_fit(snapshot: SnapshotAssertion) -> None:
    result = asked("replies", "--part", "budget", "--family", "mission_staff")
    assert result.code == 0
    assert result.out == snapshot


def test_programs_get_a_budget_of_every_side_unit_and_account() -> None:
    args = ("replies", "--budget", "--k", "1/2", "--format", "json", "--basis", "stated-only")
    found = json.loads(asked(*args).out)
    assert list(found) == ["reading", "sides", "replies", "unanswered", "budget"]
    held = {(row["account"], row["side"], row["unit"]): row for row in found["budget"]}
    assert len(held) == len(found["budget"])
    row = held["RUS", "USA", "persons"]
    assert (row["k"], row["feasible"], row["shortfall"]) == ("1/2", "false", "1")
    assert row["over"] == ["usa-2021-04-20-sullivan", "usa-2022-02-24-trepelkov"]
    assert held["RUS", "RUS", "visas"]["feasible"] == "undetermined"
    assert held["RUS", "RUS", "visas"]["shortfall"] is None


@pytest.mark.parametrize(("more", "is_loaded"), [((), False), (("--budget",), True)])
def test_only_the_budget_loads_an_engine(more: tuple[str, ...], *, is_loaded: bool) -> None:
    code = (
        "import sys; from cli.main import run; run(sys.argv[1:]); print('networkx' in sys.modules)"
    )
    done = python("-c", code, "replies", *more, "--store", str(example()))
    assert done.out.splitlines()[-1] == str(is_loaded)


def test_nothing_selected_is_said() -> None:
    assert "Nothing in us-russia is selected" in asked("replies", "--period", "2030").err
