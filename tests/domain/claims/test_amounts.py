"""What packages come to is settled by what is there, up and down, as a sum of packages says."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.claims.amounts import Sum, at_their_least, gated, times
from domain.claims.formula import FALSE, TRUE, Circuit, Literal
from domain.claims.ports import no_clock
from domain.measures.packages import Counted, Whole, package_total, wholes
from domain.quantities import Amount, parse_amount
from ledger.solvers.cpsat import CpSat
from tests.making import act, make_history

NAMES = ("a", "b", "c", "d", "e")
ENOUGH = no_clock(60)
amounts = st.sampled_from(("0", "1", "2", "4", "1..3", "2..9", ">=2", "unknown")).map(parse_amount)


@st.composite
def forests(draw: st.DrawFn) -> dict[str, Whole]:
    """Up to five actions, each inside none or one that is named before it."""
    names = NAMES[: draw(st.integers(1, len(NAMES)))]
    found = {}
    for place, name in enumerate(names):
        package = draw(st.sampled_from((None, *names[:place], *names[:place])))
        found[name] = Whole(draw(amounts), package)
    return found


def least(forest: dict[str, Whole], name: str, present: frozenset[str]) -> int:
    """What one comes to at least, straight from the rule."""
    parts = sum(
        least(forest, part, present) for part, node in forest.items() if node.package == name
    )
    node = forest[name]
    larger = max(node.amount.lo if name in present else 0, parts)
    return larger if node.amount.hi is None else min(larger, node.amount.hi)


def only_value(circuit: Circuit, terms: Sum, value: int, assumed: tuple[Literal, ...]) -> bool:
    """Whether a sum has this value under the assumptions, and can have no other."""
    is_more, is_less = circuit.variable(), circuit.variable()
    circuit.demand(terms, value + 1, is_more)
    circuit.demand(times(-1, terms), 1 - value, is_less)
    lists = (assumed, (*assumed, is_more), (*assumed, is_less))
    return CpSat().each(circuit.program(), lists, ENOUGH) == (True, False, False)


@settings(max_examples=40)
@given(forests(), st.data())
def test_what_each_comes_to_is_settled_by_what_is_there(
    forest: dict[str, Whole], data: st.DataObject
) -> None:
    circuit = Circuit(ENOUGH)
    free = {name: circuit.variable() for name in forest}
    always = data.draw(st.sets(st.sampled_from(sorted(forest))))
    never = data.draw(st.sets(st.sampled_from(sorted(forest)))) - always
    literals = {**free, **dict.fromkeys(always, TRUE), **dict.fromkeys(never, FALSE)}
    found = at_their_least(circuit, forest, literals)
    there = data.draw(st.sets(st.sampled_from(sorted(forest))))
    present = frozenset((there | always) - never)
    assumed = tuple(free[name] if name in present else -free[name] for name in forest)
    for name, terms in found.items():
        assert only_value(circuit, terms, least(forest, name, present), assumed)


@settings(max_examples=20)
@given(forests(), st.booleans())
def test_behind_a_gate_it_counts_only_where_the_gate_is_open(
    forest: dict[str, Whole], is_open: bool
) -> None:
    circuit = Circuit(ENOUGH)
    free = {name: circuit.variable() for name in forest}
    gate = circuit.variable()
    terms = gated(circuit, at_their_least(circuit, forest, free)["a"], gate)
    assumed = (*free.values(), gate if is_open else -gate)
    value = least(forest, "a", frozenset(forest)) if is_open else 0
    assert only_value(circuit, terms, value, assumed)


@settings(max_examples=60)
@given(forests())
def test_the_rule_is_that_of_sums_of_packages(forest: dict[str, Whole]) -> None:
    history = make_history(
        *(
            act(name, quantity=str(node.amount), part_of=node.package, answers=[])
            for name, node in forest.items()
        )
    )
    members = {
        name: Counted(name, node.amount, ("USA",), ("RUS",), "persons", node.package)
        for name, node in forest.items()
    }
    assert wholes(history, members.values()) == forest
    for chosen in product((False, True), repeat=len(forest)):
        present = [name for name, is_in in zip(forest, chosen, strict=True) if is_in]
        found = package_total(history, [members[name] for name in present])
        expected = [least(forest, name, frozenset(present)) for name in found.counted]
        assert [value.lo for value in found.values] == expected


def test_where_nothing_can_be_larger_no_number_is_made() -> None:
    circuit = Circuit(ENOUGH)
    forest = {"a": Whole(Amount.exact(5), None), "b": Whole(Amount.exact(3), "a")}
    found = at_their_least(circuit, forest, {"a": TRUE, "b": circuit.variable()})
    assert found["a"] == ((5, TRUE),)
    assert circuit.numbers == []
