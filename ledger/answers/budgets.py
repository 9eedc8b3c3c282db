"""Budgets: whether each side's responses in a unit fit what they answer, all together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.called import called
from domain.measures.budget import budgeted
from domain.units import UNITS, Nature
from ledger.answers.told import Teller

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.dossiers import Dossier
    from domain.measures.budget import Budget
    from domain.measures.ports import MaxFlow
    from domain.worlds import World
    from ledger.asking import Asked


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """The budget of one side in one unit, in one account."""

    teller: Teller
    side: str
    budget: Budget


@dataclass(frozen=True, slots=True)
class Budgets:
    """The whole answer, account by account."""

    tellers: tuple[Teller, ...]
    rows: tuple[BudgetRow, ...]


def budgets(asked: Asked, max_flow: MaxFlow) -> Budgets:
    """Hold every side's responses against k times what they answer, unit by unit, in every account.

    A side has a row for each unit that adds up in which something that it did answers, or may do
    so; a joint act is in the budget of every side that acts in it.

    Rule: docs/semantics.md#budget
    """
    counted = asked.counted()
    worlds = [(Teller(world.name, world.reading.bases[0]), world) for world in asked.worlds()]
    return Budgets(
        tellers=tuple(teller for teller, _ in worlds),
        rows=tuple(
            BudgetRow(teller, side, budget)
            for teller, world in worlds
            for side, budget in _of_sides(world, counted, max_flow)
        ),
    )


def _of_sides(
    world: World, counted: Sequence[Dossier], max_flow: MaxFlow
) -> Iterator[tuple[str, Budget]]:
    """Go through the budgets that hold a response, declared sides first, units as in the table."""
    acts: dict[tuple[str, str], list[str]] = {}
    for dossier in counted:
        own = called(dossier, world.reading)
        if own.is_hostile and own.quantity is not None:
            for side in world.acting(dossier.id):
                acts.setdefault((side, own.quantity.unit), []).append(dossier.id)
    declared = world.sides.declared
    sides = {side for side, _ in acts}
    for side in (*declared, *sorted(sides - set(declared))):
        for unit in (row.name for row in UNITS if row.nature is Nature.FLOW):
            if (side, unit) in acts:
                found = budgeted(world, unit, world.reading.k, max_flow, acts[side, unit])
                if found.responses or found.detail:
                    yield side, found
