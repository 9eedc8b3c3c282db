"""Terms: what a claim counts, sums or looks up, as an amount with bounds."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from domain.claims.language import Compare, Comparison, Count, Number, Stock, Sum, Term
from domain.claims.selecting import selected
from domain.claims.stocks import observed
from domain.measures.links import act_recorded, packages_around
from domain.measures.packages import counted_of, package_total
from domain.quantities import ZERO, Amount, total
from domain.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from domain.claims.sight import Sight


@dataclass(frozen=True, slots=True)
class Value:
    """What a term comes to; `amount` None where nobody recorded it, and then why."""

    amount: Amount | None
    why: str = ""


def value_of(sight: Sight, term: Term) -> Value:
    """Return what a term comes to in a world.

    Rule: docs/semantics.md#claim-language
    """
    return VALUES[type(term)](sight, term)


def compared(left: Amount, right: Amount, claim: Compare) -> Truth:
    """Compare two amounts as a claim does; undetermined where their bounds leave it open."""
    low, high = Fraction(left.lo), _bound(left)
    least, most = claim.times * right.lo, _bound(right)
    most = None if most is None else claim.times * most
    if claim.how is Comparison.MORE:
        return _certain(most is not None and low > most, high is not None and high <= least)
    if claim.how is Comparison.AT_LEAST:
        return _certain(most is not None and low >= most, high is not None and high < least)
    if claim.how is Comparison.LESS:
        return _certain(high is not None and high < least, most is not None and low >= most)
    if claim.how is Comparison.AT_MOST:
        return _certain(high is not None and high <= least, most is not None and low > most)
    apart = (high is not None and high < least) or (most is not None and low > most)
    return _certain(low == high == least == most, apart)


def _bound(amount: Amount) -> Fraction | None:
    return None if amount.hi is None else Fraction(amount.hi)


def _certain(is_true: bool, is_false: bool) -> Truth:  # noqa: FBT001  two answers, in order
    if is_true:
        return Truth.TRUE
    return Truth.FALSE if is_false else Truth.UNDETERMINED


def _number(sight: Sight, term: Number) -> Value:
    del sight
    return Value(Amount.exact(term.value))


@dataclass(frozen=True, slots=True)
class Extent:
    """What a count or a sum comes to: at the least, and at the most.

    Of actions that no link ties to each other extents add up, part by part.
    """

    least: int
    most: Amount

    def amount(self) -> Amount:
        """Return it as an amount."""
        unknown = 0 if self.least == self.most.hi else self.most.unknown_parts
        return Amount(self.least, self.most.hi, unknown)


def extent_of(sight: Sight, term: Count | Sum) -> Extent:
    """Return what a count or a sum comes to in a world."""
    return _counted(sight, term) if isinstance(term, Count) else _summed(sight, term)


def _extent(sight: Sight, term: Count | Sum) -> Value:
    return Value(extent_of(sight, term).amount())


def _counted(sight: Sight, term: Count) -> Extent:
    """Count the acts selected; a part of a package that is selected too is a detail of it.

    Several rows of one act are one. A part of a package that is only possibly selected is only
    possibly counted.
    """
    found = selected(sight, term.of)
    history = sight.world.history
    chosen = {act_recorded(history, name) for name, _ in found}
    certain = {act_recorded(history, name) for name, value in found if value is Truth.TRUE}
    least = [name for name in certain if not _packages(sight, name) & chosen]
    most = [name for name in chosen if not _packages(sight, name) & certain]
    return Extent(len(least), Amount.exact(len(most)))


def _packages(sight: Sight, name: str) -> set[str]:
    history = sight.world.history
    return set(packages_around(history, name, history.dossiers[name].action.part_of))


def _summed(sight: Sight, term: Sum) -> Extent:
    chosen = dict(selected(sight, term.of))
    certain = [name for name, value in chosen.items() if value is Truth.TRUE]
    least = total(_in_unit(sight, certain, unit) for unit in term.units)
    return Extent(least.lo, total(_in_unit(sight, chosen, unit) for unit in term.units))


def _in_unit(sight: Sight, names: Iterable[str], unit: str) -> Amount:
    reading, history = sight.world.reading, sight.world.history
    members = [counted_of(history.dossiers[name], reading) for name in names]
    held = [member for member in members if member is not None and member.unit == unit]
    return package_total(history, held, reading).amount if held else ZERO


def _stock(sight: Sight, term: Stock) -> Value:
    """The last observation of each teller by the date; tellers who differ give a range."""
    seen = observed(sight.world.history, term)
    if not seen:
        who = f"{term.teller} observed no" if term.teller else "nobody observed any"
        return Value(
            None,
            f"{who} {term.unit} of {term.whose} in {term.where} on or before {term.on} "
            "in this ledger",
        )
    amounts = [held.quantity.value for held in seen]
    highs = [amount.hi for amount in amounts]
    hi = None if None in highs else max(high for high in highs if high is not None)
    lo = min(amount.lo for amount in amounts)
    return Value(Amount(lo, hi, 0 if lo == hi else max(a.unknown_parts for a in amounts)))


VALUES: Final[dict[type, Callable[[Sight, Any], Value]]] = {
    Number: _number,
    Count: _extent,
    Sum: _extent,
    Stock: _stock,
}
