"""The tally: who imposed how much of what on whom, entered twice, and what of it stands."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from domain.called import called
from domain.kinds import KINDS, Family, Polarity
from domain.measures.postings import postings_of
from domain.measures.spanning import Spanning, spanning
from domain.measures.tally_cells import ALL, Figure, LineKey, figure, keys_of
from domain.quantities import Net, difference, total
from domain.selection import counted
from domain.units import UNITS, Nature, unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from domain.history import History
    from domain.measures.packages import Exceeded
    from domain.measures.postings import Posting, Postings, Reversal
    from domain.quantities import Amount
    from domain.reading import Reading
    from domain.sides import Sides
    from domain.truth import Truth

NOTHING_BETWEEN_ITSELF: Final = Net(0, 0)
FAMILIES: Final = tuple(family.value for family in Family)
KIND_NAMES: Final = tuple(row.name for row in KINDS)
UNIT_NAMES: Final = tuple(row.name for row in UNITS)


@dataclass(frozen=True, slots=True)
class TallyLine:
    """What `by` imposed on `against`, what it suffered from it in the same field, and the net.

    Amounts are None where no quantity applies. `actions` counts rows, details of packages too; it
    is a range where some are only possibly in the period. For a unit that never adds up `imposed`
    and `outstanding` are the value in force (None: none is), `reversed` and `net` do not apply, and
    `in_force` says whether one certainly is. A pair (X, X) is what X bears of its own acts.

    Rule: docs/semantics.md#tally
    """

    key: LineKey
    actions: Amount
    imposed: Amount | None
    suffered: Amount | None
    net: Net | None
    reversed: Amount | None
    outstanding: Amount | None
    in_force: Truth | None


@dataclass(frozen=True, slots=True)
class SideTotal:
    """A declared side's sum over the other declared sides, in one unit that adds up."""

    side: str
    unit: str
    imposed: Amount
    suffered: Amount
    net: Net
    reversed: Amount
    outstanding: Amount


@dataclass(frozen=True, slots=True)
class Tally:
    """The whole tally of a dispute.

    `lines` are by pair, family, kind and unit; `totals` by pair, family and unit, and by pair and
    unit; each is summed from its own actions, so that a total may be below the sum of its lines.
    `exceeded` are packages smaller than their parts, `spanning` those that cross a bound of the
    period, `unclassified` the ids of actions of kind `other`, which count nowhere.
    """

    lines: tuple[TallyLine, ...]
    totals: tuple[TallyLine, ...]
    side_totals: tuple[SideTotal, ...]
    exceeded: tuple[Exceeded, ...]
    spanning: tuple[Spanning, ...]
    unclassified: tuple[str, ...]

    def line(self, by: str, against: str, family: str, kind: str, unit_name: str) -> TallyLine:
        """Return a line or total by what it is about; raise KeyError where nothing was done."""
        sought = (by, against, family, kind, unit_name)
        for found in (*self.lines, *self.totals):
            key = found.key
            if (key.by, key.against, key.family, key.kind, key.unit) == sought:
                return found
        raise KeyError(sought)


def tally(history: History, dispute: str, reading: Reading) -> Tally:
    """Sum a dispute: every action once as imposed and once as suffered, each cell by itself.

    Where one of a pair did something to the other, both have a line. Net over all sides is zero
    for every kind and unit.

    Rule: docs/semantics.md#tally
    """
    sides = history.sides(dispute)
    postings = postings_of(history, dispute, reading)
    naming = by_action(postings.reversals)
    cells: defaultdict[LineKey, list[Posting]] = defaultdict(list)
    for posting in postings.posted:
        for key in keys_of(posting):
            cells[key].append(posting)
    figures = {
        key: figure(history, key.unit, cells.get(key, ()), naming, reading)
        for key in sorted({*cells, *(key.mirrored() for key in cells)}, key=in_order(sides))
    }
    lines = [_line(key, mine, figures[key.mirrored()]) for key, mine in figures.items()]
    totals = tuple(line for line in lines if line.key.is_total)
    exceeded = [
        found for key, mine in figures.items() if key.family == ALL for found in mine.exceeded
    ]
    return Tally(
        lines=tuple(line for line in lines if not line.key.is_total),
        totals=totals,
        side_totals=_side_totals(sides, totals),
        exceeded=tuple(sorted(exceeded, key=lambda found: found.package)),
        spanning=spanning(history, dispute, reading),
        unclassified=_unclassified(history, dispute, reading),
    )


def line_of(history: History, key: LineKey, postings: Postings, reading: Reading) -> TallyLine:
    """Compute one line from the postings of its cell and of the mirrored cell.

    `postings` may hold more: what is in neither cell is passed over.

    Rule: docs/semantics.md#tally
    """
    naming = by_action(postings.reversals)

    def figure_of(wanted: LineKey) -> Figure:
        members = [posting for posting in postings.posted if wanted in keys_of(posting)]
        return figure(history, wanted.unit, members, naming, reading)

    return _line(key, figure_of(key), figure_of(key.mirrored()))


def by_action(reversals: Iterable[Reversal]) -> Mapping[str, Sequence[Reversal]]:
    """Index reversals by the actions that they name."""
    found: dict[str, list[Reversal]] = {}
    for reversal in reversals:
        for name, _ in reversal.named:
            found.setdefault(name, []).append(reversal)
    return found


def is_between_declared_sides(sides: Sides, key: LineKey) -> bool:
    """Say whether a line counts in a side's total: a declared side against another one."""
    return key.by != key.against and {key.by, key.against} <= set(sides.declared)


def in_order(sides: Sides) -> Callable[[LineKey], tuple[object, ...]]:
    """Return how lines are ordered: declared sides first, then as the tables order them."""

    def place(key: LineKey) -> tuple[object, ...]:
        return (
            not is_between_declared_sides(sides, key),
            *_account_place(sides, key.by),
            *_account_place(sides, key.against),
            _index(FAMILIES, key.family),
            _index(KIND_NAMES, key.kind),
            _index(UNIT_NAMES, key.unit),
        )

    return place


def _line(key: LineKey, mine: Figure, theirs: Figure) -> TallyLine:
    net = None
    if mine.imposed is not None and theirs.imposed is not None and mine.reversed is not None:
        is_own = key.by == key.against
        net = NOTHING_BETWEEN_ITSELF if is_own else difference(mine.imposed, theirs.imposed)
    return TallyLine(
        key=key,
        actions=mine.actions,
        imposed=mine.imposed,
        suffered=theirs.imposed,
        net=net,
        reversed=mine.reversed,
        outstanding=mine.outstanding,
        in_force=mine.in_force,
    )


def _side_totals(sides: Sides, totals: Sequence[TallyLine]) -> tuple[SideTotal, ...]:
    """Add up a side's pairs; no package is in two of them, since its parts have its targets."""
    lines: defaultdict[tuple[str, str], list[TallyLine]] = defaultdict(list)
    for line in totals:
        key = line.key
        adds_up = key.unit and unit(key.unit).nature is Nature.FLOW
        if key.family == ALL and adds_up and is_between_declared_sides(sides, key):
            lines[key.by, key.unit].append(line)
    return tuple(_side_total(side, name, held) for (side, name), held in lines.items())


def _side_total(side: str, unit_name: str, lines: Sequence[TallyLine]) -> SideTotal:
    imposed = total(line.imposed for line in lines if line.imposed is not None)
    suffered = total(line.suffered for line in lines if line.suffered is not None)
    return SideTotal(
        side=side,
        unit=unit_name,
        imposed=imposed,
        suffered=suffered,
        net=difference(imposed, suffered),
        reversed=total(line.reversed for line in lines if line.reversed is not None),
        outstanding=total(line.outstanding for line in lines if line.outstanding is not None),
    )


def _unclassified(history: History, dispute: str, reading: Reading) -> tuple[str, ...]:
    return tuple(
        dossier.id
        for dossier in counted(history, dispute, reading)
        if called(dossier, reading).kind.polarity is Polarity.UNCLASSIFIED
    )


def _account_place(sides: Sides, account: str) -> tuple[int, str]:
    return (_index(sides.declared, account), account)


def _index(table: Sequence[str], name: str) -> int:
    return table.index(name) if name in table else len(table)
