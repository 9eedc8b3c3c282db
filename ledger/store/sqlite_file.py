"""Where a ledger file lies, and how it may be opened there.

Nothing here opens the file: whatever is asked of it is asked of the file system, because closing
a second descriptor would drop the locks of the first (see engine.py).
"""

from __future__ import annotations

import os
import shlex
import stat
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from domain.errors import require
from ledger.store.errors import (
    LedgerNotFoundError,
    NotALedgerError,
    ReadOnlyStoreError,
    StoreChangedError,
    StoreFailedError,
)

Stamp = tuple[int, int, int]


class Access(StrEnum):
    """How the file is opened."""

    WRITE = "write"
    QUERY = "query"
    """Reading only because that was asked for; the folder is left tidy."""
    READ = "read"
    """Reading only because the file or its folder cannot be written; someone may be writing."""
    FROZEN = "frozen"
    """As READ where nobody is writing: no locks, so that no file need be made beside it."""


URI_PARAMETERS: Final = {
    Access.WRITE: "mode=rw",
    Access.QUERY: "mode=rw",
    Access.READ: "mode=ro",
    Access.FROZEN: "mode=ro&immutable=1",
}


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """One ledger file: the place as the user named it, the real path, and how to open it."""

    url: str
    path: Path
    access: Access
    reason: str = ""
    stamp: Stamp | None = None
    create: bool = False

    @property
    def uri(self) -> str:
        """The SQLite URI; see https://www.sqlite.org/uri.html."""
        parameters = "mode=rwc" if self.create else URI_PARAMETERS[self.access]
        return f"{self.path.as_uri()}?{parameters}"

    def require_writable(self) -> None:
        """Refuse to write where only reading is possible; raise ReadOnlyStoreError."""
        require(
            self.access is Access.WRITE,
            ReadOnlyStoreError(
                "the ledger cannot be written",
                where=self.url,
                why=self.reason,
                hint="copy it to where you may write, then `reciprocity doctor --store COPY`",
            ),
        )

    def require_unchanged(self) -> None:
        """Refuse what was read without locks if the file changed since; raise StoreChangedError."""
        if self.stamp is None:
            return
        require(
            stamp_of(self.path) == self.stamp,
            StoreChangedError(
                "the ledger changed while it was being read",
                where=self.url,
                why=f"{self.reason}, so it is read without locks",
                hint="run the same command again; see `reciprocity doctor`",
            ),
        )


def locate(url: str, *, create: bool = False, read_only: bool = False) -> LedgerFile:
    """Find the ledger file and decide how it can be opened; nothing is made or opened yet.

    With `create` a ledger will be made where there is none. Raises LedgerNotFoundError,
    NotALedgerError, StoreFailedError.
    """
    size = size_of(url)
    path = Path(os.path.realpath(url))
    if size is None:
        require(create and not read_only, not_found(url))
        require(
            path.parent.is_dir(),
            LedgerNotFoundError(
                "no folder to make the ledger in",
                where=url,
                why=f"{path.parent} is not a folder",
                hint="make the folder first, or name another: `reciprocity init --store PATH`",
            ),
        )
    # SQLite takes a file of one byte for an empty one, and would make a ledger over it.
    require(size != 1, not_a_ledger(url, "it holds a single byte"))
    obstacle = what_forbids_writing(path, exists=size is not None)
    if not obstacle:
        if read_only:
            return LedgerFile(url, path, Access.QUERY, "it was opened for reading only")
        return LedgerFile(url, path, Access.WRITE, create=create)
    require(
        size is not None,
        StoreFailedError(
            "no ledger can be made here",
            where=url,
            why=obstacle,
            hint="name another place: `reciprocity init --store PATH`",
        ),
    )
    if _has_sidecars(path):
        return LedgerFile(url, path, Access.READ, obstacle)
    return LedgerFile(url, path, Access.FROZEN, obstacle, stamp_of(path))


def not_found(url: str) -> LedgerNotFoundError:
    """Say that nothing is there, and how to make a ledger."""
    return LedgerNotFoundError(
        "there is no ledger here",
        where=url,
        why="no such file",
        hint=f"reciprocity init --store {shlex.quote(url)}",
    )


def not_a_ledger(url: str, why: str) -> NotALedgerError:
    """Say that something else is there, and what to do instead."""
    return NotALedgerError(
        "this is not a ledger",
        where=url,
        why=why,
        hint="name another with --store, or make one: `reciprocity init --store reciprocity.db`",
    )


def size_of(url: str) -> int | None:
    """Return the size of a regular file in bytes, None if there is none.

    Raises NotALedgerError for what is no file, StoreFailedError where one may not look.
    """
    try:
        found = os.stat(url)  # noqa: PTH116  a path may hold what Path refuses
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise StoreFailedError(
            "the ledger cannot be reached", where=url, why=str(error), hint="reciprocity doctor"
        ) from error
    require(stat.S_ISREG(found.st_mode), not_a_ledger(url, "it is not even a file"))
    return found.st_size


def what_forbids_writing(path: Path, *, exists: bool) -> str:
    """Say what keeps this process from writing the ledger; empty if nothing does.

    The folder matters too: the log of unfinished writes lies beside the file.
    """
    if exists and not _may_write(path):
        return "the file cannot be written"
    if not _may_write(path.parent):
        return "its folder cannot be written"
    return ""


def stamp_of(path: Path) -> Stamp | None:
    """Return what changes when a file does: inode, size in bytes, time of change in ns."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _has_sidecars(path: Path) -> bool:
    """Tell whether a writer may be at work, or left writes that are not in the file yet.

    Opening such a file as immutable would silently leave out what stands in `-wal`.
    """
    wal = stamp_of(path.with_name(f"{path.name}-wal"))
    shm = stamp_of(path.with_name(f"{path.name}-shm"))
    return shm is not None or (wal is not None and wal[1] > 0)
