"""Exchanges: actions that are conditions of each other, found as cycles of causes.

Tarjan's algorithm (R. Tarjan, Depth-first search and linear graph algorithms, SIAM J. Comput. 1,
1972), without recursion, so that a chain of a million steps is no deeper than a chain of two.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from domain.causes import ActionCause
from domain.worlds import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Bargain:
    """One node of the graph of causes: a single action, or an exchange of several.

    `members` are in order of their ids. An action that names itself is an exchange of one.
    """

    members: tuple[str, ...]
    is_exchange: bool


def bargains(
    world: World, actions: Iterable[str], is_known: Callable[[str], bool] = lambda _: False
) -> Iterator[Bargain]:
    """Go through the actions and all that they go back to, causes before effects.

    Actions of which `is_known` holds are not entered. Linear in causes.

    Rule: docs/semantics.md#exchange
    """
    search = _Search()
    for action in actions:
        if action not in search.index and not is_known(action):
            yield from _component(world, action, search, is_known)


def exchanges(world: World, actions: Iterable[str]) -> tuple[Bargain, ...]:
    """Return the exchanges among the actions and all that they go back to."""
    return tuple(node for node in bargains(world, actions) if node.is_exchange)


@dataclass(slots=True)
class _Search:
    index: dict[str, int] = field(default_factory=dict)
    low: dict[str, int] = field(default_factory=dict)
    stack: list[str] = field(default_factory=list)
    on_stack: set[str] = field(default_factory=set)


def _component(
    world: World, start: str, search: _Search, is_known: Callable[[str], bool]
) -> Iterator[Bargain]:
    work = [(start, iter(_entered(world, start, search)))]
    while work:
        action, causes = work[-1]
        step = next((cause for cause in causes if not is_known(cause)), None)
        if step is None:
            work.pop()
            if work:
                parent = work[-1][0]
                search.low[parent] = min(search.low[parent], search.low[action])
            if search.low[action] == search.index[action]:
                yield _closed(world, action, search)
        elif step not in search.index:
            work.append((step, iter(_entered(world, step, search))))
        elif step in search.on_stack:
            search.low[action] = min(search.low[action], search.index[step])


def _entered(world: World, action: str, search: _Search) -> tuple[str, ...]:
    search.index[action] = search.low[action] = len(search.index)
    search.stack.append(action)
    search.on_stack.add(action)
    return _recorded_causes(world, action)


def _recorded_causes(world: World, action: str) -> tuple[str, ...]:
    causes = world.causes(action) or ()
    return tuple(node.action for node in causes if isinstance(node, ActionCause))


def _closed(world: World, action: str, search: _Search) -> Bargain:
    members = []
    while True:
        member = search.stack.pop()
        search.on_stack.discard(member)
        members.append(member)
        if member == action:
            break
    is_exchange = len(members) > 1 or action in _recorded_causes(world, action)
    return Bargain(tuple(sorted(members)), is_exchange)
