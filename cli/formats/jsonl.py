"""JSON Lines: one object a row, one row a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cli.formats.json import row_object

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cli.tables import Table


def as_jsonl(table: Table) -> Iterator[str]:
    """Give each row as a compact object, keys in declared order."""
    for row in table.rows:
        line = json.dumps(
            row_object(table, row), ensure_ascii=False, allow_nan=False, separators=(",", ":")
        )
        yield f"{line}\n"
