"""Linear comparisons: counts and sums over all worlds, where what is selected may differ."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from domain.claims.formula import FALSE, Circuit, Literal, Open
from domain.claims.language import Compare, Comparison, Count, Sum, Term
from domain.claims.terms import value_of
from domain.measures.links import packages_around
from domain.measures.packages import counted_of
from domain.quantities import Amount

if TYPE_CHECKING:
    from domain.claims.compiling import ClaimFormula

Weighted = list[tuple[Fraction, Literal]]


@dataclass(frozen=True, slots=True)
class Bounds:
    """A term over all worlds: what it is at least, at most, and when it has no upper bound."""

    least: Weighted
    most: Weighted
    is_unbounded: Literal = FALSE


def linear_comparison(formula: ClaimFormula, test: Compare) -> Open | None:
    """Return when a comparison is true, and when false; None where terms do not add up singly."""
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
    """Return a term over all worlds; None where packages tie the actions that it may select."""
    if not isinstance(term, (Count, Sum)) or not term.of.depends_on_the_world:
        value = value_of(formula.sight(formula.mixed.choices.world({})), term)
        return None if value.amount is None else _bounds_of([(value.amount, Open(1, -1))], formula)
    chosen = formula.selection(term.of)
    names = {name for name, _ in chosen}
    history, reading = formula.mixed.choices.history, formula.mixed.choices.reading
    held: list[tuple[Amount, Open]] = []
    for name, when in chosen:
        dossier = history.dossiers[name]
        if names.intersection(packages_around(history, name, dossier.action.part_of)):
            return None
        if isinstance(term, Count):
            held.append((Amount.exact(1), when))
            continue
        counted = counted_of(dossier, reading)
        if counted is not None and counted.unit in term.units:
            if dossier.action.part_of is not None:
                return None
            held.append((counted.amount, when))
    return _bounds_of(held, formula)


def _bounds_of(held: list[tuple[Amount, Open]], formula: ClaimFormula) -> Bounds:
    return Bounds(
        least=[(Fraction(amount.lo), when.is_true) for amount, when in held],
        most=[
            (Fraction(amount.hi), -when.is_false) for amount, when in held if amount.hi is not None
        ],
        is_unbounded=formula.circuit.any_of(
            -when.is_false for amount, when in held if amount.hi is None
        ),
    )
