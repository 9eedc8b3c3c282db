"""The real history, straight from its rows, for tests that hold measures against it."""

from __future__ import annotations

import csv
from functools import cache
from typing import TYPE_CHECKING

from domain.records.subjects import DisputeOpened
from ledger.imports.actions_csv import records_of_row
from ledger.seeds import seed
from tests.making import make_history

if TYPE_CHECKING:
    from domain.history import History
    from domain.records.base import Record

DISPUTE = "us-russia"


@cache
def real_records() -> tuple[Record, ...]:
    """All records of the real history: its dispute, then each row's."""
    opened = DisputeOpened.model_validate(
        {
            "id": DISPUTE,
            "title": "US-Russia diplomatic measures",
            "sides": [{"name": "USA", "parties": ["USA"]}, {"name": "RUS", "parties": ["RUS"]}],
        }
    )
    with seed("us_russia.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            record
            for number, row in enumerate(csv.DictReader(file), start=2)
            for record in records_of_row(row, f"row {number}")
        ]
    return (opened, *rows)


@cache
def real_history() -> History:
    """The real history, folded."""
    return make_history(*real_records())
