"""Lines of the tally, in names: plain rows of what the columns come to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from domain.truth import Truth

ALL: Final = "all"


class Bounds(NamedTuple):
    """An amount: from `lo` to `hi` (None: no bound), with so many parts unknown."""

    lo: int
    hi: int | None
    unknown: int = 0


class NetBounds(NamedTuple):
    """A difference; None: no bound on that end."""

    lo: int | None
    hi: int | None
    unknown: int = 0


class Key(NamedTuple):
    """What a line is about; `family` or `kind` may be `all`, `unit` is empty where none applies."""

    by: str
    against: str
    family: str
    kind: str
    unit: str

    def mirrored(self) -> Key:
        """Return the key of the same line the other way round."""
        return self._replace(by=self.against, against=self.by)


@dataclass(frozen=True, slots=True)
class Line:
    """What `by` imposed on `against` and suffered from it; None where it does not apply."""

    actions: Bounds
    imposed: Bounds | None
    suffered: Bounds | None
    net: NetBounds | None
    reversed: Bounds | None
    outstanding: Bounds | None
    in_force: Truth | None


@dataclass(frozen=True, slots=True)
class SideSum:
    """A declared side's sum over the other declared sides, in one unit that adds up."""

    imposed: Bounds
    suffered: Bounds
    net: NetBounds
    reversed: Bounds
    outstanding: Bounds


def net_of(imposed: Bounds, suffered: Bounds) -> NetBounds:
    """Return imposed minus suffered; what has no bound leaves none."""
    lo = None if suffered.hi is None else imposed.lo - suffered.hi
    hi = None if imposed.hi is None else imposed.hi - suffered.lo
    return NetBounds(lo, hi, imposed.unknown + suffered.unknown)
