"""What is in force: of values that never add up, the latest one counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.dates import UncertainDate
from domain.quantities import Amount

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Value:
    """A ceiling or an observed stock: how many from when, and whether it certainly holds.

    What is only possibly in the period, or possibly reversed, does not certainly hold.
    """

    id: str
    when: UncertainDate
    amount: Amount
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class InForce:
    """The latest value: a range where it is not certain which one that is.

    `ids` are the values that may be the latest, in order of time. `is_certain` is false where
    possibly none holds.
    """

    amount: Amount
    ids: tuple[str, ...]
    is_certain: bool


def latest(values: Iterable[Value]) -> InForce | None:
    """Return the value in force, or None if there is none.

    A value is superseded by one that certainly holds and certainly came after it. Of those that
    are left each may be the latest.

    Rule: docs/semantics.md#stocks
    """
    ordered = sorted(values, key=lambda value: (value.when.lo, value.when.hi, value.id))
    newest = max((value.when.lo for value in ordered if value.is_certain), default=None)
    left = [value for value in ordered if newest is None or value.when.hi >= newest]
    if not left:
        return None
    return InForce(
        amount=any_of_them([value.amount for value in left]),
        ids=tuple(value.id for value in left),
        is_certain=newest is not None,
    )


def any_of_them(amounts: list[Amount]) -> Amount:
    """Return the amount that is one of these, and it is not known which."""
    lo = min(amount.lo for amount in amounts)
    highest = [amount.hi for amount in amounts if amount.hi is not None]
    hi = max(highest) if len(highest) == len(amounts) else None
    unknown = max(amount.unknown_parts for amount in amounts)
    return Amount(lo, hi, 0 if lo == hi else unknown)
