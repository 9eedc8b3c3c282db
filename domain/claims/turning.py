"""Turning a claim of ranks: its smallest sets of changes, without the whole formula."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.claims.compact import CONSTANTS, compacted
from domain.claims.extremal import ranked
from domain.claims.rescuing import rescue
from domain.claims.shortest import breaking
from domain.claims.sight import Sight
from domain.claims.verdicts import Method
from domain.truth import Truth

if TYPE_CHECKING:
    from domain.claims.choices import Choices
    from domain.claims.compact import Compact
    from domain.claims.ports import Left
    from domain.claims.verdicts import Question, Solvers
    from domain.worlds import World

Tie = tuple[tuple[str, int], ...]
"""Actions by name, each with the number of the option that it changes to."""


@dataclass(frozen=True, slots=True)
class Turned:
    """What was found: all ties, or some of them; `at_least` is the size that any has."""

    method: Method
    ties: tuple[Tie, ...]
    at_least: int = 0
    is_complete: bool = True
    was_stopped: bool = False


@dataclass(frozen=True, slots=True)
class Turning:
    """A claim of ranks with its compact arrays, and the options that the base account holds."""

    compact: Compact
    held: tuple[int, ...]
    selected: tuple[int, ...]
    none: bool
    solvers: Solvers

    def to(self, after: Truth, most: int, left: Left) -> Turned | None:
        """Return what gives the claim a value; None where that is for the formula to find.

        Breaking *all are so* is a shortest path. Reaching it, or breaking *none is so*, is what
        few clauses say.

        Rule: docs/semantics.md#crux
        """
        if after is Truth.FALSE and not self.none:
            return self._broken(most)
        if (after is Truth.TRUE) is not self.none:
            return self._rescued(most, left)
        return None

    def _broken(self, most: int) -> Turned:
        found = breaking(self.compact, self.held, self.selected, most)
        ties = tuple(self._named(changes) for changes in found.ties)
        return Turned(Method.SHORTEST_PATH, ties, found.steps or 0, found.is_complete)

    def _rescued(self, most: int, left: Left) -> Turned:
        wanted = rescue(self.compact, self.held, self.selected, one_is_enough=self.none)
        found = wanted.cheapest(self.solvers.max_sat, most, left)
        ties = tuple(self._named(wanted.changes(model)) for model in found.models)
        ties = tuple(tie for tie in ties if tie)
        return Turned(Method.MAXSAT, ties, found.cost, found.is_complete, found.was_stopped)

    def _named(self, changes: tuple[tuple[int, int], ...]) -> Tie:
        return tuple(sorted((self.compact.names[action], option) for action, option in changes))


def turning(asked: Question, choices: Choices, base: World, solvers: Solvers) -> Turning | None:
    """Return a claim as one of ranks, made ready; None where it is none, or options form cycles."""
    claim = ranked(choices, asked.test, Sight(base, asked.policy, solvers.max_flow))
    if claim is None:
        return None
    compact = compacted(choices, asked.policy, claim.asked, claim.selected)
    if compact is None:
        return None
    numbers = {name: number for number, name in enumerate(compact.names, start=CONSTANTS)}
    return Turning(
        compact,
        held=tuple(choices.place_of(name, base.option(name)) or 0 for name in compact.names),
        selected=tuple(numbers[name] for name in claim.selected),
        none=claim.none,
        solvers=solvers,
    )
