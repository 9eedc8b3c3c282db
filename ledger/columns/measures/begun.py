"""Initiators on the columns: to whom the beginning of each action is put, under every policy.

A value is a set of bits: one says that something is not known; then a set of sides for each policy,
`external` being the first. What an exchange, or a single action, begins with by itself is worked
out for all at once; the rest flows from causes to effects.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from domain.reading import GrievancePolicy
from ledger.columns.measures.arrays import Flags, Masks, collected
from ledger.columns.measures.ground import ACTION, GRIEVANCE, OUTSIDE
from ledger.columns.measures.order import Order, flowed, order_of
from ledger.columns.measures.world import UNKNOWN

if TYPE_CHECKING:
    from ledger.columns.measures.world import Causes, ColumnWorld

EXTERNAL: Final = "external"


@dataclass(frozen=True, slots=True)
class Begun:
    """The initiators of every node: `values` as bits, `width` bits for each policy's sides."""

    values: Masks
    width: int
    order: Order

    @property
    def is_open(self) -> Flags:
        """Whether there may be more than is known."""
        found: Flags = (self.values & 1) != 0
        return found

    def under(self, policy: GrievancePolicy) -> Masks:
        """Return the sides under a policy: bit 0 is `external`, bit n + 1 side n of the world."""
        return (self.values >> self._shift(policy)) & ((1 << self.width) - 1)

    def sides_in(self, value: int, policy: GrievancePolicy) -> int:
        """Return those of one value."""
        return (value >> self._shift(policy)) & ((1 << self.width) - 1)

    def _shift(self, policy: GrievancePolicy) -> int:
        return 1 + self.width * tuple(GrievancePolicy).index(policy)


def begun(world: ColumnWorld) -> Begun:
    """Work out the initiators of every node, linear in causes.

    Rule: docs/semantics.md#initiators
    """
    ground, causes = world.ground, world.causes
    is_action = causes.nature == ACTION
    order = order_of(ground.nodes, causes.node[is_action], causes.cause[is_action])
    width = ground.sides.most + 1
    own = _by_itself(world, order, width)
    onto, out_of = order.flows(causes.node[is_action], causes.cause[is_action])
    is_lost = np.zeros(ground.nodes, dtype=bool)
    is_lost[order.place[world.is_undetermined]] = True
    own = np.where(is_lost, 1, own)
    kept = ~is_lost[onto]
    values = flowed(own, onto[kept], out_of[kept])
    return Begun(values[order.place], width, order)


def _by_itself(world: ColumnWorld, order: Order, width: int) -> Masks:
    """What stands at each place before anything flows: openings, outside actions, grievances."""
    ground, causes = world.ground, _outside_of_exchanges(world.causes, order)
    places = order.place[causes.node]
    is_grievance = causes.nature == GRIEVANCE
    has_any, has_other = (np.zeros(ground.nodes, dtype=bool) for _ in range(2))
    has_any[places] = True
    has_other[places[~is_grievance]] = True
    acting = collected(order.place, ground.acting << 1, ground.nodes)
    is_outside = causes.nature == OUTSIDE
    outside = collected(places[is_outside], causes.sides[is_outside] << 1, ground.nodes)
    blamed = np.where(causes.sides == 0, 1, causes.sides << 1)[is_grievance]
    blamed = collected(places[is_grievance], blamed, ground.nodes)
    external = np.zeros(ground.nodes, dtype=np.int64)
    external[places[is_grievance]] = 1
    unknown = np.zeros(ground.nodes, dtype=np.int64)
    unknown[places[causes.nature == UNKNOWN]] = 1
    if ground.sides.is_wide:
        external, unknown = external.astype(object), unknown.astype(object)
    by_actor = np.where(has_other, outside, acting)
    by_blamed = np.where(has_any, outside | blamed, acting)
    by_external = np.where(has_any, outside | external, acting)
    return unknown | (by_actor << 1) | (by_blamed << 1 + width) | (by_external << 1 + 2 * width)


def _outside_of_exchanges(causes: Causes, order: Order) -> Causes:
    """Leave out causes that belong to the same exchange as their effect."""
    is_action = causes.nature == ACTION
    onto = order.place[causes.node]
    out_of = order.place[np.where(is_action, causes.cause, 0)] if len(order.place) else onto
    return causes.only(~is_action | (onto != out_of))
