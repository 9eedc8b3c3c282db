"""The formats that come in, one row each, and how a file's own is found out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

from domain.errors import InputError, UsageError
from domain.nearest import did_you_mean
from ledger.imports import accounts_csv, actions_csv, jsonl, parquet, subjects_toml
from ledger.imports.csv_rows import read_cells
from ledger.imports.lines import BOM, read_lines
from ledger.imports.rows import LINE, Row

if TYPE_CHECKING:
    from pathlib import Path

Read = Callable[[str, BinaryIO], Iterator[Row]]


class UnknownFormatError(InputError):
    """What a file holds is none of the formats that come in."""


class NoSuchFormatError(UsageError):
    """No format has this name."""


@dataclass(frozen=True, slots=True)
class Importer:
    """One format: its name for `--from`, what it holds, the endings of its files, its reader.

    `read` is given the file's name and its bytes, from the beginning. `rejected_as` is the form of
    the file of rejected rows. `says_all` is false where records can hold more than a row can say.
    `unit` is what rows are counted in, `weight` how much more a byte of it holds than one of text.
    `columns` head a file of rejected rows where that cannot
    take its heading from the file itself.
    """

    name: str
    holds: str
    endings: tuple[str, ...]
    read: Read
    rejected_as: str
    says_all: bool = True
    unit: str = LINE
    weight: int = 1
    columns: tuple[str, ...] = ()


IMPORTERS: Final = (
    Importer(
        "csv",
        "actions, with the targets' accounts",
        (".csv",),
        actions_csv.read,
        "csv",
        says_all=False,
    ),
    Importer("accounts", "accounts of any tellers", (".csv",), accounts_csv.read, "csv"),
    Importer(
        "parquet",
        "actions, with the targets' accounts, in the columns of csv",
        (".parquet", ".pq"),
        parquet.read,
        "csv",
        says_all=False,
        unit=parquet.ROW,
        weight=10,
        columns=actions_csv.COLUMNS,
    ),
    Importer("jsonl", "every type of record", (".jsonl", ".ndjson"), jsonl.read, "jsonl"),
    Importer(
        "toml", "parties, disputes, coverage, claims", (".toml",), subjects_toml.read, "jsonl"
    ),
)


def importer(name: str) -> Importer:
    """Return the row of a format by its name; raise NoSuchFormatError."""
    names = tuple(row.name for row in IMPORTERS)
    if name not in names:
        raise NoSuchFormatError(
            f"no format is called {name!r}",
            where="--from",
            why=did_you_mean(name, names) or f"the formats are {', '.join(names)}",
            hint="reciprocity import --help",
        )
    return next(row for row in IMPORTERS if row.name == name)


def recognised(path: Path, file: BinaryIO) -> Importer:
    """Find out a file's format, from its ending and else from how it begins.

    The file is left at its beginning. Raises UnknownFormatError.
    """
    fitting = [row for row in IMPORTERS if path.suffix.lower() in row.endings]
    if len(fitting) != 1:
        fitting = [_by_content(path, file)]
    return fitting[0]


def _by_content(path: Path, file: BinaryIO) -> Importer:
    begins = file.read(len(BOM) + 1).removeprefix(BOM).lstrip()
    file.seek(0)
    if begins == parquet.MAGIC:
        return importer("parquet")
    if begins.startswith(b"{"):
        return importer("jsonl")
    first = next(read_cells(read_lines(file)), None)
    file.seek(0)
    columns = set(first.cells) if first else set()
    if {"account", "causes"} <= columns:
        return importer("accounts")
    if path.suffix.lower() == ".csv" or {"actor_causes", "kind"} & columns:
        return importer("csv")
    raise UnknownFormatError(
        "the file is of no format that comes in",
        where=str(path),
        why="neither its ending nor its first line is one of: "
        + ", ".join(f"{row.name} ({row.holds})" for row in IMPORTERS),
        hint=f"reciprocity import --from csv {path}",
    )
