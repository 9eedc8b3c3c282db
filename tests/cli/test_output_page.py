"""docs/output.md says what is printed: every part of every answer, column by column."""

from __future__ import annotations

import csv
import io
import re

import pytest

from tests.cli import claims_example, example
from tests.cli.harness import ROOT, Result

PAGE = (ROOT / "docs" / "output.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(\w+)` \| (.*) \|$", re.MULTILINE)
FIGURE = ("", "_lo", "_hi", "_unknown_parts")
CALLS: dict[str, tuple[str, ...]] = {
    "log": ("log", "--limit", "1"),
    "initiators": ("initiators", "--differences"),
    "chain": ("chain", "rus-2017-07-28-cap455"),
    "show": ("show", "rus-2018-03-29-exp60"),
    "tally": ("tally",),
    "weights": ("tally", "--scale", "goldstein"),
    "replies": ("replies", "--budget"),
    "ladder": ("ladder",),
    "parity": ("parity", "--unit", "posts", "--on", "2018"),
    "audit": ("audit", "c-a24"),
}


def asked(command: str, *args: str) -> Result:
    """Run a command on the example, which claims are asked of with the claims in it."""
    ask = claims_example.asked if command == "audit" else example.asked
    return ask(*CALLS[command], *args)


def documented() -> dict[tuple[str, str], list[str]]:
    """The columns of each part of each command; figures spelled out."""
    found = {}
    for section in PAGE.split("\n## ")[1:]:
        command = section.partition("\n")[0]
        for part, cells in ROW.findall(section):
            columns = re.findall(r"`([\w*]+)`", cells)
            spelled = [
                f"{name.removesuffix('*')}{end}"
                for name in columns
                for end in (FIGURE if name.endswith("*") else ("",))
            ]
            found["weights" if part == "weights" else command, part] = spelled
    return found


@pytest.mark.parametrize("place", documented(), ids="-".join)
def test_a_part_has_the_columns_that_the_page_says(place: tuple[str, str]) -> None:
    command, part = place
    named = () if part == "rows" or command == "ladder" else ("--part", part)
    out = asked(command, *named, "--format", "csv").out
    assert next(csv.reader(io.StringIO(out))) == documented()[place]


@pytest.mark.parametrize("command", CALLS)
def test_the_page_names_every_part(command: str) -> None:
    import json

    found = json.loads(asked(command, "--format", "json").out)
    parts = [part for of, part in documented() if of == command]
    assert ["reading", *parts] == list(found)


def test_the_overview_has_the_columns_that_the_page_says() -> None:
    out = claims_example.asked("audit", "--format", "csv").out
    told = PAGE.partition("\n## audit")[2].partition("`claims`: ")[2].partition(".")[0]
    columns = re.findall(r"`(\w+)`", told)
    assert next(csv.reader(io.StringIO(out))) == columns
