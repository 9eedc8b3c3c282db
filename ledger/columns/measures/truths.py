"""Three-valued truth as columns: false is 0, undetermined 1, true 2; what does not apply is -1."""

from __future__ import annotations

from typing import Final

import numpy as np

from domain.truth import Truth
from ledger.columns.measures.amounts import Amounts
from ledger.columns.measures.arrays import Flags, Ints

FALSE, UNDETERMINED, TRUE = range(3)
"""So that any of several is the largest, and all of them the smallest."""

DOES_NOT_APPLY: Final = -1
TRUTHS: Final = (Truth.FALSE, Truth.UNDETERMINED, Truth.TRUE)


def truth(number: int) -> Truth | None:
    """Return a truth value by its number; None where it does not apply."""
    return None if number == DOES_NOT_APPLY else TRUTHS[number]


def of(condition: Flags) -> Ints:
    """Return what is decided by a condition."""
    return np.where(condition, TRUE, FALSE)


def largest(places: Ints, values: Ints, length: int) -> Ints:
    """Return whether any of the values at each place is true; of nothing: false."""
    found = np.full(length, FALSE)
    np.maximum.at(found, places, values)
    return found


def exceeds(one: Amounts, other: Amounts, k: tuple[int, int]) -> Ints:
    """Whether amounts are more than k (a numerator, a denominator) times others.

    Rule: docs/semantics.md#quantities
    """
    times, per = k
    is_bounded = ~other.is_open | (times == 0)
    is_more = is_bounded & (one.lo * per > times * other.hi)
    is_not = ~one.is_open & (one.hi * per <= times * other.lo)
    return np.select([is_more, is_not], [TRUE, FALSE], UNDETERMINED)


def equal(one: Amounts, other: Amounts) -> Ints:
    """Whether amounts are the same: true only where both are exact."""
    are_exact = ~one.is_open & (one.lo == one.hi) & ~other.is_open & (other.lo == other.hi)
    are_apart = (~one.is_open & (one.hi < other.lo)) | (~other.is_open & (other.hi < one.lo))
    return np.select([are_exact & (one.lo == other.lo), are_apart], [TRUE, FALSE], UNDETERMINED)
