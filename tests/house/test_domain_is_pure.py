"""The domain imports what is on this list, and asks neither clock, chance nor disk for anything."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.house.tree import ROOT, modules, parsed, plant

ALLOWED = frozenset(
    {
        "__future__",
        "bisect",
        "calendar",
        "collections",
        "dataclasses",
        "datetime",  # dates as values; the clock in it is refused below
        "difflib",
        "enum",
        "fractions",
        "functools",
        "graphlib",
        "hashlib",
        "heapq",
        "itertools",
        "json",
        "math",
        "operator",
        "pydantic",
        "pydantic_core",
        "re",
        "types",
        "typing",
        "unicodedata",
    }
)
# Built-in functions and methods that reach outside, whatever was imported to get at them.
REACHING_CALLS = frozenset({"open", "print", "input", "exec", "eval", "__import__", "breakpoint"})
CLOCK_METHODS = frozenset({"now", "today", "utcnow", "fromtimestamp"})


def imported(tree: ast.Module) -> set[str]:
    """The top-level names that a module imports, at its head or inside a function."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add("." * node.level + (node.module or "").partition(".")[0])
    return names


def reaches(tree: ast.Module) -> set[str]:
    """The calls in a module that reach outside."""
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    found = set()
    for call in calls:
        if isinstance(call, ast.Name) and call.id in REACHING_CALLS:
            found.add(call.id)
        elif isinstance(call, ast.Attribute) and call.attr in CLOCK_METHODS:
            found.add(call.attr)
    return found


def impurities(root: Path) -> list[str]:
    complaints = []
    for path in modules(root, ("domain",)):
        tree = parsed(path)
        for name in sorted((imported(tree) - ALLOWED - {"domain"}) | reaches(tree)):
            complaints.append(f"{path.relative_to(root)}: {name}")  # noqa: PERF401
    return complaints


def test_the_domain_is_pure() -> None:
    assert impurities(ROOT) == []


@pytest.mark.parametrize(
    ("code", "named"),
    [
        ("import os", "os"),
        ("import os.path as p", "os"),
        ("def f():\n    from pathlib import Path", "pathlib"),
        ("from ledger.seeds import seed", "ledger"),
        ("from . import errors", "."),
        ("import datetime\ndatetime.datetime.now(datetime.UTC)", "now"),
        ("from datetime import date\ndate.today()", "today"),
        ("open('x')", "open"),
        ("import sqlite3", "sqlite3"),
        ("import eventsourcing.domain", "eventsourcing"),
    ],
)
def test_each_way_out_of_the_domain_is_named(tmp_path: Path, code: str, named: str) -> None:
    plant(tmp_path, "domain/records/x.py", code + "\n")
    assert impurities(tmp_path) == [f"domain/records/x.py: {named}"]


def test_what_is_allowed_passes(tmp_path: Path) -> None:
    plant(tmp_path, "domain/x.py", "import json\nfrom domain.errors import require\n")
    assert impurities(tmp_path) == []
