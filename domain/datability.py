"""Datability: whether the actions of an account can be put in time so that causes come first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.causes import ActionCause
from domain.measures.exchanges import Bargain, bargains

if TYPE_CHECKING:
    from datetime import date

    from domain.worlds import World


@dataclass(frozen=True, slots=True, order=True)
class Undatable:
    """An action that cannot have been after everything that it goes back to.

    `earliest` is the first day on which it can have been so, `latest` the last day of its own date.
    """

    action: str
    earliest: date
    latest: date


def undatable(world: World) -> tuple[Undatable, ...]:
    """Return the actions of a world that no choice of days puts after their causes.

    The earliest day of an action is the latest of its own first day and the earliest days of its
    causes; the members of an exchange share theirs. It is undatable where that day is after its own
    last one. Causes that are undetermined, unknown, outside the ledger or grievances have no day.
    Linear in causes; ordered by id.

    Rule: docs/semantics.md#datability
    """
    earliest: dict[str, date] = {}
    found = []
    for bargain in bargains(world, [dossier.id for dossier in world.actions()]):
        day = _earliest(world, bargain, earliest)
        for member in bargain.members:
            earliest[member] = day
            action = world.history.dossiers[member].action
            if day > action.occurred.hi and action.dispute == world.dispute:
                found.append(Undatable(member, day, action.occurred.hi))
    return tuple(sorted(found))


def _earliest(world: World, bargain: Bargain, earliest: dict[str, date]) -> date:
    """The first day on which all members of an exchange can have been, or its single action."""
    own = (world.history.dossiers[member].action.occurred.lo for member in bargain.members)
    causes = (
        earliest[node.action]
        for member in bargain.members
        for node in world.causes(member) or ()
        if isinstance(node, ActionCause) and node.action in earliest
    )
    return max([*own, *causes])
