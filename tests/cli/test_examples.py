"""Every example of every help page does what it says: on the shipped history, or from nothing."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest

from tests.cli.desk import STORE
from tests.cli.harness import Result, run
from tests.cli.pages import Words, commands, examples

FROM_NOTHING = frozenset({("init",)})
"""Commands whose examples need a folder without a ledger, each a new one."""

TYPED = {
    "reciprocity add": (
        *("recall", "RUS", "USA", "2021-03-17", "", "not-stated", "A page | A paper"),
        *("Called the ambassador home.", "", "", "yes"),
    ),
}
"""What is typed where an example asks questions."""


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger that `reciprocity init --example` makes."""
    folder = tmp_path_factory.mktemp("shipped")
    done = run("init", "--example", cwd=folder)
    assert done.code == 0, done.err
    return folder / STORE


def followed(line: str, folder: Path) -> list[Result]:
    """Run the commands of one line; what stands between them is `&&` and nothing else."""
    done = []
    for command in line.split(" && "):
        program, *args = shlex.split(command)
        assert program == "reciprocity"
        typed = "".join(f"{answer}\n" for answer in TYPED.get(command, ()))
        done.append(run(*args, input=typed, tty=bool(typed), cwd=folder))
    return done


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_the_examples_of_a_page_run_one_after_the_other(
    words: Words, shipped: Path, tmp_path: Path
) -> None:
    for number, line in enumerate(examples(commands()[words])):
        folder = tmp_path
        if words in FROM_NOTHING:
            folder = tmp_path / str(number)
            folder.mkdir()
        elif number == 0:
            shutil.copy(shipped, folder / STORE)
        for done in followed(line, folder):
            assert done.code == 0, f"{line}\n{done.err}"


def test_a_broken_example_is_caught(shipped: Path, tmp_path: Path) -> None:
    shutil.copy(shipped, tmp_path / STORE)
    [good, bad] = followed("reciprocity log --limit 1 && reciprocity log --limt 1", tmp_path)
    assert (good.code, bad.code) == (0, 2)
