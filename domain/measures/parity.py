"""Parity: how many each side has with the other, as observed and as ceilings in force allow."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, Final

from domain.dates import UncertainDate, possibly_before
from domain.measures.in_force import Value, latest
from domain.measures.postings import postings_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from domain.history import History
    from domain.measures.postings import Posting, Reversal
    from domain.quantities import Amount
    from domain.reading import Reading
    from domain.sides import Sides

CEILING: Final = "ceiling"
"""In the place of a teller: the most that the host allows."""

CEILING_OF: Final = (("posts", "posts_ceiling"),)
"""A stock, and the unit of the ceilings that speak of it."""


@dataclass(frozen=True, slots=True)
class Stock:
    """What `whose` has `where` on the date, by the latest word of one teller, or by the ceiling.

    `amount` is a range where it is not certain which word is the latest; `ids` are the
    observations, or the actions, it may rest on; `is_certain` is false where possibly none holds.
    """

    whose: str
    where: str
    teller: str
    amount: Amount
    ids: tuple[str, ...]
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """One teller's two stocks, each party's with the other; `ratio` is one to the other.

    `ratio` is None unless both are exact and certain, and the other is not zero.
    """

    teller: str
    one: Stock
    other: Stock
    ratio: Fraction | None


@dataclass(frozen=True, slots=True)
class Parity:
    """The stocks of a unit on a date, and what can be compared."""

    unit: str
    on: UncertainDate
    stocks: tuple[Stock, ...]
    comparisons: tuple[Comparison, ...]


def parity(
    history: History, dispute: str, unit: str, on: UncertainDate, reading: Reading
) -> Parity:
    """Compare stocks of a unit between parties of different declared sides on a date.

    Of observations the latest of each teller counts; a ceiling counts from its date on (by the
    reading's date basis) until it is replaced or reversed, if one party set it for one party: a
    joint ceiling says nothing of each. In a dispute without sides all parties are compared.

    Rule: docs/semantics.md#parity
    """
    sides = history.sides(dispute)
    words = {**_observed(history, unit, on), **_ceilings(history, dispute, unit, on, reading)}
    stocks = []
    for (whose, where, teller), values in sorted(words.items()):
        held = latest(values)
        if held is not None and _is_asked(sides, whose, where):
            stocks.append(Stock(whose, where, teller, held.amount, held.ids, held.is_certain))
    return Parity(unit, on, tuple(stocks), tuple(_comparisons(stocks)))


Place = tuple[str, str, str]


def _observed(history: History, unit: str, on: UncertainDate) -> Mapping[Place, list[Value]]:
    """Collect the observations made by the date, by whose, where and teller."""
    found: defaultdict[Place, list[Value]] = defaultdict(list)
    for seen in history.stocks.values():
        if seen.quantity.unit == unit and possibly_before(seen.on, on):
            value = Value(seen.id, seen.on, seen.quantity.value, _is_by(seen.on, on))
            found[seen.whose, seen.where, seen.teller].append(value)
    return found


def _ceilings(
    history: History, dispute: str, unit: str, on: UncertainDate, reading: Reading
) -> Mapping[Place, list[Value]]:
    """Collect the ceilings set by the date and not certainly reversed by then."""
    found: defaultdict[Place, list[Value]] = defaultdict(list)
    everything = reading.model_copy(update={"period": None, "families": ()})
    postings = postings_of(history, dispute, everything)
    lifted = [held for held in postings.reversals if possibly_before(held.when, on)]
    for posting in postings.posted:
        if posting.amount is None or posting.unit != dict(CEILING_OF).get(unit):
            continue
        lifting = [held for held in lifted if posting.id in dict(held.named)]
        if _is_standing(posting, lifting, on):
            is_certain = _is_by(posting.when, on) and not lifting
            value = Value(posting.id, posting.when, posting.amount, is_certain)
            found[posting.targets[0], posting.actors[0], CEILING].append(value)
    return found


def _is_standing(posting: Posting, lifting: Iterable[Reversal], on: UncertainDate) -> bool:
    """Whether a ceiling of one party for one party may stand on the date."""
    is_for_one = len(posting.actors) == len(posting.targets) == 1
    is_lifted = any(_is_by(held.when, on) for held in lifting)
    return is_for_one and possibly_before(posting.when, on) and not is_lifted


def _is_by(when: UncertainDate, on: UncertainDate) -> bool:
    """Whether something was so by the date, whichever day each of them was."""
    return when.hi <= on.lo


def _is_asked(sides: Sides, whose: str, where: str) -> bool:
    one, other = sides.side_of(whose), sides.side_of(where)
    return one != other and (not sides.declared or {one, other} <= set(sides.declared))


def _comparisons(stocks: Iterable[Stock]) -> Iterable[Comparison]:
    for one, other in combinations(stocks, 2):
        if (one.whose, one.where, one.teller) == (other.where, other.whose, other.teller):
            yield Comparison(one.teller, one, other, _ratio(one, other))


def _ratio(one: Stock, other: Stock) -> Fraction | None:
    both_known = all(held.amount.is_exact and held.is_certain for held in (one, other))
    if not both_known or other.amount.lo == 0:
        return None
    return Fraction(one.amount.lo, other.amount.lo)
