"""Sweeps: one measure over every dispute, some disputes at a time, so that memory is bounded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from domain.reading import GrievancePolicy, Reading, Silence
from ledger.columns.measures.arrays import fetch
from ledger.columns.measures.begun import begun
from ledger.columns.measures.facts import HOSTILE
from ledger.columns.measures.ground import load_ground
from ledger.columns.measures.standing import sides_named
from ledger.columns.measures.voices import hearing_of
from ledger.columns.measures.world import believed_parties, world_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

    from ledger.columns.measures.arrays import Flags
    from ledger.columns.measures.ground import Ground
    from ledger.columns.measures.world import ColumnWorld

ACTIONS_AT_ONCE: Final = 500_000
"""A sweep takes up so many actions at a time, or one dispute if that has more."""

DEFAULT: Final = Reading()


@dataclass(frozen=True, slots=True, order=True)
class InitiatedBy:
    """So many hostile actions of a dispute are put to these sides, in one account.

    `turn` says which of the parties of the declared sides is believed.
    """

    dispute: int
    turn: int
    policy: GrievancePolicy
    sides: tuple[str, ...]
    is_open: bool
    actions: int


def spans(
    connection: duckdb.DuckDBPyConnection, at_once: int = ACTIONS_AT_ONCE
) -> Iterator[tuple[int, int]]:
    """Part the disputes into spans of numbers, from first to last, of so many actions at most."""
    rows = connection.execute(
        "select d.no, count(act.key) from coded.dispute d "
        "left join coded.act act on act.dispute = d.no group by d.no order by d.no"
    ).fetchall()
    first = held = 0
    for number, actions in rows:
        if held and held + actions > at_once:
            yield first, number - 1
            first, held = number, 0
        held += actions
    if rows:
        yield first, rows[-1][0]


def worlds(
    connection: duckdb.DuckDBPyConnection,
    turn: int = 0,
    reading: Reading = DEFAULT,
    at_once: int = ACTIONS_AT_ONCE,
) -> Iterator[ColumnWorld]:
    """Go through all disputes, each in the account of the party whose turn it is in its panel."""
    for first, last in spans(connection, at_once):
        ground = load_ground(connection, first, last)
        yield world_of(
            connection,
            ground,
            believed_parties(connection, ground, turn),
            hearing_of(reading),
            inherits=reading.silence is Silence.INHERIT,
        )


def initiated(
    connection: duckdb.DuckDBPyConnection,
    turn: int = 0,
    reading: Reading = DEFAULT,
    at_once: int = ACTIONS_AT_ONCE,
) -> Iterator[InitiatedBy]:
    """Count the hostile actions of every dispute by those to whom they are put.

    Rule: docs/semantics.md#initiators
    """
    for world in worlds(connection, turn, reading, at_once):
        ground = world.ground
        found = begun(world)
        nodes = np.flatnonzero(ground.counts & _hostile(connection, ground))
        pairs: dict[tuple[int, int], int] = {}
        values = found.values[nodes].tolist()
        for pair in zip(ground.world[nodes].tolist(), values, strict=True):
            pairs[pair] = pairs.get(pair, 0) + 1
        for (place, value), actions in sorted(pairs.items()):
            for policy in GrievancePolicy:
                held = found.sides_in(value, policy)
                sides = sides_named(held, ground.sides.names[place])
                dispute = ground.first + place
                yield InitiatedBy(dispute, turn, policy, sides, bool(value & 1), actions)


def _hostile(connection: duckdb.DuckDBPyConnection, ground: Ground) -> Flags:
    """Whether nodes are hostile, as the actors call them; of foreign nodes it is not asked."""
    rows = fetch(
        connection,
        "select kind from coded.act where dispute between ? and ? order by key",
        [ground.first, ground.first + ground.worlds - 1],
    )
    found = np.zeros(ground.nodes, dtype=bool)
    found[np.flatnonzero(ground.is_own)] = HOSTILE[rows["kind"]]
    return found
