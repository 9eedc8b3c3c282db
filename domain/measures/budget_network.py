"""The network of a budget: from what triggers justify to what responses need.

Source -> package -> part -> response -> sink. A part draws on its package, so that a package never
justifies more than its whole, whoever cites the whole and whoever a part.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from domain.measures.packages import Counted, Whole, parts_first, wholes
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
    world = network.world
    nodes = wholes(world.history, present.values(), world.reading)
    return [
        (
            SOURCE if nodes[name].package is None else f"trigger {nodes[name].package}",
            f"trigger {name}",
            None if width is None else network.k * width,
        )
        for name, width in _widths(nodes, present, bound).items()
    ]


def _widths(
    nodes: Mapping[str, Whole], present: Mapping[str, Counted], bound: Bound
) -> Mapping[str, Width]:
    """Return how much each node can justify per k: None is without bound.

    A package that is cited counts its whole, at the worst no less than its parts; one that is not
    cited bounds its parts from above.
    """
    if bound is Bound.BEST:
        return {name: node.amount.hi for name, node in nodes.items()}
    widths: dict[str, Width] = {}
    parts = dict.fromkeys(nodes, 0)
    for name in parts_first(nodes):
        node = nodes[name]
        least = node.amount.lo if name in present else 0
        width = max(least, parts[name])
        width = width if node.amount.hi is None else min(width, node.amount.hi)
        widths[name] = width
        if node.package is not None:
            parts[node.package] += width
    return widths


def _bounded(pipes: Sequence[tuple[str, str, Width]]) -> list[Pipe]:
    """Give pipes without bound a width that never stops anything, more than all others together."""
    finite = sum((Fraction(width) for _, _, width in pipes if width is not None), Fraction(1))
    wide = finite * (len(pipes) + 1)
    return [(start, end, wide if width is None else width) for start, end, width in pipes]
