"""Importing: files in, rows judged, what is new appended batch by batch, and a report.

Two passes: the first learns what the rows bring (`survey.py`), the second judges and writes. What
a batch wrote stays, whatever comes after it. So an import may end at any row, for any reason, and
the same import run again finds what is there to be the same and goes on with the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from domain.history import HistoryFold
from domain.reading import Reading
from domain.records.entry import Entry
from ledger.appending import Status
from ledger.imports.books import Books
from ledger.imports.files import opened
from ledger.imports.findings import Findings, look_through
from ledger.imports.judging import NO_SALT, NO_TIME, Judge, RowStatus, Verdict
from ledger.imports.report import ImportReport, Progress
from ledger.imports.restoring import not_held, not_taken, require_restorable
from ledger.imports.review import Choice, Conflict, Review
from ledger.imports.suggestions import Suggestions
from ledger.imports.survey import Survey, survey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from domain.history import History
    from domain.records.base import Record
    from ledger.appending import Outcome, Stamp
    from ledger.facade import Ledger
    from ledger.imports.files import Incoming
    from ledger.imports.rows import Row

BATCH_ROWS: Final = 500
BULK_BYTES: Final = 2 << 20
"""From this size on workers are worth their start: some 5,000 rows."""

FINDINGS_MAX: Final = 50_000
"""In a ledger of more records an import does not look for what is odd: that takes the whole of it.
"""
REVIEWED: Final = "review of {place}"
NOT_TAKEN: Final = frozenset({Status.CONFLICT, Status.REJECTED})


def never() -> bool:
    """Go on."""
    return False


@dataclass(frozen=True, slots=True)
class Manner:
    """How an import is to go; `import_files` says what each means."""

    dry_run: bool
    correct: str | None
    restore: bool
    review: Review | None
    progress: Callable[[Progress], None] | None
    stop: Callable[[], bool]


def import_files(  # noqa: PLR0913  each is an option of the command of the same name
    ledger: Ledger,
    paths: Sequence[Path],
    *,
    form: str | None = None,
    dry_run: bool = False,
    correct: str | None = None,
    restore: bool = False,
    review: Review | None = None,
    progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] = never,
) -> ImportReport:
    """Import files as one import, and say what became of every row.

    `form` names the format of all files, else each one's own is found out. `dry_run` writes
    nothing, and keeps in memory what it would have written. `correct` is the reason under which
    conflicts are recorded as corrections, `review` is asked for each instead. `restore` keeps the
    stamps of an exported history, in an empty ledger. `progress` is told after each commit; `stop`
    is asked before each row, and ends the import in good order.

    Raises what is wrong with a file as a whole, before anything is written; and the
    StoreUnavailableErrors of appending.

    Rule: docs/semantics.md#identity
    """
    manner = Manner(dry_run, correct, restore, review, progress, stop)
    with opened(paths, form) as files:
        if restore:
            require_restorable(ledger, files)
        if goes_in_bulk(files, manner):
            return _in_bulk(ledger, files, manner)
        rows = (row for file in files for row in file.rows())
        found = survey(rows, ledger.application, stop)
        with Books(files, is_dry_run=dry_run) as books:
            return _Run(ledger, files, found, manner, books).report()


def goes_in_bulk(files: tuple[Incoming, ...], manner: Manner) -> bool:
    """Whether files are large enough for workers, and nothing is asked that goes row by row.

    A dry run, a review and a restoring go row by row. A small file is read sooner than a worker is
    started. Files that cannot be cut go row by row together with all that come with them.
    """
    if manner.dry_run or manner.restore or manner.review is not None:
        return False
    return sum(file.state[0] * file.importer.weight for file in files) >= BULK_BYTES


def _in_bulk(ledger: Ledger, files: tuple[Incoming, ...], manner: Manner) -> ImportReport:
    """Import large files."""
    from ledger.imports.bulk.run import BulkImport  # noqa: PLC0415  small imports do not need it

    bulk = BulkImport(ledger, files, manner, BATCH_ROWS)
    try:
        found = bulk.survey()
        with Books(files, is_dry_run=False) as books:
            is_small = ledger.application.position() + found.rows <= FINDINGS_MAX
            is_whole = found.is_whole and bulk.run(found, books, with_disputes=is_small)
            findings = Findings()
            is_looked_through = ledger.application.position() <= FINDINGS_MAX
            if is_whole and is_looked_through:
                findings = look_through(ledger.history(Reading()), bulk.disputes)
            return books.report(findings, is_whole=is_whole, is_looked_through=is_looked_through)
    finally:
        bulk.close()


class _Run:
    """The second pass."""

    def __init__(
        self,
        ledger: Ledger,
        files: tuple[Incoming, ...],
        found: Survey,
        manner: Manner,
        books: Books,
    ) -> None:
        self._ledger = ledger
        self._files = files
        self._found = found
        self._manner = manner
        self._books = books
        self._judge = Judge(ledger.application, found, Suggestions(ledger, found.promised))
        self._unwritten: list[Record] = []
        self._disputes: dict[str, None] = {}
        self._batch: list[tuple[Row, Verdict]] = []

    def report(self) -> ImportReport:
        """Judge and write every row, sweep by sweep, and say what became of them."""
        is_whole = self._found.is_whole and all(
            self._swept(sweep) for sweep in range(self._found.sweeps)
        )
        held = self._ledger.application.position() + len(self._unwritten)
        is_looked_through = held <= FINDINGS_MAX
        findings = Findings()
        if is_whole and is_looked_through:
            findings = look_through(self._history(), self._disputes)
        return self._books.report(findings, is_whole=is_whole, is_looked_through=is_looked_through)

    def _swept(self, sweep: int) -> bool:
        """Go through the rows of a sweep; False where somebody wants to go no further."""
        for row, says_all in self._rows(sweep):
            if self._manner.stop() or not self._take(row, says_all=says_all):
                return False
        self._flush()
        return True

    def _rows(self, sweep: int) -> Iterator[tuple[Row, bool]]:
        number = -1
        for file in self._files:
            rows = (
                not_held(self._ledger, file.rows()) if self._manner.restore else iter(file.rows())
            )
            for number, row in enumerate(rows, start=number + 1):  # noqa: B020  it goes on counting
                if self._found.sweep.get(number, 0) == sweep:
                    if row is None:
                        self._books.enter_held()
                    else:
                        yield row, file.importer.says_all

    def _take(self, row: Row, *, says_all: bool) -> bool:
        """Judge a row and put it into the batch; False where a reviewer quits."""
        verdict = self._judge.judge(row, says_all=says_all)
        if verdict.status is RowStatus.CONFLICT:
            reason = self._manner.correct
            if self._manner.review is not None:
                self._flush()
                choice = self._manner.review(_conflict(row, verdict))
                if choice is Choice.QUIT:
                    return False
                reason = reason or REVIEWED.format(place=row.place)
                reason = reason if choice is Choice.THEIRS else None
            if reason is not None:
                verdict = self._judge.correct(row, reason, says_all=says_all)
        if self._manner.restore and verdict.status is not RowStatus.NEW:
            why = verdict.error.what if verdict.error else "an equal record stands above it"
            raise not_taken(row, why)
        self._disputes |= dict.fromkeys(self._judge.disputes(row))
        self._batch.append((row, verdict))
        if len(self._batch) >= BATCH_ROWS:
            self._flush()
        return True

    def _flush(self) -> None:
        """Write the batch in one transaction, then count it and tell how far it went."""
        batch, self._batch = self._batch, []
        if not batch:
            return
        for row, verdict in self._written(batch):
            self._books.enter(row, verdict)
        if self._manner.progress is not None:
            self._manner.progress(Progress(self._books.counts(), self._found.rows))

    def _written(self, batch: list[tuple[Row, Verdict]]) -> list[tuple[Row, Verdict]]:
        """Append what is new, and return what became of each row in the end."""
        records = [record for _, verdict in batch for record in verdict.records]
        if self._manner.dry_run:
            self._unwritten += records
            return batch
        stamps = _stamps(batch) if self._manner.restore else None
        promised = self._found.promised
        outcomes = (
            iter(self._ledger.append(records, promised=promised, stamps=stamps))
            if records
            else iter(())
        )
        self._judge.look_again()
        written = []
        for row, verdict in batch:
            told = [next(outcomes) for _ in verdict.records]
            self._books.records += sum(one.status is Status.NEW for one in told)
            written.append((row, _as_told(verdict, told)))
        return written

    def _history(self) -> History:
        """The history as it is after the import, or would be."""
        if not self._manner.dry_run:
            return self._ledger.history(Reading())
        fold = HistoryFold()
        versions: dict[str, int] = {}
        for entry in self._ledger.entries():
            fold.add(entry)
            versions[entry.stream] = entry.version
        for record in self._unwritten:
            stream = record.stream()
            versions[stream] = versions.get(stream, 0) + 1
            fold.add(Entry(stream, versions[stream], NO_TIME, "", NO_SALT, record))
        return fold.history()


def _as_told(verdict: Verdict, told: list[Outcome]) -> Verdict:
    """The verdict as it came out: another writer may have recorded the same, or something else."""
    for outcome in told:
        if outcome.status in NOT_TAKEN:
            return replace(verdict, status=RowStatus(outcome.status), error=outcome.error)
    if told and all(outcome.status is Status.SAME for outcome in told):
        return replace(verdict, status=RowStatus.SAME)
    return verdict


def _conflict(row: Row, verdict: Verdict) -> Conflict:
    return Conflict(row.place, row.name, verdict.differing or {})


def _stamps(batch: list[tuple[Row, Verdict]]) -> list[Stamp]:
    return [row.stamp for row, verdict in batch for _ in verdict.records if row.stamp is not None]
