"""The weighted tally: what each side's acts weigh on a scale, which is always named."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from math import fsum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from domain.measures.packages import package_total, packages_present
from domain.measures.postings import NO_UNIT, postings_of
from domain.measures.tally_cells import range_of
from domain.quantities import Amount
from domain.units import Nature, unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from domain.history import History
    from domain.measures.packages import Counted
    from domain.measures.postings import Posting
    from domain.reading import Reading
    from domain.scales import Scale
    from domain.sides import Sides

Pair = tuple[str, str]
Ends = tuple[float | None, float | None]
ONE: Final = Amount.exact(1)
NO_VALUES: Final[Mapping[str, Amount]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Weight:
    """A weight from `lo` to `hi`; None: no bound on that end, for want of a quantity."""

    lo: float | None
    hi: float | None

    @property
    def is_exact(self) -> bool:
        """Whether the weight is known."""
        return self.lo is not None and self.lo == self.hi

    def less(self, other: Weight) -> Weight:
        """Return this weight less another."""
        lo = None if self.lo is None or other.hi is None else self.lo - other.hi
        hi = None if self.hi is None or other.lo is None else self.hi - other.lo
        return Weight(lo, hi)


@dataclass(frozen=True, slots=True)
class WeightedLine:
    """What `by` did to `against` weighs on a scale, what it suffered from it, and the net.

    `weighed` counts the actions with a weight, details of packages left out; `without_weight` are
    those of kinds that the scale does not know, `without_quantity` those that a scale that
    multiplies cannot weigh: no quantity applies, or its unit never adds up.
    """

    scale: str
    by: str
    against: str
    imposed: Weight
    suffered: Weight
    net: Weight
    weighed: int
    without_weight: tuple[str, ...]
    without_quantity: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Heap:
    """The postings of one pair, sorted by whether they count in their own right.

    `certain` are all that are certainly in the period. `surely` count whatever else turns out to
    be in it, `possibly` may count, `now` do if all that is possibly in the period is in it.
    """

    certain: tuple[Posting, ...]
    surely: tuple[Posting, ...]
    possibly: tuple[Posting, ...]
    now: tuple[Posting, ...]


def weighted(
    history: History, dispute: str, reading: Reading, scale: Scale
) -> tuple[WeightedLine, ...]:
    """Weigh what the tally posts, by ordered pair: the sum of weights, or of weight times quantity.

    A package weighs once, as what it is itself, and its parts are not counted beside it. What is
    only possibly in the period makes the weight a range.

    Rule: docs/semantics.md#scales
    """
    pairs: defaultdict[Pair, list[Posting]] = defaultdict(list)
    for posting in postings_of(history, dispute, reading).posted:
        pairs[posting.by, posting.against].append(posting)
    every = {*pairs, *((against, by) for by, against in pairs)}
    heaps = {pair: _heap(history, pairs.get(pair, ()), reading) for pair in every}
    weights = {pair: _weight(history, heap, scale, reading) for pair, heap in heaps.items()}
    order = _in_order(history.sides(dispute))
    return tuple(
        _line(scale, pair, heaps[pair], weights[pair], weights[pair[::-1]])
        for pair in sorted(every, key=order)
    )


def _line(scale: Scale, pair: Pair, heap: _Heap, imposed: Weight, suffered: Weight) -> WeightedLine:
    by, against = pair
    known = dict(scale.weights)
    multiplies = scale.magnitude == "quantity"
    weighable = [each for each in heap.now if _adds_up(each) or not multiplies]
    unmeasured = [each.id for each in heap.now if multiplies and not _adds_up(each)]
    return WeightedLine(
        scale=scale.name,
        by=by,
        against=against,
        imposed=imposed,
        suffered=suffered,
        net=Weight(0.0, 0.0) if by == against else imposed.less(suffered),
        weighed=sum(posting.kind in known for posting in weighable),
        without_weight=tuple(posting.id for posting in heap.now if posting.kind not in known),
        without_quantity=tuple(unmeasured),
    )


def _heap(history: History, postings: Sequence[Posting], reading: Reading) -> _Heap:
    around = packages_present(history, _counted(postings), reading)
    certain = {each.id: each for each in postings if each.is_certain}

    def holders(posting: Posting) -> tuple[str, ...]:
        return around.get(posting.id, ())

    return _Heap(
        certain=tuple(certain.values()),
        surely=tuple(each for each in certain.values() if not holders(each)),
        possibly=tuple(each for each in postings if certain.keys().isdisjoint(holders(each))),
        now=tuple(each for each in postings if not holders(each)),
    )


def _weight(history: History, heap: _Heap, scale: Scale, reading: Reading) -> Weight:
    """Sum the ends of what each posting, or each kind's quantity, can weigh."""
    known = dict(scale.weights)
    if scale.magnitude == "quantity":
        ends = _quantities(history, heap, known, reading)
    else:
        sure = {posting.id for posting in heap.surely}
        ends = [
            _ends(known[each.kind], ONE if each.id in sure else ONE.possibly())
            for each in heap.possibly
            if each.kind in known
        ]
    return Weight(_sum([low for low, _ in ends]), _sum([high for _, high in ends]))


def _quantities(
    history: History, heap: _Heap, known: Mapping[str, float], reading: Reading
) -> list[Ends]:
    """Return what the quantity of each kind and unit can weigh, each package under its own kind."""
    most = _by_kind_and_unit(heap.possibly)
    least = _by_kind_and_unit(heap.surely, _with_parts(history, heap.certain, reading))
    ends = []
    for key, members in sorted(most.items()):
        if key[0] in known:
            lowest = package_total(history, least.get(key, ()), reading).amount
            highest = package_total(history, members, reading).amount
            ends.append(_ends(known[key[0]], range_of(lowest, highest)))
    return ends


def _with_parts(
    history: History, postings: Iterable[Posting], reading: Reading
) -> dict[str, Amount]:
    """Return what each action comes to: a package of unknown size is at least its parts."""
    by_unit: defaultdict[str, list[Counted]] = defaultdict(list)
    for counted in _counted(postings):
        by_unit[counted.unit].append(counted)
    sums = [package_total(history, members, reading) for members in by_unit.values()]
    return {
        name: value for held in sums for name, value in zip(held.counted, held.values, strict=True)
    }


def _by_kind_and_unit(
    postings: Iterable[Posting], values: Mapping[str, Amount] = NO_VALUES
) -> dict[tuple[str, str], list[Counted]]:
    found: defaultdict[tuple[str, str], list[Counted]] = defaultdict(list)
    for posting in postings:
        counted = posting.counted()
        if counted is not None and _adds_up(posting):
            member = replace(counted, amount=values.get(posting.id, counted.amount))
            found[posting.kind, posting.unit].append(member)
    return found


def _ends(weight: float, amount: Amount) -> Ends:
    """Return the least and the most that an amount weighs; None: no bound."""
    if weight == 0:
        return (0.0, 0.0)
    ends = (weight * amount.lo, None if amount.hi is None else weight * amount.hi)
    return ends if weight > 0 else ends[::-1]


def _counted(postings: Iterable[Posting]) -> list[Counted]:
    return [counted for posting in postings if (counted := posting.counted()) is not None]


def _adds_up(posting: Posting) -> bool:
    return posting.unit != NO_UNIT and unit(posting.unit).nature is Nature.FLOW


def _sum(ends: Sequence[float | None]) -> float | None:
    known = [end for end in ends if end is not None]
    return fsum(known) if len(known) == len(ends) else None


def _in_order(sides: Sides) -> Callable[[Pair], tuple[object, ...]]:
    declared = sides.declared

    def place(pair: Pair) -> tuple[object, ...]:
        is_between = pair[0] != pair[1] and set(pair) <= set(declared)
        ranks = [declared.index(side) if side in declared else len(declared) for side in pair]
        return (not is_between, ranks[0], pair[0], ranks[1], pair[1])

    return place
