"""Causes come before effects, exchanges are one place, and long chains need no recursion."""

from __future__ import annotations

import networkx as nx
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ledger.columns.measures.order import flowed, order_of

EDGES = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=24)
FORWARD = EDGES.map(lambda edges: [(max(edge), min(edge)) for edge in edges if len(set(edge)) > 1])


def numbers(edges: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    effects, causes = np.array(edges, dtype=np.int64).reshape(-1, 2).T
    return effects, causes


@given(st.one_of(EDGES, FORWARD))
def test_places_are_those_of_strongly_connected_parts_with_causes_first(
    edges: list[tuple[int, int]],
) -> None:
    effects, causes = numbers(edges)
    order = order_of(12, effects, causes)
    graph = nx.DiGraph(edges)
    graph.add_nodes_from(range(12))
    for part in nx.strongly_connected_components(graph):
        places = {int(order.place[node]) for node in part}
        assert len(places) == 1
        is_exchange = len(part) > 1 or graph.has_edge(*(2 * list(part))[:2])
        assert bool(order.is_exchange[places.pop()]) == is_exchange
    assert len(set(order.place.tolist())) == nx.number_strongly_connected_components(graph)
    assert all(order.place[cause] <= order.place[effect] for effect, cause in edges)


@given(st.one_of(EDGES, FORWARD))
def test_what_stands_at_a_cause_reaches_all_that_descends_from_it(
    edges: list[tuple[int, int]],
) -> None:
    effects, causes = numbers(edges)
    order = order_of(12, effects, causes)
    own = np.zeros(12, dtype=np.int64)
    np.bitwise_or.at(own, order.place, 1 << np.arange(12))
    found = flowed(own, *order.flows(effects, causes))[order.place]
    graph = nx.DiGraph(edges)
    graph.add_nodes_from(range(12))
    for node in range(12):
        reachable = nx.descendants(graph, node) | {node}
        assert found[node] == sum(1 << other for other in reachable)


def test_a_chain_of_many_steps_and_an_exchange_of_as_many_need_no_recursion() -> None:
    length = 50_000
    effects = np.arange(1, length)
    chain = order_of(length, effects, effects - 1)
    assert (chain.place == np.arange(length)).all()
    circle = order_of(length, np.append(effects, 0), np.append(effects - 1, length - 1))
    assert len(set(circle.place.tolist())) == 1
    assert circle.is_exchange.sum() == 1


def test_only_what_lies_between_an_effect_and_its_later_cause_is_moved() -> None:
    effects, causes = numbers([(1, 0), (3, 5), (4, 3), (5, 4), (7, 6)])
    order = order_of(8, effects, causes)
    assert order.place[[0, 1, 2, 6, 7]].tolist() == [0, 1, 2, 6, 7]
    assert len(set(order.place[[3, 4, 5]].tolist())) == 1
