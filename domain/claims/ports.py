"""What verdicts over many worlds ask of solvers; the engines behind these stand in the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


class TimedOutError(Exception):
    """The solver was stopped before it had an answer; nothing may be concluded."""


@dataclass(frozen=True, slots=True)
class Model:
    """One way to make all clauses hold: the variables that are true."""

    true: frozenset[int]


class Sat(Protocol):
    """Boolean satisfiability."""

    name: str

    def solve(
        self, clauses: Sequence[tuple[int, ...]], assumed: Sequence[int], seconds: float
    ) -> Model | None:
        """Return a model of the clauses under the assumptions, or None: there is none.

        Raises TimedOutError.
        """


class MaxSat(Protocol):
    """Satisfiability at the least cost."""

    name: str

    def cheapest(
        self, clauses: Sequence[tuple[int, ...]], costs: Mapping[int, int], seconds: float
    ) -> Model | None:
        """Return a model in which the literals that hold cost least together, or None.

        `costs` are by literal, each above 0. Raises TimedOutError.
        """
