"""Rescuing: what makes all actions selected as asked, as the cheapest model of few clauses.

An action is as asked where each cause of the option that it has is. To find what must change it is
enough to say so in one direction: what holds must rest on what holds. NP-hard (vertex cover).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.claims.compact import CONSTANTS, FALSE_NODE, OPEN_NODE, TRUE_NODE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.claims.compact import Compact
    from domain.claims.ports import Cheapest, Left, MaxSat, Model

Clause = tuple[int, ...]
Options = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Rescue:
    """Clauses that hold iff all selected are as asked, and what it costs to leave what is held.

    `kept` is by action: the variable that says that it has the option that it is held to have.
    """

    clauses: tuple[Clause, ...]
    kept: dict[int, int]
    chosen: dict[int, tuple[int, ...]]

    def cheapest(self, engine: MaxSat, most: int, left: Left) -> Cheapest:
        """Return the cheapest models."""
        costs = {-literal: 1 for literal in self.kept.values()}
        return engine.cheapest(self.clauses, costs, most, left)

    def changes(self, model: Model) -> tuple[tuple[int, int], ...]:
        """Return the actions that change in a model, each with the option that it changes to."""
        return tuple(
            (action, next(place for place, one in enumerate(chosen) if one in model.true))
            for action, chosen in self.chosen.items()
            if self.kept[action] not in model.true
        )


def rescue(
    compact: Compact,
    held: Sequence[int],
    selected: Sequence[int],
    *,
    one_is_enough: bool = False,
) -> Rescue:
    """Return the clauses of a rescue of all that are selected, or of one of them.

    `held` is the number of the option that each action has.

    Rule: docs/semantics.md#crux
    """
    actions = list(compact.actions())
    needed = _needed(actions, selected)
    kept: dict[int, int] = {}
    chosen: dict[int, tuple[int, ...]] = {}
    wanted = tuple(node + 1 for node in dict.fromkeys(selected))
    clauses: list[Clause] = [wanted] if one_is_enough else [(one,) for one in wanted]
    clauses += [(TRUE_NODE + 1,), (-(FALSE_NODE + 1),), (-(OPEN_NODE + 1),)]
    variables = len(actions) + CONSTANTS
    for node in needed:
        options = actions[node - CONSTANTS]
        if len(options) == 1:
            clauses += [(-(node + 1), cause + 1) for cause in options[0]]
            continue
        made = tuple(range(variables + 1, variables + len(options) + 1))
        variables += len(options)
        chosen[node - CONSTANTS] = made
        kept[node - CONSTANTS] = made[held[node - CONSTANTS]]
        clauses += _one_of(made)
        clauses += [
            (-(node + 1), -one, cause + 1)
            for one, causes in zip(made, options, strict=True)
            for cause in causes
        ]
    return Rescue(tuple(clauses), kept, chosen)


def _needed(actions: Sequence[Options], selected: Sequence[int]) -> list[int]:
    """Return the actions selected and all that they may go back to."""
    found = set(selected)
    waiting = list(found)
    while waiting:
        for causes in actions[waiting.pop() - CONSTANTS]:
            for cause in causes:
                if cause >= CONSTANTS and cause not in found:
                    found.add(cause)
                    waiting.append(cause)
    return sorted(found)


def _one_of(made: Sequence[int]) -> Iterator[Clause]:
    yield tuple(made)
    for place, one in enumerate(made):
        for other in made[place + 1 :]:
            yield (-one, -other)
