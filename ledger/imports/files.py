"""The files of one import: opened once, read as often as there are sweeps, the same each time."""

from __future__ import annotations

import os
import stat
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from domain.errors import InputError, require
from ledger.imports.csv_rows import NoRowsError
from ledger.imports.table import Importer, importer, recognised

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ledger.imports.rows import Row


class FileNotReadableError(InputError):
    """A file that should come in is not there, cannot be read, or can be read only once."""


class FileChangedError(InputError):
    """A file was changed while it came in."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file that comes in, and its format; `state` is its size and time when it was opened."""

    path: Path
    file: BinaryIO
    importer: Importer
    state: tuple[int, int]

    def rows(self) -> Iterator[Row]:
        """Go through its rows from the beginning; raise FileChangedError, or as the reader does."""
        self.rewind()
        return self.importer.read(str(self.path), self.file)

    def rewind(self) -> None:
        """Go to the beginning; raise FileChangedError."""
        self.require_unchanged()
        self.file.seek(0)

    def require_unchanged(self) -> None:
        """Refuse a file that is not what was opened; raise FileChangedError."""
        require(
            _state(self.file) == self.state,
            FileChangedError(
                "the file was changed while it came in",
                where=str(self.path),
                why="what was judged and what would be recorded must be the same",
                hint=f"reciprocity import {self.path}",
            ),
        )


@contextmanager
def opened(paths: Sequence[Path], form: str | None) -> Iterator[tuple[Incoming, ...]]:
    """Open all files of an import, each in its own format or all in the one that is named.

    Raises FileNotReadableError, NoRowsError, UnknownFormatError, NoSuchFormatError.
    """
    chosen = importer(form) if form else None
    with ExitStack() as stack:
        yield tuple(_opened(path, chosen, stack) for path in paths)


def _opened(path: Path, chosen: Importer | None, stack: ExitStack) -> Incoming:
    try:
        file = stack.enter_context(path.open("rb"))
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        raise _unreadable(path, "it is no regular file, and an import reads a file twice")
    state = _state(file)
    require(
        state[0],
        NoRowsError(
            "the file is empty",
            where=str(path),
            why="there is not even a first row",
            hint=f"reciprocity export --to {_form_of(path, chosen)} prints one of the right form",
        ),
    )
    return Incoming(path, file, chosen or recognised(path, file), state)


def _form_of(path: Path, chosen: Importer | None) -> str:
    """Name the form of an export that shows what such a file looks like."""
    named = chosen.name if chosen else path.suffix.removeprefix(".").lower()
    return named if named in {"jsonl", "accounts"} else "csv"


def _state(file: BinaryIO) -> tuple[int, int]:
    found = os.fstat(file.fileno())
    return found.st_size, found.st_mtime_ns


def _unreadable(path: Path, why: str) -> FileNotReadableError:
    return FileNotReadableError(
        "the file cannot be read", where=str(path), why=why, hint="reciprocity import --help"
    )
