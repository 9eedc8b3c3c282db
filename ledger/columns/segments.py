"""Segments: Parquet files that are written once, named in the manifest, and never changed."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ledger.columns.schema import ORDERS, position_of

if TYPE_CHECKING:
    from pathlib import Path

    from ledger.columns.engine import Engine

ROW_GROUP: Final = 40_960
"""Rows that are read or left out together: some disputes' worth."""

FORMAT: Final = f"FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2, ROW_GROUP_SIZE {ROW_GROUP}"

TAIL, RUN, BASE = 0, 1, 2
"""Levels: of one small catch-up; of a large one; sorted across all, cut by dispute."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One file of one table; or a tail, which has rows of all.

    `first` and `last` are the smallest and greatest position at which a row was written,
    `dispute_first` and `dispute_last` the range of disputes; empty where the table has none.
    """

    table: str
    path: str
    level: int
    rows: int
    bytes: int
    sha256: str
    first: int
    last: int
    dispute_first: str = ""
    dispute_last: str = ""

    @property
    def number(self) -> int:
        """The number in its name, which no other segment of the folder ever had."""
        return int(self.path.split(".")[-2])

    def may_hold(self, dispute: str | None, until: int | None) -> bool:
        """Whether rows of a dispute, written by a position, may be in here; None: any."""
        of_dispute = dispute is None or self.dispute_first <= dispute <= self.dispute_last
        return of_dispute and (until is None or self.first <= until)


def write_segment(  # noqa: PLR0913  what, from where, to where
    engine: Engine, folder: Path, table: str, source: str, *, level: int, number: int
) -> Segment | None:
    """Write the rows of a query as a segment, sorted, flushed to the disk; None if there are none.

    `number` tells it from every other segment of the folder. What a crash leaves behind is a file
    that no manifest names. A segment of one dispute lies in a folder of its name: ids are slugs,
    which any file system takes.
    """
    when = position_of(table)
    disputes = "min(dispute), max(dispute)" if "dispute" in ORDERS[table] else "'', ''"
    found = engine.execute(
        f"SELECT count(*), min({when}), max({when}), {disputes} FROM {source}"
    ).fetchone()
    if not found or not found[0]:
        return None
    rows, first, last, dispute, dispute_last = found
    own = f"/dispute={dispute}" if dispute and dispute == dispute_last else ""
    name = f"{table}{own}/{first}-{last}.{number}.parquet"
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    in_order = f"FROM {source} ORDER BY {', '.join(ORDERS[table])}"
    engine.execute(f"COPY ({in_order}) TO '{_quoted(partial)}' ({FORMAT})")
    sha256, size = flushed(partial), partial.stat().st_size
    partial.rename(path)
    place = {"dispute_first": dispute, "dispute_last": dispute_last}
    return Segment(table, name, level, rows, size, sha256, first, last, **place)


def reading(folder: Path, segments: list[Segment]) -> str:
    """Return the SQL that reads these segments together."""
    files = ", ".join(f"'{_pattern(folder / segment.path)}'" for segment in segments)
    return f"read_parquet([{files}], hive_partitioning = false)"


def flushed(path: Path) -> str:
    """Wait until a file is on the disk, and return its SHA-256 in hex."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    return digest


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _pattern(path: Path) -> str:
    """Return a path as the engine reads it: what would stand for other names stands for itself."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in _quoted(path))
