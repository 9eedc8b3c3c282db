"""One action, printed whole."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from syrupy.assertion import SnapshotAssertion

from domain.records.amendments import Retracted
from ledger.facade import open_ledger
from tests.cli.example import asked
from tests.cli.harness import run
from tests.making import act, two_sides


def test_an_action_is_shown_with_every_account(snapshot: SnapshotAssertion) -> None:
    result = asked("show", "usa-2021-09-list55")
    assert (result.code, result.err) == (0, "")
    assert result.out == snapshot


def test_what_analysts_infer_stands_beside_what_was_stated(snapshot: SnapshotAssertion) -> None:
    assert asked("show", "rus-2021-12-01-three-year", "--part", "standings").out == snapshot


def test_programs_get_a_row_for_each_account_basis_and_question() -> None:
    found = json.loads(asked("show", "rus-2018-03-29-exp60", "--format", "json").out)
    assert list(found) == [
        "reading",
        "action",
        "accounts",
        "standings",
        "links",
        "sources",
        "corrections",
    ]
    out = asked("show", "rus-2018-03-29-exp60", "--format", "csv", "--part", "standings").out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == len(found["standings"])
    assert {row["basis"] for row in rows} == {"stated-only", "with-inferred"}
    ratio = {row["value"] for row in rows if row["question"] == "proportion"}
    assert ratio == {"1"}


def test_a_retracted_action_says_that_it_counts_nowhere(tmp_path: Path) -> None:
    store = str(tmp_path / "l.db")
    with open_ledger(store, create=True, by="tester") as ledger:
        for record in (two_sides(), act("u1"), Retracted(action="u1", reason="a mistake")):
            ledger.record(record)
    result = run("show", "u1", "--store", store)
    assert result.code == 0
    assert "retracted" in result.out
    assert result.err == "u1 is retracted: it counts nowhere.\n"
    chain = run("chain", "u1", "--store", store)
    assert chain.code == 3
    assert f"Hint: reciprocity show --store {store} u1" in chain.err


def test_what_somebody_wrote_is_shown_harmless(tmp_path: Path) -> None:
    store = str(tmp_path / "l.db")
    with open_ledger(store, create=True, by="tester") as ledger:
        ledger.record(two_sides())
        ledger.record(act("u1", description="red\x1b[31m", note="a\nb"))
    out = run("show", "u1", "--store", store).out
    assert "\x1b" not in out
    assert "red\\x1b[31m" in out
    found = json.loads(run("show", "u1", "--store", store, "--format", "json").out)
    assert {"field": "description", "value": "red\x1b[31m"} in found["action"]
