"""Maximum flow by networkx, exact: capacities are scaled to whole numbers and back."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from domain.measures.ports import FlowResult

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.measures.ports import Pipe


class NetworkxFlow:
    """The engine behind `domain.measures.ports.MaxFlow`.

    networkx cuts at the largest source side: it puts on the sink's side only what can still reach
    the sink through pipes that are not full.
    """

    def solve(self, edges: Sequence[Pipe], source: str, sink: str) -> FlowResult:
        """Return the maximum flow and its minimum cut."""
        import networkx as nx  # noqa: PLC0415  slow to load, and few commands need it

        scale = lcm(*(Fraction(capacity).denominator for _, _, capacity in edges))
        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_nodes_from([source, sink])
        for start, end, capacity in edges:
            whole = int(capacity * scale)
            if graph.has_edge(start, end):
                whole += graph.edges[start, end]["capacity"]
            graph.add_edge(start, end, capacity=whole)
        value, (source_side, _) = nx.minimum_cut(graph, source, sink)
        return FlowResult(Fraction(int(value), scale), frozenset(source_side))
