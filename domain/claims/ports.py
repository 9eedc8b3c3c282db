"""What verdicts over many worlds ask of solvers; the engines behind these stand in the ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

Left = Callable[[], float]
"""How many seconds of a question are left; zero or less: it is to be given up."""

Patience = Callable[[float], Left]
"""Starts the time of one question."""


class TimedOutError(Exception):
    """The time of a question is over before there is an answer; nothing may be concluded."""


def no_clock(seconds: float) -> Left:
    """Give every call all the time of the question: for where nobody watches the clock."""
    return lambda: seconds


def go_on(left: Left) -> None:
    """Raise TimedOutError where no time is left."""
    if left() <= 0:
        raise TimedOutError


@dataclass(frozen=True, slots=True)
class Model:
    """One way to make all clauses hold: the variables that are true."""

    true: frozenset[int]


@dataclass(frozen=True, slots=True)
class Cheapest:
    """The models that cost least, each with other literals paid for.

    `cost` is what each costs; without any, what one costs at least. `is_complete` is false where
    there may be more of them; `was_stopped` says that time ran out. No model though the search was
    not stopped: there is none.
    """

    models: tuple[Model, ...]
    cost: int
    is_complete: bool = True
    was_stopped: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number that a solver chooses, from 0 to `most`."""

    index: int
    most: int


Terms = tuple[tuple[int, int | Number], ...]
"""A sum: weights with literals (1 where they hold, else 0) or numbers."""


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Where all literals of `when` hold, the sum is no less than the bound."""

    terms: Terms
    bound: int
    when: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Program:
    """What must hold together: clauses over variables from 1 on, and sums of whole numbers."""

    variables: int
    clauses: Sequence[tuple[int, ...]]
    numbers: Sequence[Number]
    sums: Sequence[AtLeast]


class Constraints(Protocol):
    """Clauses and sums of whole numbers together: what neither of the other two can do."""

    name: str

    def each(
        self, program: Program, assumed: Sequence[Sequence[int]], left: Left
    ) -> tuple[bool | None, ...]:
        """Say for each list of assumptions whether all can hold; None: no time was left."""

    def cheapest(
        self, program: Program, costs: Mapping[int, int], most: int, left: Left
    ) -> Cheapest:
        """Return the models in which the literals that hold cost least, as `MaxSat` does."""


class Sat(Protocol):
    """Boolean satisfiability."""

    name: str

    def each(
        self,
        clauses: Sequence[tuple[int, ...]],
        assumed: Sequence[Sequence[int]],
        left: Left,
    ) -> tuple[bool | None, ...]:
        """Say for each list of assumptions whether the clauses can hold; None: no time was left."""


class MaxSat(Protocol):
    """Satisfiability at the least cost."""

    name: str

    def cheapest(
        self,
        clauses: Sequence[tuple[int, ...]],
        costs: Mapping[int, int],
        most: int,
        left: Left,
    ) -> Cheapest:
        """Return the models in which the literals that hold cost least together, up to `most`.

        `costs` are by literal, each above 0. Two models never pay for the same literals.
        """
