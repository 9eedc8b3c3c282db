"""Boolean satisfiability by python-sat: Glucose for worlds, RC2 for the cheapest changes.

A. Ignatiev, A. Morgado, J. Marques-Silva, PySAT (SAT 2018); RC2: an Efficient MaxSAT Solver (JSAT
11, 2019).
"""

from __future__ import annotations

from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING, Any

from domain.claims.ports import Cheapest, Model

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from domain.claims.ports import Left


class PySat:
    """Implements `domain.claims.ports.Sat`."""

    name = "python-sat Glucose4"

    def each(
        self,
        clauses: Sequence[tuple[int, ...]],
        assumed: Sequence[Sequence[int]],
        left: Left,
    ) -> tuple[bool | None, ...]:
        """Say for each list of assumptions whether the clauses can hold; None: no time was left."""
        from pysat.solvers import Glucose4  # noqa: PLC0415  loaded when a claim needs it

        with Glucose4(bootstrap_with=clauses) as solver:
            return tuple(_solved(solver, literals, left) for literals in assumed)


def _solved(solver: Any, assumed: Sequence[int], left: Left) -> bool | None:  # noqa: ANN401
    solver.clear_interrupt()
    with _interrupted_in_time(solver, left) as has_time:
        if not has_time:
            return None
        found: bool | None = solver.solve_limited(assumptions=list(assumed), expect_interrupt=True)
        return found


class Rc2:
    """Implements `domain.claims.ports.MaxSat`."""

    name = "python-sat RC2"

    def cheapest(
        self,
        clauses: Sequence[tuple[int, ...]],
        costs: Mapping[int, int],
        most: int,
        left: Left,
    ) -> Cheapest:
        """Return the models in which the literals that hold cost least together, up to `most`.

        Each model found forbids to pay for its literals again; the search goes on from what it has
        learned, until the next would cost more.
        """
        from pysat.examples.rc2 import RC2  # noqa: PLC0415  loaded when a claim needs it
        from pysat.formula import WCNF  # noqa: PLC0415

        formula = WCNF()
        formula.extend(clauses)
        for literal, cost in costs.items():
            formula.append([-literal], weight=cost)
        with RC2(formula) as solver:
            return _enumerated(solver, costs, most, left)


def _enumerated(
    solver: Any,  # noqa: ANN401  python-sat has no types
    costs: Mapping[int, int],
    most: int,
    left: Left,
) -> Cheapest:
    models: list[Model] = []
    least = 0
    while True:
        found = _cheapest(solver, left, least if models else None)
        if found is None and (left() <= 0 or solver.interrupted):
            cost = least if models else solver.cost
            return Cheapest(tuple(models), cost, is_complete=False, was_stopped=True)
        if found is None:
            return Cheapest(tuple(models), least)
        least = solver.cost
        if len(models) == most:
            return Cheapest(tuple(models), least, is_complete=False)
        models.append(_model(found))
        paid = [literal for literal in costs if _holds(literal, models[-1])]
        if not paid:
            return Cheapest(tuple(models), least)
        solver.add_clause([-literal for literal in paid])


class _DearerError(Exception):
    """Whatever is still to be found costs more than is asked for."""


def _cheapest(solver: Any, left: Left, bound: int | None) -> list[int] | None:  # noqa: ANN401
    """Return the next model; None: there is none within the bound, or no time."""
    process = type(solver).process_core

    def process_core() -> None:
        process(solver)
        if bound is not None and solver.cost > bound:
            raise _DearerError

    solver.process_core = process_core
    solver.clear_interrupt()
    with _interrupted_in_time(solver, left) as has_time:
        try:
            found: list[int] | None = solver.compute(expect_interrupt=True) if has_time else None
        except _DearerError:
            return None
    return found


@contextmanager
def _interrupted_in_time(solver: Any, left: Left) -> Iterator[bool]:  # noqa: ANN401
    """Let a thread stop the solver when time is over; gives False where it is over already."""
    seconds = left()
    if seconds <= 0:
        yield False
        return
    timer = Timer(seconds, solver.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield True
    finally:
        timer.cancel()
        timer.join()


def _holds(literal: int, model: Model) -> bool:
    return (abs(literal) in model.true) is (literal > 0)


def _model(literals: Sequence[int]) -> Model:
    return Model(frozenset(literal for literal in literals if literal > 0))
