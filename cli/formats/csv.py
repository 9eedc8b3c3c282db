"""CSV (RFC 4180): a line of keys, then one record a row; lines end in CR LF.

Texts are exactly as recorded; only on a terminal, where a person looks, they are made harmless.
Nothing is an empty field, booleans are `true` and `false`, several values are joined by `;` as in
the CSV of actions, and what has an inner structure is JSON.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from typing import TYPE_CHECKING

from cli.tables import plain
from cli.terminal import is_terminal
from cli.text import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cli.tables import PlainValue, Table

SEPARATOR_OF_VALUES = ";"


def as_csv(table: Table) -> Iterator[str]:
    """Give the keys of the columns, then every row, as records of RFC 4180."""
    safe = harmless if is_terminal(sys.stdout) else str
    yield _record(column.key for column in table.columns)
    for row in table.rows:
        yield _record(safe(_field(plain(value))) for value in table.values(row))


def _record(fields: Iterable[str]) -> str:
    """Give one record, quoted where it must be."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerow(fields)
    return buffer.getvalue()


def _field(value: PlainValue) -> str:
    """Give one value as the text of a field."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case dict():
            return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        case list():
            return SEPARATOR_OF_VALUES.join(_field(item) for item in value)
        case _:
            return str(value)
