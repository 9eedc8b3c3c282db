"""Files cut into pieces that can be read apart from each other, and the reading of a piece.

The import cuts, in order; a worker reads, and so does the import itself where a piece turns out to
depend on the one before it. A piece of a JSONL file is lines; of a table it is rows cut into cells,
for a quoted cell may go over lines.
"""

from __future__ import annotations

import io
import pickle
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from ledger.imports import accounts_csv, actions_csv, parquet
from ledger.imports.bulk.packed import packed
from ledger.imports.bulk.spool import dumped
from ledger.imports.csv_rows import (
    Cells,
    Make,
    cells_absent,
    read_cells,
    read_header,
    require_columns,
    row_of,
)
from ledger.imports.jsonl import Sequence, rows_of
from ledger.imports.lines import LINE_BYTES_MAX, Line, read_lines
from ledger.imports.rows import LINE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence as Sequence_

    from domain.errors import LedgerError
    from ledger.imports.bulk.packed import Packed
    from ledger.imports.files import Incoming

PIECE_BYTES: Final = 1 << 18
PIECE_ROWS: Final = 500
SEQ: Final = re.compile(rb'"seq": ?(\d{1,18})\b')


class Table(NamedTuple):
    """A table that comes in: its columns, which of them may be missing, what makes its records."""

    columns: tuple[str, ...]
    optional: tuple[str, ...]
    make: Make


ACTIONS: Final = Table(actions_csv.COLUMNS, actions_csv.OPTIONAL, actions_csv.records_of_row)
TABLES: Final[dict[str, Table]] = {
    "csv": ACTIONS,
    "accounts": Table(accounts_csv.COLUMNS, (), accounts_csv.records_of_row),
    "parquet": ACTIONS,
}

LINES: Final = frozenset({"jsonl"})
IN_PIECES: Final = LINES | TABLES.keys()
"""The formats that can be cut. What else comes in is small, and read whole."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of a file: the number of the file, its name and format, and lines or cells.

    `line` and `offset` are how many lines and bytes stand before `data`. `unit` is what rows are
    counted in.
    """

    file: int
    name: str
    form: str
    line: int = 0
    offset: int = 0
    data: bytes = b""
    header: tuple[str, ...] = ()
    cells: tuple[tuple[int, int, int, bytes, tuple[str, ...], bytes | None], ...] = ()
    unit: str = LINE


@dataclass(frozen=True, slots=True)
class Reading:
    """What a piece came to: its rows as a page, how many, and how its `seq` runs.

    `expects` is the `seq` that its first line had to have for what was read to be right (None: none
    has one, and any would do), `ends` what the next line must have. Where it `is_sure` of nothing,
    it must be read again by who knows.
    """

    page: bytes
    rows: int
    expects: int | None
    ends: int
    is_sure: bool = True

    def goes_on(self, expected: int) -> bool:
        """Whether it is right where its first line must have this `seq`."""
        return self.is_sure and self.expects in {None, expected}

    def next_expected(self, expected: int) -> int:
        """Return what the first line behind it must have."""
        return expected + self.rows if self.expects is None else self.ends


def pieces(number: int, incoming: Incoming) -> Iterator[Piece]:
    """Cut a file into pieces; raise FileChangedError, or what is wrong with a table's first row."""
    incoming.rewind()
    name, form = str(incoming.path), incoming.importer.name
    if form in LINES:
        return _lines(number, name, form, incoming.file)
    if form == "parquet":
        rows = parquet.read_cells(name, incoming.file)
        return _cells(Piece(number, name, form, unit=parquet.ROW), rows)
    return _cells(Piece(number, name, form), read_cells(read_lines(incoming.file)))


def _lines(number: int, name: str, form: str, file: BinaryIO) -> Iterator[Piece]:
    """Cut between lines; a line that is too long is a piece of its own, without its bytes."""
    line = offset = 0
    while data := file.read(PIECE_BYTES):
        if not data.endswith(b"\n"):
            data += file.readline(LINE_BYTES_MAX + 1)
        begins = data.rfind(b"\n", 0, -1) + 1
        if len(data) - begins > LINE_BYTES_MAX:
            data = data[:begins]
        if data:
            yield Piece(number, name, form, line, offset, data)
        else:
            yield Piece(number, name, form, line, offset)
            file.seek(offset)
            next(read_lines(file, line, offset))
        line += data.count(b"\n") or 1
        offset = offset + len(data) if data else file.tell()
        file.seek(offset)


def _cells(like: Piece, rows: Iterator[Cells]) -> Iterator[Piece]:
    header = read_header(like.name, rows)
    place = "line 1" if like.unit == LINE else parquet.SCHEMA
    table = TABLES[like.form]
    require_columns(like.name, header, table.columns, table.optional, place)
    while cut := tuple(islice(rows, PIECE_ROWS)):
        keeps_raw = like.unit != LINE
        cells = tuple(
            (
                row.line,
                row.offset,
                len(row.raw),
                row.raw if keeps_raw else b"",
                row.cells,
                pickle.dumps(row.error) if row.error is not None else None,
            )
            for row in cut
        )
        yield Piece(like.file, like.name, like.form, header=header, cells=cells, unit=like.unit)


def read_piece(piece: Piece, expected: int | None = None) -> Reading:
    """Read a piece, as a worker does; or as the import does, which knows the `seq` to expect."""
    if piece.form in LINES:
        return _read_lines(piece, expected)
    rows = tuple(_read_cells(piece))
    return Reading(dumped(piece.file, rows), len(rows), None, len(rows))


def read_line_too_long(piece: Piece, file: BinaryIO, expected: int) -> Reading:
    """Read a piece without its bytes from the file, which passes over the line."""
    file.seek(piece.offset)
    sequence = Sequence(expected)
    lines = islice(read_lines(file, piece.line, piece.offset), 1)
    rows = [packed(row, row.raw) for row in rows_of(piece.name, lines, sequence)]
    return Reading(dumped(piece.file, rows), len(rows), None, len(rows))


def _read_lines(piece: Piece, expected: int | None) -> Reading:
    """Read lines; which `seq` must come is guessed from the first they have, if it is not known."""
    lines = list(read_lines(io.BytesIO(piece.data), piece.line, piece.offset))
    places = {line.number: (line.offset, len(line.data)) for line in lines}
    guess = _guessed(lines) if expected is None else expected
    sequence = Sequence(guess)
    rows = [packed(row, places[row.line]) for row in rows_of(piece.name, lines, sequence)]
    page = dumped(piece.file, rows)
    if expected is not None:
        return Reading(page, len(rows), expected, sequence.expected)
    if sequence.first is None:
        return Reading(page, len(rows), None, len(rows))
    before, seq = sequence.first
    is_number = isinstance(seq, int) and not isinstance(seq, bool)
    is_right = is_number and seq == guess + before
    return Reading(page, len(rows), guess, sequence.expected, is_sure=is_right)


def _guessed(lines: Sequence_[Line]) -> int:
    """Guess the `seq` of the first line from the first that is given."""
    said = (line for line in lines if not line.is_blank)
    for before, line in enumerate(said):
        if found := SEQ.search(line.data):
            return int(found[1]) - before
    return 1


def _read_cells(piece: Piece) -> Iterator[Packed]:
    table = TABLES[piece.form]
    absent = cells_absent(piece.header, table.optional)
    for line, offset, length, raw, cells, error in piece.cells:
        # It was pickled by the import whose worker this is.
        wrong: LedgerError | None = pickle.loads(error) if error is not None else None  # noqa: S301
        cut = Cells(line, raw, cells, wrong)
        row = row_of(piece.name, piece.header, cut, table.make, absent, unit=piece.unit)
        yield packed(row, raw or (offset, length))
