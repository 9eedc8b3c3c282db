"""A world on the columns: what one account holds each action to answer.

One pass believes one account in each dispute: the first declared party of all disputes, then the
second of all, and so on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ledger.columns.measures.arrays import Flags, Ints, Masks, fetch
from ledger.columns.measures.ground import ACTION, GRIEVANCE, Ground
from ledger.columns.measures.tables import NONE
from ledger.columns.measures.voices import Hearing, voices

if TYPE_CHECKING:
    import duckdb

UNKNOWN = 3
"""The nature of a cause of which it is not known what it was: it is retracted or missing."""


@dataclass(frozen=True, slots=True)
class Believed:
    """Whose account is believed in each world: its number, or NONE, and the side it speaks for."""

    account: Ints
    side: Masks


@dataclass(frozen=True, slots=True)
class Causes:
    """The causes of every node in a world, one row each, ordered by node.

    `cause` is a node where `nature` is ACTION; else `ending` numbers what is named, or, for a
    retracted action, `cause` still does. `sides` are those that did it, or are blamed for it.
    """

    node: Ints
    nature: Ints
    cause: Ints
    ending: Ints
    sides: Masks

    def only(self, kept: Flags) -> Causes:
        """Return some of the rows."""
        return Causes(
            self.node[kept],
            self.nature[kept],
            self.cause[kept],
            self.ending[kept],
            self.sides[kept],
        )


@dataclass(frozen=True, slots=True)
class ColumnWorld:
    """The causes that one account gives, and the nodes of which it is undetermined.

    `is_impossible` are those where it is for a cause that certainly came later.
    """

    ground: Ground
    causes: Causes
    is_undetermined: Flags
    is_impossible: Flags


def believed_parties(connection: duckdb.DuckDBPyConnection, ground: Ground, place: int) -> Believed:
    """Believe, in each world, the declared party at this place; nobody where there are fewer."""
    rows = connection.execute(
        "select dispute, party from (select dispute, party, row_number() over "
        "(partition by dispute order by place, seat) - 1 as turn from coded.side "
        "where dispute between ? and ?) where turn = ?",
        [ground.first, ground.first + ground.worlds - 1, place],
    ).fetchall()
    account = np.full(ground.worlds, NONE)
    for dispute, party in rows:
        account[dispute - ground.first] = party
    side = ground.sides.of_parties(np.arange(ground.worlds), account)
    return Believed(account, side)


def believed_account(connection: duckdb.DuckDBPyConnection, ground: Ground, name: str) -> Believed:
    """Believe one account in every world.

    An analyst who compiles for a party stands where the party does; other analysts, media and rules
    have no side.
    """
    party = name.removeprefix("analyst:compilers-for-")
    numbers = dict(
        connection.execute(
            "select name, no from coded.party where name in (?, ?)", [name, party]
        ).fetchall()
    )
    worlds = np.arange(ground.worlds)
    account = np.full(ground.worlds, numbers.get(name, NONE))
    side = np.full(ground.worlds, NONE if ":" in party else numbers.get(party, NONE))
    return Believed(account, ground.sides.of_parties(worlds, side))


def world_of(
    connection: duckdb.DuckDBPyConnection,
    ground: Ground,
    believed: Believed,
    hearing: Hearing,
    *,
    inherits: bool = True,
) -> ColumnWorld:
    """Return what the accounts believed hold; `inherits` is what silence is taken to mean.

    Rule: docs/semantics.md#silence
    Rule: docs/semantics.md#worlds
    """
    said, rows = ground.statements, ground.named
    mine = voices(said, believed.account[ground.world], hearing)
    actors = _actors_voices(connection, ground, hearing)
    speaks = mine != NONE
    is_unprovoked = speaks & np.append(said.unprovoked, [False])[mine]
    is_plain = speaks & ~is_unprovoked
    actor_speaks = np.zeros(ground.nodes, dtype=bool)
    for held in actors:
        actor_speaks |= held != NONE
    is_undetermined = ~speaks & ~actor_speaks if inherits else ~speaks
    by_actor = (is_unprovoked | ~speaks) & ~is_undetermined
    numbers = np.append(said.number, NONE)
    kept = is_plain[rows.node] & (rows.statement == numbers[mine][rows.node])
    for held in actors:
        kept |= by_actor[rows.node] & (rows.statement == numbers[held][rows.node])
    own_side = believed.side[ground.world]
    speaks_of = np.where(own_side != 0, own_side, ground.targeted)
    left_out = is_unprovoked[rows.node] & ((rows.sides & speaks_of[rows.node]) != 0)
    is_confession = (rows.nature == GRIEVANCE) & ((rows.sides & own_side[rows.node]) != 0)
    kept &= ~(left_out | (~speaks[rows.node] & is_confession))
    is_impossible = np.zeros(ground.nodes, dtype=bool)
    is_impossible[rows.node[kept & rows.is_late]] = True
    is_undetermined |= is_impossible
    kept &= ~is_undetermined[rows.node] & ground.stands[rows.node]
    is_joint = np.zeros(ground.nodes, dtype=bool)
    for held in actors[1:]:
        is_joint |= held != NONE
    return ColumnWorld(ground, _resolved(ground, kept, is_joint), is_undetermined, is_impossible)


def _actors_voices(
    connection: duckdb.DuckDBPyConnection, ground: Ground, hearing: Hearing
) -> list[Ints]:
    """Return, for the first of those who act, the second and so on, what each of them says."""
    return [
        voices(ground.statements, actors, hearing)
        for actors in parties_by_place(connection, ground, ground.actors)
    ]


def parties_by_place(
    connection: duckdb.DuckDBPyConnection, ground: Ground, castings: Ints
) -> list[Ints]:
    """Return the first party of each node's casting; then the second, or NONE; and so on."""
    away = sorted(set(castings[~ground.is_own].tolist()))
    rows = fetch(
        connection,
        "select no, place, party from coded.casting where dispute between ? and ? "
        "union select no, place, party from coded.casting where no in (select unnest(?::int[]))",
        [ground.first, ground.first + ground.worlds - 1, away],
    )
    found = []
    for place in range(int(rows["place"].max()) + 1 if len(rows["place"]) else 0):
        here = rows["place"] == place
        party_of = np.full(int(rows["no"].max()) + 1, NONE)
        party_of[rows["no"][here]] = rows["party"][here]
        found.append(party_of[castings])
    return found


def _resolved(ground: Ground, kept: Flags, is_joint: Flags) -> Causes:
    """Take the rows that hold, each cause once; what does not stand is not known."""
    rows = ground.named
    node, cause, ending = rows.node[kept], rows.cause[kept], rows.ending[kept]
    nature, sides = rows.nature[kept], rows.sides[kept]
    is_action = nature == ACTION
    stands = np.append(ground.stands, [False])[cause]
    nature = np.where(is_action & ~stands, UNKNOWN, nature)
    found = Causes(node, nature, cause, ending, sides)
    return _each_once(found, np.flatnonzero(is_joint[node]))


def _each_once(causes: Causes, joint: Ints) -> Causes:
    """Leave out what those who act together name twice; `joint` are the rows of joint acts."""
    if not len(joint):
        return causes
    names = np.stack([causes.node[joint], causes.cause[joint], causes.ending[joint]])
    _, first = np.unique(names, axis=1, return_index=True)
    kept = np.ones(len(causes.node), dtype=bool)
    kept[joint] = False
    kept[joint[first]] = True
    return causes.only(kept)
