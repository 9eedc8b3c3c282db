"""Sides, numbered in each world: the declared ones in their order, then third sides by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from ledger.columns.measures.arrays import Ints, Masks, bits, collected, distinct, fetch, no_bits

if TYPE_CHECKING:
    import duckdb

    from ledger.columns.measures.foreign import Columns

MOST_SIDES: Final = 19
"""Three sets of so many sides and one more, and a flag beside them, fit a word of 64 bits."""


@dataclass(frozen=True, slots=True)
class SideTable:
    """The sides of some worlds: of which side of a world a party is, and how each is called.

    `codes` are world times `parties` plus party, in order, and `number` the side's place in its
    world. `sides` are those of the castings from `base` on, as their own dispute sees them;
    `foreign` those of other castings, by world and casting.
    """

    parties: int
    codes: Ints
    number: Ints
    base: int
    own: Masks
    foreign: dict[tuple[int, int], int]
    names: tuple[tuple[str, ...], ...]

    @property
    def is_wide(self) -> bool:
        """Whether sets of sides need more than a machine word."""
        return self.own.dtype == object

    @property
    def most(self) -> int:
        """The number of sides of the world that has most of them."""
        return max(map(len, self.names), default=0)

    def of_parties(self, worlds: Ints, parties: Ints) -> Masks:
        """Return the side of each party in its world; the empty set for none."""
        if not len(self.codes):
            return no_bits(len(worlds), is_wide=self.is_wide)
        wanted = worlds * self.parties + parties
        places = np.minimum(np.searchsorted(self.codes, wanted), len(self.codes) - 1)
        found = (parties >= 0) & (self.codes[places] == wanted)
        sides = bits(self.number[places], is_wide=self.is_wide)
        sides[~found] = 0
        return sides

    def of_castings(self, acts: Columns, column: str) -> Masks:
        """Return the sides of those who act, or are targeted, together in each node's action."""
        castings = acts[column] - self.base
        if not self.foreign:
            found: Masks = self.own[castings]
            return found
        pairs = zip(acts["world"].tolist(), acts[column].tolist(), strict=True)
        inside = (castings >= 0) & (castings < len(self.own)) & acts["is_own"]
        sides = [
            self.own[place] if own else self.foreign[pair]
            for place, own, pair in zip(castings, inside, pairs, strict=True)
        ]
        return np.array(sides, dtype=self.own.dtype)


def side_table(
    connection: duckdb.DuckDBPyConnection, first: int, last: int, acts: Columns, named: Columns
) -> SideTable:
    """Number the sides of the worlds from `first` to `last`.

    Rule: docs/semantics.md#words
    """
    span = [first, last]
    declared = fetch(
        connection,
        "select dispute, place, name, party from coded.side where dispute between ? and ? "
        "order by dispute, place",
        span,
    )
    own = fetch(
        connection,
        "select no, dispute, party from coded.casting where dispute between ? and ? order by no",
        span,
    )
    foreign = _foreign_castings(connection, acts)
    parties = _parties(connection)
    declared_codes = (declared["dispute"] - first) * parties + declared["party"]
    own_codes = (own["dispute"] - first) * parties + own["party"]
    beside = named["party"] >= 0
    codes = distinct(
        np.concatenate(
            [
                declared_codes,
                own_codes,
                np.array([w * parties + p for w, _, p in foreign], dtype=np.int64),
                distinct(named["world"][beside] * parties + named["party"][beside]),
            ]
        )
    )
    declared["code"] = declared_codes
    number, names = _numbered(connection, codes, declared, parties, last - first + 1)
    is_wide = max(map(len, names), default=0) > MOST_SIDES
    base = int(own["no"][0]) if len(own["no"]) else 0
    held = bits(number[np.searchsorted(codes, own_codes)], is_wide=is_wide)
    length = int(own["no"][-1]) - base + 1 if len(own["no"]) else 0
    elsewhere: dict[tuple[int, int], int] = {}
    for world, casting, party in foreign:
        side = 1 << int(number[np.searchsorted(codes, world * parties + party)])
        elsewhere[world, casting] = elsewhere.get((world, casting), 0) | side
    masks = collected(own["no"] - base, held, length)
    return SideTable(parties, codes, number, base, masks, elsewhere, names)


def _parties(connection: duckdb.DuckDBPyConnection) -> int:
    row = connection.execute("select coalesce(max(no), 0) + 1 from coded.party").fetchone()
    return int(row[0]) if row else 1


def _foreign_castings(
    connection: duckdb.DuckDBPyConnection, acts: Columns
) -> list[tuple[int, int, int]]:
    """Return (world, casting, party) for the actions of other disputes."""
    away = ~acts["is_own"]
    if not away.any():
        return []
    worlds = acts["world"][away].tolist()
    castings = [acts[column][away].tolist() for column in ("acting", "targeted")]
    pairs = {pair for held in castings for pair in zip(worlds, held, strict=True)}
    rows = connection.execute(
        "select no, party from coded.casting where no in (select unnest(?))",
        [sorted({casting for _, casting in pairs})],
    ).fetchall()
    return [(world, no, party) for world, casting in pairs for no, party in rows if no == casting]


def _numbered(
    connection: duckdb.DuckDBPyConnection,
    codes: Ints,
    declared: Columns,
    parties: int,
    worlds: int,
) -> tuple[Ints, tuple[tuple[str, ...], ...]]:
    """Number the sides of each world, and name them in that order."""
    names: list[list[str]] = [[] for _ in range(worlds)]
    place_of = dict(zip(declared["code"].tolist(), declared["place"].tolist(), strict=True))
    for code, place, name in zip(
        declared["code"].tolist(),
        declared["place"].tolist(),
        declared["name"].tolist(),
        strict=True,
    ):
        held = names[code // parties]
        if place == len(held):
            held.append(name)
    thirds = [code for code in codes.tolist() if code not in place_of]
    party_names = _party_names(connection, sorted({code % parties for code in thirds}))
    for code in thirds:
        held = names[code // parties]
        place_of[code] = len(held)
        held.append(party_names[code % parties])
    number = np.array([place_of[code] for code in codes.tolist()], dtype=np.int64)
    return number, tuple(tuple(held) for held in names)


def _party_names(connection: duckdb.DuckDBPyConnection, parties: list[int]) -> dict[int, str]:
    sql = "select no, name from coded.party where no in (select unnest(?))"
    return dict(connection.execute(sql, [parties]).fetchall()) if parties else {}
