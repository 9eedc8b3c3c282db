"""The flow engine: exact, and its cut the one that the port promises, whatever the engine."""

from __future__ import annotations

from fractions import Fraction
from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from domain.measures.ports import FlowResult
from ledger.solvers.flow import NetworkxFlow

INNER = ("a", "b", "c")
pipes = st.tuples(
    st.sampled_from(("s", *INNER)),
    st.sampled_from((*INNER, "t")),
    st.one_of(st.integers(0, 4), st.fractions(0, 3, max_denominator=4)),
).filter(lambda pipe: pipe[0] != pipe[1])


def test_capacities_need_not_be_whole() -> None:
    edges = [("s", "a", Fraction(1, 3)), ("a", "t", Fraction(1, 7)), ("s", "t", Fraction(2))]
    assert NetworkxFlow().solve(edges, "s", "t").value == Fraction(1, 7) + 2


def test_pipes_between_the_same_two_add_up() -> None:
    edges = [("s", "t", Fraction(1)), ("s", "t", Fraction(1, 2))]
    assert NetworkxFlow().solve(edges, "s", "t").value == Fraction(3, 2)


def test_without_pipes_nothing_flows() -> None:
    assert NetworkxFlow().solve([], "s", "t") == FlowResult(Fraction(0), frozenset({"s"}))


def test_of_two_cuts_the_one_nearest_the_sink_is_given() -> None:
    edges = [("s", "a", 1), ("a", "b", 1), ("b", "t", 5), ("b", "c", 1)]
    assert NetworkxFlow().solve(edges, "s", "t").cut_source_side == {"s", "a", "c"}
    both_full = [("s", "a", 1), ("a", "t", 1)]
    assert NetworkxFlow().solve(both_full, "s", "t").cut_source_side == {"s", "a"}


@given(st.lists(pipes, max_size=9))
def test_it_is_the_smallest_cut_and_the_largest_of_its_source_sides(
    edges: list[tuple[str, str, Fraction | int]],
) -> None:
    nodes = {node for start, end, _ in edges for node in (start, end)} - {"s", "t"}
    sides = [
        frozenset(("s", *inner))
        for inner in chain.from_iterable(
            combinations(sorted(nodes), n) for n in range(len(nodes) + 1)
        )
    ]
    widths = {
        side: sum(Fraction(width) for a, b, width in edges if a in side and b not in side)
        for side in sides
    }
    smallest = min(widths.values())
    largest = frozenset[str]().union(*(side for side in sides if widths[side] == smallest))
    found = NetworkxFlow().solve(edges, "s", "t")
    assert (found.value, found.cut_source_side) == (smallest, largest)
