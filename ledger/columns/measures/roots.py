"""Roots on the columns: the ends of the paths of causes of every node, by name.

Sets of roots are as large as they are: they are shared where they are equal, and only asked for
where somebody reads them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ledger.columns.measures.ground import ACTION, GRIEVANCE, OUTSIDE
from ledger.columns.measures.order import order_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledger.columns.measures.arrays import Ints
    from ledger.columns.measures.order import Order
    from ledger.columns.measures.world import ColumnWorld

Root = tuple[str, str]
"""What kind of end it is, and its name."""

Roots = frozenset[Root]
NOTHING: Final[Roots] = frozenset()


class Namer:
    """Names nodes and endings as they are written."""

    def __init__(self, ids: dict[int, str], endings: dict[int, str]) -> None:
        self._ids = ids
        self._endings = endings

    def node(self, node: int) -> str:
        """Return the id of the action."""
        return self._ids[node]

    def ending(self, ending: int) -> str:
        """Return the text of what the ledger does not hold."""
        return self._endings[ending]

    def cause(self, node: int, ending: int) -> str:
        """Return whichever of the two there is."""
        return self._ids[node] if node >= 0 else self._endings[ending]


NATURES: Final = {OUTSIDE: "outside action", GRIEVANCE: "grievance"}


def roots_of(world: ColumnWorld, names: Namer) -> list[Roots]:
    """Return the roots of every node.

    Rule: docs/semantics.md#roots
    """
    ground, causes = world.ground, world.causes
    is_action = causes.nature == ACTION
    effects, named = causes.node[is_action], causes.cause[is_action]
    order = order_of(ground.nodes, effects, named)
    is_lost = np.zeros(ground.nodes, dtype=bool)
    is_lost[order.place[world.is_undetermined]] = True
    held = _by_itself(world, order, is_lost, names)
    onto, out_of = order.flows(effects, named)
    kept = ~is_lost[onto]
    for effect, cause in zip(onto[kept].tolist(), out_of[kept].tolist(), strict=True):
        if not held[cause] <= held[effect]:
            held[effect] |= held[cause]
    return [held[place] for place in order.place.tolist()]


def _by_itself(world: ColumnWorld, order: Order, is_lost: np.ndarray, names: Namer) -> list[Roots]:
    ground, causes = world.ground, world.causes
    together = _members(order, names.node)
    held = [NOTHING] * ground.nodes
    has_cause = np.zeros(ground.nodes, dtype=bool)
    is_action = causes.nature == ACTION
    onto = order.place[causes.node]
    out_of = order.place[np.where(is_action, causes.cause, 0)]
    has_cause[onto[~is_action | (onto != out_of)]] = True
    for place in np.unique(order.place[ground.stands]).tolist():
        if is_lost[place]:
            held[place] = frozenset({("undetermined", together(place))})
        elif not has_cause[place]:
            nature = "exchange" if order.is_exchange[place] else "opening"
            held[place] = frozenset({(nature, together(place))})
    for row in np.flatnonzero(~is_action & ~is_lost[onto]).tolist():
        name = names.cause(int(causes.cause[row]), int(causes.ending[row]))
        nature = NATURES.get(int(causes.nature[row]), "unknown")
        held[int(onto[row])] |= {(nature, name)}
    return held


def _members(order: Order, name: Callable[[int], str]) -> Callable[[int], str]:
    """Return how the nodes at a place are named together."""
    by_place: Ints = np.argsort(order.place, kind="stable")
    places = order.place[by_place]

    def together(place: int) -> str:
        first, last = np.searchsorted(places, (place, place + 1))
        return "+".join(sorted(name(int(node)) for node in by_place[first:last]))

    return together
