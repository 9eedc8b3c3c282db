"""A new ledger is made only where there is none."""

from __future__ import annotations

import csv
import json
import shlex
from pathlib import Path

import pytest

from cli.interrupts import Interrupts
from domain.records.action import Action
from ledger.facade import open_ledger
from ledger.seeds import seed
from tests.cli.desk import STORE, Desk
from tests.cli.harness import run


def test_a_ledger_is_made_and_says_what_comes_next(tmp_path: Path) -> None:
    done = run("init", cwd=tmp_path)
    assert (done.code, done.out) == (0, "")
    assert done.err == ("Made the ledger reciprocity.db.\nNext: reciprocity dispute add --help\n")
    assert run("log", cwd=tmp_path).code == 0


def test_another_place_may_be_named(tmp_path: Path) -> None:
    assert run("init", "--store", "other.db", cwd=tmp_path).code == 0
    assert (tmp_path / "other.db").is_file()
    assert run("init", cwd=tmp_path, env={"RECIPROCITY_STORE": "third.db"}).code == 0
    assert (tmp_path / "third.db").is_file()


def test_an_existing_ledger_is_left_as_it_is(desk: Desk) -> None:
    before = desk.records()
    done = desk("init")
    assert done.code == 3
    assert done.err.startswith("Error: there is a ledger here already\n  where: reciprocity.db\n")
    assert "Hint: " in done.err
    assert desk.records() == before


def test_what_is_no_ledger_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / STORE).write_text("a shopping list", encoding="utf-8")
    done = run("init", cwd=tmp_path)
    assert (done.code, "this is not a ledger" in done.err) == (5, True)
    assert (tmp_path / STORE).read_text(encoding="utf-8") == "a shopping list"


def test_an_empty_file_that_a_crash_left_becomes_a_ledger(tmp_path: Path) -> None:
    (tmp_path / STORE).touch()
    assert run("init", cwd=tmp_path).code == 0
    assert run("log", cwd=tmp_path).code == 0


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = run("init", "--store", "no/such/place.db", cwd=tmp_path)
    assert (done.code, "no folder to make the ledger in" in done.err) == (5, True)


def test_the_example_is_the_whole_shipped_history(tmp_path: Path) -> None:
    done = run("init", "--example", "--format", "json", cwd=tmp_path)
    assert done.code == 0, done.err
    rows = {row["what"]: row["count"] for row in json.loads(done.out)["rows"]}
    assert (rows["same"], rows["conflict"], rows["rejected"]) == (0, 0, 0)
    assert rows["exchange"] == 1
    assert done.err.endswith("Next: reciprocity initiators --dispute us-russia\n")
    with seed("us_russia.csv").open(encoding="utf-8", newline="") as file:
        shipped = [row["id"] for row in csv.DictReader(file)]
    with open_ledger(str(tmp_path / STORE), read_only=True) as ledger:
        acts = [one.record for one in ledger.entries() if isinstance(one.record, Action)]
    assert sorted(act.id for act in acts) == sorted(shipped)


def test_the_example_stopped_half_way_can_be_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([False] * 40)
    monkeypatch.setattr(Interrupts, "came", lambda _self: next(answers, True))
    stopped = run("init", "--example", cwd=tmp_path)
    assert stopped.code == 130
    assert "Stopped. So far" in stopped.err
    monkeypatch.undo()
    [advice] = [line for line in stopped.err.splitlines() if line.startswith("To go on: ")]
    files = shlex.split(advice)[5:]
    assert run("import", *files, cwd=tmp_path).code == 0
    whole = run("import", *files, "--format", "json", cwd=tmp_path)
    assert {row["what"]: row["count"] for row in json.loads(whole.out)["rows"]}["new"] == 0
