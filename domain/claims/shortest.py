"""The shortest path: what breaks a claim that all actions selected are as asked.

One action that is false is enough, and it is false as soon as one of its causes is, in the option
that it has. So a smallest set of changes is a path from an action selected, along causes, to a
constant that is false, on which as few actions as possible leave the option that they have: a
shortest path with steps of 0 and 1, in an order that is there already. Linear in causes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from domain.claims.compact import ACTION_ENDS, CONSTANTS, FALSE_NODE, OPTION_ENDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.claims.compact import Compact

FAR: Final = 2**30
"""No number of changes is enough."""

Changes = tuple[tuple[int, int], ...]
"""Actions by number, each with the number of the option that it changes to."""


@dataclass(frozen=True, slots=True)
class Breaking:
    """The smallest sets of changes; `steps` is their size, None where no changes are enough."""

    steps: int | None
    ties: tuple[Changes, ...]
    is_complete: bool = True


def breaking(compact: Compact, held: Sequence[int], selected: Sequence[int], most: int) -> Breaking:
    """Return the smallest sets of changes that make one of the nodes selected false.

    `held` is the number of the option that each action has. At most `most` ties are returned.

    Rule: docs/semantics.md#crux
    """
    far = distances(compact, held)
    least = min((far[node] for node in selected), default=FAR)
    if least >= FAR:
        return Breaking(None, ())
    paths = _Paths(compact, held, far, most)
    found: dict[frozenset[int], Changes] = {}
    for node in sorted(node for node in selected if far[node] == least):
        for changes in paths.ending_at(node):
            found.setdefault(frozenset(action for action, _ in changes), changes)
        if len(found) > most:
            break
    ties = tuple(found.values())
    return Breaking(least, ties[:most], is_complete=len(ties) <= most)


def distances(compact: Compact, held: Sequence[int]) -> list[int]:
    """Return for every node how many changes make it false."""
    far = [FAR] * CONSTANTS
    far[FALSE_NODE] = 0
    add = far.append
    held_by = iter(held)
    here = best = FAR
    option, kept = 0, next(held_by, 0)
    for code in compact.stream:
        if code >= 0:
            if far[code] < here:  # noqa: PLR1730  min() would take twice as long
                here = far[code]
        elif code == OPTION_ENDS:
            if option != kept:
                here += 1
            best = min(best, here)
            option, here = option + 1, FAR
        else:
            add(best)
            option, kept, best = 0, next(held_by, 0), FAR
    return far


@dataclass(slots=True)
class _Paths:
    """Finds the sets of changes of the shortest paths that end at a node, up to a maximum."""

    compact: Compact
    held: Sequence[int]
    far: list[int]
    most: int
    _found: dict[int, tuple[Changes, ...]] = field(default_factory=dict)
    _ends: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        stream = self.compact.stream
        self._ends.extend(place for place, code in enumerate(stream) if code == ACTION_ENDS)

    def ending_at(self, node: int) -> tuple[Changes, ...]:
        """Return sets of changes, none twice; without recursion, for paths may be long."""
        waiting = [node]
        while waiting:
            last = waiting[-1]
            steps = list(self._steps(last))
            before = [cause for _, _, cause in steps if cause not in self._known()]
            if before and last not in self._known():
                waiting += before
                continue
            waiting.pop()
            self._found.setdefault(last, self._joined(last, steps))
        return self._found[node]

    def _known(self) -> dict[int, tuple[Changes, ...]]:
        self._found.setdefault(FALSE_NODE, ((),))
        return self._found

    def _joined(self, node: int, steps: list[tuple[bool, int, int]]) -> tuple[Changes, ...]:
        found: dict[frozenset[int], Changes] = {}
        action = node - CONSTANTS
        for is_change, option, cause in steps:
            for changes in self._found[cause]:
                longer = (*changes, (action, option)) if is_change else changes
                found.setdefault(frozenset(name for name, _ in longer), longer)
            if len(found) > self.most:
                break
        return tuple(found.values())[: self.most + 1]

    def _steps(self, node: int) -> Iterator[tuple[bool, int, int]]:
        """Go through the causes of a node that lie on shortest paths: changed, option, cause."""
        if node < CONSTANTS:
            return
        action = node - CONSTANTS
        option = 0
        start = self._ends[action - 1] + 1 if action else 0
        for code in self.compact.stream[start : self._ends[action]]:
            if code == OPTION_ENDS:
                option += 1
                continue
            is_change = option != self.held[action]
            if self.far[code] + is_change == self.far[node]:
                yield is_change, option, code
