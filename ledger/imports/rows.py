"""A row of a file that comes in: the records it stands for, or what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from domain.errors import LedgerError

if TYPE_CHECKING:
    from domain.records.base import Record
    from ledger.appending import Stamp


LINE: Final = "line"


@dataclass(frozen=True, slots=True)
class Row:
    """One row, whole or not at all: all its records are taken, or none.

    `file` is the path as it was given, `line` the physical line where the row begins, `raw` the row
    as it stands there. `records` is empty where `error` is not; then `meant` is the id of the
    action that the row would have brought, as far as that could be read. `stamp` is what an
    exported line says of when, by whom and with which salt it was recorded. `unit` is what `line`
    counts, which a format without lines names otherwise.
    """

    file: str
    line: int
    raw: bytes
    records: tuple[Record, ...] = ()
    stamp: Stamp | None = None
    error: LedgerError | None = None
    meant: str = ""
    unit: str = LINE

    @property
    def place(self) -> str:
        """Where it stands, for a reader."""
        return f"{self.file}, {self.unit} {self.line}"

    @property
    def name(self) -> str:
        """The id of what it is about, where that could be read."""
        return self.records[0].stream().partition(":")[2] if self.records else self.meant


def placed(error: LedgerError, place: str) -> LedgerError:
    """Return the error with its place in a file in front of the place that it has already."""
    if error.where.startswith(place):
        return error
    where = f"{place}, {error.where}" if error.where else place
    return type(error)(error.what, where=where, why=error.why, hint=error.hint)
