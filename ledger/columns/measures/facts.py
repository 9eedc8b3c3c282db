"""Facts: what nodes are called, how much of what they are, and when they happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from domain.kinds import KINDS, Polarity
from ledger.columns.measures.amounts import Amounts, from_columns
from ledger.columns.measures.arrays import Flags, Ints, and_beside, fetch
from ledger.columns.measures.called import acts, in_families, in_period, when
from ledger.columns.measures.packages import Trees, trees
from ledger.columns.measures.tables import FLOWS

if TYPE_CHECKING:
    import duckdb

    from domain.reading import Reading
    from ledger.columns.measures.ground import Ground

WORDS = np.array([row.polarity is Polarity.WORDS for row in KINDS])
HOSTILE = np.array([row.polarity is Polarity.HOSTILE for row in KINDS])


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of every node, under one reading; `held` are the packages around nodes.

    `is_chosen` says that the reading counts the action: by its family, and its period.
    """

    kind: Ints
    family: Ints
    rung: Ints
    unit: Ints
    amounts: Amounts
    is_denied: Flags
    when_lo: Ints
    when_hi: Ints
    is_chosen: Flags
    held: Trees

    @property
    def is_hostile(self) -> Flags:
        """Whether nodes are hostile, and not denied by those whose words count."""
        return HOSTILE[self.kind] & ~self.is_denied

    @property
    def is_words(self) -> Flags:
        """Whether nodes are words, by those whose words count."""
        return WORDS[self.kind]

    @property
    def adds_up(self) -> Flags:
        """Whether nodes have a quantity of a unit that adds up."""
        return np.array([*FLOWS, False])[self.unit]


def facts(connection: duckdb.DuckDBPyConnection, ground: Ground, reading: Reading) -> Facts:
    """Load the facts of a ground's nodes.

    Rule: docs/semantics.md#rungs
    Rule: docs/semantics.md#two-times
    """
    relation = acts(connection, reading)
    is_chosen = " and ".join((*in_period(reading), in_families(reading)))
    lo, hi = when(reading)
    last = ground.first + ground.worlds - 1
    away = np.unique(ground.key[~ground.is_own]).tolist()
    rows = fetch(
        connection,
        "select key, kind, family, rung, unit, lo, hi, is_open, unknown, denied, "
        f"{lo} as when_lo, {hi} as when_hi, {is_chosen} as is_chosen "
        f"from ({relation}) where dispute between ? and ? {and_beside(away)} order by key",
        [ground.first, last, *([away] if away else [])],
    )
    place = np.searchsorted(rows["key"], ground.key)
    rows = {name: held[place] for name, held in rows.items()}
    return Facts(
        kind=rows["kind"],
        family=rows["family"],
        rung=rows["rung"],
        unit=rows["unit"],
        amounts=from_columns(rows),
        is_denied=rows["denied"].astype(bool),
        when_lo=rows["when_lo"],
        when_hi=rows["when_hi"],
        is_chosen=rows["is_chosen"].astype(bool),
        held=trees(connection, relation, ground.first, last, away),
    )
