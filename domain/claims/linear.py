"""Linear comparisons: counts and sums over all worlds, where what is selected may differ."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from domain.claims.formula import FALSE, TRUE, Circuit, Literal, Open
from domain.claims.language import Compare, Comparison, Count, Sum, Term
from domain.claims.selecting import candidates
from domain.claims.terms import value_of
from domain.measures.links import packages_around
from domain.quantities import Amount

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.claims.compiling import ClaimFormula
    from domain.claims.filters import Filter
    from domain.worlds import World

Weighted = list[tuple[Fraction, Literal]]


@dataclass(frozen=True, slots=True)
class Bounds:
    """A term over all worlds: what it is at least, at most, and when it has no upper bound."""

    least: Weighted
    most: Weighted
    is_unbounded: Literal = FALSE


def linear_comparison(formula: ClaimFormula, test: Compare) -> Open | None:
    """Return when a comparison is true, and when false; None where a term is not recorded."""
    left, right = bounds(formula, test.left), bounds(formula, test.right)
    if left is None or right is None:
        return None
    circuit, times = formula.circuit, test.times
    step = Fraction(1, times.denominator)
    more = _reaches(circuit, left, right, times, step)
    at_least = _reaches(circuit, left, right, times, Fraction(0))
    less = _stays_below(circuit, left, right, times, step)
    at_most = _stays_below(circuit, left, right, times, Fraction(0))
    return {
        Comparison.MORE: Open(more, at_most),
        Comparison.AT_LEAST: Open(at_least, less),
        Comparison.LESS: Open(less, at_least),
        Comparison.AT_MOST: Open(at_most, more),
        Comparison.EQUAL: Open(circuit.all_of((at_least, at_most)), circuit.any_of((less, more))),
    }[test.how]


def _reaches(
    circuit: Circuit, left: Bounds, right: Bounds, times: Fraction, step: Fraction
) -> Literal:
    """When the left is, at its least, `step` above the right at its most."""
    terms = left.least + [(-times * weight, literal) for weight, literal in right.most]
    return circuit.all_of((circuit.at_least(terms, step), -right.is_unbounded))


def _stays_below(
    circuit: Circuit, left: Bounds, right: Bounds, times: Fraction, step: Fraction
) -> Literal:
    """When the left is, at its most, `step` below the right at its least."""
    terms = [(times * weight, literal) for weight, literal in right.least]
    terms += [(-weight, literal) for weight, literal in left.most]
    return circuit.all_of((circuit.at_least(terms, step), -left.is_unbounded))


def bounds(formula: ClaimFormula, term: Term) -> Bounds | None:
    """Return a term over all worlds; None where nobody recorded it.

    Actions that packages tie together are counted together, case by case; the others one by one.
    """
    mixed = formula.mixed
    if not isinstance(term, (Count, Sum)) or not term.of.depends_on_the_world:
        value = value_of(formula.unchosen(), term).amount
        return None if value is None else _joined(formula.circuit, [(value, TRUE)])
    held: list[tuple[Amount, Literal]] = []
    for group in _tied(formula, term.of):
        only = term.model_copy(update={"of": term.of.model_copy(update={"ids": group})})
        found = mixed.cases(partial(_amount, formula, only))
        held += [(one.value, mixed.case(one)) for one in found if one.value is not None]
    return _joined(formula.circuit, held)


def _amount(formula: ClaimFormula, term: Term, world: World) -> Amount | None:
    return value_of(formula.sight(world), term).amount


def _tied(formula: ClaimFormula, which: Filter) -> Sequence[tuple[str, ...]]:
    """Part the candidates of a filter into groups that no package ties to each other."""
    history = formula.mixed.choices.history
    leader = {held.id: held.id for held in candidates(formula.unchosen(), which)}

    def leader_of(name: str) -> str:
        while leader[name] != name:
            name = leader[name]
        return name

    for name in tuple(leader):
        part_of = history.dossiers[name].action.part_of
        for around in packages_around(history, name, part_of):
            leader.setdefault(around, around)
            leader[leader_of(around)] = leader_of(name)
    groups: dict[str, list[str]] = {}
    for held in candidates(formula.unchosen(), which):
        groups.setdefault(leader_of(held.id), []).append(held.id)
    return [tuple(group) for group in groups.values()]


def _joined(circuit: Circuit, held: list[tuple[Amount, Literal]]) -> Bounds:
    return Bounds(
        least=[(Fraction(amount.lo), when) for amount, when in held],
        most=[(Fraction(amount.hi), when) for amount, when in held if amount.hi is not None],
        is_unbounded=circuit.any_of(when for amount, when in held if amount.hi is None),
    )
