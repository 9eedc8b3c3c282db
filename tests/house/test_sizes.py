"""Small files, small functions: what does not fit is two things."""

from __future__ import annotations

import ast
from pathlib import Path
from statistics import median

from tests.house.tree import PRODUCT, ROOT, SUPPORT, modules, parsed, plant

FILE_LINES_MAX = 400
FUNCTION_LINES_MAX = 60
MEDIAN_LINES_MAX = 130


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def long_files(root: Path) -> list[str]:
    counted = ((lines(path), path) for path in modules(root, PRODUCT + SUPPORT))
    return [f"{path.relative_to(root)}: {n} lines" for n, path in counted if n > FILE_LINES_MAX]


def long_functions(root: Path) -> list[str]:
    found = []
    for path in modules(root, PRODUCT + SUPPORT):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION_LINES_MAX:
                    found.append(f"{path.relative_to(root)}:{node.lineno} {node.name}: {length}")
    return found


def median_lines(root: Path) -> float:
    """The median length of product files with something in them beyond a docstring."""
    sizes = [lines(path) for path in modules(root) if path.name != "__init__.py"]
    return median(sizes)


def test_no_file_is_over_400_lines() -> None:
    assert long_files(ROOT) == []


def test_no_function_is_over_60_lines() -> None:
    assert long_functions(ROOT) == []


def test_the_median_product_file_is_short() -> None:
    assert median_lines(ROOT) <= MEDIAN_LINES_MAX


def test_a_long_file_is_named(tmp_path: Path) -> None:
    plant(tmp_path, "tests/short.py", "x = 1\n" * FILE_LINES_MAX)
    plant(tmp_path, "ledger/long.py", "x = 1\n" * (FILE_LINES_MAX + 1))
    assert long_files(tmp_path) == ["ledger/long.py: 401 lines"]


def test_a_long_method_inside_a_class_is_named(tmp_path: Path) -> None:
    fits = "    def fits(self):\n" + "        x = 1\n" * (FUNCTION_LINES_MAX - 1)
    long = "    async def long(self):\n" + "        x = 1\n" * FUNCTION_LINES_MAX
    plant(tmp_path, "cli/a.py", f"class A:\n{fits}{long}")
    assert long_functions(tmp_path) == ["cli/a.py:62 long: 61"]


def test_a_drift_towards_long_files_moves_the_median(tmp_path: Path) -> None:
    plant(tmp_path, "domain/__init__.py", "")
    for name in "abc":
        plant(tmp_path, f"domain/{name}.py", "x = 1\n" * (MEDIAN_LINES_MAX + 1))
    assert median_lines(tmp_path) > MEDIAN_LINES_MAX
