"""CSV of accounts: one row a statement of one teller about one action; any number of tellers.

Columns: `account`, `action`, `causes` (as in the CSV of actions: causes with `;` between them,
`nothing`, `unprovoked`, or a word for silence), `stance`, `basis`, `stated_on`, `quotation`,
`source` (as in the CSV of actions).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

from domain.errors import InputError, require
from domain.records.accounts import Basis, Stance
from domain.records.registry import load_record
from ledger.imports.actions_csv import read_said, read_word
from ledger.imports.csv_rows import read_table
from ledger.imports.sources import parse_sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from domain.records.base import Record
    from ledger.imports.rows import Row

COLUMNS: Final = (
    "account",
    "action",
    "causes",
    "stance",
    "basis",
    "stated_on",
    "quotation",
    "source",
)


class TellerMissingError(InputError):
    """A row does not say whose account it is, or of which action."""


def read(name: str, file: BinaryIO) -> Iterator[Row]:
    """Go through the rows of a file; raise NoRowsError, WrongColumnsError, NotUtf8Error."""
    return read_table(name, file, COLUMNS, records_of_row)


def records_of_row(row: Mapping[str, str], where: str) -> tuple[Record, ...]:
    """Return the one attribution that a row stands for.

    Raises the named error of the first thing wrong, placed at `where` and its column.
    """
    for column in ("account", "action"):
        require(
            row[column],
            TellerMissingError(
                f"the row names no {column}",
                where=f"{where}, column {column}",
                why="an account is somebody's, of an action",
                hint="reciprocity attribute --help",
            ),
        )
    stance = read_word(row["stance"], Stance, f"{where}, column stance")
    payload: dict[str, object] = {
        "account": row["account"],
        "action": row["action"],
        "causes": read_said(row["causes"], f"{where}, column causes"),
        "stance": stance or Stance.NOT_SAID,
        "basis": read_word(row["basis"], Basis, f"{where}, column basis"),
        "sources": parse_sources(row["source"]),
        "quotation": row["quotation"],
    }
    if row["stated_on"]:
        payload["stated_on"] = row["stated_on"]
    return (load_record("attributed", 1, payload, where),)
