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
    if table.title:
        yield f"## {_verbatim(table.title)}\n\n"
    for name, value in table.header:
        yield f"- {_verbatim(name)}: {_verbatim(value)}\n"
    if table.header:
        yield "\n"
    yield _line(_verbatim(column.heading) for column in table.columns)
    yield _line(RULES[column.align] for column in table.columns)
    for row in table.rows:
        yield _line(_verbatim(shown(value)) for value in table.values(row))


def _verbatim(text: str) -> str:
    """Give the text escaped, so that Markdown shows it as it is."""
    return MEANT_AS_MARKUP.sub(r"\\\g<0>", harmless(text))


def _line(cells: Iterable[str]) -> str:
    """Give one line of a table."""
    return f"| {' | '.join(cells)} |\n"
