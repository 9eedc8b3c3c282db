"""Amounts as columns: lower bounds, upper bounds or none, and how many parts are unknown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ledger.columns.measures.arrays import Flags, Ints

if TYPE_CHECKING:
    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Amounts:
    """One amount a row; where it `is_open` there is no upper bound, and `hi` is 0."""

    lo: Ints
    hi: Ints
    is_open: Flags
    unknown: Ints

    def __getitem__(self, which: npt.NDArray[Any]) -> Amounts:
        """Return the amounts of some rows."""
        return Amounts(self.lo[which], self.hi[which], self.is_open[which], self.unknown[which])

    def summed(self, places: Ints, length: int) -> Amounts:
        """Add up what stands at each place; nothing adds up to 0.

        Rule: docs/semantics.md#quantities
        """
        lo, hi, is_open, unknown = (np.zeros(length, dtype=np.int64) for _ in range(4))
        np.add.at(lo, places, self.lo)
        np.add.at(hi, places, self.hi)
        np.add.at(is_open, places, self.is_open)
        np.add.at(unknown, places, self.unknown)
        return of_bounds(lo, hi, is_open > 0, unknown)

    def plus(self, other: Amounts) -> Amounts:
        """Add row by row."""
        return of_bounds(
            self.lo + other.lo,
            self.hi + other.hi,
            self.is_open | other.is_open,
            self.unknown + other.unknown,
        )

    def at_most(self, bound: Amounts) -> Amounts:
        """Bound each row from above by the upper bound of another, where that has one."""
        hi = np.where(self.is_open, bound.hi, np.minimum(self.hi, bound.hi))
        found = of_bounds(
            np.minimum(self.lo, bound.hi), hi, np.zeros(len(hi), dtype=bool), self.unknown
        ).without_exact_unknowns()
        return self.where(bound.is_open, found)

    def possibly(self) -> Amounts:
        """Return what may not belong here at all: from 0."""
        found = of_bounds(np.zeros_like(self.lo), self.hi, self.is_open, self.unknown)
        return found.without_exact_unknowns()

    def up_to(self, most: Amounts) -> Amounts:
        """Return the range from these, which certainly count, to all that possibly do."""
        found = of_bounds(self.lo, most.hi, most.is_open, most.unknown)
        return found.without_exact_unknowns()

    def reduced_by(self, taken: Amounts) -> Amounts:
        """Take away, never below 0."""
        lo = np.where(taken.is_open, 0, np.maximum(0, self.lo - taken.hi))
        hi = np.maximum(0, self.hi - taken.lo)
        found = of_bounds(lo, hi, self.is_open, self.unknown + taken.unknown)
        return found.without_exact_unknowns()

    def where(self, which: Flags, other: Amounts) -> Amounts:
        """Return these where a condition holds, the others elsewhere."""
        return Amounts(
            np.where(which, self.lo, other.lo),
            np.where(which, self.hi, other.hi),
            np.where(which, self.is_open, other.is_open),
            np.where(which, self.unknown, other.unknown),
        )

    def without_exact_unknowns(self) -> Amounts:
        """Drop unknown parts where the amount is known to the unit."""
        is_exact = ~self.is_open & (self.lo == self.hi)
        return Amounts(self.lo, self.hi, self.is_open, np.where(is_exact, 0, self.unknown))


def of_bounds(lo: Ints, hi: Ints, is_open: Flags, unknown: Ints) -> Amounts:
    """Make amounts; an upper bound where there is none is passed over."""
    return Amounts(lo, np.where(is_open, 0, hi), is_open, unknown)


def nothing(length: int) -> Amounts:
    """Return amounts of 0."""
    zero = np.zeros(length, dtype=np.int64)
    return Amounts(zero, zero, zero != 0, zero)


def together(first: Amounts, second: Amounts) -> Amounts:
    """Return the rows of both, one after the other."""
    return Amounts(
        np.concatenate([first.lo, second.lo]),
        np.concatenate([first.hi, second.hi]),
        np.concatenate([first.is_open, second.is_open]),
        np.concatenate([first.unknown, second.unknown]),
    )


def from_columns(columns: dict[str, npt.NDArray[Any]]) -> Amounts:
    """Take amounts out of columns `lo`, `hi`, `is_open` and `unknown`."""
    is_open = columns["is_open"].astype(bool)
    return of_bounds(columns["lo"], columns["hi"], is_open, columns["unknown"])
