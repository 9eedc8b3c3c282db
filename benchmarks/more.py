"""More actions for a generated history, in the disputes that it has."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from benchmarks.histories import history
from domain.records.registry import load_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.records.base import Record

LINKS: Final = ("part_of", "same_as", "reverses", "executes")


def more_actions(names: Sequence[str]) -> Iterator[Record]:
    """Make new actions: as the first of a history are, but for their ids, links and causes."""
    rows = (row for row in history(len(names)) if row.name.startswith("action."))
    for name, row in zip(names, rows, strict=True):
        payload = {key: held for key, held in json.loads(row.payload).items() if key not in LINKS}
        payload |= {"id": name, "cause": [], "occurred": "2025-01-01"}
        yield load_record(row.name, 1, payload, "generated")
