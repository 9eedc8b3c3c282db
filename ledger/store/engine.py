"""The SQLite engine: one per process, and this module is its only importer.

POSIX drops every lock a process holds on a file as soon as the process closes any descriptor of
that file (https://www.sqlite.org/howtocorrupt.html, section 2.2). One SQLite library knows of its
own descriptors and takes care; two libraries in one process do not know of each other and lose
each other's locks. For the same reason a ledger file is never opened by other means.

pysqlite3 brings a newer library than most systems have; where it has no wheel, the interpreter's
own serves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3 as sqlite
else:
    try:
        from pysqlite3 import dbapi2 as sqlite
    except ImportError:
        import sqlite3 as sqlite

__all__ = ["ENGINE", "EngineInfo", "has_wal_reset_bug", "sqlite"]

Version = tuple[int, ...]

WAL_RESET_BUG: Final[tuple[tuple[Version, Version], ...]] = (
    ((3, 7, 0), (3, 44, 6)),
    ((3, 45, 0), (3, 50, 7)),
    ((3, 51, 0), (3, 51, 3)),
)


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """Which storage library serves the process, for people who look into its health."""

    name: str
    version: str
    has_wal_reset_bug: bool


def has_wal_reset_bug(version: Version) -> bool:
    """Tell whether this SQLite may corrupt a file that two connections write and checkpoint.

    Source: https://www.sqlite.org/wal.html#walresetbug (3.7.0 to 3.51.2; mended in 3.51.3, and in
    the branches 3.50.7 and 3.44.6).
    """
    return any(first <= version < mended for first, mended in WAL_RESET_BUG)


ENGINE: Final = EngineInfo(
    name=sqlite.__name__.partition(".")[0],
    version=sqlite.sqlite_version,
    has_wal_reset_bug=has_wal_reset_bug(sqlite.sqlite_version_info),
)
