"""What measures need of an engine that is not the domain's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    Pipe = tuple[str, str, Fraction | int]


@dataclass(frozen=True, slots=True)
class FlowResult:
    """The most that can flow from a source to a sink, and where it is stopped.

    `cut_source_side` is the largest source side of any minimum cut: outside it are only nodes from
    which more could still reach the sink. So it does not depend on the engine.
    """

    value: Fraction
    cut_source_side: frozenset[str]


class MaxFlow(Protocol):
    """An engine for maximum flow and minimum cut (L. R. Ford and D. R. Fulkerson, 1956)."""

    def solve(self, edges: Sequence[Pipe], source: str, sink: str) -> FlowResult:
        """Return the maximum flow through pipes (from, to, capacity >= 0), exact.

        Pipes between the same two nodes add up; a node that no pipe names is alone.
        """
        ...
