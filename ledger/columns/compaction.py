"""Compaction: many small segments become one, and what was sorted apart is sorted together.

A catch-up leaves a small segment (a tail). When there are many tails of a table they become a run;
when the runs are many, or hold much beside what they add to, everything becomes the base: sorted
by dispute, and cut so that a large dispute has files of its own. So each row is written again only
a few times, and one dispute is read from few files.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ledger.columns.schema import ORDERS
from ledger.columns.segments import BASE, RUN, TAIL, Segment, reading, write_segment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ledger.columns.engine import Engine

TAILS_MAX: Final = 24
RUNS_MAX: Final = 8
RUNS_PART: Final = 0.25
"""Runs become part of the base when they hold more than this part of its rows."""

CUT_ROWS: Final = 400_000
"""How many rows a segment of the base has, about."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Segments of one table that are to become others, of a level."""

    table: str
    gone: list[Segment]
    level: int


def due(table: str, segments: list[Segment], *, is_large: bool) -> Merge | None:
    """Say what is to be merged; `is_large` where much was added at once."""
    tails = [segment for segment in segments if segment.level == TAIL]
    runs = [segment for segment in segments if segment.level == RUN]
    base = [segment for segment in segments if segment.level == BASE]
    added = sum(segment.rows for segment in tails + runs)
    held = sum(segment.rows for segment in base)
    is_due = len(runs) > RUNS_MAX or (is_large and len(runs) > 1 and added > RUNS_PART * held)
    if table == "log":
        # In order of position nothing need be sorted together: full segments stay as they are.
        open_ended = [segment for segment in base if segment.rows < CUT_ROWS]
        return Merge(table, open_ended + runs + tails, BASE) if is_due else _tails(table, tails)
    return Merge(table, base + runs + tails, BASE) if is_due else _tails(table, tails)


def _tails(table: str, tails: list[Segment]) -> Merge | None:
    return Merge(table, tails, RUN) if len(tails) > TAILS_MAX else None


def merged(engine: Engine, folder: Path, merge: Merge, number: int) -> list[Segment]:
    """Write what the segments become; the next numbers are used up, one for each."""
    made: list[Segment] = []
    source = reading(folder, merge.gone)
    for where in _cuts(engine, merge, source) if merge.level == BASE else ("true",):
        part = f"(FROM {source} WHERE {where})"
        found = write_segment(
            engine, folder, merge.table, part, level=merge.level, number=number + len(made)
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
