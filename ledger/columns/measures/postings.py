"""Postings on the columns: which actions the tally counts, as relations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledger.columns.measures.called import in_families, in_period, when
from ledger.columns.measures.tables import BORNE_KINDS, POSTED_KINDS, REVERSALS

if TYPE_CHECKING:
    from domain.reading import Reading

_POSTED: Final = """
select act.key, act.dispute, act.acting as by_casting,
    case when act.kind in {borne} then act.acting else act.targeted end as against_casting,
    act.family, act.kind, act.unit, act.lo, act.hi, act.is_open, act.unknown,
    act.{when_lo} as when_lo, act.{when_hi} as when_hi, {certainly} as is_certain, act.is_tangled
from ({acts}) act
where act.stands and act.kind in {posted} and not act.denied and not act.is_repeated
    and {possibly} and {families}
"""

_REVERSALS: Final = """
select reversed.key as reversal, reversed.act, reversed.dispute,
    count(*) over (partition by reversed.key, named.unit) as alike,
    count(*) over (partition by reversed.key) as named,
    act.unit, act.lo, act.hi, act.is_open, act.unknown, {certainly} as is_certain
from coded.reversed reversed
join ({acts}) act on act.key = reversed.key and act.dispute between {first} and {last}
join ({acts}) named on named.key = reversed.act
where reversed.dispute between {first} and {last}
    and act.kind in {reversal} and named.kind in {posted}
    and not act.denied and not act.is_repeated and not named.denied and not named.is_repeated
    and named.stands and {possibly}
"""


def posted(reading: Reading, acts: str) -> str:
    """Return a relation of what posts anything, certainly or possibly in the period.

    `acts` is the relation of actions as they are called.

    Rule: docs/semantics.md#tally
    """
    possibly, certainly = in_period(reading)
    lo, hi = when(reading)
    return _POSTED.format(
        acts=acts,
        when_lo=lo,
        when_hi=hi,
        possibly=possibly,
        certainly=certainly,
        families=in_families(reading),
        posted=POSTED_KINDS,
        borne=BORNE_KINDS,
    )


def reversals(reading: Reading, acts: str, first: int, last: int) -> str:
    """Return a relation of the reversals of some disputes, one row for each posted act named.

    `acts` is the relation of actions as they are called.

    Rule: docs/semantics.md#tally
    """
    possibly, certainly = in_period(reading)
    for column in (*when(reading),):
        possibly = possibly.replace(column, f"act.{column}")
        certainly = certainly.replace(column, f"act.{column}")
    return _REVERSALS.format(
        acts=acts,
        possibly=possibly,
        certainly=certainly,
        first=first,
        last=last,
        posted=POSTED_KINDS,
        reversal=f"({', '.join(map(str, REVERSALS))})",
    )
