"""The source tree as the house rules see it; every rule takes a root, so that it can be tried."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("domain", "ledger", "cli")
SUPPORT = ("tests", "scripts", "benchmarks")


def modules(root: Path, folders: tuple[str, ...] = PRODUCT) -> list[Path]:
    """The Python files under the folders, sorted."""
    return sorted(path for folder in folders for path in (root / folder).rglob("*.py"))


def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def docstrings(path: Path) -> Iterator[str]:
    """The docstrings of a file, those under a field or a constant included."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield str(node.value.value)


def project_files(root: Path) -> list[Path]:
    """The files that are the project: what git tracks or would; without git, what is not hidden."""
    if not (root / ".git").exists():
        found = (path for path in root.rglob("*") if path.is_file())
        return sorted(path for path in found if not hidden(path.relative_to(root)))
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, capture_output=True, check=True, text=True)
    paths = (root / name for name in listed.stdout.split("\0") if name)
    return sorted(path for path in paths if path.is_file())


def hidden(path: Path) -> bool:
    """Whether a file lies in a hidden folder, such as the environment, or in build/."""
    return path.parts[0] == "build" or any(part.startswith(".") for part in path.parts[:-1])


def plant(root: Path, name: str, text: str) -> Path:
    """Write a file into a tree that a test made up."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
