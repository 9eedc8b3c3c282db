"""Each example of each help page: on a database it answers what the same ledger in a file does."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.desk import STORE
from tests.cli.harness import Result, run
from tests.cli.pages import Words, commands, examples
from tests.cli.test_examples import FROM_NOTHING, followed
from tests.postgres import Cluster, shared_cluster

pytestmark = pytest.mark.postgres

ELSEWHERE = {*FROM_NOTHING, ("doctor",)}
"""What tells of the store itself, and is tested with the store."""
ON_A_LEDGER = [words for words in commands() if words not in ELSEWHERE]
numbers = itertools.count(1)


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the shipped history as a ledger, and the same as one file with its stamps."""
    folder = tmp_path_factory.mktemp("shipped")
    for words in (("init", "--example"), ("export", "--to", "jsonl", "-o", "h.jsonl")):
        done = run(*words, cwd=folder)
        assert done.code == 0, done.err
    return folder


@pytest.fixture(scope="session")
def template(shipped: Path) -> Cluster:
    """A server with a database that holds the same history, to be copied."""
    cluster = shared_cluster()
    cluster.sql("CREATE DATABASE shipped")
    url = cluster.url("example", database="shipped")
    for words in (("init",), ("import", "--restore", str(shipped / "h.jsonl"))):
        done = run(*words, "--store", url)
        assert done.code == 0, done.err
    return cluster


@pytest.fixture
def copied(words: Words, template: Cluster) -> Iterator[str]:
    """The address of a ledger with the shipped history; those who only read share one."""
    if "--recorded-by" not in run(*words, "--help").out:
        yield template.url("example", database="shipped")
        return
    name = f"copy_{next(numbers)}"
    template.sql(f"CREATE DATABASE {name} TEMPLATE shipped")
    yield template.url("example", database=name)
    template.sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.parametrize("words", ON_A_LEDGER, ids=" ".join)
def test_an_example_answers_on_a_database_what_it_answers_on_a_file(
    words: Words, shipped: Path, copied: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [line for line in examples(commands()[words]) if "--store" not in line]
    answers: list[list[Result]] = []
    for place in (STORE, copied):
        folder = tmp_path / str(len(answers))
        folder.mkdir()
        if place == STORE:
            shutil.copy(shipped / STORE, folder)
        monkeypatch.setenv("RECIPROCITY_STORE", place)
        answers.append([done for line in lines for done in followed(line, folder)])
    for on_file, on_database in zip(*answers, strict=True):
        assert on_database.code == 0, on_database.err
        assert on_database == on_file
