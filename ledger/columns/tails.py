"""Tails: what one catch-up added, as rows in a small file, until there is enough for Parquet.

A Parquet file for each table costs more than a hundred events are worth. So a tail is one file of
JSON with the rows of every table; the engine holds the rows of all tails in tables of its own,
beside which the segments are read. Compaction makes segments of them.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, Any, Final

import msgspec

from ledger.columns.by_domain import rows_of
from ledger.columns.schema import TABLES, Fields
from ledger.columns.sealing import digest_of
from ledger.columns.segments import TAIL, Segment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ledger.columns.flatten import Row
    from ledger.store.raw import RawEvent, RawLog

TAILS: Final = "tails"
"""In the place of a table: the segment is a tail, and has rows of every table."""

STORED: Final[dict[str, Fields]] = {
    **TABLES,
    "log": {"position": "BIGINT", "digest": "VARCHAR"},
}
"""The fields of a tail's rows: bytes are written as hex digits."""

Rows = dict[str, list[dict[str, Any]]]


def begun_before(page: Sequence[RawEvent], log: RawLog) -> list[RawEvent]:
    """Return the earlier events of the actions that a page adds to."""
    streams = {event[1] for event in page if event[2] > 1 and event[1].startswith("action:")}
    streams.difference_update(event[1] for event in page if event[2] == 1)
    return log.streams(sorted(streams), page[0][0] - 1) if streams else []


def tail_rows(page: Sequence[RawEvent], log: RawLog) -> Rows:
    """Return the rows that a few new events write, each through the domain.

    Raises what an event raises that cannot be read or folded.
    """
    told = [
        event
        for event in (*begun_before(page, log), *page)
        if event[1].startswith(("action:", "dispute:"))
    ]
    told.sort(key=lambda event: (event[1], event[2]))
    rows: dict[str, list[Row]] = rows_of(told, page[0][0] - 1)
    rows["log"] = [{"position": event[0], "digest": digest_of(event)} for event in page]
    return rows


def write_tail(folder: Path, rows: Rows, number: int) -> Segment:
    """Write rows as a tail, flushed to the disk."""
    content = msgspec.json.encode(rows)
    positions = [row["position"] for row in rows["log"]]
    name = f"{TAILS}/{positions[0]}-{positions[-1]}.{number}.json"
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    with path.with_suffix(".partial").open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    path.with_suffix(".partial").rename(path)
    sha256 = hashlib.sha256(content).hexdigest()
    ends = positions[0], positions[-1]
    return Segment(TAILS, name, TAIL, len(positions), len(content), sha256, *ends)


def read_tail(folder: Path, tail: Segment) -> Rows:
    """Read the rows of a tail."""
    rows: Rows = msgspec.json.decode((folder / tail.path).read_bytes())
    return rows
