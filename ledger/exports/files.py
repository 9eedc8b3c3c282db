"""Where an export is written: never onto a ledger, and over no file unless that is asked for."""

from __future__ import annotations

import os
import shlex
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from domain.errors import InputError, require

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BESIDE_A_LEDGER: Final = ("", "-wal", "-shm", "-journal")
"""What SQLite appends to the name of a ledger for the files that belong to it."""


class OntoTheLedgerError(InputError):
    """An export would be written over its own ledger, or over a file that belongs to it."""


class FileExistsAlreadyError(InputError):
    """An export would be written over a file, and nobody said that it may be."""


class NoFolderError(InputError):
    """There is no folder to write a file in, or a folder stands where the file should be."""


def require_free(output: Path, store: str, *, force: bool) -> None:
    """Refuse a place where an export must not go; nothing is touched.

    Files are compared by where they really are, so no link leads onto the ledger. Raises
    OntoTheLedgerError, NoFolderError, FileExistsAlreadyError.
    """
    hint = f"reciprocity export -o {shlex.quote(f'{output}.export')}"
    require(
        not any(_is_same(output, f"{store}{end}") for end in BESIDE_A_LEDGER),
        OntoTheLedgerError(
            "an export is never written onto its ledger",
            where=str(output),
            why=f"{store} holds the history, and would be lost",
            hint=hint,
        ),
    )
    real = Path(os.path.realpath(output))
    require(
        real.parent.is_dir(),
        NoFolderError(
            "there is no folder to write the file in",
            where=str(output),
            why=f"{output.parent} is not a folder",
            hint=f"mkdir -p {shlex.quote(str(output.parent))}, then export again",
        ),
    )
    require(
        not real.is_dir(),
        NoFolderError(
            "a folder is no file to write to",
            where=str(output),
            hint=f"reciprocity export -o {shlex.quote(str(output / 'history.jsonl'))}",
        ),
    )
    require(
        force or not real.is_file(),
        FileExistsAlreadyError(
            "there is a file already",
            where=str(output),
            why="it would be overwritten",
            hint=f"name another file, or overwrite it: "
            f"reciprocity export -o {shlex.quote(str(output))} --force",
        ),
    )


def _is_same(one: Path, other: str) -> bool:
    """Say whether two names are of one file, be it there or not."""
    if os.path.realpath(one) == os.path.realpath(other):
        return True
    try:
        return one.samefile(other)
    except OSError:
        return False


@contextmanager
def written_whole(output: Path) -> Iterator[Callable[[str], object]]:
    """Write to a file that takes the place of an older one when it is whole, and not before.

    What is no regular file, such as a pipe, is written as it comes. A missing file is made at the
    end, so that an export that fails leaves nothing behind.
    """
    real = Path(os.path.realpath(output))
    if real.exists() and not real.is_file():
        with real.open("w", encoding="utf-8", newline="") as file:
            yield file.write
        return
    part = real.with_name(f"{real.name}.{os.getpid()}.part")
    try:
        file = part.open("w", encoding="utf-8", newline="")
    except OSError as error:
        # The name that people gave, not that of the part.
        raise OSError(error.errno, error.strerror, str(output)) from error
    try:
        with file:
            yield file.write
        part.replace(real)
    finally:
        part.unlink(missing_ok=True)
