"""One SQLite engine in the process, and what a second one would do."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.store.engine import ENGINE, has_wal_reset_bug, sqlite
from tests.ledger.store.support import ROOT, new_ledger, run_child

ENGINES = {"sqlite3", "_sqlite3", "pysqlite3", "apsw"}
FOLDERS = ("domain", "ledger", "cli", "tests", "scripts", "benchmarks")
THE_ONLY_IMPORTER = "ledger/store/engine.py"


def modules_named(tree: ast.AST) -> Iterator[str]:
    """Yield every module that is imported, by statement or by a literal name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)
            yield str(node.module)
        elif isinstance(node, ast.Call) and "import" in ast.unparse(node.func):
            yield from (str(a.value) for a in node.args if isinstance(a, ast.Constant))


def importers(root: Path) -> set[str]:
    """Name the files that import an SQLite engine, straight or through another module."""
    return {
        str(path.relative_to(root))
        for folder in FOLDERS
        for path in sorted((root / folder).rglob("*.py"))
        if any(
            ENGINES & set(name.split("."))
            for name in modules_named(ast.parse(path.read_text(encoding="utf-8")))
        )
    }


def test_only_the_engine_module_imports_an_engine() -> None:
    assert importers(ROOT) == {THE_ONLY_IMPORTER}


@pytest.mark.parametrize(
    "planted",
    [
        "import sqlite3",
        "import sqlite3.dbapi2 as db",
        "from pysqlite3 import dbapi2",
        "def late():\n    import sqlite3",
        "import importlib\nimportlib.import_module('sqlite3')",
        "__import__('_sqlite3')",
        "from eventsourcing.sqlite import sqlite3",
    ],
)
def test_a_planted_import_is_found(planted: str, tmp_path: Path) -> None:
    folder = tmp_path / "ledger"
    folder.mkdir()
    (folder / "clean.py").write_text("import json\nfrom ledger.store.engine import sqlite\n")
    (folder / "planted.py").write_text(planted)
    assert importers(tmp_path) == {"ledger/planted.py"}


def test_the_engine_says_which_it_is() -> None:
    assert sqlite.__name__.startswith(ENGINE.name)
    assert sqlite.sqlite_version == ENGINE.version
    assert ENGINE.has_wal_reset_bug is has_wal_reset_bug(sqlite.sqlite_version_info)


@pytest.mark.parametrize(
    ("version", "affected"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 4), False),
    ],
)
def test_versions_with_the_wal_reset_bug(version: tuple[int, ...], affected: bool) -> None:
    assert has_wal_reset_bug(version) is affected


# A writer of ours holds the lock; then something else in its process opens and closes the file.
# Before and after, another process tries to become the writer too.
SECOND_ENGINE = """
import subprocess, sys
from ledger.store.factory import open_store

path, second = sys.argv[1:]
ATTEMPT = '''
import sys
from ledger.store.engine import sqlite
rival = sqlite.connect(sys.argv[1], timeout=0, isolation_level=None)
try:
    rival.execute("BEGIN IMMEDIATE")
except sqlite.OperationalError as error:
    print(error)
else:
    print("two writers")
    rival.execute("ROLLBACK")
'''

def attempt():
    ran = subprocess.run(
        [sys.executable, "-c", ATTEMPT, path], capture_output=True, text=True, check=True
    )
    print(ran.stdout.strip())

store = open_store(path)
with store.recorder.datastore.transaction(commit=True):
    attempt()
    if second == "nothing":
        pass
    elif second == "plain":
        open(path + "-shm", "rb").close()
    elif second == "same":
        again = open_store(path)
        again.recorder.max_notification_id()
        again.close()
    else:
        other = __import__(second).connect(path)
        other.execute("SELECT count(*) FROM stored_events").fetchall()
        other.close()
    attempt()
"""

# Where pysqlite3 serves, the interpreter's own is the second engine; where it does not, there is
# no second engine, and closing the file by other means shows the same.
SECOND = "sqlite3" if ENGINE.name == "pysqlite3" else "plain"


@pytest.mark.parametrize("second", sorted({"plain", SECOND}))
def test_a_second_engine_loses_our_lock(second: str, tmp_path: Path) -> None:
    said = run_child(SECOND_ENGINE, str(new_ledger(tmp_path)), second)
    assert said.splitlines() == ["database is locked", "two writers"]


@pytest.mark.parametrize("second", ["nothing", "same"])
def test_one_engine_keeps_our_lock(second: str, tmp_path: Path) -> None:
    said = run_child(SECOND_ENGINE, str(new_ledger(tmp_path)), second)
    assert said.splitlines() == ["database is locked", "database is locked"]
