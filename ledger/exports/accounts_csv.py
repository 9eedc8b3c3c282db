"""CSV of accounts: one row for each attribution that is in force, of any teller."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.causes import said_cell
from domain.errors import LedgerError
from domain.reading import Reading
from domain.records.accounts import Attributed, Stance
from ledger.exports.csv_lines import csv_line
from ledger.imports.accounts_csv import COLUMNS, records_of_row
from ledger.imports.sources import sources_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.exports.left_out import LeftOut
    from ledger.facade import Ledger


def lines(ledger: Ledger, left_out: LeftOut) -> Iterator[str]:
    """Go through the lines: the names of the columns, then what is said of each action."""
    yield csv_line(COLUMNS)
    for dossier in ledger.history(Reading()).dossiers.values():
        for held in dossier.attributions if dossier.stands else ():
            row = row_of(held)
            yield csv_line(row[column] for column in COLUMNS)
            _note(held, row, left_out)
        if dossier.attributions and not dossier.stands:
            left_out.note("account of a retracted action", dossier.id)


def row_of(held: Attributed) -> dict[str, str]:
    """Return the row of an attribution."""
    return {
        "account": held.account,
        "action": held.action,
        "causes": said_cell(held.causes),
        "stance": "" if held.stance is Stance.NOT_SAID else held.stance.value,
        "basis": held.basis.value if held.basis else "",
        "stated_on": str(held.stated_on or ""),
        "quotation": held.quotation,
        "source": sources_cell(held.sources),
    }


def _note(held: Attributed, row: dict[str, str], left_out: LeftOut) -> None:
    """Note what a row does not hold, found by reading it back."""
    try:
        [read] = records_of_row(row, held.action)
    except LedgerError:
        left_out.note("account whose row cannot come in again", held.action)
        return
    if isinstance(read, Attributed) and read != held:
        what = "note" if held.note else "copy of a source, or count of saying it again"
        left_out.note(f"account without its {what}", held.action)
