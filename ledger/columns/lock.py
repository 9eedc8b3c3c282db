"""One writer at a time: a lock on a file that the system lets go of when its holder ends."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Final

from domain.errors import require
from ledger.store.errors import StoreLockedError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WAIT_S: Final = 600.0
"""How long to wait for another process; a whole history is made again within minutes."""

RETRY_S: Final = 0.01


@contextmanager
def writing(folder: Path, wait_s: float = WAIT_S) -> Iterator[None]:
    """Be the only writer of a folder; raise StoreLockedError if another does not let go in time."""
    with (folder / "lock").open("a+b") as file:
        deadline = time.monotonic() + wait_s
        while not _taken(file):
            require(
                time.monotonic() < deadline,
                StoreLockedError(
                    "another process is writing the columns",
                    where=str(folder),
                    why=f"it did not let go within {wait_s:g} s",
                    hint="wait for it to finish, then run the same command again",
                ),
            )
            time.sleep(RETRY_S)
        yield


def _taken(file: IO[bytes]) -> bool:
    """Try to lock; the lock goes when the file is closed, by us or by the end of the process."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
