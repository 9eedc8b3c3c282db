"""Every help page, whole, in a snapshot: to be read by people whenever it changes."""

from __future__ import annotations

import re

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.cli.harness import run
from tests.cli.pages import Words, commands, examples, groups

COLUMNS_MAX = 80
LONG = re.compile(r"<[a-z_-]+(\|[a-z_-]+)+>|'TITLE \| PUBLISHER")
"""A list of choices cannot be broken."""


def page(words: Words) -> str:
    done = run(*words, "--help", env={"COLUMNS": "80"})
    assert (done.code, done.err) == (0, "")
    return done.out


@pytest.mark.parametrize("words", [*groups(), *commands()], ids=" ".join)
def test_the_page_stays_as_it_is(words: Words, snapshot: SnapshotAssertion) -> None:
    assert page(words) == snapshot


@pytest.mark.parametrize("words", [*groups(), *commands()], ids=" ".join)
def test_the_page_fits_a_small_terminal(words: Words) -> None:
    explanation = page(words).partition("\nExamples:\n")[0]
    wide = [line for line in explanation.splitlines() if len(line) > COLUMNS_MAX]
    assert [line for line in wide if not LONG.search(line)] == []


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_a_page_has_some_examples_of_its_own_command(words: Words) -> None:
    shown = examples(commands()[words])
    assert 2 <= len(shown) <= 5
    assert any(f"reciprocity {' '.join(words)}" in line for line in shown)
    assert all(line in page(words) for line in shown)


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_option_says_what_it_is_for(words: Words) -> None:
    options = page(words).partition("\nOptions:\n")[2].partition("\nExamples:\n")[0]
    names = re.findall(r"^  (--\S.*)$", options, re.MULTILINE)
    assert names
    for number, line in enumerate(lines := options.splitlines()):
        if line.startswith("  --"):
            following = lines[number + 1] if number + 1 < len(lines) else ""
            assert re.search(r"\S {2,}\S", line.strip()) or following.startswith(" " * 10), line


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_what_prints_rows_prints_them_in_every_form(words: Words) -> None:
    whole_files = {("export",)}
    if words not in whole_files:
        assert "--format <table|json|jsonl|csv|md>" in page(words)
