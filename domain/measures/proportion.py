"""Proportion: how much an action does for each unit of what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from domain.called import called
from domain.measures.answered import Answered, answered
from domain.measures.packages import package_total
from domain.measures.triggers import acts, in_unit, is_summable
from domain.truth import Truth
from domain.worlds import World


@dataclass(frozen=True, slots=True)
class Proportion:
    """r(e) of one action in one world.

    `ratio` is None where it is undetermined, and where it does not apply: `applies` says which.
    `against` names the acts of the same unit that were summed.
    """

    applies: bool
    ratio: Fraction | None = None
    against: tuple[str, ...] = ()

    def within(self, k: Fraction) -> Truth | None:
        """Whether r(e) <= k; undetermined as r(e) is, None where it does not apply."""
        if not self.applies:
            return None
        return Truth.UNDETERMINED if self.ratio is None else Truth.of(self.ratio <= k)


DOES_NOT_APPLY: Final = Proportion(applies=False)


def proportion(world: World, action: str, reached: Answered | None = None) -> Proportion:
    """Divide an action's quantity by the sum over N(e), same unit only, packages counted once.

    Does not apply to an action without a quantity, to a ceiling, and where nothing in N(e) has the
    unit. Undetermined where a quantity is not exact, where N(e) holds an outside action or may hold
    more than is known, and where the sum is 0.

    Rule: docs/semantics.md#proportion
    """
    own = called(world.history.dossiers[action], world.reading)
    if own.denied or own.quantity is None or not is_summable(own.quantity):
        return DOES_NOT_APPLY
    reached = reached or answered(world, action)
    is_open = reached.has_unknown or bool(reached.outside())
    triggers = in_unit(world, acts(world, reached.recorded()), own.quantity.unit)
    if not triggers and not is_open:
        return DOES_NOT_APPLY
    against = tuple(act.id for act in triggers)
    limit = package_total(world.history, triggers, world.reading).amount
    value = own.quantity.value
    if is_open or not (value.is_exact and limit.is_exact and limit.lo > 0):
        return Proportion(applies=True, against=against)
    return Proportion(applies=True, ratio=Fraction(value.lo, limit.lo), against=against)
