"""Chains: the causes of actions as trees, from each root down to what descends from it.

A tree is its steps in the order of a printed page, each with its depth, so that a chain of a
million steps is no harder to walk than one of two. An exchange is one step with all its members. A
step is shown once, with what descends from it; where it is reached again it stands alone, marked.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from domain.causes import ActionCause
from domain.measures.exchanges import Bargain, bargains
from domain.measures.roots import Root, RootNature, cause_root
from domain.selection import in_order_of_time
from domain.worlds import World

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from domain.accounts import Option


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a tree.

    `actions` are the ids of an action, or of the members of an exchange, and `options` say for each
    of them who put it there: the teller, how, and whether it was inferred. Both are empty where
    the step is no recorded action; `name` is then the cause's text. `is_repeated` says that the
    step stands above, with what descends from it.
    """

    depth: int
    name: str
    actions: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    is_repeated: bool = False


@dataclass(frozen=True, slots=True)
class Tree:
    """A root and all that descends from it, as far as it was asked for."""

    root: Root
    steps: tuple[Step, ...]


def trees(world: World) -> tuple[Tree, ...]:
    """Return all roots of a world with what descends from them, in order of time.

    Rule: docs/semantics.md#chains
    """
    graph = _graph(world, [dossier.id for dossier in world.actions()])
    return _grown(world, graph, graph.keys())


def chain(world: World, action: str) -> tuple[Tree, ...]:
    """Return one tree for each root of an action: the paths down to it, and what descends from it.

    Rule: docs/semantics.md#chains
    """
    graph = _graph(world, [*(dossier.id for dossier in world.actions()), action])
    start = next(place for place in graph.values() if action in place.members)
    before = set(_reached(graph, start, lambda place: place.causes))
    after = set(_reached(graph, start, lambda place: place.effects))
    return _grown(world, graph, before | after)


def divergence(one: World, other: World, action: str) -> tuple[str, ...]:
    """Return the first actions, going back from one, at which two worlds give other causes.

    What differs between the roots or initiators of the action in the two worlds differs because of
    these; the nearest stand first. Empty where the worlds tell the same story of it.

    Rule: docs/semantics.md#chains
    """
    found = []
    seen = {action}
    waiting = deque([action])
    while waiting:
        step = waiting.popleft()
        causes = one.causes(step)
        if causes != other.causes(step):
            found.append(step)
            continue
        for node in causes or ():
            if isinstance(node, ActionCause) and node.action not in seen:
                seen.add(node.action)
                waiting.append(node.action)
    return tuple(found)


@dataclass(slots=True)
class _Place:
    """One node of the graph of causes: an action or exchange with members, or another cause."""

    root: Root
    members: tuple[str, ...] = ()
    causes: list[str] = field(default_factory=list)
    effects: list[str] = field(default_factory=list)


_Graph = dict[str, _Place]


def _graph(world: World, actions: Iterable[str]) -> _Graph:
    """Return the places by name, causes before effects.

    A cause that is no recorded action is named with its sort: an unknown one may have the id of
    words that are passed over.
    """
    graph: _Graph = {}
    place_of: dict[str, str] = {}
    for bargain in bargains(world, actions):
        name = "+".join(bargain.members)
        graph[name] = _Place(Root(_nature(world, bargain), name), bargain.members)
        place_of |= dict.fromkeys(bargain.members, name)
        nodes = {node for member in bargain.members for node in world.causes(member) or ()}
        for node in sorted(nodes, key=str):
            if isinstance(node, ActionCause):
                cause = place_of[node.action]
            else:
                cause = f"{type(node).__name__} {node}"
                graph.setdefault(cause, _Place(cause_root(node)))
            if cause != name and cause not in graph[name].causes:
                graph[name].causes.append(cause)
                graph[cause].effects.append(name)
    return graph


def _nature(world: World, bargain: Bargain) -> RootNature:
    """What an action or exchange is as a root; it is one only if nothing caused it."""
    if bargain.is_exchange:
        return RootNature.EXCHANGE
    is_known = world.causes(bargain.members[0]) is not None
    return RootNature.OPENING if is_known else RootNature.UNDETERMINED


def _reached(graph: _Graph, start: _Place, further: Callable[[_Place], list[str]]) -> Iterator[str]:
    """Go through the names of a place and of all that lies further that way."""
    seen = {start.root.name}
    waiting = [start.root.name]
    while waiting:
        name = waiting.pop()
        yield name
        steps = further(graph[name])
        waiting += [step for step in steps if step not in seen]
        seen.update(steps)


def _grown(world: World, graph: _Graph, kept: Collection[str]) -> tuple[Tree, ...]:
    """Grow a tree from each place without causes, the earliest first."""
    order = _in_time(world, graph)
    seen: set[str] = set()
    return tuple(
        Tree(graph[name].root, tuple(_steps(world, graph, name, _Walk(kept, order, seen))))
        for name in sorted(kept, key=lambda name: order[name])
        if not graph[name].causes
    )


@dataclass(frozen=True, slots=True)
class _Walk:
    """Which places are shown, in which order, and which have been."""

    kept: Collection[str]
    order: dict[str, tuple[str, ...]]
    seen: set[str]


def _steps(world: World, graph: _Graph, start: str, walk: _Walk) -> Iterator[Step]:
    waiting = [(0, start)]
    while waiting:
        depth, name = waiting.pop()
        place = graph[name]
        options = tuple(world.option(member) for member in place.members)
        yield Step(depth, place.root.name, place.members, options, name in walk.seen)
        if name not in walk.seen:
            walk.seen.add(name)
            after = [step for step in place.effects if step in walk.kept]
            after.sort(key=lambda name: walk.order[name], reverse=True)
            waiting += [(depth + 1, step) for step in after]


def _in_time(world: World, graph: _Graph) -> dict[str, tuple[str, ...]]:
    """Return for each place a key to order it by: its first day, or that of its first effect."""
    order: dict[str, tuple[str, ...]] = {}
    dossiers = world.history.dossiers
    for name, place in graph.items():
        if place.members:
            actions = (dossiers[member].action for member in place.members)
            order[name] = min(in_order_of_time(action, world.reading) for action in actions)
    for name, place in graph.items():
        if not place.members:
            order[name] = (*min(order[effect] for effect in place.effects), name)
    return order
