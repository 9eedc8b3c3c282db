"""How long verdicts on claims take: extremal worlds, cruxes, and one changed attribution.

    python -m benchmarks.claims --sizes 1000 10000 100000 1000000 --changes 10000

The claim is "every hostile action by the second side is initiated solely by the first", over
generated contests of which 40 % of the actions are contested; what is rescued is the same claim
about a third of these actions, as if they were of one family. Building the contest and its arrays
is not counted, but for the rows that say so. By constraints are decided budgets over contested
responses, and the same claim where actions of one day may each answer any other.
"""

from __future__ import annotations

import argparse
import gc
from dataclasses import replace
from fractions import Fraction
from random import Random
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Final, TypeVar

from benchmarks.contests import (
    DISPUTE,
    SIDES,
    Deed,
    compact_of,
    contest,
    debts,
    held_by,
    history_of,
    knot,
    nodes_of,
)
from benchmarks.reporting import write_part
from domain.claims.compact import CONSTANTS
from domain.claims.crux import cruxes
from domain.claims.extremal import of_every, states
from domain.claims.filters import Filter
from domain.claims.incremental import OpenVerdict
from domain.claims.language import Budgeted, Every
from domain.claims.ports import Program
from domain.claims.predicates import Initiated
from domain.claims.rescuing import rescue
from domain.claims.shortest import breaking
from domain.claims.verdicts import Question, over_mixed
from domain.kinds import Polarity
from domain.reading import GrievancePolicy, Reading
from ledger.solvers.clock import patience
from ledger.solvers.engines import engines
from ledger.solvers.sat import Rc2

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.claims.language import Test
    from domain.truth import Truth

SIZES: Final = (1_000, 10_000, 100_000, 1_000_000)
CHANGES: Final = 10_000
CONTESTED: Final = 0.4
HARDLY: Final = 0.001
REPEATS: Final = 5
TIES: Final = 24
RESPONSES: Final = 800
BUDGETS: Final = ("2", "5/2", "3")
KNOTS: Final = (80, 200)
SEED: Final = 20161229

Result = TypeVar("Result")
Row = tuple[str, ...]


def timed(function: Callable[[], Result], repeats: int = REPEATS) -> tuple[float, Result]:
    """Return the least CPU time of several runs, in seconds, and the result."""
    best = None
    for _ in range(repeats):
        gc.collect()
        start = process_time()
        result = function()
        passed = process_time() - start
        best = passed if best is None else min(best, passed)
    return best or 0.0, result


def selected(size: int, one_in: int = 1) -> range:
    """Return the nodes of the second side's actions, or of one in so many of them."""
    return range(CONSTANTS + 1, CONSTANTS + size, 2 * one_in)


def over_worlds(size: int) -> Row:
    """Time what is possible and what is certain, and what breaks the claim."""
    deeds = contest(size, contested=CONTESTED, seed=SEED)
    compact = compact_of(deeds)
    nodes = selected(size)

    def verdict() -> frozenset[Truth]:
        return of_every(set(states(compact.stream)[nodes.start :: nodes.step]))

    held = held_by(deeds, teller=1)
    took, values = timed(verdict)
    broke, found = timed(lambda: breaking(compact, held, nodes, TIES))
    contested = sum(len(deed.options) > 1 for deed in deeds)
    words = " or ".join(sorted(values))
    return (
        "certain and possible, breaking crux",
        f"{size:,}",
        f"{contested:,}",
        f"{took * 1_000:.1f} ms",
        f"{broke * 1_000:.1f} ms",
        f"{words}; breaks with {found.steps}",
    )


def from_records(size: int) -> Row:
    """Time the same verdict from a history of records: options, arrays and all."""
    history = history_of(contest(size, contested=CONTESTED, seed=SEED))
    of = Filter(actors=(SIDES[1],), polarities=(Polarity.HOSTILE,))
    test = Every(of=of, holds=Initiated(by=SIDES[0]))
    asked = Question(history, DISPUTE, Reading(), GrievancePolicy.ACTOR, test)
    took, found = timed(lambda: over_mixed(asked, SIDES, engines()))
    broke, broken = timed(lambda: cruxes(asked, SIDES[1], SIDES, engines()))
    return (
        "the same from records in memory, options and arrays counted",
        f"{size:,}",
        "",
        f"{took * 1_000:.1f} ms",
        f"{broke * 1_000:.1f} ms",
        f"{found.verdict}; breaks with {broken[0].robustness}",
    )


def rescued(size: int, contested: float) -> Row:
    """Time what rescues the claim from the account of the other side."""
    deeds = contest(size, contested=contested, seed=SEED)
    compact = compact_of(deeds)
    nodes = selected(size, one_in=3)
    held = held_by(deeds, teller=0)
    number = sum(len(deed.options) > 1 for deed in deeds)
    engine = Rc2()
    took, one = timed(lambda: rescue(compact, held, nodes).cheapest(engine, 1, patience(60)))
    every, ties = timed(lambda: rescue(compact, held, nodes).cheapest(engine, TIES, patience(60)))
    return (
        "rescuing crux: one, and up to 24 ties",
        f"{size:,}",
        f"{number:,}",
        f"{took * 1_000:.1f} ms",
        f"{every * 1_000:.1f} ms",
        f"{one.cost} must change, {len(ties.models)} ties",
    )


def constrained(what: str, deeds: list[Deed], test: Test, *, one_day: bool = False) -> Row:
    """Time a claim that only constraints decide: what is possible, and what turns it, once each."""
    history = history_of(deeds, one_day=one_day)
    asked = Question(history, DISPUTE, Reading(), GrievancePolicy.ACTOR, test)
    contested = sum(len(deed.options) > 1 for deed in deeds)
    took, found = timed(lambda: over_mixed(asked, SIDES, engines()), repeats=1)
    turned, held = timed(lambda: cruxes(asked, SIDES[1], SIDES, engines()), repeats=1)
    words = "; ".join(
        f"{crux.after} with {crux.robustness}, {len(crux.ties)} ties" if crux.ties else crux.why
        for crux in held
    )
    return (
        f"by constraints: {what}; its crux",
        f"{len(deeds):,}",
        f"{contested:,}",
        f"{took * 1_000:.0f} ms",
        f"{turned * 1_000:.0f} ms",
        f"{found.verdict}; {words or 'nothing turns it'}",
    )


def by_constraints() -> list[Row]:
    """Time budgets over mixed worlds, tight and wide, and knots of causes."""
    engines().constraints.each(Program(1, (), (), ()), ((),), patience(60))  # loads the engine
    owed = debts(RESPONSES, seed=SEED)
    rows = [
        constrained(
            f"a budget over {RESPONSES} responses at k = {k}",
            owed,
            Budgeted(by=SIDES[1], of=Filter(), unit="persons", k=Fraction(k)),
        )
        for k in BUDGETS
    ]
    solely = Every(of=Filter(actors=(SIDES[1],)), holds=Initiated(by=SIDES[0]))
    return rows + [
        constrained("a knot of one day", knot(size, seed=SEED), solely, one_day=True)
        for size in KNOTS
    ]


def changed(size: int, changes: int, contested: float) -> Row:
    """Time one changed attribution after another in an open ledger.

    The less is contested, the further a change is felt.
    """
    deeds = contest(size, contested=contested, seed=SEED)
    kept = OpenVerdict(compact_of(deeds), selected(size))
    rng = Random(SEED)
    times, touched = [], []
    gc.collect()
    gc.disable()
    for _ in range(changes):
        number = rng.randrange(2, size)
        options = nodes_of(retold(deeds[number], number, rng))
        start = perf_counter()
        seen = kept.change(number + CONSTANTS, options)
        kept.values()
        times.append(perf_counter() - start)
        touched.append(seen)
    gc.enable()
    most = max(range(changes), key=times.__getitem__)
    ordered = sorted(times)
    found = f"longest {times[most] * 1e3:.2f} ms with {touched[most]:,} actions"
    found += f"; most actions {max(touched):,}"
    return (
        f"one changed attribution, {changes:,} times: median and 99th percentile",
        f"{size:,}",
        f"{sum(len(deed.options) > 1 for deed in deeds):,}",
        f"{median(ordered) * 1e6:.1f} us",
        f"{ordered[int(changes * 0.99)] * 1e6:.1f} us",
        found,
    )


def retold(deed: Deed, number: int, rng: Random) -> Deed:
    """Return an action as told anew: the other side says that it answers something else."""
    first = max(0, number - 40)
    other = () if rng.random() < 1 / 2 else (rng.randrange(first, number),)
    return replace(deed, other=other)


def main() -> None:
    """Run everything and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--changes", type=int, default=CHANGES)
    parser.add_argument("--changed-size", type=int, default=100_000)
    parser.add_argument("--dry-run", action="store_true", help="print the table, write nothing")
    given = parser.parse_args()
    rows: list[Row] = [("what", "actions", "contested", "first", "second", "found")]
    rows += [over_worlds(size) for size in given.sizes]
    rows.append(from_records(min(10_000, max(given.sizes))))
    rows.append(rescued(2_000, CONTESTED))
    rows += [changed(given.changed_size, given.changes, part) for part in (CONTESTED, HARDLY)]
    rows += by_constraints()
    for row in rows:
        print(" | ".join(row))
    if not given.dry_run:
        write_part("claims", "Verdicts on claims", ("python-sat", "networkx", "ortools"), rows)


if __name__ == "__main__":
    main()
