"""Nets: imposed minus suffered, as far as both are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.amounts import Amount


@dataclass(frozen=True, slots=True)
class Net:
    """A difference from `lo` to `hi` (None: no bound on that end), and its unknown parts.

    `lo` is at most `hi`. Made by `difference`.
    """

    lo: int | None
    hi: int | None
    unknown_parts: int = 0

    @property
    def is_exact(self) -> bool:
        """Whether the difference is known to the unit."""
        return self.lo is not None and self.lo == self.hi

    def contains(self, n: int) -> bool:
        """Say whether the difference can be n."""
        return (self.lo is None or self.lo <= n) and (self.hi is None or n <= self.hi)

    def __add__(self, other: Net) -> Net:
        """Add two differences; an end without a bound stays so, and unknown parts stay counted."""
        lo = None if self.lo is None or other.lo is None else self.lo + other.lo
        hi = None if self.hi is None or other.hi is None else self.hi + other.hi
        return Net(lo, hi, self.unknown_parts + other.unknown_parts)

    def __neg__(self) -> Net:
        """Return the same difference seen from the other side."""
        lo = None if self.hi is None else -self.hi
        hi = None if self.lo is None else -self.lo
        return Net(lo, hi, self.unknown_parts)

    def words(self) -> str:
        """Return it for a reader: "+23", "0", "at most +23", "between -3 and +5", "not known"."""
        if self.lo is None:
            return "not known" if self.hi is None else f"at most {signed(self.hi)}"
        if self.hi is None:
            return f"at least {signed(self.lo)}"
        if self.lo == self.hi:
            return signed(self.lo)
        return f"between {signed(self.lo)} and {signed(self.hi)}"


def difference(a: Amount, b: Amount) -> Net:
    """Return a minus b: what one side imposed, less what it suffered.

    With an unknown among the imposed there is no upper bound, among the suffered no lower one.
    Rule: docs/semantics.md#tally
    """
    lo = None if b.hi is None else a.lo - b.hi
    hi = None if a.hi is None else a.hi - b.lo
    return Net(lo, hi, a.unknown_parts + b.unknown_parts)


def signed(n: int) -> str:
    """Return a number with its sign; 0 has none."""
    return f"{n:+}" if n else "0"
