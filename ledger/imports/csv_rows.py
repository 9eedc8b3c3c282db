"""Rows of a CSV file (RFC 4180) with the physical line where each begins, whatever is in them.

A row ends where its quotes are closed. Where they never close, or something stands behind a closing
quote, the line where the row began is refused and reading goes on with the very next line: one
stray quote costs one line, never the rest of the file.
"""

from __future__ import annotations

import csv
from collections import Counter, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

from domain.errors import InputError, LedgerError, require
from domain.nearest import did_you_mean
from domain.quoting import quoted
from ledger.imports.lines import LINE_BYTES_MAX, UTF_16, Line, NotUtf8Error, read_lines
from ledger.imports.rows import Row, placed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from domain.records.base import Record

REASONS: Final = ("reason", "place", "hint")
"""Columns of a file of rejected rows: written there, and passed over when it comes in again."""


class NoRowsError(InputError):
    """A file has nothing in it, not even the names of its columns."""


class WrongColumnsError(InputError):
    """The first row does not name the columns that this format has."""


class RowNotCsvError(InputError):
    """A row's quotes do not close, or something stands behind a closing quote."""


class RowLengthError(InputError):
    """A row is cut short, or has more cells than there are columns."""


@dataclass(frozen=True, slots=True)
class Cells:
    """One row as it was cut into cells, or what was wrong with it."""

    line: int
    raw: bytes
    cells: tuple[str, ...] = ()
    error: LedgerError | None = None


def read_cells(lines: Iterator[Line]) -> Iterator[Cells]:
    """Cut lines into rows of cells; blank lines are passed over."""
    csv.field_size_limit(max(csv.field_size_limit(), LINE_BYTES_MAX))
    waiting = _Waiting(lines)
    while (first := waiting.take()) is not None:
        if not first.is_blank:
            yield _row(first, waiting)


class _Waiting:
    """Lines still to be read, those that were read too far first."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self._back: deque[Line] = deque()

    def take(self) -> Line | None:
        return self._back.popleft() if self._back else next(self._lines, None)

    def give_back(self, lines: Sequence[Line]) -> None:
        self._back.extendleft(reversed(lines))


def _row(first: Line, waiting: _Waiting) -> Cells:
    if first.error is not None:
        return Cells(first.number, first.data, error=first.error)
    taken = [first]
    try:
        cells = next(csv.reader(_texts(taken, waiting), strict=True))
    except csv.Error as error:
        waiting.give_back(taken[1:])
        return Cells(first.number, first.data, error=_not_csv(str(error)))
    return Cells(first.number, b"".join(line.data for line in taken), tuple(cells))


def _texts(taken: list[Line], waiting: _Waiting) -> Iterator[str]:
    """Give line after line for as long as the row goes on, within the limit of one line."""
    yield taken[0].text
    length = len(taken[0].data)
    while (line := waiting.take()) is not None:
        length += len(line.data)
        if line.error is not None or length > LINE_BYTES_MAX:
            waiting.give_back([line])
            return
        taken.append(line)
        yield line.text


def _not_csv(reason: str) -> RowNotCsvError:
    return RowNotCsvError(
        "the row is not CSV",
        why="a quote is opened and never closed"
        if "unexpected end" in reason
        else f"{reason} (RFC 4180)",
        hint='a quote inside a quoted cell is written twice (""); then: reciprocity import FILE',
    )


def read_table(
    name: str,
    file: BinaryIO,
    columns: tuple[str, ...],
    make: Callable[[Mapping[str, str], str], tuple[Record, ...]],
    *,
    optional: tuple[str, ...] = (),
) -> Iterator[Row]:
    """Go through the rows of a CSV file and what `make` makes of each, given its cells and place.

    Of the columns the `optional` ones may be missing: their cells are empty then.
    Raises NoRowsError, WrongColumnsError, NotUtf8Error where the first row cannot be used.
    """
    rows = read_cells(read_lines(file))
    header = read_header(name, rows)
    require_columns(name, header, columns, optional)
    absent = {column: "" for column in optional if column not in header}
    for row in rows:
        place = f"{name}, line {row.line}"
        cells: dict[str, str] = {}
        try:
            if row.error is not None:
                raise row.error
            cells |= named_cells(header, row.cells) | absent
            yield Row(name, row.line, row.raw, make(cells, place))
        except LedgerError as error:
            meant = cells.get("id", "")
            yield Row(name, row.line, row.raw, error=placed(error, place), meant=meant)


def read_header(name: str, rows: Iterator[Cells]) -> tuple[str, ...]:
    """Return the names of the columns; raise what is wrong with the first row, if anything."""
    first = next(rows, None)
    if first is None:
        raise NoRowsError(
            "the file is empty",
            where=name,
            why="the first row names the columns",
            hint="reciprocity export --to csv prints a file of the right form",
        )
    if first.raw.startswith(UTF_16):
        raise NotUtf8Error(
            "the file is UTF-16",
            where=name,
            why="it begins with the byte order mark of UTF-16",
            hint="save the file as UTF-8, then: reciprocity import FILE",
        )
    if first.error is not None:
        raise placed(first.error, f"{name}, line {first.line}")
    return tuple(cell.strip() for cell in first.cells)


def require_columns(
    name: str, header: tuple[str, ...], columns: tuple[str, ...], optional: tuple[str, ...] = ()
) -> None:
    """Refuse a file that lacks columns, has unknown ones, or one twice; raise WrongColumnsError.

    Of the columns the `optional` ones may be missing.
    """
    missing = [column for column in columns if column not in (*header, *optional)]
    absent = [*missing, *(column for column in optional if column not in header)]
    unknown = [column for column in header if column not in columns and column not in REASONS]
    twice = [column for column, times in Counter(header).items() if times > 1]
    said = [
        f"{what}: {', '.join(quoted(column) for column in found)}"
        for what, found in (("missing", missing), ("unknown", unknown), ("twice", twice))
        if found
    ]
    likely = [did_you_mean(column, absent) for column in unknown]
    require(
        not said,
        WrongColumnsError(
            f"wrong columns; {'; '.join(said)}",
            where=f"{name}, line 1",
            why="; ".join(guess for guess in likely if guess)
            or f"the columns are {', '.join(columns)}, in any order",
            hint="reciprocity export --to csv prints a file of the right form",
        ),
    )


def named_cells(header: tuple[str, ...], cells: tuple[str, ...]) -> dict[str, str]:
    """Put each cell under its column; raise RowLengthError."""
    fault = "is cut short" if len(cells) < len(header) else "is too long"
    require(
        len(cells) == len(header),
        RowLengthError(
            f"the row {fault}: {len(cells)} cells",
            why=f"there are {len(header)} columns",
            hint="a cell with a comma in it stands in quotes; then: reciprocity import FILE",
        ),
    )
    return dict(zip(header, cells, strict=True))
