"""JSON (RFC 8259): one object with the reading and the rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cli.tables import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cli.tables import PlainValue, Table


def row_object(table: Table, row: Mapping[str, object]) -> dict[str, PlainValue]:
    """Give a row as an object with every column's key, in the order of the columns."""
    return {column.key: plain(row.get(column.key)) for column in table.columns}


def as_json(table: Table) -> Iterator[str]:
    """Give the whole table as one indented object, keys in declared order."""
    whole = {
        "reading": dict(table.header),
        "rows": [row_object(table, row) for row in table.rows],
    }
    yield json.dumps(whole, ensure_ascii=False, indent=2, allow_nan=False)
    yield "\n"
