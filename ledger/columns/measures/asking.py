"""Asking one dispute: its accounts, and what each measure says of every action, in names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.reading import Silence
from ledger.columns.measures.escalation import escalations
from ledger.columns.measures.facts import Facts, facts
from ledger.columns.measures.ground import Ground, load_ground
from ledger.columns.measures.naming import namer
from ledger.columns.measures.reached import Members, Reached, members, reached
from ledger.columns.measures.replies import replies
from ledger.columns.measures.standing import standing_of_all
from ledger.columns.measures.voices import hearing_of
from ledger.columns.measures.words import without_words
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


def measured_world(asked: Asked, account: str, reading: Reading) -> ColumnWorld:
    """Believe one account throughout, on the first basis of the reading, words as causes.

    Rule: docs/semantics.md#worlds
    """
    return world_of(
        asked.connection,
        asked.ground,
        believed_account(asked.connection, asked.ground, account),
        hearing_of(reading),
        inherits=reading.silence is Silence.INHERIT,
    )


def measured(asked: Asked, account: str, reading: Reading) -> Measured:
    """Believe one account throughout, and work out what measures share.

    Rule: docs/semantics.md#worlds
    """
    world = measured_world(asked, account, reading)
    held = facts(asked.connection, asked.ground, reading)
    if not reading.words_as_causes:
        world = without_words(world, held.is_words)
    return Measured(asked, world, held, reached(world), members(world))
