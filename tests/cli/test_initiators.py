"""Who initiated, printed: the accounts side by side, the roots, and where accounts part."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from ledger.facade import open_ledger
from tests.cli.example import asked
from tests.cli.harness import run
from tests.making import act, two_sides


def test_the_accounts_stand_side_by_side(snapshot: SnapshotAssertion) -> None:
    result = asked("initiators")
    assert (result.code, result.err) == (0, "")
    assert result.out == snapshot


def test_differences_name_the_statements_that_part_the_accounts(
    snapshot: SnapshotAssertion,
) -> None:
    result = asked("initiators", "--differences", "--family", "property", "--part", "differences")
    assert (result.code, result.err) == (0, "")
    assert result.out == snapshot


def test_what_analysts_infer_is_printed_only_where_it_differs() -> None:
    out = asked("initiators", "--family", "media").out
    assert "USA's, with inferred" in out
    assert "RUS's, with inferred" not in out
    assert "With what analysts infer, these figures in RUS's account are the same." in out


def test_json_holds_every_part_and_the_reading(snapshot: SnapshotAssertion) -> None:
    found = json.loads(asked("initiators", "--family", "travel", "--format", "json").out)
    assert set(found) == {"reading", "counts", "roots"}
    assert found["counts"][0] == snapshot(name="count")
    assert found["roots"][0] == snapshot(name="root")


def test_a_denial_stands_beside_the_grievance_under_the_policy_blamed_alone() -> None:
    out = asked("initiators", "--part", "roots").out
    lines = {line.split("  ")[0]: line for line in out.splitlines()}
    assert "denied by RUS  " in lines["ext:ukraine@RUS"]
    assert "(inferred by analyst:compilers-for-RUS)" in lines["ext:navalny@RUS"]
    assert "denied" not in lines["ext:proximity-to-naval-base"]
    stated = asked("initiators", "--part", "roots", "--basis", "stated-only").out
    assert "inferred by" not in stated
    assert "denied" not in asked("initiators", "--part", "roots", "--grievance", "actor").out
    found = json.loads(asked("initiators", "--part", "roots", "--format", "json").out)["roots"]
    navalny = {row["basis"]: row["denied_by"] for row in found if row["root"] == "ext:navalny@RUS"}
    assert navalny == {
        "stated-only": {},
        "with-inferred": {"analyst:compilers-for-RUS": ["usa-2021-03-02-designations"]},
    }


def test_csv_holds_a_row_for_each_account_basis_policy_and_initiator() -> None:
    result = asked("initiators", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.out)))
    assert {row["basis"] for row in rows} == {"stated-only", "with-inferred"}
    chosen = [
        int(row["actions"])
        for row in rows
        if (row["account"], row["basis"], row["grievances"]) == ("USA", "stated-only", "actor")
    ]
    assert sum(chosen) == 78
    assert "the others: --part roots" in result.err


def test_the_accounts_and_policies_asked_for_are_printed_and_no_others() -> None:
    out = asked(
        "initiators", "--account", "RUS", "--grievance", "blamed", "--basis", "stated-only"
    ).out
    assert "USA's account" not in out
    assert "who acts (actor)" not in out.partition("known:")[2]


def test_nothing_selected_is_said() -> None:
    result = asked("initiators", "--period", "2030")
    assert result.code == 0
    assert "Who initiated 0 hostile actions" in result.out
    assert "Nothing in us-russia is selected" in result.err


def test_what_is_only_possibly_in_the_period_is_said_to_be_left_out() -> None:
    result = asked("initiators", "--period", "2022-01-15/2022-01-20")
    assert "possibly in the period left out" in result.err
    assert (
        asked("initiators", "--period", "2022-01-15/2022-01-20", "--membership", "possible").err
        == ""
    )


@pytest.mark.parametrize(
    "args",
    [
        ("--dispute", "us-rusia"),
        ("--account", "RUZ"),
        ("--family", "visa"),
        ("--period", "2022-13"),
        ("--part", "root"),
        ("--as-known-at", "soon"),
    ],
    ids=lambda args: args[0].strip("-"),
)
def test_what_cannot_be_asked_is_named(args: tuple[str, ...], snapshot: SnapshotAssertion) -> None:
    result = asked("initiators", *args)
    assert (result.code, result.out) in {(2, ""), (3, "")}
    assert result.err == snapshot


def test_a_cause_that_comes_too_late_is_reported(tmp_path: Path) -> None:
    store = str(tmp_path / "late.db")
    with open_ledger(store, create=True, by="tester") as ledger:
        for record in (
            two_sides(),
            act("u1", "USA", "RUS", "2020-02-01", answers=[]),
            act("r1", "RUS", "USA", "2020-01-01", answers=["u1"]),
        ):
            ledger.record(record)
    result = run("initiators", "--store", store)
    assert result.code == 0
    assert (
        "Warning: r1 comes certainly before u1, which it is said to answer: undetermined, "
        "in the account of USA, RUS. "
        f"See: reciprocity show --store {store} r1" in result.err
    )
