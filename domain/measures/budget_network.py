"""The network of a budget: from what triggers justify to what responses need.

Source -> package -> part -> response -> sink. A part draws on its package, so that a package never
justifies more than its whole, whoever cites the whole and whoever a part.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from domain.called import called
from domain.measures.links import packages_around
from domain.measures.packages import Counted, counted_of
from domain.quantities import Amount
from domain.worlds import World

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.measures.ports import MaxFlow, Pipe

    Width = Fraction | int | None

SOURCE: Final = "source"
SINK: Final = "sink"


class Bound(StrEnum):
    """How unknown quantities are taken: for the responses, or against them."""

    BEST = "best"
    WORST = "worst"


@dataclass(frozen=True, slots=True)
class Response:
    """What one response needs, and the triggers it cites; `is_open`: there may be more of them."""

    act: Counted
    need: Amount
    triggers: tuple[Counted, ...]
    is_open: bool

    @property
    def id(self) -> str:
        """The id of the action."""
        return self.act.id


@dataclass(frozen=True, slots=True)
class Network:
    """The responses of one budget, in one world, at one k."""

    world: World
    k: Fraction
    responses: tuple[Response, ...]


@dataclass(frozen=True, slots=True)
class Solved:
    """What the flow decided under one bound."""

    is_feasible: bool
    over: tuple[str, ...]
    shortfall: Fraction | None


def solved(network: Network, max_flow: MaxFlow, bound: Bound) -> Solved:
    """Justify as much as can be; `over` is the sink's side of the minimum cut."""
    needs = {response.id: _need(response, bound) for response in network.responses}
    pipes = _trigger_pipes(network, bound)
    for response in network.responses:
        end = f"response {response.id}"
        pipes += [(f"trigger {act.id}", end, None) for act in response.triggers]
        if response.is_open and bound is Bound.BEST:
            pipes.append((SOURCE, end, None))
        pipes.append((end, SINK, needs[response.id]))
    result = max_flow.solve(_bounded(pipes), SOURCE, SINK)
    known = [need for need in needs.values() if need is not None]
    is_bounded = len(known) == len(needs)
    shortfall = Fraction(sum(known)) - result.value if is_bounded else None
    over = (name for name in needs if f"response {name}" not in result.cut_source_side)
    return Solved(shortfall == 0, tuple(sorted(over)), shortfall)


def _need(response: Response, bound: Bound) -> int | None:
    return response.need.lo if bound is Bound.BEST else response.need.hi


def _trigger_pipes(network: Network, bound: Bound) -> list[tuple[str, str, Width]]:
    """Return a pipe into each trigger and each package around triggers, as wide as k times it."""
    present = {act.id: act for response in network.responses for act in response.triggers}
    nodes = dict(present)
    package: dict[str, str] = {}
    waiting = list(present.values())
    while waiting:
        act = waiting.pop()
        around = _package_like(network.world, act, present)
        if around is not None:
            package[act.id] = around.id
            if around.id not in nodes:
                nodes[around.id] = around
                waiting.append(around)
    widths = _widths(nodes, present, package, bound)
    return [
        (
            f"trigger {package[name]}" if name in package else SOURCE,
            f"trigger {name}",
            None if width is None else network.k * width,
        )
        for name, width in widths.items()
    ]


def _package_like(world: World, act: Counted, present: dict[str, Counted]) -> Counted | None:
    """Return the nearest package around an act with the same actors, targets and unit."""
    for name in packages_around(world.history, act.id, act.part_of):
        dossier = world.history.dossiers[name]
        around = counted_of(dossier, world.reading)
        counts = name in present or not called(dossier, world.reading).denied
        if around is not None and counts and _likeness(around) == _likeness(act):
            return around
    return None


def _widths(
    nodes: dict[str, Counted], present: dict[str, Counted], package: dict[str, str], bound: Bound
) -> Mapping[str, Width]:
    """Return how much each node can justify per k: None is without bound.

    A package that is cited counts its whole, at the worst no less than its parts; one that is not
    cited bounds its parts from above.
    """
    if bound is Bound.BEST:
        return {name: act.amount.hi for name, act in nodes.items()}
    widths: dict[str, Width] = {}
    parts = dict.fromkeys(nodes, 0)
    for name in _parts_first(nodes, package):
        least, most = nodes[name].amount.lo if name in present else 0, nodes[name].amount.hi
        width = max(least, parts[name])
        width = width if most is None else min(width, most)
        widths[name] = width
        if name in package:
            parts[package[name]] += width
    return widths


def _parts_first(nodes: dict[str, Counted], package: dict[str, str]) -> list[str]:
    """Order nodes so that every part comes before its package."""
    depth: dict[str, int] = {}
    for name in nodes:
        path = [name]
        while path[-1] in package and package[path[-1]] not in depth:
            path.append(package[path[-1]])
        top = depth[package[path[-1]]] + 1 if path[-1] in package else 0
        for below, step in enumerate(reversed(path)):
            depth[step] = top + below
    return sorted(nodes, key=lambda name: -depth[name])


def _bounded(pipes: Sequence[tuple[str, str, Width]]) -> list[Pipe]:
    """Give pipes without bound a width that never stops anything, more than all others together."""
    finite = sum((Fraction(width) for _, _, width in pipes if width is not None), Fraction(1))
    wide = finite * (len(pipes) + 1)
    return [(start, end, wide if width is None else width) for start, end, width in pipes]


def _likeness(act: Counted) -> tuple[frozenset[str], frozenset[str]]:
    return (frozenset(act.actors), frozenset(act.targets))
