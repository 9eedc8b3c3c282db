"""Triggers: the members of an answered set as measures compare and sum them.

Each act stands there once, by the row that stands for it, as the teller calls it whose kinds count;
what that teller denies counts nowhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.called import called
from domain.measures.links import act_recorded
from domain.measures.packages import Counted, counted_of
from domain.units import Nature, unit
from domain.worlds import World

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.dossiers import Dossier
    from domain.quantities import Quantity


def acts(world: World, actions: Iterable[str]) -> tuple[Dossier, ...]:
    """Return the acts that recorded actions stand for, each once, in order of their ids.

    Rule: docs/semantics.md#links
    """
    standing = {act_recorded(world.history, action) for action in actions}
    dossiers = (world.history.dossiers[action] for action in sorted(standing))
    return tuple(held for held in dossiers if not called(held, world.reading).denied)


def in_unit(world: World, held: Iterable[Dossier], name: str) -> tuple[Counted, ...]:
    """Return those of the acts that have a quantity in a unit, as a sum sees them.

    Threatened quantities are among them; a ceiling never is, for its unit is no flow.
    """
    found = (counted_of(dossier, world.reading) for dossier in held)
    return tuple(act for act in found if act is not None and act.unit == name)


def is_summable(quantity: Quantity | None) -> bool:
    """Whether a quantity can be compared with a sum: there is one, and its unit is a flow."""
    return quantity is not None and unit(quantity.unit).nature is Nature.FLOW
