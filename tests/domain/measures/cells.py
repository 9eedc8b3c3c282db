"""Generated cells: some actions with packages among them, of which a part is in the cell.

And the package rule as an oracle would put it: by trying everything, with no tree and no order.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from domain.measures.packages import Counted, counted_of
from domain.reading import Reading
from tests.making import DISPUTE, act, make_history

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from domain.history import History
    from domain.measures.packages import PackageTotal

READING = Reading()


class Sum(Protocol):
    """`package_total`, or a broken twin of it."""

    def __call__(self, history: History, members: list[Counted], /) -> PackageTotal: ...


@dataclass(frozen=True)
class Cell:
    """A history, and the actions of it that one figure sums."""

    history: History
    members: list[Counted]

    @property
    def everything(self) -> list[Counted]:
        return members_of(self.history)

    def __repr__(self) -> str:
        rows = [
            f"{row.id} {row.amount} by {row.actors} in {row.part_of}" for row in self.everything
        ]
        return f"{'; '.join(rows)} | in the cell: {[row.id for row in self.members]}"


def members_of(history: History, *names: str) -> list[Counted]:
    """The actions of a history as a sum sees them; all of them, or those named."""
    held = [counted_of(dossier, READING) for dossier in history.in_dispute(DISPUTE)]
    return [row for row in held if row is not None and (not names or row.id in names)]


SMALL = st.integers(0, 2)
EXACT = SMALL.map(str)
RANGES = st.tuples(SMALL, st.integers(1, 2)).map(lambda pair: f"{pair[0]}..{sum(pair)}")
AT_LEAST = SMALL.map(lambda n: f">={n}")
AMOUNTS = EXACT | RANGES | AT_LEAST | st.just("unknown")


@st.composite
def cells(
    draw: st.DrawFn,
    amounts: st.SearchStrategy[str] = AMOUNTS,
    most: int = 4,
    targets: tuple[str, ...] = ("RUS", "RUS", "RUS", "CHN"),
    *,
    circles: bool = True,
) -> Cell:
    """A few actions, each perhaps part of another (circles included), some of them in the cell."""
    names = [f"a{n}" for n in range(draw(st.integers(1, most)))]
    rows = []
    for place, name in enumerate(names):
        around = names if circles else names[:place]
        fields: dict[str, Any] = {}
        package = draw(st.none() | st.sampled_from(around)) if around else None
        if package is not None:
            fields["part_of"] = package
        amount = draw(amounts)
        quantity = int(amount) if amount.isdigit() else amount
        rows.append(act(name, against=draw(st.sampled_from(targets)), quantity=quantity, **fields))
    history = make_history(*rows)
    chosen = draw(st.sets(st.sampled_from(names)))
    return Cell(history, [row for row in members_of(history) if row.id in chosen])


Twin = TypeVar("Twin")
Example = TypeVar("Example")


def bites(
    check: Callable[[Twin, Example], None], twin: Twin, examples: st.SearchStrategy[Example]
) -> None:
    """Fail unless the check finds an example that the broken twin gets wrong."""

    @settings(
        max_examples=1000,
        database=None,
        derandomize=True,
        report_multiple_bugs=False,
        phases=[Phase.generate],
    )
    @given(examples)
    def search(example: Example) -> None:
        check(twin, example)

    with pytest.raises(AssertionError):
        search()


# --- the oracle ------------------------------------------------------------------------------


def package_of(cell: Cell) -> Mapping[str, str]:
    """The nearest package alike of each action, circles cut at the smallest id."""
    rows = {row.id: row for row in cell.everything}
    links = {row.id: row.part_of for row in rows.values() if row.part_of in rows}
    for start in sorted(rows):
        step: str | None = start
        walked = []
        while step in links and step not in walked:
            walked.append(step)
            step = links[step]
        if step == start and start in links:
            del links[start]
    nearest = {}
    for start, row in rows.items():
        step = links.get(start)
        while step is not None and rows[step].targets != row.targets:
            step = links.get(step)
        if step is not None:
            nearest[start] = step
    return nearest


def above(packages: Mapping[str, str], name: str) -> Iterator[str]:
    """Every package around an action, the nearest first."""
    while name in packages:
        name = packages[name]
        yield name


def true_totals(cell: Cell, most: int) -> set[int]:
    """What the cell may truly come to: in every history in which packages hold their parts.

    Each action is given each number that its record allows, unknown ones up to `most`; a package
    is at least its parts in the cell. What is in a package of the cell is in its number; the number
    of a package outside the cell is in no sum.
    """
    packages = package_of(cell)
    chosen = {row.id for row in cell.members}
    concerned = sorted(chosen.union(*(above(packages, name) for name in chosen)))
    rows = {row.id: row.amount for row in cell.everything}
    inside = {
        name: [part for part in concerned if packages.get(part) == name] for name in concerned
    }
    outermost = [name for name in chosen if chosen.isdisjoint(above(packages, name))]
    ranges = [
        range(rows[name].lo, (most if rows[name].hi is None else rows[name].hi or 0) + 1)
        for name in concerned
    ]
    found = set()
    for numbers in product(*ranges):
        true = dict(zip(concerned, numbers, strict=True))
        if all(true[name] >= _held(name, inside, chosen, true) for name in concerned):
            found.add(sum(true[name] for name in outermost))
    return found


def _held(
    name: str, inside: Mapping[str, list[str]], chosen: set[str], true: Mapping[str, int]
) -> int:
    """How many of a package are known by its parts in the cell, at whatever depth."""
    return sum(
        true[part] if part in chosen else _held(part, inside, chosen, true) for part in inside[name]
    )


def cheapest_cover(cell: Cell) -> int:
    """The total where every number is exact, whether or not parts exceed their packages.

    Every outermost action of the cell is covered by itself or by a package around it that is not
    in the cell; the total is the least that such a cover counts.
    """
    packages = package_of(cell)
    chosen = {row.id for row in cell.members}
    rows = {row.id: row.amount.lo for row in cell.everything}
    outermost = [name for name in chosen if chosen.isdisjoint(above(packages, name))]
    choices = [[name, *above(packages, name)] for name in outermost]
    return min(sum(rows[name] for name in set(picked)) for picked in product(*choices))
