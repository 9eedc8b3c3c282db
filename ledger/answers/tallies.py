"""Tallies: who imposed how much of what on whom, by whose word the asked accounts choose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.measures.tally import Tally, tally
from domain.measures.weighted import WeightedLine, weighted
from domain.reading import ACTORS_KINDS
from ledger.answers.told import Teller

if TYPE_CHECKING:
    from domain.reading import Reading
    from domain.scales import Scale
    from ledger.asking import Asked


@dataclass(frozen=True, slots=True)
class ToldTally:
    """A tally of actions as one teller calls and counts them.

    The teller's account is `actor` or `other` where everybody's own actions, or the other side's,
    are called by that side.
    """

    teller: Teller
    tally: Tally


@dataclass(frozen=True, slots=True)
class ToldWeights:
    """A weighted tally of actions as one teller calls and counts them."""

    teller: Teller
    lines: tuple[WeightedLine, ...]


def tallies(asked: Asked) -> tuple[ToldTally, ...]:
    """Sum the dispute once for every account that is asked by name, else once.

    An account that is named calls the actions: its kinds, its quantities, its denials; where it
    says nothing the actor's word stands. Without names `kinds_by` of the reading says who does.

    Rule: docs/semantics.md#tally
    """
    return tuple(
        ToldTally(teller, tally(asked.history, asked.dispute, reading))
        for teller, reading in _readings(asked)
    )


def weighted_tallies(asked: Asked, scale: Scale) -> tuple[ToldWeights, ...]:
    """Weigh the dispute on a scale, for the same tellers.

    Rule: docs/semantics.md#scales
    """
    return tuple(
        ToldWeights(teller, weighted(asked.history, asked.dispute, reading, scale))
        for teller, reading in _readings(asked)
    )


def _readings(asked: Asked) -> list[tuple[Teller, Reading]]:
    """Return who calls the actions, each with the reading that says so.

    On which basis makes a difference only where another than the actor calls them.
    """
    reading = asked.reading
    names = reading.accounts or (reading.kinds_by,)
    bases = reading.bases[:1] if names == (ACTORS_KINDS,) else reading.bases
    return [
        (
            Teller(name, basis),
            reading.model_copy(update={"kinds_by": name, "bases": (basis,)}),
        )
        for basis in bases
        for name in names
    ]
