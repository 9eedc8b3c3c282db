"""The books of an import: what became of each row, and the rows that were not taken."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Self

from ledger.imports.judging import RowStatus, Verdict
from ledger.imports.rejects import Rejects, RejectsNotWrittenError
from ledger.imports.report import PROBLEMS_MAX, Counts, ImportReport, Problem, Unwritten

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from ledger.imports.files import Incoming
    from ledger.imports.findings import Findings
    from ledger.imports.rows import Row


class Books:
    """Counts rows and keeps those that were not taken.

    As a context manager it writes the files of rejected rows even where an error ends the import;
    after a dry run there are none.
    """

    def __init__(self, files: tuple[Incoming, ...], *, is_dry_run: bool) -> None:
        self._rejects = {str(file.path): Rejects(file) for file in files}
        self._is_dry_run = is_dry_run
        self._counts = dict.fromkeys(RowStatus, 0)
        self._problems: list[Problem] = []
        self._files: tuple[Path, ...] = ()
        self._unwritten: tuple[Unwritten, ...] = ()
        self.records = 0

    def enter(self, row: Row, verdict: Verdict) -> None:
        """Count a row, and keep it where it was not taken."""
        self._counts[verdict.status] += 1
        if verdict.error is None:
            return
        self._rejects[row.file].add(row, verdict.error)
        if len(self._problems) < PROBLEMS_MAX:
            self._problems.append(Problem(row.place, row.name, verdict.status, verdict.error))

    def count(self, status: RowStatus) -> None:
        """Count a row of which nothing is to be kept: it was taken."""
        self._counts[status] += 1

    def enter_held(self) -> None:
        """Count a row that needed no judging: an interrupted restoring has brought it already."""
        self._counts[RowStatus.SAME] += 1

    def counts(self) -> Counts:
        """Return what was counted so far."""
        return Counts(**{status.value: count for status, count in self._counts.items()})

    def report(
        self, findings: Findings, *, is_whole: bool, is_looked_through: bool = True
    ) -> ImportReport:
        """Write the files of rejected rows, and return what became of all rows."""
        self._put()
        return ImportReport(
            counts=self.counts(),
            records=self.records,
            rejects_files=self._files,
            unwritten=self._unwritten,
            problems=tuple(self._problems),
            findings=findings,
            is_whole=is_whole,
            is_looked_through=is_looked_through,
            is_dry_run=self._is_dry_run,
        )

    def _put(self) -> None:
        """Write each file of rejected rows once; what cannot be written is kept as text."""
        rejects, self._rejects = self._rejects, {}
        for kept in rejects.values():
            try:
                path = None if self._is_dry_run else kept.put_beside()
                self._files += (path,) if path else ()
            except RejectsNotWrittenError as error:
                self._unwritten += (Unwritten(kept.text(), error),)
            finally:
                kept.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> None:
        with suppress(OSError):
            self._put()
