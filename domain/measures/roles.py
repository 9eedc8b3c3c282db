"""Roles: opening, response, joining, continuation, or undetermined."""

from __future__ import annotations

from domain.causes import Grievance
from domain.measures.answered import Answered, answered, member_sides
from domain.roles import Role
from domain.worlds import World

__all__ = ["Role", "is_grievance_led", "role"]


def role(world: World, action: str, reached: Answered | None = None) -> Role:
    """Say what an action is, from what it answers.

    *Response* if its answered set has an action by a side that it targets; *joining* if the set is
    not empty and nothing in it is by such a side; *continuation* if it is empty and some cause is
    an own-side action; *opening* only where the account gives the causes (none, or grievances
    alone); *undetermined* where the causes are, or where what is not known could decide otherwise.

    Rule: docs/semantics.md#roles
    """
    reached = reached or answered(world, action)
    causes = world.causes(action)
    if causes is None:
        return Role.UNDETERMINED
    targets = world.targeted(action)
    if any(member_sides(world, node) & targets for node in reached.members):
        return Role.RESPONSE
    if reached.has_unknown:
        return Role.UNDETERMINED
    if reached.members:
        return Role.JOINING
    return Role.CONTINUATION if reached.own_steps else Role.OPENING


def is_grievance_led(world: World, action: str) -> bool:
    """Whether an opening names a grievance.

    Rule: docs/semantics.md#roles
    """
    causes = world.causes(action) or ()
    return role(world, action) is Role.OPENING and any(
        isinstance(node, Grievance) for node in causes
    )
