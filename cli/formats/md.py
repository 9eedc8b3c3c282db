"""Markdown: a table as in the GitHub Flavored Markdown specification, section 4.10."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cli.tables import Align, shown
from cli.text import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cli.tables import Table

RULES = {Align.LEFT: "---", Align.RIGHT: "---:"}
MEANT_AS_MARKUP = re.compile(r"[\\`*\[\]<>|&~]|(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])")
"""What would start markup, a link, an entity or a new cell; a `_` inside a word does not."""


def as_md(table: Table) -> Iterator[str]:
    """Give title, reading and table; every text shows as itself and starts no markup."""
    if table.above:
        yield from _headed(table.above, table.header)
        yield from _headed(table.title, ())
    else:
        yield from _headed(table.title, table.header)
    yield _line(_verbatim(column.heading) for column in table.columns)
    yield _line(RULES[column.align] for column in table.columns)
    for row in table.rows:
        yield _line(_verbatim(shown(value)) for value in table.values(row))


def _headed(title: str, header: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Give a title, if there is one, and the reading as a list."""
    if title:
        yield f"## {_verbatim(title)}\n\n"
    lines = [f"- {_verbatim(name)}: {_verbatim(value)}\n" for name, value in header]
    if lines:
        yield "".join([*lines, "\n"])


def _verbatim(text: str) -> str:
    """Give the text escaped, so that Markdown shows it as it is."""
    return MEANT_AS_MARKUP.sub(r"\\\g<0>", harmless(text))


def _line(cells: Iterable[str]) -> str:
    """Give one line of a table."""
    return f"| {' | '.join(cells)} |\n"
