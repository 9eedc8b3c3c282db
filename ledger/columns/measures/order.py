"""An order of nodes in which causes come before their effects, exchanges taken as one node.

Nodes stand by position, and mostly that is such an order already: only where an effect was recorded
before its cause can there be a cycle, or need the order be another. Between the two ends of such a
cause a window opens; windows that overlap are one. Outside of windows nothing moves; inside, the
exchanges are found by Tarjan's algorithm (SIAM J. Comput. 1, 1972), which yields causes first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from ledger.columns.measures.arrays import Flags, Ints, Masks, starts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK: Final = 1 << 20
"""So many edges at a time become Python numbers."""


@dataclass(frozen=True, slots=True)
class Order:
    """The place of each node's exchange: causes have smaller places than their effects.

    A node in no exchange has a place of its own. `is_exchange` tells, by place, where several
    stand, or one that names itself.
    """

    place: Ints
    is_exchange: Flags

    def flows(self, effects: Ints, causes: Ints) -> tuple[Ints, Ints]:
        """Return edges between places, those inside an exchange left out, in order of effects."""
        onto, out_of = self.place[effects], self.place[causes]
        outside = onto != out_of
        onto, out_of = onto[outside], out_of[outside]
        if len(onto) and (onto[1:] < onto[:-1]).any():
            order = np.argsort(onto, kind="stable")
            onto, out_of = onto[order], out_of[order]
        return onto, out_of


def order_of(nodes: int, effects: Ints, causes: Ints) -> Order:
    """Order nodes by their causes; `effects` and `causes` are edges, one row each.

    Linear in edges; in Python only inside of windows.

    Rule: docs/semantics.md#exchange
    """
    place = np.arange(nodes)
    is_exchange = np.zeros(nodes, dtype=bool)
    self_naming = effects[effects == causes]
    backwards = causes > effects
    if not backwards.any():
        is_exchange[self_naming] = True
        return Order(place, is_exchange)
    opened = np.zeros(nodes + 1, dtype=np.int64)
    np.add.at(opened, effects[backwards], 1)
    np.add.at(opened, causes[backwards] + 1, -1)
    in_window = np.cumsum(opened[:-1]) > 0
    inside = in_window[effects] & in_window[causes]
    slots = np.flatnonzero(in_window)
    local = np.cumsum(in_window) - 1
    order = np.argsort(local[effects[inside]], kind="stable")
    starts = starts_of(local[effects[inside]][order], len(slots))
    targets = local[causes[inside]][order].tolist()
    taken = 0
    for members in _exchanges(starts.tolist(), targets):
        held = slots[members]
        place[held] = slots[taken]
        is_exchange[slots[taken]] |= len(members) > 1
        taken += len(members)
    is_exchange[place[self_naming]] = True
    return Order(place, is_exchange)


def _exchanges(starts: list[int], targets: list[int]) -> Iterator[list[int]]:
    """Yield the strongly connected parts of a graph, causes first; without recursion.

    The causes of node `n` are `targets[starts[n]:starts[n + 1]]`.
    """
    nodes = len(starts) - 1
    number, low = [-1] * nodes, [0] * nodes
    on_stack = [False] * nodes
    following = starts[:-1]
    stack: list[int] = []
    count = 0
    for root in range(nodes):
        path = [root] if number[root] < 0 else []
        while path:
            node = path[-1]
            if number[node] < 0:
                number[node] = low[node] = count
                count += 1
                stack.append(node)
                on_stack[node] = True
            if following[node] < starts[node + 1]:
                cause = targets[following[node]]
                following[node] += 1
                if number[cause] < 0:
                    path.append(cause)
                elif on_stack[cause]:
                    low[node] = min(low[node], number[cause])
                continue
            path.pop()
            if path:
                low[path[-1]] = min(low[path[-1]], low[node])
            if low[node] == number[node]:
                yield _popped(stack, on_stack, node)


def _popped(stack: list[int], on_stack: list[bool], until: int) -> list[int]:
    members = []
    while True:
        member = stack.pop()
        on_stack[member] = False
        members.append(member)
        if member == until:
            return members


def flowed(values: Masks, onto: Ints, out_of: Ints) -> Masks:
    """Let what stands at each cause flow on to its effects, in one pass.

    Edges come in an order in which all edges into a place stand before those out of it, as
    `Order.flows` gives them. One edge after the other, in plain Python: a chain of a million steps
    leaves nothing to do at once.
    """
    held = values.tolist()
    for first in range(0, len(onto), CHUNK):
        chunk = slice(first, first + CHUNK)
        for effect, cause in zip(onto[chunk].tolist(), out_of[chunk].tolist(), strict=True):
            held[effect] |= held[cause]
    return np.array(held, dtype=values.dtype)
