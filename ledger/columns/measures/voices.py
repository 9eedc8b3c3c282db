"""Voices: which statement about an action counts as what an account says of it.

Statements stand in the order in which they count, so that writing them down one after the other
leaves the last of them, and writing them backwards the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from domain.reading import BasisOf, StatedWhen
from ledger.columns.measures.arrays import Flags, Ints
from ledger.columns.measures.tables import NONE

if TYPE_CHECKING:
    from domain.reading import Reading
    from ledger.columns.measures.ground import Statements


@dataclass(frozen=True, slots=True)
class Hearing:
    """Which words count: an analyst's in a silent party's place or not, the last or the first."""

    with_inferred: bool = True
    as_stated_last: bool = True


def hearing_of(reading: Reading) -> Hearing:
    """Return whose words count under a reading; its first basis counts."""
    return Hearing(
        with_inferred=reading.bases[0] is BasisOf.WITH_INFERRED,
        as_stated_last=reading.stated is StatedWhen.LAST,
    )


def voices(said: Statements, who: Ints, hearing: Hearing, allowed: Flags | None = None) -> Ints:
    """Return for each node the row in `said` that its account speaks by, or NONE.

    `who` is the account asked at each node, NONE for nobody. Where a party is silent and the
    hearing allows it, the analyst who compiles for it speaks; `allowed` restricts which rows an
    analyst can speak by.

    Rule: docs/semantics.md#accounts
    """
    own = _written(said, who, hearing)
    if not hearing.with_inferred:
        return own
    analysts = np.where(own == NONE, said.analyst[who], NONE)
    if (analysts == NONE).all():
        return own
    return np.where(own == NONE, _written(said, analysts, hearing, allowed), own)


def _written(said: Statements, who: Ints, hearing: Hearing, allowed: Flags | None = None) -> Ints:
    """Write down every row by the account asked, so that the one that counts is left."""
    asked = who[said.node]
    is_theirs = (asked == said.teller) & (asked != NONE)
    rows = np.flatnonzero(is_theirs if allowed is None else is_theirs & allowed)
    rows = rows if hearing.as_stated_last else rows[::-1]
    found = np.full(len(who), NONE)
    found[said.node[rows]] = rows
    return found
