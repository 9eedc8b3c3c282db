"""Results on stdout: one table, in the form that was asked for.

`table` and `md` are for people, and say the reading above the rows. `json` is one object,
`{"reading": {...}, "rows": [...]}`. `jsonl` and `csv` hold rows and nothing else, so the reading
goes to stderr. Columns and rows keep the order that the command gave them; text is UTF-8 and the
last line ends. Machine forms lose nothing; what people read is made harmless first.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING

from cli.terminal import say, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cli.tables import Table


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MD = "md"


ROWS_ONLY = frozenset({Format.JSONL, Format.CSV})


def emit(table: Table, format: Format) -> None:
    """Print the table on stdout in this form."""
    if format in ROWS_ONLY:
        for name, value in table.header:
            say(f"{name}: {value}")
    for chunk in rendered(table, format):
        write(sys.stdout, chunk)


def rendered(table: Table, format: Format) -> Iterator[str]:
    """Give the text of the table in this form, piece by piece."""
    match format:
        case Format.TABLE:
            from cli.formats.table import as_table

            return as_table(table)
        case Format.JSON:
            from cli.formats.json import as_json

            return as_json(table)
        case Format.JSONL:
            from cli.formats.jsonl import as_jsonl

            return as_jsonl(table)
        case Format.CSV:
            from cli.formats.csv import as_csv

            return as_csv(table)
        case Format.MD:
            from cli.formats.md import as_md

            return as_md(table)
