"""Item by item: tests that hang on the actions they speak of one by one.

What such a test comes to in a world follows from how many of its items are true, false and
undetermined: so a change of one item is a change of a count.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from domain.claims.holding import holds
from domain.claims.language import Every, Exists, No, NotExists
from domain.truth import Truth, all_of, any_of, negate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.claims.sight import Sight

ItemWise = Every | No | Exists | NotExists

FORMS: Final = (Every, No, Exists, NotExists)


@dataclass(frozen=True, slots=True)
class Tallied:
    """How many items there are of each value; `certain` of them are certainly selected."""

    true: int = 0
    false: int = 0
    undetermined: int = 0
    certain: int = 0

    def values(self) -> tuple[Truth, ...]:
        """Return the values that some item has."""
        counts = (self.true, self.false, self.undetermined)
        return tuple(value for value, count in zip(ORDER, counts, strict=True) if count)


ORDER: Final = (Truth.TRUE, Truth.FALSE, Truth.UNDETERMINED)


def tallied(values: Iterable[Truth], certain: int) -> Tallied:
    """Count items by their values."""
    found = list(values)
    true, false, undetermined = (found.count(value) for value in ORDER)
    return Tallied(true, false, undetermined, certain)


def held_of(sight: Sight, test: ItemWise, action: str) -> Truth:
    """Say whether what the test says of an action holds of it; true where it says nothing."""
    if isinstance(test, (Every, No)):
        return holds(sight, action, test.holds)
    return Truth.TRUE


def item_value(test: ItemWise, is_in: Truth, held: Truth) -> Truth:
    """Return what the test comes to on one action: how far selected, how far what is said holds.

    Rule: docs/semantics.md#claim-language
    """
    if isinstance(test, Every):
        return any_of([negate(is_in), held])
    found = all_of([is_in, held])
    return found if isinstance(test, Exists) else negate(found)


def concluded(test: ItemWise, items: Tallied) -> tuple[Truth, bool]:
    """Return what the test comes to on all its items together, and whether it is vacuous.

    What holds of actions none of which is certainly selected may hold of nothing.

    Rule: docs/semantics.md#claim-language
    """
    values = items.values()
    if isinstance(test, Exists):
        return any_of(values), False
    value = all_of(values)
    if not isinstance(test, Every):
        return value, False
    if not values:
        return Truth.UNDETERMINED, True
    is_open = items.certain == 0 and value is Truth.TRUE
    return (Truth.UNDETERMINED if is_open else value), False
