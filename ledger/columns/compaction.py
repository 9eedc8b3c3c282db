"""Compaction: many small segments become one, and what was sorted apart is sorted together.

A small catch-up leaves a tail. When the tails are many they become a run of each table; when its
runs are many, or hold much beside what they add to, they become the base: sorted by dispute, and
cut so that a large dispute has files of its own. So each row is written again only a few times,
and one dispute is read from few files.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ledger.columns.schema import ORDERS
from ledger.columns.segments import BASE, RUN, Segment, reading, write_segment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ledger.columns.engine import Engine

TAILS_MAX: Final = 32
TAIL_ROWS_MAX: Final = 20_000
"""Tails become runs when there are more than this many of them, or of events in them."""

RUNS_MAX: Final = 16
RUNS_FEW: Final = 1
RUNS_PART: Final = 0.25
"""Runs join the base when they are many, or hold more than this part of its rows."""

CUT_ROWS: Final = 400_000
"""How many rows a segment of the base has, about."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Segments of one table that are to become its base."""

    table: str
    gone: list[Segment]


def due(table: str, segments: list[Segment]) -> Merge | None:
    """Say which segments of a table are to be merged; None where none need be."""
    runs = [segment for segment in segments if segment.level == RUN]
    base = [segment for segment in segments if segment.level == BASE]
    added = sum(segment.rows for segment in runs)
    is_much = len(runs) > RUNS_FEW and added > RUNS_PART * sum(one.rows for one in base)
    if len(runs) <= RUNS_MAX and not is_much:
        return None
    if table == "log":
        # In order of position nothing need be sorted together: full segments stay as they are.
        base = [segment for segment in base if segment.rows < CUT_ROWS // 2]
    return Merge(table, base + runs)


def tails_are_many(tails: list[Segment]) -> bool:
    """Say whether it is time to make runs of the tails."""
    return len(tails) > TAILS_MAX or sum(tail.rows for tail in tails) > TAIL_ROWS_MAX


def merged(engine: Engine, folder: Path, merge: Merge, number: int) -> list[Segment]:
    """Write what the segments become; the next numbers are used up, one for each."""
    made: list[Segment] = []
    source = reading(folder, merge.gone)
    for where in _cuts(engine, merge, source):
        part = f"(FROM {source} WHERE {where})"
        found = write_segment(
            engine, folder, merge.table, part, level=BASE, number=number + len(made)
        )
        if found is not None:
            made.append(found)
    return made


def _cuts(engine: Engine, merge: Merge, source: str) -> Iterator[str]:
    """Yield conditions that cut the rows into parts of about `CUT_ROWS`, in their order."""
    if sum(segment.rows for segment in merge.gone) <= CUT_ROWS:
        yield "true"
        return
    if "dispute" not in ORDERS[merge.table]:
        yield from _ranges(engine, source, "position", "")
        return
    counted = engine.execute(
        f"SELECT dispute, count(*) FROM {source} GROUP BY dispute ORDER BY dispute"
    ).fetchall()
    waiting: list[str] = []
    rows = 0
    for dispute, count in counted:
        if waiting and (rows + count > CUT_ROWS):
            yield f"dispute BETWEEN '{waiting[0]}' AND '{waiting[-1]}'"
            waiting, rows = [], 0
        if count > CUT_ROWS:
            yield from _ranges(engine, source, _order(merge.table), f"dispute = '{dispute}'")
        else:
            waiting.append(dispute)
            rows += count
    if waiting:
        yield f"dispute BETWEEN '{waiting[0]}' AND '{waiting[-1]}'"


def _order(table: str) -> str:
    return ORDERS[table][1]


def _ranges(engine: Engine, source: str, column: str, where: str) -> Iterator[str]:
    """Cut what is too much for one segment by position."""
    only = f"WHERE {where}" if where else ""
    and_ = f"{where} AND " if where else ""
    counted = engine.execute(f"SELECT count(*) FROM {source} {only}").fetchone()
    parts = -(-(counted[0] if counted else 0) // CUT_ROWS)
    shares = ", ".join(str(part / parts) for part in range(1, parts))
    found = engine.execute(
        f"SELECT quantile_disc({column}, [{shares}]) FROM {source} {only}"
    ).fetchone()
    bounds = [-1, *sorted(set(found[0] if found else ())), 2**62]
    for low, high in pairwise(bounds):
        yield f"{and_}{column} > {low} AND {column} <= {high}"
