"""Help, completion and the version come at once: they load nothing that they do not need."""

from __future__ import annotations

import inspect
import json
import os
import re
import shutil
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

from cli.lazy import CommandRow, GroupRow, Row, help_page
from cli.table_of_commands import COMMANDS
from cli.version import VERSION
from ledger.columns.folder import open_columns
from ledger.store.factory import open_store
from tests.cli import probe
from tests.cli.example import example
from tests.cli.harness import ROOT, Result, python, run

HEAVY = (
    *("asyncio", "click", "duckdb", "eventsourcing", "importlib.metadata", "msgspec", "networkx"),
    *("numpy", "psycopg", "pyarrow", "pydantic", "pydantic_core", "pysqlite3", "rich", "sqlite3"),
    "tomllib",
)
COLUMNS_LOADED = """
import json, sys
from cli.main import run
for args in json.loads(sys.argv[1]):
    code = run(args)
    found = [name for name in ("duckdb", "pyarrow") if name in sys.modules]
    if found or code:
        sys.exit(f"{args} loads {found}, and leaves with {code}")
"""
LOADED_BY = f"""
import json, os, sys
from cli.main import run
for args, env in json.loads(sys.argv[1]):
    os.environ.update(env)
    run(args)
    found = [name for name in {HEAVY!r} if name in sys.modules]
    if found:
        sys.exit(f"{{args}} {{env}} loads {{found}}")
"""


def commands(rows: tuple[Row, ...] = COMMANDS, *before: str) -> list[tuple[str, ...]]:
    """Every command and command of a command, as the words that call it."""
    found: list[tuple[str, ...]] = []
    for row in rows:
        found.append((*before, row.name))
        if isinstance(row, GroupRow):
            found += commands(row.rows, *before, row.name)
    return found


def leaves(rows: tuple[Row, ...] = COMMANDS) -> list[CommandRow]:
    """Every row that is a command and not a group."""
    found: list[CommandRow] = []
    for row in rows:
        found += leaves(row.rows) if isinstance(row, GroupRow) else [row]
    return found


def completion(words: str) -> dict[str, str]:
    return {
        "_RECIPROCITY_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }


def loaded_by(*calls: tuple[list[str], dict[str, str]]) -> Result:
    """Run calls one after the other in one fresh process; say which loads something heavy."""
    return python("-c", LOADED_BY, json.dumps(calls))


def test_no_help_page_loads_anything_heavy() -> None:
    helps: list[tuple[list[str], dict[str, str]]] = [
        ([*words, "--help"], {}) for words in [(), *commands()]
    ]
    done = loaded_by(*helps)
    assert (done.code, done.err) == (0, "")
    assert done.out.count("Usage: reciprocity") == len(helps)


def test_no_completion_loads_anything_heavy() -> None:
    words = ["reciprocity d", *(f"reciprocity {' '.join(name)} --" for name in commands())]
    done = loaded_by(*(([], completion(line)) for line in words))
    assert (done.code, done.err) == (0, "")
    assert "doctor" in done.out
    assert "--help" in done.out


def test_a_wrong_call_loads_nothing_heavy() -> None:
    done = loaded_by((["doctr"], {}), (["doctor", "--zzz"], {}))
    assert done.code == 0
    assert done.err.count("Error:") == 2


def test_a_command_that_loads_something_heavy_is_caught() -> None:
    done = loaded_by((["doctor"], {}))
    assert done.code == 1
    assert "['doctor'] {} loads ['eventsourcing', 'importlib.metadata'" in done.err


def columns_loaded_by(store: Path, *calls: str) -> Result:
    """Run calls on a ledger in one fresh process; say which loads the engine of the columns."""
    args = [[*call.split(), "--store", str(store)] for call in calls]
    return python("-c", COLUMNS_LOADED, json.dumps(args))


def test_what_asks_no_columns_does_not_load_their_engine(tmp_path: Path) -> None:
    store = Path(shutil.copy(example(), tmp_path / "l.db"))
    with open_store(str(store)) as opened, open_columns(opened) as columns:
        columns.catch_up(9)
    whole = tmp_path / "whole.jsonl"
    whole.write_text(run("export", "--to", "jsonl", "--store", str(store)).out, encoding="utf-8")
    done = columns_loaded_by(
        store,
        *("log", "show usa-2016-12-29-exp35", "tally", "initiators", "replies", "export"),
        *(f"import {whole}", "replay --until 9", "doctor"),
    )
    assert (done.code, "at position 9 of " in done.out) == (0, True), done.err


def test_a_command_that_loads_the_engine_of_the_columns_is_caught(tmp_path: Path) -> None:
    store = Path(shutil.copy(example(), tmp_path / "l.db"))
    done = columns_loaded_by(store, "replay --until 1 --engine columns")
    assert "loads ['duckdb']" in done.err


def test_the_version_is_said_before_typer_loads() -> None:
    code = "import sys; from cli.main import run; run(['--version']); print('typer' in sys.modules)"
    assert python("-c", code).out == f"reciprocity {VERSION}\nFalse\n"


@pytest.mark.parametrize("args", [("--version",), ("--debug", "--version")])
def test_the_version_is_said_wherever_it_is_asked(args: tuple[str, ...]) -> None:
    assert run(*args) == Result(0, f"reciprocity {VERSION}\n", "")


def test_the_literal_version_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION
    assert project["scripts"]["reciprocity"] == "cli.main:main"


def test_the_root_help_names_every_command_and_its_line() -> None:
    page = run("--help").out
    for row in COMMANDS:
        assert re.search(rf"^  {row.name} +{re.escape(row.help[:40])}", page, re.MULTILINE)


@pytest.mark.parametrize("row", leaves(), ids=lambda row: row.name)
def test_a_row_says_the_first_line_of_its_function(row: CommandRow) -> None:
    function = getattr(import_module(row.module), row.attribute)
    explanation, examples = help_page(inspect.getdoc(function) or "")
    assert explanation.splitlines()[0] == row.help
    assert not row.help.endswith(".")
    assert all(line.startswith("reciprocity ") for line in examples.splitlines())
    assert examples


def test_rows_and_files_of_commands_are_the_same() -> None:
    files = {
        f"cli.commands.{path.stem}"
        for path in (ROOT / "cli" / "commands").glob("*.py")
        if path.stem != "__init__"
    }
    assert {row.module for row in leaves()} == files


def test_rows_have_names_of_their_own() -> None:
    assert len(set(commands())) == len(commands())


@pytest.fixture(name="probes")
def _probes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.run.COMMANDS", probe.ROWS)


@pytest.mark.usefixtures("probes")
def test_the_root_help_lists_a_command_that_cannot_even_be_loaded() -> None:
    page = run("--help")
    assert page.code == 0
    sections = page.out.partition("First:\n")[2]
    assert sections == (
        "  given  Print the options.\n"
        "  read   Print a name and a reading.\n"
        "\n"
        "Second:\n"
        "  fail  Fail in one way.\n"
        "  deep  Commands of a command\n"
        "\n"
        "Commands:\n"
        "  broken  Be listed without being loaded\n"
    )


@pytest.mark.usefixtures("probes")
def test_completion_names_commands_with_their_lines() -> None:
    done = run(env={**completion("reciprocity de"), "_RECIPROCITY_COMPLETE": "complete_zsh"})
    assert done.code == 0
    env = {
        "_RECIPROCITY_COMPLETE": "complete_fish",
        "_TYPER_COMPLETE_ARGS": "reciprocity ",
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    assert "deep\tCommands of a command" in run(env=env).out


@pytest.mark.usefixtures("probes")
def test_examples_stand_as_written_at_the_end_of_a_help_page() -> None:
    assert run("given", "--help").out.endswith("\n\nExamples:\n  reciprocity given --store x.db\n")


@pytest.mark.usefixtures("probes")
def test_a_parameter_may_stand_for_a_set_of_options() -> None:
    args = ("read", "ada", "--k", "3/2", "--grievance", "actor", "--grievance", "blamed")
    done = run(*args)
    assert json.loads(done.out) == {"name": "ada", "k": "3/2", "grievance": ["actor", "blamed"]}
    assert json.loads(run("read", "ada").out) == {"name": "ada", "k": None, "grievance": None}
    assert "--words-as-causes" in run("read", "--help").out


def test_a_checkout_is_what_the_tests_run(tmp_path: Path) -> None:
    done = python("-c", "import cli; print(cli.__file__)", cwd=tmp_path)
    assert Path(done.out.strip()).parent.parent == ROOT
    assert os.environ["NO_COLOR"] == "1"
