"""seeds/README.md says what every column and every word of the shipped rows means."""

from __future__ import annotations

import csv

from domain.causes import NOTHING, Form
from ledger.imports.actions_csv import COLUMNS
from ledger.seeds import seed, seed_names

README = seed("README.md").read_text(encoding="utf-8")


def test_every_column_is_explained() -> None:
    assert [column for column in COLUMNS if f"`{column}`" not in README] == []


def test_every_word_of_a_cell_of_causes_is_explained() -> None:
    words = {NOTHING, *(form.value for form in Form if form is not Form.CAUSES)}
    assert {word for word in words if f"| `{word}` |" not in README} == set()


def test_every_word_of_the_rows_is_explained() -> None:
    with seed("us_russia.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for column in ("family", "target_basis", "target_stance", "confidence"):
        used = {row[column] for row in rows} - {""}
        assert {word for word in used if f"`{word}`" not in README} == set(), column


def test_it_says_whose_word_an_inferred_value_is() -> None:
    assert "**An inferred value is never a side's own word.**" in README
    assert "with none at all (an account that is silent needs none), it is taken as" in " ".join(
        README.split()
    )


def test_every_shipped_file_is_named() -> None:
    assert {name for name in seed_names() if f"`{name}`" not in README} <= {"README.md"}
