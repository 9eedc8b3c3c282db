"""Cells of the tally: the set of actions that one printed figure sums, and the figure.

A cell is named by its key. A key that says `all` for kind, or for family and kind, is a total: a
cell of its own, summed afresh from its actions and never from other figures.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from domain.measures.in_force import Value, latest
from domain.measures.packages import Counted, Exceeded, PackageTotal, package_total
from domain.measures.reversed_part import reversed_part
from domain.quantities import Amount
from domain.truth import Truth
from domain.units import Nature, unit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.history import History
    from domain.measures.postings import Posting, Reversal
    from domain.reading import Reading

ALL: Final = "all"


@dataclass(frozen=True, slots=True, order=True)
class LineKey:
    """What one line is about; `family` or `kind` may be `all`; `unit` is empty where none applies.

    Rule: docs/semantics.md#tally
    """

    dispute: str
    by: str
    against: str
    family: str
    kind: str
    unit: str

    @property
    def is_total(self) -> bool:
        """Whether the line sums over kinds, or over families and kinds."""
        return self.kind == ALL

    def mirrored(self) -> LineKey:
        """Return the key of the same line the other way round."""
        return replace(self, by=self.against, against=self.by)


def keys_of(posting: Posting) -> tuple[LineKey, LineKey, LineKey]:
    """Return the cells that a posting is in: its own, over kinds, over families and kinds."""
    own = LineKey(
        posting.dispute,
        posting.by,
        posting.against,
        posting.family.value,
        posting.kind,
        posting.unit,
    )
    return (own, replace(own, kind=ALL), replace(own, kind=ALL, family=ALL))


@dataclass(frozen=True, slots=True)
class Figure:
    """What one cell comes to, in one direction.

    `imposed`, `reversed` and `outstanding` are None where no quantity applies. For a unit that
    never adds up `imposed` and `outstanding` are the value in force, None where none is, and
    `in_force` says whether one certainly is. `exceeded` are packages less than their parts.
    """

    actions: Amount
    imposed: Amount | None
    reversed: Amount | None = None
    outstanding: Amount | None = None
    in_force: Truth | None = None
    exceeded: tuple[Exceeded, ...] = ()


def figure(
    history: History,
    unit_name: str,
    postings: Sequence[Posting],
    reversals: Mapping[str, Sequence[Reversal]],
    reading: Reading,
) -> Figure:
    """Sum a cell, of which all postings have the given unit; `reversals` are by action reversed.

    What is certainly in the period counts; what is possibly in makes the figure a range.

    Rule: docs/semantics.md#tally
    """
    certain = sum(posting.is_certain for posting in postings)
    actions = Amount.between(certain, len(postings))
    if not unit_name:
        return Figure(actions, None)
    if unit(unit_name).nature is not Nature.FLOW:
        return _value_in_force(actions, postings, reversals)
    return _flow(history, actions, postings, reversals, reading)


def _flow(
    history: History,
    actions: Amount,
    postings: Sequence[Posting],
    reversals: Mapping[str, Sequence[Reversal]],
    reading: Reading,
) -> Figure:
    every = {posting.id: posting for posting in postings}
    naming = {held.id: held for name in every for held in reversals.get(name, ())}
    most = _summed(history, postings, list(naming.values()), reading)
    least = most
    is_all_certain = all(posting.is_certain for posting in postings)
    if not is_all_certain or not all(held.is_certain for held in naming.values()):
        least = _summed(
            history,
            [posting for posting in postings if posting.is_certain],
            [held for held in naming.values() if held.is_certain],
            reading,
        )
    imposed = range_of(least[0].amount, most[0].amount)
    taken = range_of(least[1], most[1])
    return Figure(
        actions=actions,
        imposed=imposed,
        reversed=taken,
        outstanding=imposed.reduced_by(taken),
        exceeded=most[0].exceeded,
    )


def _summed(
    history: History,
    postings: Sequence[Posting],
    reversals: Sequence[Reversal],
    reading: Reading,
) -> tuple[PackageTotal, Amount]:
    members: dict[str, Counted] = {}
    for posting in postings:
        counted = posting.counted()
        if counted is not None:
            members[counted.id] = counted
    return (
        package_total(history, members.values(), reading),
        reversed_part(history, members, reversals, reading),
    )


def range_of(least: Amount, most: Amount) -> Amount:
    """Return the range from what certainly counts to all that possibly does."""
    lo, hi = least.lo, most.hi
    return Amount(lo, hi, 0 if lo == hi else most.unknown_parts)


def _value_in_force(
    actions: Amount, postings: Sequence[Posting], reversals: Mapping[str, Sequence[Reversal]]
) -> Figure:
    """Stocks never add: the latest value that is not reversed counts."""
    values = []
    for posting in postings:
        naming = reversals.get(posting.id, ())
        if posting.amount is None or any(held.is_certain for held in naming):
            continue
        values.append(
            Value(posting.id, posting.when, posting.amount, posting.is_certain and not naming)
        )
    held = latest(values)
    if held is None:
        return Figure(actions, None, in_force=Truth.FALSE)
    is_certain = Truth.TRUE if held.is_certain else Truth.UNDETERMINED
    return Figure(actions, held.amount, outstanding=held.amount, in_force=is_certain)
