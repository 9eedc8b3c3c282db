"""Parquet of actions: the columns of the CSV of actions, read in batches of rows.

A cell is text as in the CSV; an integer, a date or a timestamp without time of day counts as its
text, a list of texts as its members with `;` between them, and null as empty. pyarrow is loaded
when the first such file comes in.
"""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from domain.errors import InputError, LedgerError
from domain.quoting import quoted
from ledger.imports.actions_csv import COLUMNS, OPTIONAL, records_of_row
from ledger.imports.csv_rows import Cells, cells_absent, require_columns, row_of
from ledger.imports.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

ROW: Final = "row"
"""What places count here: rows from 1, for there are no lines."""

SCHEMA: Final = "its schema"
MAGIC: Final = b"PAR1"
BATCH_ROWS: Final = 1_000
BUFFER_BYTES: Final = 1 << 20


class NotParquetError(InputError):
    """A file cannot be read as Parquet."""


class CellNotTextError(InputError):
    """A cell holds what has no text form in the CSV of actions."""


def read(name: str, file: BinaryIO) -> Iterator[Row]:
    """Go through the rows of a file; raise NotParquetError, WrongColumnsError."""
    rows = read_cells(name, file)
    header = tuple(next(rows).cells)
    require_columns(name, header, COLUMNS, OPTIONAL, SCHEMA)
    absent = cells_absent(header, OPTIONAL)
    for row in rows:
        yield row_of(name, header, row, records_of_row, absent, unit=ROW)


def read_cells(name: str, file: BinaryIO) -> Iterator[Cells]:
    """Go through the rows of a file as text, the names of the columns first, as row 0.

    `raw` is the row as a line of CSV, which is how a file of rejected rows has it.
    """
    import pyarrow as pa  # noqa: PLC0415  heavy, and few files need it
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        table = pq.ParquetFile(file, buffer_size=BUFFER_BYTES, pre_buffer=False)
        header = tuple(str(column) for column in table.schema_arrow.names)
        yield Cells(0, b"", header)
        line = 0
        for batch in table.iter_batches(batch_size=BATCH_ROWS):
            columns = [_values(column) for column in batch.columns]
            for values in zip(*columns, strict=True):
                line += 1
                yield _cells(line, header, values)
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        raise NotParquetError(
            "the file cannot be read as Parquet",
            where=name,
            why=" ".join(str(error).split())[:200],
            hint="write it again; or bring the same columns as CSV: reciprocity import FILE.csv",
        ) from error


def _values(column: Any) -> list[Any]:  # noqa: ANN401  a column of pyarrow, which ships no types
    """Return the values of a column; text that is not UTF-8 as bytes, to be refused in its row."""
    try:
        values: list[Any] = column.to_pylist()
    except UnicodeDecodeError:
        values = [_decoded(value) for value in column.cast("binary").to_pylist()]
    return values


def _decoded(value: bytes | None) -> str | bytes | None:
    try:
        return None if value is None else value.decode()
    except UnicodeDecodeError:
        return value


def _cells(line: int, header: tuple[str, ...], values: tuple[Any, ...]) -> Cells:
    cells: list[str] = []
    wrong: LedgerError | None = None
    for column, value in zip(header, values, strict=True):
        text = _text(value)
        if text is None and wrong is None:
            wrong = _not_text(column, value)
        cells.append(str(value) if text is None else text)
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow(cells)
    raw = written.getvalue().encode("utf-8", "backslashreplace")
    return Cells(line, raw, tuple(cells), wrong)


def _text(value: object) -> str | None:
    """Return the text that stands for a value in the CSV of actions; None where there is none."""
    if value is None or isinstance(value, str):
        return None if value and "\0" in value else value or ""
    if isinstance(value, datetime):
        at_midnight = value.time().isoformat() == "00:00:00"
        return value.date().isoformat() if at_midnight else None
    if isinstance(value, (date, int)) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, list) and all(isinstance(part, str) and ";" not in part for part in value):
        return ";".join(value)
    return None


def _not_text(column: str, value: object) -> CellNotTextError:
    return CellNotTextError(
        f"the cell holds {quoted(str(value)[:80])}, which is {type(value).__name__}",
        where=f"column {column}",
        why="a cell is text as in the CSV of actions (UTF-8, without NUL), a whole number, a date, "
        "or a list of texts",
        hint="write the column as text, then: reciprocity import FILE.parquet",
    )
