"""Amounts over all worlds: sums of what is chosen, each package counted once.

What a package comes to hangs on which of its parts are there: the whole, at least the parts, at
most its bound. Each such amount is a number that the choices decide, up and down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.claims.formula import FALSE, TRUE, Circuit, Literal
from domain.claims.ports import Number
from domain.measures.packages import parts_first

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from domain.measures.packages import Whole

Term = tuple[int, Literal | Number]
Sum = tuple[Term, ...]

NOTHING: Sum = ()


def most_in(terms: Iterable[Term]) -> int:
    """Return what a sum of weights above 0 comes to at most."""
    return sum(
        weight * (what.most if isinstance(what, Number) else what != FALSE)
        for weight, what in terms
    )


def times(factor: int, terms: Iterable[Term]) -> Sum:
    """Return a sum so many times."""
    return tuple((factor * weight, what) for weight, what in terms)


def gated(circuit: Circuit, terms: Sum, gate: Literal) -> Sum:
    """Return a sum that counts where the gate holds, and is 0 elsewhere."""
    if gate == TRUE:
        return terms
    found: list[Term] = []
    for weight, what in terms:
        if isinstance(what, Number):
            let_through = circuit.number(what.most)
            circuit.demand([(1, what), (-1, let_through)], 0)
            circuit.demand([(1, let_through), (-1, what)], 0, gate)
            circuit.demand([(-1, let_through)], 0, -gate)
            found.append((weight, let_through))
        else:
            found.append((weight, circuit.all_of((what, gate))))
    return tuple(term for term in found if term[1] != FALSE)


def at_their_least(
    circuit: Circuit, nodes: Mapping[str, Whole], present: Mapping[str, Literal]
) -> Mapping[str, Sum]:
    """Return what actions and packages come to at the least, as `domain.measures.packages` does.

    One that is there counts its whole, or its parts where they are more; one that is not there
    counts its parts; both at most what the whole is at most.
    """
    found: dict[str, Sum] = {}
    parts: dict[str, list[Term]] = {name: [] for name in nodes}
    for name in parts_first(nodes):
        node = nodes[name]
        is_there = present.get(name, FALSE)
        found[name] = _Larger(circuit, node.amount.lo, node.amount.hi, is_there).of(parts[name])
        if node.package is not None:
            parts[node.package] += found[name]
    return found


@dataclass(frozen=True, slots=True)
class _Larger:
    """The larger of `least`, where the literal holds, and of a sum; never above `most`."""

    circuit: Circuit
    least: int
    most: int | None
    is_there: Literal

    def of(self, parts: list[Term]) -> Sum:
        parts_most = most_in(parts)
        if parts_most == 0 or (self.is_there == TRUE and parts_most <= self.least):
            return self._least()
        is_capped = self.most is not None and parts_most > self.most
        if (self.least == 0 or self.is_there == FALSE) and not is_capped:
            return tuple(parts)
        return ((1, self._number(parts, parts_most)),)

    def _least(self) -> Sum:
        return ((self.least, self.is_there),) if self.least and self.is_there != FALSE else NOTHING

    def _number(self, parts: list[Term], parts_most: int) -> Number:
        """Return a number that is no less than each of the two, and no more than one of them."""
        most = max(self.least, parts_most)
        most = most if self.most is None else min(most, self.most)
        circuit = self.circuit
        number = circuit.number(most)
        below = times(-1, parts)
        full = circuit.variable() if parts_most > most else FALSE
        circuit.demand([(1, number)], most, full)
        circuit.demand([(1, number), *below], 0, -full)
        circuit.demand([(1, number), *times(-1, self._least())], 0)
        by_itself = circuit.variable() if self._least() else FALSE
        circuit.demand([*self._least(), (-1, number)], 0, by_itself)
        circuit.demand([*parts, (-1, number)], 0, -by_itself)
        return number
