"""Spheres: answered sets are sought through the steps of one's own sides, and whose these are.

Two actions by the same sides see the same steps as their own. A joint act sees those of each of its
sides, which see less themselves: so each set of sides that acts together somewhere, and steps back
to fewer, is a sphere of its own, gone through for its own joint acts alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ledger.columns.measures.arrays import Flags, Ints, Masks
from ledger.columns.measures.ground import ACTION, OUTSIDE
from ledger.columns.measures.order import Order, order_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.columns.measures.world import ColumnWorld


@dataclass(frozen=True, slots=True)
class Sphere:
    """How answered sets are sought for the nodes of which `settles` holds.

    `met` are the rows of causes that are other sides' actions; `effects` and `steps` the edges of
    own steps along which the search goes on, and `order` their order.
    """

    settles: Flags
    met: Ints
    effects: Ints
    steps: Ints
    order: Order


def is_own_step(world: ColumnWorld, sides: Masks) -> Flags:
    """Whether causes are actions, recorded or outside, that some sides alone did; by row."""
    nature = world.causes.nature
    beyond: Flags = (world.causes.sides & ~sides) != 0
    found: Flags = ((nature == ACTION) | (nature == OUTSIDE)) & ~beyond
    return found


def spheres(world: ColumnWorld) -> Iterator[Sphere]:
    """Go through the spheres; what a later one settles takes the place of what an earlier did.

    Rule: docs/semantics.md#answered-set
    """
    ground, causes = world.ground, world.causes
    acting = ground.acting
    yield _sphere(world, acting, np.ones(ground.nodes, dtype=bool), ground.stands)
    is_own = is_own_step(world, acting[causes.node]) & (causes.nature == ACTION)
    effects, steps = causes.node[is_own], causes.cause[is_own]
    joint = effects[acting[effects] != acting[steps]]
    for sides in set(acting[joint].tolist()):
        at_home = np.zeros(ground.worlds, dtype=bool)
        at_home[ground.world[joint[acting[joint] == sides]]] = True
        inside = at_home[ground.world] & ((acting & ~sides) == 0)
        whole = np.zeros(ground.nodes, dtype=acting.dtype)
        whole[inside] = sides
        yield _sphere(world, whole, inside, inside & (acting == sides))


def _sphere(world: ColumnWorld, sides: Masks, inside: Flags, settles: Flags) -> Sphere:
    causes = world.causes
    is_here = inside[causes.node]
    is_own = is_own_step(world, sides[causes.node]) & is_here
    nature = causes.nature
    is_met = is_here & ~is_own & ((nature == ACTION) | (nature == OUTSIDE))
    is_step = is_own & (nature == ACTION)
    effects, steps = causes.node[is_step], causes.cause[is_step]
    goes_on = sides[effects] == sides[steps]
    effects, steps = effects[goes_on], steps[goes_on]
    order = order_of(world.ground.nodes, effects, steps)
    return Sphere(settles, np.flatnonzero(is_met), effects, steps, order)
