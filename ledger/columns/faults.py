"""What the system refuses while columns are read or written, by its name in this program."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb

from ledger.store.errors import DiskFullError, StoreFailedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def named_errors(folder: Path) -> Iterator[None]:
    """Let no fault of the disk out without its name; what was committed before it stays."""
    try:
        yield
    except (OSError, duckdb.IOException) as error:
        is_full = getattr(error, "errno", None) == errno.ENOSPC or "No space left" in str(error)
        what = "the disk is full" if is_full else "the columns cannot be read or written"
        raise (DiskFullError if is_full else StoreFailedError)(
            what,
            where=str(folder),
            why=str(error),
            hint="make room, or remove the folder: it is made again from the ledger",
        ) from error
