"""What an action is called, as a relation: by the actor, or by those whose words are taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from domain.reading import (
    ACTORS_KINDS,
    OTHER_SIDES_KINDS,
    BasisOf,
    DateBasis,
    MembershipRule,
    StatedWhen,
)
from ledger.columns.measures.tables import FAMILY_NAMES, KIND_NAMES

if TYPE_CHECKING:
    from datetime import date

    import duckdb

    from domain.reading import Reading

AS_THE_ACTOR: Final = "select * from coded.act"

_BY_OTHERS: Final = """
select act.* replace (
    coalesce(said.kind, act.kind) as kind,
    case when said.kind is null then act.rung else said.rung end as rung,
    coalesce(said.unit, act.unit) as unit,
    case when said.unit is null then act.lo else said.lo end as lo,
    case when said.unit is null then act.hi else said.hi end as hi,
    case when said.unit is null then act.is_open else said.is_open end as is_open,
    case when said.unit is null then act.unknown else said.unknown end as unknown,
    coalesce(said.denied, false) as denied)
from coded.act act left join (
    select distinct on (words.key) words.key, nullif(words.kind, -1) as kind,
        nullif(words.unit, -1) as unit, words.lo, words.hi, words.is_open, words.unknown,
        words.denied, kind.rung
    from ({asked}) asked
    join coded.called words on words.key = asked.key and (
        words.teller = asked.party {or_analyst})
    left join coded.kind kind on kind.no = words.kind
    order by words.key, asked.place, words.teller <> asked.party, words.seq {direction}
) said on said.key = act.key
"""

_OR_ANALYST: Final = (
    "or (words.inferred and words.teller in "
    "(select analyst from coded.analyst where analyst.party = asked.party))"
)

_EPOCH: Final = 719_163
"""The proleptic Gregorian ordinal of 1970-01-01."""


def acts(connection: duckdb.DuckDBPyConnection, reading: Reading) -> str:
    """Return a relation of all actions as the teller calls them whose kinds count.

    Its columns are those of `coded.act`. Where it is not the actors' words that count it is worked
    out once, and stands until another is asked for.

    Rule: docs/semantics.md#rungs
    """
    if reading.kinds_by == ACTORS_KINDS and not reading.rungs:
        return AS_THE_ACTOR
    relation = AS_THE_ACTOR if reading.kinds_by == ACTORS_KINDS else _by_others(reading)
    cases = [
        f"when {KIND_NAMES.index(kind)} then {int(rung)}"
        for kind, rung in dict(reading.rungs).items()
    ]
    rung = f"case kind {' '.join(cases)} else rung end" if cases else "rung"
    connection.execute(
        "create or replace temp table called_acts as "
        f"select held.* replace ({rung} as rung, is_linked as is_tangled) from ({relation}) held"
    )
    return "select * from called_acts"


def _by_others(reading: Reading) -> str:
    if reading.kinds_by == OTHER_SIDES_KINDS:
        asked = (
            "select act.key, held.party, held.place from coded.act act "
            "join coded.casting held on held.no = act.targeted"
        )
    else:
        asked = (
            "select said.key, party.no as party, 0 as place from coded.party party "
            "cross join (select distinct key from coded.called) said "
            f"where party.name = '{_sound(reading.kinds_by)}'"
        )
    with_inferred = reading.bases[0] is BasisOf.WITH_INFERRED
    return _BY_OTHERS.format(
        asked=asked,
        or_analyst=_OR_ANALYST if with_inferred else "",
        direction="desc" if reading.stated is StatedWhen.LAST else "",
    )


def _sound(name: str) -> str:
    """Return a name as SQL quotes it."""
    return name.replace("'", "''")


def when(reading: Reading) -> tuple[str, str]:
    """Return the columns that say when an action happened: its earliest and latest day."""
    prefix = {
        DateBasis.OCCURRED: "occurred",
        DateBasis.PUBLIC: "public",
        DateBasis.EFFECTIVE: "effective",
    }[reading.date_basis]
    return f"{prefix}_lo", f"{prefix}_hi"


def in_period(reading: Reading) -> tuple[str, str]:
    """Return two conditions: an action is certainly or possibly in, and it counts for certain.

    Rule: docs/semantics.md#two-times
    """
    if reading.period is None:
        return "true", "true"
    lo, hi = when(reading)
    first, last = day_number(reading.period.lo), day_number(reading.period.hi)
    possibly = f"({hi} >= {first} and {lo} <= {last})"
    if reading.membership is MembershipRule.POSSIBLE:
        return possibly, "true"
    return possibly, f"({lo} >= {first} and {hi} <= {last})"


def certainly_all(reading: Reading) -> bool:
    """Whether all that a reading counts it counts for certain."""
    return in_period(reading)[1] == "true"


def in_families(reading: Reading) -> str:
    """Return the condition that an action is of the families asked for."""
    if not reading.families:
        return "true"
    numbers = [FAMILY_NAMES.index(name) for name in reading.families if name in FAMILY_NAMES]
    return f"family in ({', '.join(map(str, numbers)) or '-1'})"


def day_number(day: date) -> int:
    """Return a day as the coded tables count: from 1970-01-01."""
    return day.toordinal() - _EPOCH
