"""docs/readings.md names every field of a reading, and its example is one."""

from __future__ import annotations

import re
from pathlib import Path

from domain.reading import Reading
from ledger.reading_fields import FIELDS
from ledger.readings import made_reading, reading_file
from tests.cli.harness import ROOT, run

PAGE = (ROOT / "docs" / "readings.md").read_text(encoding="utf-8")


def example(folder: Path) -> Path:
    found = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    path = folder / "embassy-staff.toml"
    path.write_text(found[1], encoding="utf-8")
    return path


def test_every_field_of_a_reading_is_on_the_page() -> None:
    listed = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    assert listed == list(FIELDS) == list(Reading.model_fields)


def test_every_option_on_the_page_is_one() -> None:
    options = set(re.findall(r"\| `(--[a-z-]+)` \|", PAGE))
    helped = run("initiators", "--help").out
    assert {option for option in options if option not in helped} == set()


def test_the_example_is_a_reading(tmp_path: Path) -> None:
    given = reading_file(example(tmp_path))
    assert set(given) == set(FIELDS)
    assert made_reading(given).families == ("mission_staff",)


def test_the_example_can_be_asked_with(tmp_path: Path) -> None:
    store = str(tmp_path / "demo.db")
    assert run("init", "--example", "--store", store).code == 0
    result = run("initiators", "--reading", str(example(tmp_path)), "--store", store)
    assert result.code == 0, result.err
