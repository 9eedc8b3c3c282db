"""Where every action of a dispute stands in one account: role, answered set, roots, initiators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.reading import GrievancePolicy
from ledger.columns.measures.begun import EXTERNAL, begun
from ledger.columns.measures.reached import ROLES, members, reached
from ledger.columns.measures.roots import roots_of

if TYPE_CHECKING:
    from domain.roles import Role
    from ledger.columns.measures.begun import Begun
    from ledger.columns.measures.roots import Namer, Root
    from ledger.columns.measures.world import ColumnWorld


@dataclass(frozen=True, slots=True)
class Put:
    """To whom the beginning is put under a policy: sides or `external`, and whether to more."""

    policy: GrievancePolicy
    sides: tuple[str, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class ActionStanding:
    """One action in one world; `answers_more` says that it may answer more than is known."""

    action: str
    role: Role
    answered: tuple[str, ...]
    answers_more: bool
    roots: tuple[Root, ...]
    initiators: tuple[Put, ...]


def standing_of_all(world: ColumnWorld, names: Namer) -> dict[int, ActionStanding]:
    """Return where every node that counts stands.

    Rule: docs/semantics.md#roots
    """
    ground = world.ground
    found, began, roots = reached(world), begun(world), roots_of(world, names)
    answered: dict[int, list[str]] = {}
    held = members(world)
    for start, node, ending in zip(
        held.start.tolist(), held.node.tolist(), held.ending.tolist(), strict=True
    ):
        answered.setdefault(start, []).append(names.cause(node, ending))
    return {
        node: ActionStanding(
            action=names.node(node),
            role=ROLES[found.role[node]],
            answered=tuple(sorted(answered.get(node, ()))),
            answers_more=bool(found.is_open[node]),
            roots=tuple(sorted(roots[node])),
            initiators=put_to(began, node, ground.sides.names[ground.world[node]]),
        )
        for node in ground.counts.nonzero()[0].tolist()
    }


def put_to(began: Begun, node: int, sides: tuple[str, ...]) -> tuple[Put, ...]:
    """Name the initiators of a node under every policy.

    Rule: docs/semantics.md#initiators
    """
    value = int(began.values[node])
    return tuple(
        Put(policy, sides_named(began.sides_in(value, policy), sides), bool(value & 1))
        for policy in GrievancePolicy
    )


def sides_named(held: int, sides: tuple[str, ...]) -> tuple[str, ...]:
    """Name the sides of a set, `external` among them, in order of their names."""
    named = (EXTERNAL, *sides)
    return tuple(sorted({name for bit, name in enumerate(named) if held >> bit & 1}))
