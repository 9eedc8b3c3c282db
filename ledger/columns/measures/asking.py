"""Asking one dispute: its accounts, and what each measure says of every action, in names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.reading import BasisOf, Silence, StatedWhen
from ledger.columns.measures.escalation import escalations
from ledger.columns.measures.facts import Facts, facts
from ledger.columns.measures.ground import Ground, load_ground
from ledger.columns.measures.naming import namer
from ledger.columns.measures.reached import Members, Reached, members, reached
from ledger.columns.measures.replies import replies
from ledger.columns.measures.standing import standing_of_all
from ledger.columns.measures.voices import Hearing
from ledger.columns.measures.world import ColumnWorld, believed_account, world_of

if TYPE_CHECKING:
    import duckdb

    from domain.reading import Reading
    from ledger.columns.measures.escalation import Escalations
    from ledger.columns.measures.replies import ColumnReplies
    from ledger.columns.measures.roots import Namer
    from ledger.columns.measures.standing import ActionStanding


@dataclass(frozen=True, slots=True)
class Asked:
    """A dispute, loaded: its ground, and the names of all that is in it."""

    connection: duckdb.DuckDBPyConnection
    number: int
    ground: Ground
    names: Namer


@dataclass(frozen=True, slots=True)
class Measured:
    """One whole account of a dispute under one reading, as far as measures share it."""

    asked: Asked
    world: ColumnWorld
    facts: Facts
    reached: Reached
    members: Members

    def standings(self) -> dict[int, ActionStanding]:
        """Return where every action stands, by node."""
        return standing_of_all(self.world, self.asked.names)

    def escalations(self, reading: Reading) -> Escalations:
        """Return the flags of every hostile action."""
        return escalations(self.world, self.facts, self.reached, self.members, reading.k)

    def replies(self) -> ColumnReplies:
        """Return how answers relate to what they answer."""
        return replies(self.world, self.facts, self.reached, self.members)


def dispute_numbers(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return the number of every dispute that has actions or sides."""
    return dict(connection.execute("select id, no from coded.dispute order by id").fetchall())


def ask(connection: duckdb.DuckDBPyConnection, number: int) -> Asked:
    """Load a dispute by its number."""
    ground = load_ground(connection, number, number)
    return Asked(connection, number, ground, namer(connection, ground))


def panel(connection: duckdb.DuckDBPyConnection, number: int) -> tuple[str, ...]:
    """Return the parties of the declared sides, in the order of declaration."""
    rows = connection.execute(
        "select party.name from coded.side side join coded.party party on party.no = side.party "
        "where side.dispute = ? order by side.place, side.seat",
        [number],
    ).fetchall()
    return tuple(name for (name,) in rows)


def measured(asked: Asked, account: str, reading: Reading) -> Measured:
    """Believe one account throughout, on the first basis of the reading.

    Rule: docs/semantics.md#worlds
    """
    believed = believed_account(asked.connection, asked.ground, account)
    hearing = Hearing(
        with_inferred=reading.bases[0] is BasisOf.WITH_INFERRED,
        as_stated_last=reading.stated is StatedWhen.LAST,
    )
    world = world_of(
        asked.connection,
        asked.ground,
        believed,
        hearing,
        inherits=reading.silence is Silence.INHERIT,
    )
    held = facts(asked.connection, asked.ground, reading)
    return Measured(asked, world, held, reached(world), members(world))
