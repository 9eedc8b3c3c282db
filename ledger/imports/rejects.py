"""Rows that were not taken, written beside their file so that they can be mended and come in again.

A CSV file gets `<file>.rejected.csv`: the columns `reason`, `place` and `hint`, then the row as it
stood, byte for byte. All others get `<file>.rejected.jsonl`: the object, with these three in
`rejected`; where it could not be read as one, the whole line is the text `line`. Nothing that
stands there already is overwritten.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import tempfile
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO, Final, Self

from domain.errors import InputError, LedgerError
from ledger.imports.csv_rows import REASONS, Cells, read_cells
from ledger.imports.jsonl import REJECTED, WHOLE, LineNotJsonError, parse_object
from ledger.imports.lines import read_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from ledger.imports.files import Incoming
    from ledger.imports.rows import Row

IN_MEMORY_BYTES: Final = 1 << 20


class RejectsNotWrittenError(InputError):
    """Rows were rejected, and the file that should hold them cannot be written."""


class Rejects:
    """The rejected rows of one file, kept aside until the import ends."""

    def __init__(self, incoming: Incoming) -> None:
        self._path = incoming.path
        self._form = incoming.importer.rejected_as
        self._columns = incoming.importer.columns
        # It lives as long as the import does, and the system removes it whatever happens.
        self.kept: BinaryIO = tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES)  # type: ignore[assignment]  # noqa: SIM115
        self._written: Callable[[Row, LedgerError], bytes] = _jsonl
        self.rows = 0

    def add(self, row: Row, error: LedgerError) -> None:
        """Keep a row that was not taken, and why."""
        if not self.rows and self._form == "csv":
            form = CsvForm(self._columns) if self._columns else CsvForm.of(self._path)
            self.kept.write(form.heading())
            self._written = form.written
        self.rows += 1
        self.kept.write(self._written(row, error))

    def put_beside(self) -> Path | None:
        """Write the file and return its path; None where no row was rejected.

        A file of that name with other content stays: the next free number is taken. Raises
        RejectsNotWrittenError.
        """
        if not self.rows:
            return None
        try:
            return self._put()
        except OSError as error:
            raise RejectsNotWrittenError(
                f"the rejected rows of {self._path.name} cannot be written",
                where=str(error.filename or self._path.parent),
                why=error.strerror or str(error),
                hint="they are printed above; or copy the file to a folder that can be written, "
                "and run: reciprocity import FILE",
            ) from error

    def _put(self) -> Path:
        number = 1
        while True:
            numbered = f".{number}" if number > 1 else ""
            path = self._path.with_name(f"{self._path.name}.rejected{numbered}.{self._form}")
            if path.exists() and self._is_in(path):
                return path
            self.kept.seek(0)
            with suppress(FileExistsError), path.open("xb") as file:
                shutil.copyfileobj(self.kept, file)
                return path
            number += 1

    def _is_in(self, path: Path) -> bool:
        self.kept.seek(0)
        with path.open("rb") as file:
            while True:
                held, kept = file.read(IN_MEMORY_BYTES), self.kept.read(IN_MEMORY_BYTES)
                if held != kept:
                    return False
                if not held:
                    return True

    def text(self) -> str:
        """Return what the file would hold."""
        self.kept.seek(0)
        return self.kept.read().decode("utf-8", "backslashreplace")

    def close(self) -> None:
        """Let go of what was kept aside."""
        self.kept.close()


class CsvForm:
    """How a rejected row of one CSV file is written."""

    def __init__(self, header: Iterable[str], end: str = "\n") -> None:
        self._names = [cell.strip() for cell in header]
        self._reasons_at = [place for place, name in enumerate(self._names) if name in REASONS]
        self._end = end

    @classmethod
    def of(cls, path: Path) -> Self:
        """Return the form of a file as its first line has it."""
        with path.open("rb") as file:
            first = next(read_cells(read_lines(file)))
        return cls(first.cells, "\r\n" if first.raw.endswith(b"\r\n") else "\n")

    def heading(self) -> bytes:
        """The names of the columns; a file of rejected rows has those of reasons already."""
        if self._reasons_at:
            return self._line(self._names)
        return self._line([*REASONS, *self._names])

    def written(self, row: Row, error: LedgerError) -> bytes:
        """One row, with the reasons in front or in the columns that it has for them.

        A row that cannot be cut into cells keeps the reasons that it had.
        """
        why = reasons(error, row.place)
        if not self._reasons_at:
            return self._line([*why.values()]).rstrip(b"\r\n") + b"," + self._ended(row.raw)
        cut = _cut(row.raw)
        if cut.error is not None or len(cut.cells) <= max(self._reasons_at):
            return self._ended(row.raw)
        cells = list(cut.cells)
        for place in self._reasons_at:
            cells[place] = why[self._names[place]]
        return self._line(cells)

    def _line(self, cells: list[str]) -> bytes:
        text = io.StringIO()
        csv.writer(text, lineterminator=self._end).writerow(cells)
        return text.getvalue().encode("utf-8", "backslashreplace")

    def _ended(self, raw: bytes) -> bytes:
        return raw if raw.endswith(b"\n") else raw + self._end.encode()


def reasons(error: LedgerError, place: str) -> dict[str, str]:
    """Return what is said of a rejected row, by column."""
    said = f"{error.what}; {error.why}" if error.why else error.what
    return {
        "reason": f"{type(error).__name__}: {said}",
        "place": error.where or place,
        "hint": error.hint,
    }


def _jsonl(row: Row, error: LedgerError) -> bytes:
    text = row.raw.decode("utf-8-sig", "backslashreplace").rstrip("\r\n")
    try:
        found = parse_object(text)
    except LineNotJsonError:
        found = {WHOLE: text}
    for key in (REJECTED, "seq"):
        found.pop(key, None)
    said = {REJECTED: reasons(error, row.place), **found}
    return json.dumps(said, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


def _cut(raw: bytes) -> Cells:
    return next(read_cells(read_lines(io.BytesIO(raw))), Cells(1, raw))
