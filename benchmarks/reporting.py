"""Writes what a benchmark measured into its own part of docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

PAGE: Final = Path(__file__).parent.parent / "docs" / "benchmarks.md"
HEAD: Final = (
    "# Benchmarks\n\nEach part is written by the benchmark that it names, on the machine that it "
    "names.\nTimes are of one core's CPU, but for those that say that they are by the clock.\n"
)


def machine() -> str:
    """Name the processor."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor() or platform.machine()


def busy() -> str:
    """Say how many cores there are, and how many were busy in the last quarter of an hour."""
    return f"{os.cpu_count()} cores of which {os.getloadavg()[2]:.1f} were busy"


def write_part(
    name: str,
    title: str,
    packages: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    by_the_clock: bool = False,
) -> None:
    """Put a table, its first row the heading, in the place of the part of the same name.

    `by_the_clock` says that times are not those of one core, and how busy the machine was.
    """
    made = [f"{package} {version(package)}" for package in packages]
    made += [f"times by the clock, {busy()}"] if by_the_clock else []
    when = datetime.now(tz=UTC).date().isoformat()
    head, *body = rows
    lines = [
        f"<!-- {name}: begin -->",
        f"## {title}",
        "",
        f"`python -m benchmarks.{name}`, {when}, {machine()}, Python "
        f"{platform.python_version()}" + "".join(f", {one}" for one in made) + ".",
        "",
        *_table(head, body),
        f"<!-- {name}: end -->",
    ]
    page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else HEAD
    before, begins, rest = page.partition(lines[0])
    after = rest.partition(lines[-1])[2] if begins else "\n"
    before = before if begins else before.rstrip("\n") + "\n\n"
    PAGE.write_text(before + "\n".join(lines) + after, encoding="utf-8")


def _table(head: Sequence[str], body: Sequence[Sequence[str]]) -> list[str]:
    rule = ["---"] + ["---:"] * (len(head) - 1)
    return [f"| {' | '.join(row)} |" for row in (head, rule, *body)]
