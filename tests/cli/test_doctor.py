"""The doctor finds what is wrong with the program, a ledger and the settings, and says a cure."""

from __future__ import annotations

import json
import os
import re
import tomllib
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from cli import checkup
from cli.checkup import LIBRARIES, Library, Verdict, check_library
from cli.version import VERSION
from ledger.columns.folder import open_columns
from ledger.facade import open_ledger
from ledger.store.engine import EngineInfo
from ledger.store.factory import open_store
from tests.cli.harness import ROOT, run
from tests.making import act, two_sides

Rows = dict[str, dict[str, str]]


def examined(folder: Path, *args: str, code: int = 0, **variables: str) -> Rows:
    result = run("doctor", "--format", "json", *args, cwd=folder, env=variables)
    assert result.code == code, result.err
    return {row["check"]: row for row in json.loads(result.out)["rows"]}


def test_a_healthy_place_has_nothing_wrong_and_says_so(tmp_path: Path) -> None:
    result = run("doctor", cwd=tmp_path)
    assert result.code == 0
    assert "wrong" not in result.out
    assert result.err.endswith("checks found nothing wrong.\n")


def test_versions_packages_engine_and_settings_are_all_looked_at(tmp_path: Path) -> None:
    rows = examined(tmp_path)
    assert rows["reciprocity"]["found"] == VERSION
    assert {"Python", "engine", "store", "package domain", "package ledger"} <= set(rows)
    assert {library.name for library in LIBRARIES} <= set(rows)
    assert rows["package cli"] == {
        "check": "package cli",
        "verdict": "fine",
        "found": "our own",
        "origin": str(ROOT / "cli"),
        "advice": "",
    }


def test_a_ledger_that_is_not_there_yet_is_a_note_with_a_command(tmp_path: Path) -> None:
    row = examined(tmp_path)["store"]
    assert row["verdict"] == "note"
    assert row["advice"] == "reciprocity init --store reciprocity.db"
    assert row["origin"] == "default"


def test_a_ledger_is_opened_and_counted(tmp_path: Path) -> None:
    open_store(str(tmp_path / "mine.db"), create=True).close()
    row = examined(tmp_path, "--store", "mine.db")["store"]
    assert (row["verdict"], row["found"], row["origin"]) == ("fine", "mine.db: 0 events", "--store")
    row = examined(tmp_path, RECIPROCITY_STORE="mine.db")["store"]
    assert (row["found"], row["origin"]) == ("mine.db: 0 events", "RECIPROCITY_STORE")


def test_looking_changes_nothing(tmp_path: Path) -> None:
    examined(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_ledger_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "reciprocity.db").write_text("dear diary " * 200, encoding="utf-8")
    row = examined(tmp_path, code=4)["store"]
    assert row["verdict"] == "wrong"
    assert row["advice"]


def test_a_store_of_another_sort_is_wrong_and_its_password_is_not_shown(tmp_path: Path) -> None:
    rows = examined(tmp_path, "--store", "postgresql://ada:secret@host/db", code=4)
    assert rows["store"]["verdict"] == "wrong"
    assert "secret" not in json.dumps(rows)


def test_the_doctor_works_while_the_settings_do_not(tmp_path: Path) -> None:
    (tmp_path / "reciprocity.toml").write_text('stroe = "x"\nformat = "csv"\n', encoding="utf-8")
    rows = examined(tmp_path, code=4)
    assert rows["settings"]["found"] == "'stroe' is not a setting"
    assert rows["settings"]["advice"] == "mend it in reciprocity.toml: did you mean store?"
    assert rows["setting format"]["origin"] == "reciprocity.toml"


def test_a_misspelt_variable_is_a_note(tmp_path: Path) -> None:
    row = examined(tmp_path, RECIPROCITY_STROE="x")["settings"]
    assert (row["verdict"], row["found"]) == ("note", "RECIPROCITY_STROE sets nothing")
    assert row["advice"].startswith("did you mean RECIPROCITY_STORE")


def test_a_package_of_ours_that_is_hidden_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.shadows.HOME", tmp_path)
    rows = examined(tmp_path, code=4)
    assert rows["package ledger"]["verdict"] == "wrong"
    assert str(ROOT / "ledger") in rows["package ledger"]["found"]
    assert "python -m venv" in rows["package ledger"]["advice"]


def test_a_namesake_that_we_hide_is_a_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ledger").mkdir()
    (tmp_path / "ledger" / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    row = examined(tmp_path)["package ledger"]
    assert row["verdict"] == "note"
    assert str(tmp_path / "ledger") in row["found"]


def test_an_engine_with_the_wal_reset_bug_is_a_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = EngineInfo("sqlite3", "3.40.1", has_wal_reset_bug=True)
    monkeypatch.setattr("ledger.store.engine.ENGINE", old)
    row = examined(tmp_path)["engine"]
    assert (row["verdict"], row["found"]) == ("note", "sqlite3 3.40.1")
    assert "pysqlite3" in row["advice"]


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        ("9.5.6", Verdict.FINE),
        ("9.5.12.post1", Verdict.FINE),
        ("9.5.5", Verdict.WRONG),
        ("9.6", Verdict.WRONG),
        ("10.0a1", Verdict.WRONG),
    ],
)
def test_a_library_in_a_version_it_was_not_made_for_is_wrong(
    found: str, verdict: Verdict, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkup, "version", lambda _name: found)
    assert check_library(Library("eventsourcing", (9, 5, 6), (9, 6))).verdict is verdict


def test_a_library_that_is_missing_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(checkup, "version", missing)
    finding = check_library(LIBRARIES[0])
    assert (finding.found, finding.verdict) == ("missing", Verdict.WRONG)
    assert "pip install" in finding.advice


def test_the_versions_asked_for_are_those_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    ranges = {
        found.name: re.sub(r"\.dev\d+", "", str(found.specifier))
        for found in map(Requirement, project["dependencies"])
        if found.marker is None
    }
    asked = {
        row.name: ",".join(
            sign + ".".join(map(str, bound))
            for sign, bound in (("<", row.below), (">=", row.first))
            if bound
        )
        for row in LIBRARIES
    }
    assert asked == ranges


def test_a_ledger_that_can_only_be_read_is_a_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store(str(tmp_path / "mine.db"), create=True).close()
    may = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode, **rest: mode != os.W_OK and may(path, mode, **rest)
    )
    row = examined(tmp_path, "--store", "mine.db")["store"]
    assert row["verdict"] == "note"
    assert "it can be read, not written" in row["advice"]


def filled(folder: Path) -> Path:
    """Make a ledger of two events, the first of which its columns hold; return their folder."""
    with open_ledger(str(folder / "mine.db"), create=True) as ledger:
        for record in (two_sides(), act("one")):
            ledger.record(record)
        with open_columns(ledger.store) as columns:
            columns.catch_up(1)
            return columns.folder


def test_the_folder_of_the_columns_is_shown_where_there_is_one(tmp_path: Path) -> None:
    open_store(str(tmp_path / "bare.db"), create=True).close()
    assert "columns" not in examined(tmp_path, "--store", "bare.db")
    folder = filled(tmp_path)
    [segment] = folder.rglob("*-*.*")
    row = examined(tmp_path, "--store", "mine.db")["columns"]
    assert (row["verdict"], row["origin"], row["advice"]) == ("fine", str(folder), "")
    assert row["found"] == f"at position 1 of 2, 1 segment, {segment.stat().st_size} bytes"


def test_columns_that_are_not_whole_are_a_note_that_says_how_they_are_mended(
    tmp_path: Path,
) -> None:
    [segment] = filled(tmp_path).rglob("*-*.*")
    segment.unlink()
    row = examined(tmp_path, "--store", "mine.db")["columns"]
    assert row["verdict"] == "note"
    assert row["found"].endswith(f"segment tails/{segment.name} is missing")
    assert "reciprocity replay --verify --engine columns, twice" in row["advice"]
    by_columns = ("replay", "--verify", "--engine", "columns", "--store", "mine.db")
    assert [run(*by_columns, cwd=tmp_path).code for _ in range(2)] == [4, 0]
    assert examined(tmp_path, "--store", "mine.db")["columns"]["verdict"] == "fine"


def test_columns_of_another_log_or_another_version_are_a_note(tmp_path: Path) -> None:
    folder = filled(tmp_path)
    for name in ("mine.db", "mine.db-wal", "mine.db-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    open_store(str(tmp_path / "mine.db"), create=True).close()
    row = examined(tmp_path, "--store", "mine.db")["columns"]
    assert (row["verdict"], "another log" in row["found"]) == ("note", True)
    (folder / "manifest.json").write_text("{}", encoding="utf-8")
    assert examined(tmp_path, "--store", "mine.db")["columns"]["verdict"] == "fine"
    (folder / "manifest.json").write_text("[]", encoding="utf-8")
    row = examined(tmp_path, "--store", "mine.db")["columns"]
    assert (row["verdict"], "cannot read them" in row["found"]) == ("note", True)
