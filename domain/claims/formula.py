"""Formulas: what a claim comes to over all worlds, as a circuit of choices.

Expressions are shared, simplified as they are made, and turned into clauses by Tseitin's
transformation (G. Tseitin, On the complexity of derivation in propositional calculus, 1968), which
adds one variable for each gate. A value of three truths is a pair: when it is true, when false.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import gcd
from typing import Final

from domain.claims.cases import TooManyCasesError
from domain.claims.ports import AtLeast, Left, Number, Program, go_on
from domain.truth import Truth

Literal = int
"""A variable, or its negation if below zero; TRUE and FALSE are variable 1 and its negation."""

TRUE: Literal = 1
FALSE: Literal = -1

SAFE: Final = 2**60
"""No sum may reach beyond this: solvers reckon with 64 bits."""


class TooLargeError(TooManyCasesError):
    """A sum has numbers that solvers cannot reckon with."""

    said = "its numbers are larger than can be reckoned with, at {}"


class Circuit:
    """Variables, gates and the clauses that define them.

    Large sums raise TimedOutError when no time is left.
    """

    def __init__(self, left: Left) -> None:
        self.left = left
        self.variables = 1
        self.clauses: list[tuple[Literal, ...]] = [(TRUE,)]
        self.numbers: list[Number] = []
        self.sums: list[AtLeast] = []
        self._gates: dict[frozenset[Literal], Literal] = {}

    def variable(self) -> Literal:
        """Return a new variable."""
        self.variables += 1
        return self.variables

    def number(self, most: int) -> Number:
        """Return a new whole number from 0 to `most`; it takes a solver that can reckon."""
        self.numbers.append(Number(len(self.numbers), most))
        return self.numbers[-1]

    def demand(
        self, terms: Iterable[tuple[int, Literal | Number]], bound: int, *when: Literal
    ) -> None:
        """Demand that a sum is no less than a bound, where all of `when` hold.

        Raises TooLargeError, TimedOutError.
        """
        go_on(self.left)
        held = tuple(terms)
        if most_of(held) + abs(bound) > SAFE:
            raise TooLargeError(f"a sum up to {most_of(held)}")
        if FALSE not in when:
            self.sums.append(AtLeast(held, bound, tuple(one for one in when if one != TRUE)))

    def clause(self, *parts: Literal) -> None:
        """Demand that one of the parts holds."""
        if TRUE not in parts:
            self.clauses.append(tuple(part for part in parts if part != FALSE))

    def program(self) -> Program:
        """Return all that is demanded."""
        return Program(self.variables, self.clauses, self.numbers, self.sums)

    def all_of(self, parts: Iterable[Literal]) -> Literal:
        """Return a literal that holds iff all parts do."""
        held = frozenset(parts) - {TRUE}
        if FALSE in held or any(-part in held for part in held):
            return FALSE
        if not held:
            return TRUE
        if len(held) == 1:
            return next(iter(held))
        if held not in self._gates:
            gate = self.variable()
            self._gates[held] = gate
            self.clauses += [(-gate, part) for part in held]
            self.clauses.append((gate, *(-part for part in held)))
        return self._gates[held]

    def any_of(self, parts: Iterable[Literal]) -> Literal:
        """Return a literal that holds iff some part does."""
        return -self.all_of(-part for part in parts)

    def exactly_one(self, parts: Sequence[Literal]) -> None:
        """Demand that exactly one of the parts holds (few parts: pairwise)."""
        self.clauses.append(tuple(parts))
        for place, part in enumerate(parts):
            self.clauses += [(-part, -other) for other in parts[place + 1 :]]

    def equal(self, one: Literal, other: Literal) -> None:
        """Demand that both hold, or neither."""
        self.clauses += [(-one, other), (one, -other)]

    def at_least(self, weighted: Iterable[tuple[int, Literal]], bound: int) -> Literal:
        """Return a literal that holds iff the weights of those that hold reach the bound.

        A binary decision diagram over the partial sums, shared where what is missing is the same
        (N. Een, N. Sorensson, Translating pseudo-boolean constraints into SAT, JSAT 2, 2006).
        """
        sums: dict[Literal, int] = {}
        for weight, literal in weighted:
            if literal < 0:
                bound -= weight
                sums[-literal] = sums.get(-literal, 0) - weight
            else:
                sums[literal] = sums.get(literal, 0) + weight
        bound -= sums.pop(TRUE, 0)
        bound -= sum(weight for weight in sums.values() if weight < 0)
        terms = [
            (weight, literal) if weight > 0 else (-weight, -literal)
            for literal, weight in sums.items()
            if weight
        ]
        divisor = gcd(*(weight for weight, _ in terms))
        if divisor > 1:
            terms = [(weight // divisor, literal) for weight, literal in terms]
            bound = -(-bound // divisor)
        terms.sort(key=lambda term: -term[0])
        return _Counter(self, terms).reach(bound)


def most_of(terms: Iterable[tuple[int, Literal | Number]]) -> int:
    """Return what the weights of a sum come to at most, whatever their signs."""
    return sum(
        abs(weight) * (what.most if isinstance(what, Number) else what != FALSE)
        for weight, what in terms
    )


class _Counter:
    """Builds the diagram of one sum, from the last term to the first."""

    def __init__(self, circuit: Circuit, terms: list[tuple[int, Literal]]) -> None:
        self._circuit = circuit
        self._terms = terms
        self._rest = [0]
        for weight, _ in reversed(terms):
            self._rest.append(self._rest[-1] + weight)
        self._rest.reverse()

    def reach(self, bound: int) -> Literal:
        """Return when the sum reaches the bound; terms are gone through without recursion."""
        layers = self._layers(bound)
        made: dict[int, Literal] = {}
        for place in range(len(self._terms), -1, -1):
            go_on(self._circuit.left)
            made = {missing: self._node(place, missing, made) for missing in layers[place]}
        return made[bound]

    def _layers(self, bound: int) -> list[set[int]]:
        layers = [{bound}]
        for place, (weight, _) in enumerate(self._terms):
            go_on(self._circuit.left)
            following: set[int] = set()
            for missing in layers[place]:
                if 0 < missing <= self._rest[place]:
                    following |= {missing, missing - weight}
            layers.append(following)
        return layers

    def _node(self, place: int, missing: int, after: dict[int, Literal]) -> Literal:
        if missing <= 0:
            return TRUE
        if missing > self._rest[place]:
            return FALSE
        weight, literal = self._terms[place]
        taken, left = after[missing - weight], after[missing]
        if taken == left:
            return taken
        both = self._circuit.all_of((literal, taken))
        return self._circuit.any_of((both, left))


@dataclass(frozen=True, slots=True)
class Open:
    """A value of three truths over all worlds: literals that say when it is true, when false."""

    is_true: Literal
    is_false: Literal

    def negated(self) -> Open:
        """Return the opposite."""
        return Open(self.is_false, self.is_true)


SETTLED: dict[Truth, Open] = {
    Truth.TRUE: Open(TRUE, FALSE),
    Truth.FALSE: Open(FALSE, TRUE),
    Truth.UNDETERMINED: Open(FALSE, FALSE),
}


def all_open(circuit: Circuit, parts: Sequence[Open]) -> Open:
    """Return the Kleene conjunction."""
    return Open(
        circuit.all_of(part.is_true for part in parts),
        circuit.any_of(part.is_false for part in parts),
    )


def any_open(circuit: Circuit, parts: Sequence[Open]) -> Open:
    """Return the Kleene disjunction."""
    return all_open(circuit, [part.negated() for part in parts]).negated()
