"""What an import did: how many rows became what, what was wrong with others, what came to light."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from domain.errors import LedgerError
from ledger.imports.findings import ExchangeFound, Findings, ImpossibleFound, UndatableFound
from ledger.imports.judging import RowStatus

if TYPE_CHECKING:
    from pathlib import Path

    from domain.measures.packages import Exceeded

PROBLEMS_MAX: Final = 20
"""So many problems are told one by one; the files of rejected rows hold all."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows by what became of them. `conflict` and `rejected` were not taken."""

    new: int = 0
    same: int = 0
    corrected: int = 0
    conflict: int = 0
    rejected: int = 0

    @property
    def rows(self) -> int:
        """All rows that were decided."""
        return self.new + self.same + self.corrected + self.conflict + self.rejected


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: `counts` is what is committed, of `rows` in all.

    While a large import still reads, nothing is committed and `rows` are those that were read.
    """

    counts: Counts
    rows: int
    is_reading: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that was not taken, and why."""

    place: str
    name: str
    status: RowStatus
    error: LedgerError


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A file of rejected rows that could not be written: what it would have held, and why not."""

    text: str
    error: LedgerError


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of an import.

    Rows are counted, and a row of a CSV is several records: `records` are those that were written.
    `is_whole` is false where it was stopped: what was committed stays, and the same import run
    again goes on from there. After a dry run nothing of all this was done. `is_looked_through` is
    false where the ledger is too large to look for findings in all of it.
    """

    counts: Counts
    records: int
    rejects_files: tuple[Path, ...]
    unwritten: tuple[Unwritten, ...] = ()
    problems: tuple[Problem, ...] = ()
    findings: Findings = field(default_factory=Findings)
    is_whole: bool = True
    is_looked_through: bool = True
    is_dry_run: bool = False

    @property
    def new(self) -> int:
        """Rows that brought something new."""
        return self.counts.new

    @property
    def same(self) -> int:
        """Rows that the ledger held already."""
        return self.counts.same

    @property
    def corrected(self) -> int:
        """Rows whose difference was recorded as a correction."""
        return self.counts.corrected

    @property
    def conflict(self) -> int:
        """Rows whose id is recorded with other content."""
        return self.counts.conflict

    @property
    def rejected(self) -> int:
        """Rows that could not be taken."""
        return self.counts.rejected

    @property
    def rejects_file(self) -> Path | None:
        """The file of rejected rows, or the first of several; None where there is none."""
        return next(iter(self.rejects_files), None)

    @property
    def exchanges(self) -> tuple[ExchangeFound, ...]:
        """Actions that are conditions of each other."""
        return self.findings.exchanges

    @property
    def impossible(self) -> tuple[ImpossibleFound, ...]:
        """Causes that certainly come after their effect."""
        return self.findings.impossible

    @property
    def exceeded_packages(self) -> tuple[Exceeded, ...]:
        """Packages that come to less than their parts."""
        return self.findings.exceeded_packages

    @property
    def undatable(self) -> tuple[UndatableFound, ...]:
        """Actions that cannot be after all that they answer."""
        return self.findings.undatable
