"""Small ledgers in memory, to put questions to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.reading import Reading
from ledger.asking import Asked, ask
from ledger.facade import Ledger, open_ledger
from tests.making import two_sides

if TYPE_CHECKING:
    from domain.records.base import Record


def ledger_of(*records: Record) -> Ledger:
    """Open a ledger in memory that holds a dispute between USA and RUS, and the records."""
    ledger = open_ledger("memory:", create=True, by="tester")
    for record in (two_sides(), *records):
        ledger.record(record)
    return ledger


def asked_of(ledger: Ledger, **fields: Any) -> Asked:
    """Ask under a reading with these fields."""
    return ask(ledger, Reading.model_validate(fields))
