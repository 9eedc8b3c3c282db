"""A table for people: aligned columns, without frames, the same with and without colour.

On a terminal, columns are folded so that the table fits its width, and where that would break words
the last columns may go below their row; elsewhere a row is one line.
"""

from __future__ import annotations

import shutil
import sys
from itertools import zip_longest
from typing import TYPE_CHECKING

from cli.tables import Align, shown
from cli.terminal import Style, is_terminal, painted
from cli.text import BRANCHES, GOING_ON, columns_of, folded, harmless

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cli.tables import Table

GAP = "  "
FOLDED_WIDTH_MIN = 12
"""No column is folded to fewer terminal columns than this: a wider table runs over instead."""

INDENT = "   "
"""How far the values below a row stand in from it."""

NO_ROWS = "(none)"


def as_table(table: Table) -> Iterator[str]:
    """Give title, reading, headings, a rule and the rows."""
    yield from _headed(table.above or table.title, table.header)
    if table.above and table.title:
        yield from _headed(table.title, ())
    headings = [harmless(column.heading) for column in table.columns]
    rows = [[harmless(shown(value)) for value in table.values(row)] for row in table.rows]
    beside = _columns_beside([headings, *rows]) if table.stacks else len(headings)
    widths = _widths([row[:beside] for row in (headings, *rows)], is_cut=not table.stacks)
    for line in _lines(headings, widths, table):
        yield f"{painted(line, Style.HEADING, sys.stdout)}\n"
    yield f"{GAP.join('-' * width for width in widths)}\n"
    for row in rows:
        for line in (*_lines(row, widths, table), *_below(row, headings, beside)):
            yield f"{line}\n"
    if not rows:
        yield f"{NO_ROWS}\n"


def _headed(title: str, header: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Give a title and the reading, and an empty line if there is either."""
    if title:
        yield f"{painted(harmless(title), Style.HEADING, sys.stdout)}\n"
    for name, value in header:
        yield f"{harmless(name)}: {harmless(value)}\n"
    if title or header:
        yield "\n"


def _columns_beside(rows: Sequence[Sequence[str]]) -> int:
    """Count the columns that can stand beside each other with no word broken, at least one."""
    floors = [max(_longest_words(texts)) for texts in zip(*rows, strict=True)]
    if not is_terminal(sys.stdout):
        return len(floors)
    room = shutil.get_terminal_size().columns
    count = len(floors)
    while count > 1 and sum(floors[:count]) + len(GAP) * (count - 1) > room:
        count -= 1
    return count


def _below(row: Sequence[str], headings: Sequence[str], beside: int) -> Iterator[str]:
    """Give the values that have no column, each on lines of its own, indented as the row is."""
    front = row[0][: len(row[0]) - len(row[0].lstrip(f" {BRANCHES}"))].translate(GOING_ON) + INDENT
    room = shutil.get_terminal_size().columns
    for heading, text in zip(headings[beside:], row[beside:], strict=True):
        if text:
            label = f"{front}{heading}: "
            yield from folded(f"{label}{text}", max(room, columns_of(label) + _longest(text)))


def _longest(text: str) -> int:
    return max(columns_of(word) for word in text.split(" "))


def _widths(rows: Sequence[Sequence[str]], *, is_cut: bool) -> list[int]:
    """Give each column the width of its widest value, less on a terminal that is too narrow.

    Words are cut where nothing else helps, if they may be.
    """
    widths = [max(columns_of(text) for text in texts) for texts in zip(*rows, strict=True)]
    if not is_terminal(sys.stdout):
        return widths
    room = shutil.get_terminal_size().columns - len(GAP) * (len(widths) - 1)
    whole_words = [max(_longest_words(texts)) for texts in zip(*rows, strict=True)]
    least = [FOLDED_WIDTH_MIN] * len(widths)
    for floors in (whole_words, least) if is_cut else (whole_words,):
        widths = _shrunk(widths, floors, room)
    return widths


def _longest_words(texts: Sequence[str]) -> Iterator[int]:
    """Give the width of the longest word of each text, what stands in front of it included."""
    for text in texts:
        front = len(text) - len(text.lstrip(f" {BRANCHES}"))
        yield front + max(columns_of(word) for word in text[front:].split(" "))


def _shrunk(widths: Sequence[int], floors: Sequence[int], room: int) -> list[int]:
    """Take from the widest columns until all fit, from none more than down to its floor."""
    widths = list(widths)
    while sum(widths) > room:
        wide = [place for place, width in enumerate(widths) if width > floors[place]]
        if not wide:
            break
        widest = max(wide, key=lambda place: widths[place])
        others = (widths[place] for place in wide if widths[place] < widths[widest])
        needed = widths[widest] - (sum(widths) - room)
        widths[widest] = max(
            floors[widest], needed, min(widths[widest] - 1, max(others, default=0))
        )
    return widths


def _lines(row: Sequence[str], widths: Sequence[int], table: Table) -> Iterator[str]:
    """Give a row as the lines it takes, each value folded to its column."""
    columns = [folded(text, width) for text, width in zip(row, widths, strict=False)]
    for parts in zip_longest(*columns, fillvalue=""):
        placed = [
            _placed(text, width, column.align)
            for text, width, column in zip(parts, widths, table.columns, strict=False)
        ]
        yield GAP.join(placed).rstrip()


def _placed(text: str, width: int, align: Align) -> str:
    """Fill a value up to its column's width."""
    filling = " " * (width - columns_of(text))
    return filling + text if align is Align.RIGHT else text + filling
