"""Answered sets and roles on the columns.

Whether an answered set holds an action by some side, or may hold more, flows along an own side's
steps like anything else, and is linear. Which actions it holds is as long as the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

import numpy as np

from domain.roles import Role
from ledger.columns.measures.arrays import Flags, Ints, Masks, collected, starts_of
from ledger.columns.measures.order import flowed
from ledger.columns.measures.spheres import Sphere, is_own_step, spheres
from ledger.columns.measures.tables import NONE
from ledger.columns.measures.world import UNKNOWN

if TYPE_CHECKING:
    from ledger.columns.measures.world import ColumnWorld

ROLES: Final = (
    Role.OPENING,
    Role.RESPONSE,
    Role.JOINING,
    Role.CONTINUATION,
    Role.UNDETERMINED,
)
OPENING, RESPONSE, JOINING, CONTINUATION, UNDETERMINED = range(5)
"""Roles by number, as `ROLES` names them."""


@dataclass(frozen=True, slots=True)
class Reached:
    """What the answered set of every node comes to: the sides that act in it, and the role.

    `is_open` says that the set may hold more; `is_own_step` tells which causes are own steps.
    """

    sides: Masks
    is_open: Flags
    role: Ints
    is_own_step: Flags


def reached(world: ColumnWorld) -> Reached:
    """Work out the role of every node.

    Rule: docs/semantics.md#answered-set
    Rule: docs/semantics.md#roles
    """
    ground, causes = world.ground, world.causes
    values = collected(causes.node[:0], causes.sides[:0], ground.nodes)
    for sphere in spheres(world):
        values = np.where(sphere.settles, _values(world, sphere), values)
    is_open: Flags = (values & 1) != 0
    sides = values >> 1
    is_own = is_own_step(world, ground.acting[causes.node])
    has_step = np.zeros(ground.nodes, dtype=bool)
    has_step[causes.node[is_own]] = True
    role = np.select(
        [
            world.is_undetermined,
            ((sides & ground.targeted) != 0).astype(bool),
            is_open,
            (sides != 0).astype(bool),
            has_step,
        ],
        [UNDETERMINED, RESPONSE, UNDETERMINED, JOINING, CONTINUATION],
        OPENING,
    )
    return Reached(sides, is_open, role, is_own)


def _values(world: ColumnWorld, sphere: Sphere) -> Masks:
    """The sides met, as bits above the first, which says that there may be more."""
    ground, causes, order = world.ground, world.causes, sphere.order
    is_open = world.is_undetermined.astype(np.int64)
    is_open[causes.node[causes.nature == UNKNOWN]] = 1
    places = order.place
    values = collected(places[causes.node[sphere.met]], causes.sides[sphere.met] << 1, ground.nodes)
    values |= collected(places, is_open.astype(values.dtype), ground.nodes)
    return flowed(values, *order.flows(sphere.effects, sphere.steps))[places]


@dataclass(frozen=True, slots=True)
class Members:
    """The members of answered sets, one row each, ordered by the node that answers.

    `node` is the member, or NONE for an outside action, which `ending` names; `sides` are those
    that did it.
    """

    start: Ints
    node: Ints
    ending: Ints
    sides: Masks


def members(world: ColumnWorld) -> Members:
    """Return the answered set of every node; as long as the answer is.

    Rule: docs/semantics.md#answered-set
    """
    ground, causes = world.ground, world.causes
    codes = np.where(causes.cause >= 0, causes.cause, ground.nodes + causes.ending)
    starts: list[Ints] = []
    held: list[Ints] = []
    settled = np.zeros(ground.nodes, dtype=bool)
    for sphere in reversed(list(spheres(world))):
        wanted = sphere.settles & ~settled
        settled |= wanted
        for nodes, found in _rows(sphere, wanted, causes.node, codes):
            starts.append(nodes)
            held.append(found)
    start, code = np.concatenate(starts), np.concatenate(held)
    order = np.lexsort((code, start))
    start, code = start[order], code[order]
    is_node = code < ground.nodes
    node, ending = np.where(is_node, code, NONE), np.where(is_node, NONE, code - ground.nodes)
    return Members(start, node, ending, _sides(world, start, node, ending))


def _sides(world: ColumnWorld, start: Ints, node: Ints, ending: Ints) -> Masks:
    """Return the sides that did each member, as the world of the start sees them."""
    ground, causes = world.ground, world.causes
    sides = np.append(ground.acting, np.zeros(1, dtype=ground.acting.dtype))[node]
    outside = ending >= 0
    if outside.any():
        width = int(max(ending.max(), causes.ending.max())) + 2
        known, first = np.unique(
            ground.world[causes.node] * width + causes.ending + 1, return_index=True
        )
        wanted = ground.world[start[outside]] * width + ending[outside] + 1
        sides[outside] = causes.sides[first[np.searchsorted(known, wanted)]]
    return sides


def _rows(sphere: Sphere, wanted: Flags, nodes: Ints, codes: Ints) -> list[tuple[Ints, Ints]]:
    """Return (start, member) of the wanted nodes: as met directly, or through own steps."""
    through = np.zeros(len(wanted), dtype=bool)
    through[sphere.effects] = True
    direct = sphere.met[(wanted & ~through)[nodes[sphere.met]]]
    found = [(nodes[direct], codes[direct])]
    goes_on = np.flatnonzero(wanted & through)
    if len(goes_on):
        sets = _sets(sphere, nodes, codes)
        held = [sets[place] for place in sphere.order.place[goes_on].tolist()]
        counts = np.array([len(one) for one in held])
        flat = np.fromiter(chain.from_iterable(held), dtype=np.int64, count=counts.sum())
        found.append((np.repeat(goes_on, counts), flat))
    return found


def _sets(sphere: Sphere, nodes: Ints, codes: Ints) -> dict[int, frozenset[int]]:
    """Return, by place, what is met by the nodes that own steps join, and through these steps."""
    place, length = sphere.order.place, len(sphere.settles)
    joined = np.zeros(length, dtype=bool)
    joined[sphere.effects] = joined[sphere.steps] = True
    first = starts_of(nodes[sphere.met], length).tolist()
    met = codes[sphere.met].tolist()
    sets: dict[int, frozenset[int]] = {}
    whose = np.flatnonzero(joined)
    for node, at in zip(whose.tolist(), place[whose].tolist(), strict=True):
        own = frozenset(met[first[node] : first[node + 1]])
        sets[at] = sets[at] | own if at in sets else own
    onto, out_of = sphere.order.flows(sphere.effects, sphere.steps)
    for effect, step in zip(onto.tolist(), out_of.tolist(), strict=True):
        if not sets[step] <= sets[effect]:
            sets[effect] |= sets[step]
    return sets
