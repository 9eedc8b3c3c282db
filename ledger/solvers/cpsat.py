"""Clauses and sums of whole numbers by CP-SAT of OR-tools: one worker, always the same seed.

So the same question gets the same answer, down to which of several models is found first
(L. Perron, F. Didier, S. Gay, The CP-SAT-LP solver, CP 2023).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from domain.claims.ports import Cheapest, Model, Number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.claims.ports import AtLeast, Left, Program

SEED: Final = 1
RELAXATIONS: Final = (1, 2)
"""How much of the constraints the linear relaxation sees: most, which knots of causes want, or all,
without which the smallest change of a budget is hardly ever proved."""

FIRST_ROUND: Final = 1.0
"""So much work each of the two may do at first, in the engine's own deterministic seconds."""

NEARLY: Final = 1e-6
"""The engine gives a bound on whole numbers as a binary fraction."""


class CpSat:
    """Implements `domain.claims.ports.Constraints`."""

    name = "OR-tools CP-SAT"

    def each(
        self, program: Program, assumed: Sequence[Sequence[int]], left: Left
    ) -> tuple[bool | None, ...]:
        """Say for each list of assumptions whether all can hold; None: no time was left."""
        return tuple(self._one(program, literals, left) for literals in assumed)

    def _one(self, program: Program, assumed: Sequence[int], left: Left) -> bool | None:
        if left() <= 0:
            return None
        made = _Made(program)
        for literal in assumed:
            made.model.add_bool_or([made.literal(literal)])
        return made.solve(left).is_feasible

    def cheapest(
        self, program: Program, costs: Mapping[int, int], most: int, left: Left
    ) -> Cheapest:
        """Return the models in which the literals that hold cost least together, up to `most`.

        Each model found forbids to pay for its literals again; those after the first may cost no
        more than it does.
        """
        if left() <= 0:
            return Cheapest((), 0, is_complete=False, was_stopped=True)
        made = _Made(program)
        cost = made.total([(price, literal) for literal, price in costs.items()])
        made.model.minimize(cost)
        found = made.solve(left)
        if found.is_feasible is None or not found.is_best:
            is_none = found.is_feasible is False
            return Cheapest((), found.bound, is_complete=is_none, was_stopped=not is_none)
        least = sum(price for literal, price in costs.items() if _holds(literal, found.true))
        models = [Model(found.true)]
        made.model.clear_objective()
        made.model.add(cost <= least)
        while True:
            paid = [literal for literal in costs if _holds(literal, models[-1].true)]
            if not paid:
                return Cheapest(tuple(models), least)
            made.model.add_bool_or([made.literal(-literal) for literal in paid])
            found = made.solve(left)
            if found.is_feasible is False:
                return Cheapest(tuple(models), least)
            if found.is_feasible is None or len(models) == most:
                was_stopped = found.is_feasible is None
                return Cheapest(tuple(models), least, is_complete=False, was_stopped=was_stopped)
            models.append(Model(found.true))


@dataclass(frozen=True, slots=True)
class _Found:
    """What one search came to: `bound` is what any model costs at least."""

    is_feasible: bool | None
    is_best: bool = False
    bound: int = 0
    true: frozenset[int] = frozenset()

    @property
    def is_settled(self) -> bool:
        """Whether more work would show no more."""
        return self.is_best or self.is_feasible is False


class _Made:
    """A program as a model of CP-SAT."""

    def __init__(self, program: Program) -> None:
        from ortools.sat.python import cp_model  # noqa: PLC0415  a second, for it loads pandas

        self._library: Any = cp_model
        self.model: Any = cp_model.CpModel()
        self._booleans = [self.model.new_bool_var("") for _ in range(program.variables)]
        self._numbers = [self.model.new_int_var(0, one.most, "") for one in program.numbers]
        for clause in program.clauses:
            self.model.add_bool_or([self.literal(one) for one in clause])
        for one in program.sums:
            self._add(one)

    def literal(self, literal: int) -> Any:  # noqa: ANN401  the engine's own
        """Return a literal as the engine knows it."""
        variable = self._booleans[abs(literal) - 1]
        return variable if literal > 0 else ~variable

    def total(self, terms: Sequence[tuple[int, int | Number]]) -> Any:  # noqa: ANN401
        """Return a sum as the engine knows it."""
        whats = [
            self._numbers[what.index] if isinstance(what, Number) else self.literal(what)
            for _, what in terms
        ]
        zero = self.model.new_constant(0)
        weights = [weight for weight, _ in terms]
        return self._library.LinearExpr.weighted_sum([zero, *whats], [1, *weights])

    def _add(self, one: AtLeast) -> None:
        made = self.model.add(self.total(one.terms) >= one.bound)
        if one.when:
            made.only_enforce_if([self.literal(literal) for literal in one.when])

    def solve(self, left: Left) -> _Found:
        """Search as long as there is time, by turns with less and with more relaxation.

        Each turn starts afresh with four times the work, so that the worse of the two costs little.
        """
        found, work = _Found(is_feasible=None), FIRST_ROUND
        while True:
            for relaxation in RELAXATIONS:
                seconds = left()
                if seconds <= 0:
                    return found
                turn = self._turn(seconds, work, relaxation)
                bound = max(turn.bound, found.bound)
                found = replace(turn if turn.is_feasible is not None else found, bound=bound)
                if found.is_settled:
                    return found
            work *= 4

    def _turn(self, seconds: float, work: float, relaxation: int) -> _Found:
        solver: Any = self._library.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = SEED
        solver.parameters.linearization_level = relaxation
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.max_deterministic_time = work
        status = solver.solve(self.model)
        if status == self._library.MODEL_INVALID:
            raise ValueError(self.model.validate())
        if status == self._library.INFEASIBLE:
            return _Found(is_feasible=False)
        bound = max(0, ceil(solver.best_objective_bound - NEARLY))
        if status not in {self._library.OPTIMAL, self._library.FEASIBLE}:
            return _Found(is_feasible=None, bound=bound)
        held = enumerate(self._booleans, start=1)
        true = frozenset(name for name, one in held if solver.boolean_value(one))
        return _Found(
            is_feasible=True, is_best=status == self._library.OPTIMAL, bound=bound, true=true
        )


def _holds(literal: int, true: frozenset[int]) -> bool:
    return (abs(literal) in true) is (literal > 0)
