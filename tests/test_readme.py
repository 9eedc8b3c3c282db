"""What the README shows is what the program prints."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.harness import ROOT, run

BLOCK = re.compile(r"```\n\$ (reciprocity [^\n]*)\n(.*?)```", re.DOTALL)
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = BLOCK.findall(README)
CUT = " ..."


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("readme") / "demo.db"
    assert run("init", "--example", "--store", str(path)).code == 0
    return path


def test_the_readme_shows_what_it_answers() -> None:
    assert len(SHOWN) >= 3


@pytest.mark.parametrize(("command", "shown"), SHOWN, ids=[command for command, _ in SHOWN])
def test_every_line_shown_is_printed(example: Path, command: str, shown: str) -> None:
    """A line cut at its right end says so by ` ...`; `...` alone stands for lines left out."""
    result = run(*shlex.split(command)[1:], "--store", str(example))
    assert result.code == 0, result.err
    printed = iter(result.out.splitlines())
    for line in shown.splitlines():
        if line.strip() and line != "...":
            assert any(is_shown(real, line) for real in printed), line


def is_shown(real: str, line: str) -> bool:
    if line.endswith(CUT):
        return real.startswith(line.removesuffix(CUT))
    return real.rstrip() == line.rstrip()


def test_a_line_is_not_cut_without_saying_so() -> None:
    assert is_shown("a b c", "a ...")
    assert is_shown("a b c ", "a b c")
    assert not is_shown("a b c", "a")
    assert not is_shown("a b c", "b ...")
