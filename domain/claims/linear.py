"""Linear comparisons: counts and sums over all worlds, where what is selected may differ."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from domain.claims.cases import Case
from domain.claims.formula import FALSE, Circuit, Literal, Open
from domain.claims.language import Compare, Comparison, Count, Sum, Term
from domain.claims.selecting import candidates
from domain.claims.terms import value_of
from domain.measures.links import act_recorded, packages_around
from domain.quantities import ZERO, Amount

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.claims.compiling import ClaimFormula
    from domain.claims.filters import Filter
    from domain.worlds import World

Weighted = list[tuple[int, Literal]]


@dataclass(frozen=True, slots=True)
class Bounds:
    """A term over all worlds: what it is at least, at most, and when it has no upper bound."""

    least: Weighted
    most: Weighted
    is_unbounded: Literal = FALSE

    def times(self, factor: int) -> Bounds:
        """Return the term so many times."""
        return Bounds(
            [(factor * weight, literal) for weight, literal in self.least],
            [(factor * weight, literal) for weight, literal in self.most],
            self.is_unbounded,
        )


def linear_comparison(formula: ClaimFormula, test: Compare) -> Open | None:
    """Return when a comparison is true, and when false; None where a term is not recorded.

    Both sides are brought to whole numbers first.
    """
    left, right = bounds(formula, test.left), bounds(formula, test.right)
    if left is None or right is None:
        return None
    one, other = left.times(test.times.denominator), right.times(test.times.numerator)
    circuit = formula.circuit
    if test.how is Comparison.MORE:
        return Open(_reaches(circuit, one, other, 1), _reaches(circuit, other, one, 0))
    if test.how is Comparison.AT_LEAST:
        return Open(_reaches(circuit, one, other, 0), _reaches(circuit, other, one, 1))
    if test.how is Comparison.LESS:
        return Open(_reaches(circuit, other, one, 1), _reaches(circuit, one, other, 0))
    if test.how is Comparison.AT_MOST:
        return Open(_reaches(circuit, other, one, 0), _reaches(circuit, one, other, 1))
    return Open(
        circuit.all_of(_reaches(circuit, *pair, 0) for pair in ((one, other), (other, one))),
        circuit.any_of(_reaches(circuit, *pair, 1) for pair in ((one, other), (other, one))),
    )


def _reaches(circuit: Circuit, greater: Bounds, smaller: Bounds, step: int) -> Literal:
    """When the one is, at its least, `step` above the other at its most."""
    terms = greater.least + [(-weight, literal) for weight, literal in smaller.most]
    return circuit.all_of((circuit.at_least(terms, step), -smaller.is_unbounded))


def bounds(formula: ClaimFormula, term: Term) -> Bounds | None:
    """Return a term over all worlds; None where nobody recorded it."""
    held: list[tuple[Amount, Literal]] = []
    for group in case_groups(formula, term):
        alike: defaultdict[Amount, list[Literal]] = defaultdict(list)
        for one in group:
            if one.value is None:
                return None
            if one.value != ZERO:
                alike[one.value].append(formula.mixed.case(one))
        held += [(amount, formula.circuit.any_of(cases)) for amount, cases in alike.items()]
    return _joined(formula.circuit, held)


def case_groups(formula: ClaimFormula, term: Term) -> Iterator[Sequence[Case[Amount | None]]]:
    """Go through the parts that a term is the sum of, each case by case; None: not recorded.

    Actions that links tie together are counted together, the others one by one.
    """
    if not isinstance(term, (Count, Sum)) or not term.of.depends_on_the_world:
        yield [Case((), value_of(formula.unchosen(), term).amount)]
        return
    for group in _tied(formula, term.of):
        only = term.model_copy(update={"of": term.of.model_copy(update={"ids": group})})
        yield formula.mixed.cases(partial(_amount, formula, only))


def _amount(formula: ClaimFormula, term: Term, world: World) -> Amount | None:
    return value_of(formula.sight(world), term).amount


def _tied(formula: ClaimFormula, which: Filter) -> Sequence[tuple[str, ...]]:
    """Part the candidates of a filter into groups that no link ties to each other."""
    history = formula.mixed.choices.history
    leader = {held.id: held.id for held in candidates(formula.unchosen(), which)}

    def leader_of(name: str) -> str:
        while leader[name] != name:
            name = leader[name]
        return name

    for name in tuple(leader):
        act = act_recorded(history, name)
        part_of = history.dossiers[act].action.part_of
        for around in (act, *packages_around(history, act, part_of)):
            leader.setdefault(around, around)
            leader[leader_of(around)] = leader_of(name)
    groups: dict[str, list[str]] = {}
    for held in candidates(formula.unchosen(), which):
        groups.setdefault(leader_of(held.id), []).append(held.id)
    return [tuple(group) for group in groups.values()]


def _joined(circuit: Circuit, held: list[tuple[Amount, Literal]]) -> Bounds:
    return Bounds(
        least=[(amount.lo, when) for amount, when in held],
        most=[(amount.hi, when) for amount, when in held if amount.hi is not None],
        is_unbounded=circuit.any_of(when for amount, when in held if amount.hi is None),
    )
