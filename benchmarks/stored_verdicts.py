"""Stored verdicts after one changed attribution, against evaluating the claim whole.

A ledger file is made of a generated contest, with a claim about all of it. Then one attribution
after another is recorded, and the views are caught up with it: every view, not the verdicts alone.
Beside it: the same claim recorded under another name, which evaluates it over the whole dispute.
"""

from __future__ import annotations

import argparse
import gc
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING, Final

from benchmarks.contests import DISPUTE, NEAR, SIDES, SOURCE, Deed, contest, records_of
from benchmarks.reporting import write_part
from domain.claims.claim import ClaimRecorded
from domain.records.accounts import Attributed
from ledger.facade import Ledger, open_ledger
from ledger.projections.catchup import PAGE

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZES: Final = (1_000, 10_000)
CHANGES: Final = 100
CONTESTED: Final = 0.4
SEED: Final = 20_220_202
ROUND: Final = 10
"""So many actions a round has, in the ledger in which no round answers another."""

Row = tuple[str, ...]


def claim(name: str) -> ClaimRecorded:
    """Return the claim that whatever the second side did was begun solely by the first."""
    holds = {"form": "initiated", "by": SIDES[0]}
    of = {"actors": [SIDES[1]], "polarities": ["hostile"]}
    return ClaimRecorded.model_validate(
        {
            "id": name,
            "dispute": DISPUTE,
            "side": SIDES[1],
            "speaker": "A minister",
            "said_on": "2020-01-01",
            "words": "They began it all",
            "variants": [{"test": {"form": "every", "of": of, "holds": holds}}],
            "sources": [SOURCE],
        }
    )


def in_rounds(deeds: Sequence[Deed]) -> list[Deed]:
    """Return a contest in which no action answers one of another round."""

    def within(number: int, told: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(cause for cause in told if cause // ROUND == number // ROUND)

    return [
        replace(deed, own=within(number, deed.own), other=within(number, deed.other))
        for number, deed in enumerate(deeds)
    ]


def retold(deeds: Sequence[Deed], number: int, rng: Random, reach: int) -> Attributed:
    """Let the other side say of an action that it answers something else, or nothing."""
    first = number // ROUND * ROUND if reach == ROUND else max(0, number - reach)
    causes = [f"e{rng.randrange(first, number)}"] if first < number and rng.random() < 1 / 2 else []
    return Attributed.model_validate(
        {
            "action": f"e{number}",
            "account": SIDES[1 - deeds[number].by],
            "causes": causes,
            "basis": "stated",
            "stated_on": f"20{rng.randrange(10, 99)}",
        }
    )


def filled(path: Path, deeds: list[Deed]) -> Ledger:
    """Make a ledger file of a contest, and bring its views up to date."""
    ledger = open_ledger(str(path), create=True, by="benchmark")
    records = list(records_of(deeds))
    for start in range(0, len(records), PAGE):
        for outcome in ledger.append(records[start : start + PAGE]):
            if outcome.error is not None:
                raise outcome.error
    ledger.views()
    return ledger


def timed(ledger: Ledger) -> float:
    """Return how many seconds of CPU catching up takes."""
    gc.collect()
    start = process_time()
    ledger.views()
    return process_time() - start


@dataclass(frozen=True, slots=True)
class Shape:
    """How far a change can be felt: `reach` is how far back an action's causes lie."""

    words: str
    reach: int
    drawn: Callable[[Sequence[Deed]], list[Deed]]


SHAPES: Final = (
    Shape(f"rounds of {ROUND} actions", ROUND, in_rounds),
    Shape(f"causes among the last {2 * NEAR} actions, across the whole ledger", NEAR, list),
)


def measured(shape: Shape, size: int, changes: int, folder: Path) -> Row:
    """Time changed attributions in one ledger, and the claim evaluated whole."""
    deeds = shape.drawn(contest(size, contested=CONTESTED, seed=SEED))
    rng = Random(SEED)
    with filled(folder / f"{shape.reach}-{size}.db", deeds) as ledger:
        ledger.record(claim("c1"))
        whole = timed(ledger)
        times = []
        for _ in range(changes):
            ledger.record(retold(deeds, rng.randrange(2, size), rng, shape.reach))
            times.append(timed(ledger))
    ordered = sorted(times)
    return (
        f"one changed attribution, {changes} times: {shape.words}",
        f"{size:,}",
        f"{median(ordered) * 1e3:.1f} ms",
        f"{ordered[int(changes * 0.9)] * 1e3:.1f} ms",
        f"{ordered[-1] * 1e3:.0f} ms",
        f"{whole * 1e3:,.0f} ms",
    )


def main() -> None:
    """Run everything and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--changes", type=int, default=CHANGES)
    parser.add_argument("--dry-run", action="store_true", help="print the table, write nothing")
    given = parser.parse_args()
    rows: list[Row] = [
        ("what", "actions", "median", "90th percentile", "longest", "the claim evaluated whole")
    ]
    with TemporaryDirectory() as folder:
        for shape in SHAPES:
            rows += [measured(shape, size, given.changes, Path(folder)) for size in given.sizes]
    for row in rows:
        print(" | ".join(row))
    if not given.dry_run:
        title = "Stored verdicts after a change"
        write_part("stored_verdicts", title, ("eventsourcing", "pydantic"), rows)


if __name__ == "__main__":
    main()
