"""Options on the columns: the distinct answers of a panel, and what is amiss with causes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from ledger.columns.measures.asking import measured_world
from ledger.columns.measures.ground import ACTION
from ledger.columns.measures.tables import NONE
from ledger.columns.measures.voices import hearing_of, voices
from ledger.columns.measures.world import parties_by_place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.reading import Reading
    from ledger.columns.measures.arrays import Ints
    from ledger.columns.measures.asking import Asked
    from ledger.columns.measures.world import ColumnWorld

Answer = tuple[str, ...] | None
"""Causes as they are written, in order; None where they are undetermined."""

UNDETERMINED: Final[Answer] = None


@dataclass(frozen=True, slots=True)
class Amiss:
    """A cause that an account names and that cannot be taken as it is: late, or dangling."""

    action: str
    cause: str


def options(asked: Asked, panel: Iterable[str], reading: Reading) -> dict[str, frozenset[Answer]]:
    """Return the distinct options that the panel gives each action, for mixed worlds.

    Impossible options are left out. A silent actor adds the option undetermined, whoever else
    speaks; so does no option at all.

    Rule: docs/semantics.md#worlds
    """
    ground = asked.ground
    nodes = np.flatnonzero(ground.counts).tolist()
    found: dict[int, set[Answer]] = {node: set() for node in nodes}
    for account in panel:
        world = measured_world(asked, account, reading)
        said = _answers(asked, world)
        for node in nodes:
            if world.is_undetermined[node] and not world.is_impossible[node]:
                found[node].add(UNDETERMINED)
            elif not world.is_undetermined[node]:
                found[node].add(tuple(sorted(said.get(node, ()))))
    is_silent = np.ones(ground.nodes, dtype=bool)
    for actors in parties_by_place(asked.connection, ground, ground.actors):
        is_silent &= voices(ground.statements, actors, hearing_of(reading)) == NONE
    for node in nodes:
        if is_silent[node] or not found[node]:
            found[node].add(UNDETERMINED)
    return {asked.names.node(node): frozenset(found[node]) for node in nodes}


def _answers(asked: Asked, world: ColumnWorld) -> dict[int, list[str]]:
    """Return the causes of each node as they are written."""
    causes, names = world.causes, asked.names
    found: dict[int, list[str]] = {}
    for node, cause, ending in zip(
        causes.node.tolist(), causes.cause.tolist(), causes.ending.tolist(), strict=True
    ):
        found.setdefault(node, []).append(names.cause(cause, ending))
    return found


def late_causes(asked: Asked) -> frozenset[Amiss]:
    """Return the causes that somebody names though they certainly came after their effect.

    Rule: docs/semantics.md#impossible
    """
    rows = asked.ground.named
    return _named(asked, np.flatnonzero(rows.is_late & asked.ground.counts[rows.node]))


def dangling_causes(asked: Asked) -> frozenset[Amiss]:
    """Return the actions that somebody names as causes and that are retracted, or missing.

    Rule: docs/semantics.md#worlds
    """
    ground, rows = asked.ground, asked.ground.named
    stands = np.append(ground.stands, [False])[rows.cause]
    is_gone = (rows.nature == ACTION) & ~stands & ground.counts[rows.node]
    return _named(asked, np.flatnonzero(is_gone))


def _named(asked: Asked, which: Ints) -> frozenset[Amiss]:
    rows, names = asked.ground.named, asked.names
    return frozenset(
        Amiss(
            names.node(int(rows.node[row])),
            names.cause(int(rows.cause[row]), int(rows.ending[row])),
        )
        for row in which.tolist()
    )
