"""Boolean satisfiability by python-sat: CaDiCaL for worlds, RC2 for the cheapest change.

A. Ignatiev, A. Morgado, J. Marques-Silva, PySAT (SAT 2018); RC2: an Efficient MaxSAT Solver (JSAT
11, 2019).
"""

from __future__ import annotations

from threading import Timer
from typing import TYPE_CHECKING

from domain.claims.ports import Model, TimedOutError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class PySat:
    """Implements `domain.claims.ports.Sat`."""

    name = "python-sat Glucose4"

    def solve(
        self, clauses: Sequence[tuple[int, ...]], assumed: Sequence[int], seconds: float
    ) -> Model | None:
        """Return a model of the clauses under the assumptions, or None: there is none.

        Raises TimedOutError.
        """
        from pysat.solvers import Glucose4  # noqa: PLC0415  loaded when a claim needs it

        with Glucose4(bootstrap_with=[list(clause) for clause in clauses]) as solver:
            timer = Timer(seconds, solver.interrupt)
            timer.start()
            try:
                found = solver.solve_limited(assumptions=list(assumed), expect_interrupt=True)
            finally:
                timer.cancel()
            if found is None:
                raise TimedOutError
            return _model(solver.get_model()) if found else None


class Rc2:
    """Implements `domain.claims.ports.MaxSat`."""

    name = "python-sat RC2"

    def cheapest(
        self, clauses: Sequence[tuple[int, ...]], costs: Mapping[int, int], seconds: float
    ) -> Model | None:
        """Return a model in which the literals that hold cost least together, or None.

        Raises TimedOutError.
        """
        from pysat.examples.rc2 import RC2  # noqa: PLC0415  loaded when a claim needs it
        from pysat.formula import WCNF  # noqa: PLC0415

        formula = WCNF()
        formula.extend([list(clause) for clause in clauses])
        for literal, cost in costs.items():
            formula.append([-literal], weight=cost)
        with RC2(formula) as solver:
            timer = Timer(seconds, solver.interrupt)
            timer.start()
            try:
                found = solver.compute(expect_interrupt=True)
            finally:
                timer.cancel()
            if found is None and getattr(solver, "interrupted", False):
                raise TimedOutError
            return None if found is None else _model(found)


def _model(literals: Sequence[int]) -> Model:
    return Model(frozenset(literal for literal in literals if literal > 0))
