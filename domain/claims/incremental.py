"""Incremental verdicts: a new action or a changed attribution, without going through the rest.

The state of an action hangs on its causes alone. So after a change only what descends from it is
looked at again, in order, and no further than where states stop changing.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from domain.claims.compact import CONSTANTS
from domain.claims.extremal import (
    BOTH,
    EITHER,
    NEUTRAL,
    NO_OPTION,
    STATES,
    of_every,
    of_none,
    states,
)
from domain.errors import InputError, require

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from domain.claims.compact import Compact
    from domain.truth import Truth

Options = tuple[tuple[int, ...], ...]


class OutOfOrderError(InputError):
    """A cause does not come before its effect in the order kept: the arrays must be made anew."""


@dataclass(slots=True, init=False)
class OpenVerdict:
    """A claim of ranks over mixed worlds, kept up to date.

    Nodes are as in `domain.claims.compact`; `selected` are the nodes that the claim speaks of.
    """

    none: bool
    _options: list[Options]
    _effects: list[set[int]]
    _states: bytearray
    _is_selected: bytearray
    _counts: list[int]

    def __init__(self, compact: Compact, selected: Iterable[int], *, none: bool = False) -> None:
        self.none = none
        self._options = list(compact.actions())
        self._states = states(compact.stream)
        self._effects = [set() for _ in self._states]
        self._is_selected = bytearray(len(self._states))
        self._counts = [0] * STATES
        for node, options in enumerate(self._options, start=CONSTANTS):
            self._link(node, options)
        for node in selected:
            self._select(node)

    def values(self) -> frozenset[Truth] | None:
        """Return the values that the claim takes in some world; None where it is no shortcut."""
        held = [state for state, count in enumerate(self._counts) if count]
        return of_none(held) if self.none else of_every(held)

    def state(self, node: int) -> int:
        """Return the state of a node."""
        return self._states[node]

    def add(self, options: Sequence[Sequence[int]], *, is_selected: bool) -> int:
        """Take in a new action and return its node; nothing before it is touched.

        Raises OutOfOrderError.
        """
        node = len(self._states)
        held = self._checked(node, options)
        self._options.append(held)
        self._effects.append(set())
        self._states.append(self._evaluated(held))
        self._is_selected.append(0)
        self._link(node, held)
        if is_selected:
            self._select(node)
        return node

    def change(self, node: int, options: Sequence[Sequence[int]]) -> int:
        """Give an action other options; return how many actions were looked at again.

        Raises OutOfOrderError.
        """
        held = self._checked(node, options)
        before = self._options[node - CONSTANTS]
        for cause in {cause for nodes in before for cause in nodes}:
            self._effects[cause].discard(node)
        self._options[node - CONSTANTS] = held
        self._link(node, held)
        return self._spread(node)

    def _spread(self, start: int) -> int:
        """Go through what descends from an action, causes first, until nothing changes."""
        waiting = [start]
        queued = {start}
        found, counts = self._states, self._counts
        while waiting:
            node = heappop(waiting)
            before, after = found[node], self._evaluated(self._options[node - CONSTANTS])
            if before == after:
                continue
            found[node] = after
            if self._is_selected[node]:
                counts[before] -= 1
                counts[after] += 1
            for effect in self._effects[node]:
                if effect not in queued:
                    queued.add(effect)
                    heappush(waiting, effect)
        return len(queued)

    def _evaluated(self, options: Options) -> int:
        found, merged = self._states, NO_OPTION
        for nodes in options:
            here = NEUTRAL
            for node in nodes:
                here = BOTH[here][found[node]]
            merged = EITHER[merged][here]
        return merged

    def _link(self, node: int, options: Options) -> None:
        for nodes in options:
            for cause in nodes:
                if cause >= CONSTANTS:
                    self._effects[cause].add(node)

    def _select(self, node: int) -> None:
        if not self._is_selected[node]:
            self._is_selected[node] = 1
            self._counts[self._states[node]] += 1

    @staticmethod
    def _checked(node: int, options: Sequence[Sequence[int]]) -> Options:
        is_in_order = all(cause < node for nodes in options for cause in nodes)
        require(
            is_in_order,
            OutOfOrderError(
                "a cause comes after its effect in the order kept so far",
                why="an option names an action that was taken in later",
                hint="reciprocity replay",
            ),
        )
        return tuple(tuple(nodes) for nodes in options)
