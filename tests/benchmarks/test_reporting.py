"""A part of the page is replaced by its own benchmark, and the others stay as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import reporting
from benchmarks.reporting import write_part

ROWS = (("work", "ours"), ("one", "1 s"))


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "benchmarks.md"
    monkeypatch.setattr(reporting, "PAGE", path)
    return path


def test_a_part_names_machine_date_and_versions(page: Path) -> None:
    write_part("stores", "Stores", ("pydantic",), ROWS, by_the_clock=True)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# Benchmarks")
    assert "## Stores" in text
    assert "| one | 1 s |" in text
    for word in ("python -m benchmarks.stores", "Python 3.", "pydantic ", "by the clock", "busy"):
        assert word in text


def test_writing_a_part_again_replaces_it_and_leaves_the_others(page: Path) -> None:
    write_part("stores", "Stores", (), ROWS)
    write_part("bulk", "Bulk", (), ROWS)
    write_part("engines", "Engines", (), ROWS)
    before = page.read_text(encoding="utf-8")
    write_part("bulk", "Bulk", (), (("work", "ours"), ("two", "2 s")))
    after = page.read_text(encoding="utf-8")
    begin, end = "<!-- bulk: begin -->", "<!-- bulk: end -->"
    assert before.partition(begin)[0] == after.partition(begin)[0]
    assert before.partition(end)[2] == after.partition(end)[2]
    assert "| two | 2 s |" in after
    assert after.count(begin) == 1


def test_what_says_nothing_of_the_clock_is_cpu_time(page: Path) -> None:
    write_part("claims", "Claims", (), ROWS)
    assert "by the clock," not in page.read_text(encoding="utf-8")
