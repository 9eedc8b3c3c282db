"""The answered set: what an action answers, seen through its own side's steps."""

from __future__ import annotations

from dataclasses import dataclass

from domain.causes import ActionCause, OutsideCause
from domain.worlds import Node, UnknownCause, World


@dataclass(frozen=True, slots=True)
class Answered:
    """N(e): the first actions by other sides that an action goes back to, and what is not known.

    `members` are recorded and outside actions. `has_unknown` says that there may be more: a cause
    that is retracted, or an own-side step whose causes are undetermined. `own_steps` are the direct
    causes by the own side.
    """

    members: frozenset[Node]
    has_unknown: bool
    own_steps: tuple[Node, ...]

    def recorded(self) -> tuple[str, ...]:
        """Return the ids of the members that the ledger holds, in order."""
        return tuple(sorted(node.action for node in self.members if isinstance(node, ActionCause)))

    def outside(self) -> tuple[OutsideCause, ...]:
        """Return the members that the ledger does not hold, in order."""
        return tuple(sorted(node for node in self.members if isinstance(node, OutsideCause)))


def answered(world: World, action: str) -> Answered:
    """Go back from an action along causes, through its own side's actions, to other sides' first.

    Outside actions count as actions. A joint act is own-side iff all its acting sides act in
    `action`. An own-side outside action ends its path.

    Rule: docs/semantics.md#answered-set
    """
    own_sides = world.acting(action)
    members: set[Node] = set()
    has_unknown = False
    seen = {action}
    waiting = [action]
    while waiting:
        step = waiting.pop()
        causes = world.causes(step)
        has_unknown = has_unknown or causes is None
        for node in causes or ():
            if is_own_side(world, node, own_sides):
                if isinstance(node, ActionCause) and node.action not in seen:
                    seen.add(node.action)
                    waiting.append(node.action)
            elif isinstance(node, (ActionCause, OutsideCause)):
                members.add(node)
            else:
                has_unknown = has_unknown or isinstance(node, UnknownCause)
    own_steps = tuple(
        node for node in world.causes(action) or () if is_own_side(world, node, own_sides)
    )
    return Answered(frozenset(members), has_unknown, own_steps)


def is_own_side(world: World, node: Node, own_sides: frozenset[str]) -> bool:
    """Whether a cause is an action, recorded or outside, that the own sides alone did."""
    if isinstance(node, ActionCause):
        return world.acting(node.action) <= own_sides
    if isinstance(node, OutsideCause):
        return world.sides.side_of(node.party) in own_sides
    return False


def member_sides(world: World, node: Node) -> frozenset[str]:
    """Return the sides that act in a member of an answered set."""
    if isinstance(node, ActionCause):
        return world.acting(node.action)
    if isinstance(node, OutsideCause):
        return frozenset({world.sides.side_of(node.party)})
    return frozenset()
