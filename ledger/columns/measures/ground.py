"""The ground of some disputes: their actions as nodes, and what was said of the causes of each.

A world of a dispute may go back to actions of other disputes, and sees them by its own sides. So a
node is an action as one dispute sees it; nodes are ordered by dispute, and in it by position.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ledger.columns.measures.arrays import Flags, Ints, Masks, fetch
from ledger.columns.measures.foreign import laid_out
from ledger.columns.measures.sides import SideTable, side_table
from ledger.columns.measures.tables import NONE

if TYPE_CHECKING:
    import duckdb

    from ledger.columns.measures.foreign import Columns

ACTION, OUTSIDE, GRIEVANCE = 0, 1, 2
"""What a cause is."""


@dataclass(frozen=True, slots=True)
class Statements:
    """What was said of nodes, in the order in which it counts; `number` names the statement.

    `analyst` gives for each party who compiles for it, or NONE.
    """

    node: Ints
    number: Ints
    teller: Ints
    unprovoked: Flags
    inferred: Flags
    analyst: Ints


@dataclass(frozen=True, slots=True)
class Named:
    """Every cause that a statement names, one row each, by node; `cause` is a node, or NONE.

    `ending` numbers what the ledger does not hold; `sides` are those that did the cause, or are
    blamed for it; `is_late` says that it certainly came after its effect.
    """

    node: Ints
    statement: Ints
    nature: Ints
    cause: Ints
    ending: Ints
    sides: Masks
    is_late: Flags


@dataclass(frozen=True, slots=True)
class Ground:
    """Disputes from `first` on, of which node `n` stands in world `world[n]` (dispute - first).

    `is_own` says that the node's action is recorded under that dispute; `acting` and `targeted`
    are the sides of it there, `actors` and `aims` the castings behind them; `row` is the node of
    the row that stands for the same act.
    """

    first: int
    worlds: int
    key: Ints
    world: Ints
    is_own: Flags
    stands: Flags
    row: Ints
    actors: Ints
    aims: Ints
    acting: Masks
    targeted: Masks
    sides: SideTable
    statements: Statements
    named: Named

    @property
    def nodes(self) -> int:
        """How many there are."""
        return len(self.key)

    @property
    def counts(self) -> Flags:
        """Which nodes are actions of their own world's dispute that stand."""
        return self.is_own & self.stands


def load_ground(connection: duckdb.DuckDBPyConnection, first: int, last: int) -> Ground:
    """Load the disputes of these numbers, both included, and all that they go back to."""
    laid = laid_out(connection, first, last)
    acts = {**laid.acts, "is_own": laid.acts["dispute"] == laid.acts["world"] + first}
    sides = side_table(connection, first, last, acts, laid.named)
    acting = sides.of_castings(acts, "acting")
    return Ground(
        first=first,
        worlds=last - first + 1,
        key=acts["key"],
        world=acts["world"],
        is_own=acts["is_own"],
        stands=acts["stands"],
        row=acts["row"],
        actors=acts["acting"],
        aims=acts["targeted"],
        acting=acting,
        targeted=sides.of_castings(acts, "targeted"),
        sides=sides,
        statements=_statements(connection, laid.said, sides.parties),
        named=_named(laid.named, acting, sides),
    )


def _statements(connection: duckdb.DuckDBPyConnection, said: Columns, parties: int) -> Statements:
    found = fetch(connection, "select party, analyst from coded.analyst")
    analyst = np.full(parties + 1, NONE)
    analyst[found["party"]] = found["analyst"]
    return Statements(
        node=said["node"],
        number=said["no"],
        teller=said["teller"],
        unprovoked=said["unprovoked"],
        inferred=said["inferred"],
        analyst=analyst,
    )


def _named(rows: Columns, acting: Masks, sides: SideTable) -> Named:
    cause = rows["cause"]
    by = sides.of_parties(rows["world"], rows["party"])
    is_held = cause != NONE
    if is_held.any():
        by = np.where(is_held, acting[np.maximum(cause, 0)], by)
    return Named(
        node=rows["node"],
        statement=rows["statement"],
        nature=rows["nature"],
        cause=cause,
        ending=rows["ending"],
        sides=by,
        is_late=rows["is_late"],
    )
