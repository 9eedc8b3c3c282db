"""An import in bulk: read once by workers, surveyed, kept in a spool, judged and written.

It does what `ledger/imports/run.py` does, and comes to the same outcomes, message by message; in
memory that does not grow with the files, and faster, for most rows are judged by what they name,
many at once. What is not plain goes to the judge of single rows.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from ledger.imports.bulk.batch import Batch, BatchJudge, looked_up
from ledger.imports.bulk.crew import Crew
from ledger.imports.bulk.packed import packed, unpacked
from ledger.imports.bulk.promised import Promised
from ledger.imports.bulk.shelf import Shelf
from ledger.imports.bulk.spool import Spool, dumped, loaded
from ledger.imports.bulk.surveying import Surveyor
from ledger.imports.bulk.tasks import IN_PIECES, pieces, read_line_too_long, read_piece
from ledger.imports.bulk.writing import Writer
from ledger.imports.judging import RowStatus
from ledger.imports.report import Counts, Progress
from ledger.imports.suggestions import Suggestions
from ledger.imports.survey import Survey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.facade import Ledger
    from ledger.imports.books import Books
    from ledger.imports.bulk.packed import Packed
    from ledger.imports.bulk.spool import Page
    from ledger.imports.files import Incoming
    from ledger.imports.judging import Verdict
    from ledger.imports.run import Manner

BATCHES_AT_ONCE: Final = 20
"""So many batches of a small import make one of a large one."""

READ_TOLD: Final = 50_000
"""So many rows are read between two words of progress."""

COLLECT_EVERY: Final = 50
"""Circles in memory are looked for after so many batches; between them that is switched off."""


class BulkImport:
    """One import in bulk; `survey` goes first, then `swept` for each of its sweeps."""

    def __init__(
        self, ledger: Ledger, files: tuple[Incoming, ...], manner: Manner, batch_rows: int
    ) -> None:
        self._ledger = ledger
        self._files = files
        self._manner = manner
        self._batch_rows = batch_rows * BATCHES_AT_ONCE
        self._spool = Spool()
        self.disputes: dict[str, None] = {}

    def survey(self) -> Survey:
        """Read all files, keep what was read, and say what the rows bring and need.

        Raises what is wrong with a file as a whole, WorkerDiedError, DiskFullError.
        """
        surveyor = Surveyor(self._ledger.application)
        with Crew() as crew:
            for page in self._pages(crew):
                file = self._files[page.file]
                for _ in page.rows:
                    if self._manner.stop():
                        return Survey(surveyor.rows, frozenset(), {}, {}, is_whole=False)
                surveyor.take(page.rows, str(file.path), file.importer.unit)
                self._tell_of_reading(surveyor.rows, len(page.rows))
        return surveyor.concluded()

    def _tell_of_reading(self, rows: int, just_now: int) -> None:
        """Tell how many rows were read, each time that so many more were."""
        if self._manner.progress is not None and rows % READ_TOLD < just_now:
            self._manner.progress(Progress(Counts(), rows, is_reading=True))

    def _pages(self, crew: Crew) -> Iterator[Page]:
        """Read the files piece by piece, one after another, and keep every page."""
        for number, file in enumerate(self._files):
            if file.importer.name not in IN_PIECES:
                yield self._kept(dumped(number, [packed(row, row.raw) for row in file.rows()]))
                continue
            expected = 1
            for piece, given in crew.results(pieces(number, file)):
                reading = given
                if reading is None:
                    reading = read_line_too_long(piece, file.file, expected)
                elif not reading.goes_on(expected):
                    reading = read_piece(piece, expected)
                expected = reading.next_expected(expected)
                yield self._kept(reading.page)

    def _kept(self, page: bytes) -> Page:
        self._spool.put(page)
        return loaded(page)

    def run(self, found: Survey, books: Books, *, with_disputes: bool) -> bool:
        """Judge and write every row, sweep by sweep; False where somebody wants to go no further.

        `with_disputes` notes which disputes the rows are about.
        """
        self._ledger.require_writable()
        for file in self._files:
            file.require_unchanged()
        writing = _Writing(self._ledger, self._files, found, self._manner.correct, books)
        with few_collections(), self._ledger.application.in_bulk():
            for sweep in range(found.sweeps):
                batch: list[tuple[int, Packed]] = []
                for entry in self._rows(found, sweep):
                    if self._manner.stop():
                        return False
                    batch.append(entry)
                    if len(batch) >= self._batch_rows:
                        self._write(writing, batch, found, books, with_disputes=with_disputes)
                        batch = []
                if batch:
                    self._write(writing, batch, found, books, with_disputes=with_disputes)
        return True

    def _write(
        self,
        writing: _Writing,
        batch: list[tuple[int, Packed]],
        found: Survey,
        books: Books,
        *,
        with_disputes: bool,
    ) -> None:
        self.disputes |= dict.fromkeys(writing.write(batch, with_disputes=with_disputes))
        if self._manner.progress is not None:
            self._manner.progress(Progress(books.counts(), found.rows))

    def _rows(self, found: Survey, sweep: int) -> Iterator[tuple[int, Packed]]:
        before = 0
        for page in self._spool.pages():
            for number, row in enumerate(page.rows, start=before):
                if found.sweep.get(number, 0) == sweep:
                    yield page.file, row
            before += len(page.rows)

    def close(self) -> None:
        """Let go of what was kept."""
        self._spool.close()


class _Writing:
    """Judges and writes batch after batch, and enters what became of each row."""

    def __init__(
        self,
        ledger: Ledger,
        files: tuple[Incoming, ...],
        found: Survey,
        correct: str | None,
        books: Books,
    ) -> None:
        names = Suggestions(ledger, found.promised)
        self._judge = BatchJudge(ledger.application, found, names)
        self._shelf = Shelf(ledger.application)
        self._writer = Writer(ledger)
        self._files = files
        self._found = found
        self._correct = correct
        self._books = books
        self._amended: set[str] = set()
        self._batches = 0

    def write(self, rows: list[tuple[int, Packed]], *, with_disputes: bool) -> set[str]:
        """Write a batch in one transaction, then count it; return the disputes it is about."""
        verdicts: list[Verdict | None] = []
        disputes: set[str] = set()

        def judged() -> Batch:
            verdicts.clear()
            disputes.clear()
            batch = self._looked_up(rows)
            for number, row in rows:
                verdicts.append(batch.judge(row, self._files[number]))
                if with_disputes:
                    disputes.update(batch.disputes(row, self._files[number]))
            return batch

        batch = self._writer.write(judged)
        self._amended |= batch.amended
        self._books.records += len(batch.records)
        for (number, row), verdict in zip(rows, verdicts, strict=True):
            self._enter(self._files[number], row, verdict)
        self._batches += 1
        if self._batches % COLLECT_EVERY == 0:
            gc.collect()
        return disputes - {""}

    def _looked_up(self, rows: list[tuple[int, Packed]]) -> Batch:
        promised = self._found.promised
        plain = [row for _, row in rows]
        is_alone = self._writer.is_alone and isinstance(promised, Promised)
        again = promised if isinstance(promised, Promised) else Promised()
        self._shelf.fetch(looked_up(plain, again, self._amended, is_alone=is_alone))
        return Batch(self._judge, self._shelf, self._found, self._correct)

    def _enter(self, file: Incoming, row: Packed, verdict: Verdict | None) -> None:
        if verdict is None:
            self._books.count(RowStatus.NEW)
        elif verdict.error is None:
            self._books.count(verdict.status)
        else:
            given = unpacked(row, str(file.path), file.importer.unit, raw(row, file))
            self._books.enter(given, verdict)


def raw(row: Packed, file: Incoming) -> bytes:
    """Return the bytes of a row as they stand in its file; raise FileChangedError."""
    if isinstance(row.raw, bytes):
        return row.raw
    offset, length = row.raw
    file.require_unchanged()
    file.file.seek(offset)
    return file.file.read(length)


@contextmanager
def few_collections() -> Iterator[None]:
    """Look for circles in memory only where told, for as long as the block lasts."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
