"""The import contracts of pyproject.toml hold, and each of them bites.

A misspelt outside module in a contract passes silently. So what must be refused is written down
here a second time, planted into a copy of the tree, and looked for in the report by name.
"""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.tree import PRODUCT, ROOT, SUPPORT, modules, parsed, plant

STORAGE = ("sqlite3", "pysqlite3")
IMPURE = (
    *("asyncio", "concurrent", "ctypes", "eventsourcing", "glob", "http", "importlib", "io"),
    *("logging", "multiprocessing", "networkx", "os", "pathlib", "pysqlite3", "random", "secrets"),
    *("shutil", "signal", "socket", "sqlite3", "ssl", "subprocess", "sys", "tempfile"),
    *("threading", "time", "typer", "urllib", "uuid"),
)
# contract id, the module planted, what it imports and must be refused
CANARIES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("layers", "domain.measures.canary", ("ledger", "cli")),
    ("layers", "ledger.imports.canary", ("cli.commands",)),
    ("pure-domain", "domain.records.canary", IMPURE),
    ("eventsourcing-in-ledger", "cli.commands.canary", ("eventsourcing",)),
    ("one-sqlite", "ledger.projections.canary", STORAGE),
    ("one-sqlite", "ledger.store.canary", STORAGE),
    ("one-sqlite", "cli.canary", STORAGE),
    ("postgres-in-store", "ledger.projections.canary", ("psycopg",)),
    ("postgres-in-store", "cli.canary", ("psycopg",)),
    ("projections-know-no-tables", "ledger.projections.canary", ("ledger.store.engine",)),
    ("projections-know-no-tables", "ledger.projections.canary", ("ledger.store.postgres",)),
    ("projections-know-no-tables", "ledger.projections.canary", ("eventsourcing",)),
    ("store-knows-no-measures", "ledger.store.canary", ("domain.measures", "ledger.projections")),
    ("solvers-behind-protocols", "domain.measures.canary", ("networkx", "ortools", "pysat")),
    ("solvers-behind-protocols", "ledger.projections.canary", ("networkx", "ortools", "pysat")),
    ("grammar-in-claimtext", "ledger.imports.canary", ("lark",)),
    ("engine-of-columns", "ledger.projections.canary", ("duckdb", "pyarrow")),
    ("engine-of-columns", "cli.canary", ("duckdb", "pyarrow")),
    ("engine-of-columns", "ledger.imports.canary", ("duckdb", "pyarrow")),
    ("engine-of-columns", "domain.measures.canary", ("pyarrow",)),
    ("typer-in-cli", "ledger.canary", ("typer", "rich", "click")),
)


def contracts() -> list[dict[str, object]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, object]] = settings["tool"]["importlinter"]["contracts"]
    return found


def lint(root: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run lint-imports in a tree, as `make contracts` does."""
    command = [
        str(Path(sys.executable).parent / "lint-imports"),
        "--no-cache",
        "--no-logo",
        *options,
    ]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def copy_of_the_tree(to: Path) -> Path:
    for name in PRODUCT:
        shutil.copytree(ROOT / name, to / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", to)
    return to


def test_every_contract_holds() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout


def test_every_contract_has_a_canary() -> None:
    assert {str(contract["id"]) for contract in contracts()} == {row[0] for row in CANARIES}


@pytest.mark.parametrize(("contract", "module", "refused"), CANARIES)
def test_a_planted_violation_is_refused_by_name(
    tmp_path: Path, contract: str, module: str, refused: tuple[str, ...]
) -> None:
    root = copy_of_the_tree(tmp_path)
    code = "".join(f"import {name}\n" for name in refused)
    plant(root, module.replace(".", "/") + ".py", code)
    done = lint(root, "--contract", contract)
    assert done.returncode == 1, done.stdout
    unseen = [name for name in refused if f"{module} -> {name} (l." not in done.stdout]
    assert unseen == [], done.stdout


def test_the_domain_contract_refuses_exactly_what_its_canary_plants() -> None:
    pure = next(contract for contract in contracts() if contract["id"] == "pure-domain")
    assert pure["forbidden_modules"] == sorted(IMPURE)


def test_projections_are_kept_from_every_part_of_the_store_that_knows_tables() -> None:
    kept = next(row for row in contracts() if row["id"] == "projections-know-no-tables")
    listed = kept["forbidden_modules"]
    assert isinstance(listed, list)
    names = {path.stem for path in (ROOT / "ledger/store").glob("*.py")}
    parts = {f"ledger.store.{name}" for name in names if name.startswith(("sqlite", "postgres"))}
    assert parts - set(listed) == set()


def sqlite_importers(root: Path) -> list[str]:
    """Tests and scripts that import an SQLite module, where import-linter does not look."""
    found = set()
    for path in modules(root, SUPPORT):
        for node in ast.walk(parsed(path)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name.partition(".")[0] in STORAGE for name in names):
                found.add(str(path.relative_to(root)))
    return sorted(found)


def test_no_test_opens_a_second_sqlite_engine() -> None:
    assert sqlite_importers(ROOT) == []


def test_a_test_that_opens_a_second_sqlite_engine_is_named(tmp_path: Path) -> None:
    plant(tmp_path, "tests/a.py", "from ledger.store.engine import sqlite3\nimport json\n")
    plant(tmp_path, "tests/b.py", "def f():\n    import sqlite3\n")
    plant(tmp_path, "benchmarks/c.py", "from pysqlite3 import dbapi2\n")
    assert sqlite_importers(tmp_path) == ["benchmarks/c.py", "tests/b.py"]
