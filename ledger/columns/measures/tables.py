"""The tables of data that both engines read: kinds, families, units, each row by its number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from domain.kinds import KINDS, Bearer, Family, Polarity
from domain.units import UNITS, Nature

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

KIND_NAMES: Final = tuple(row.name for row in KINDS)
FAMILY_NAMES: Final = tuple(family.value for family in Family)
UNIT_NAMES: Final = tuple(row.name for row in UNITS)
NONE: Final = -1
"""In the place of a number where there is nothing to name."""

FLOWS: Final = tuple(row.nature is Nature.FLOW for row in UNITS)
POSTED: Final = frozenset({Polarity.HOSTILE, Polarity.SELF_BORNE})


STOCKS: Final = tuple(number for number, adds_up in enumerate(FLOWS) if not adds_up)

POSTED_KINDS: Final = tuple(no for no, row in enumerate(KINDS) if row.polarity in POSTED)
BORNE_KINDS: Final = tuple(
    no
    for no, row in enumerate(KINDS)
    if row.borne_by is Bearer.ACTOR or row.polarity is Polarity.SELF_BORNE
)
UNCLASSIFIED: Final = tuple(
    no for no, row in enumerate(KINDS) if row.polarity is Polarity.UNCLASSIFIED
)
REVERSALS: Final = tuple(no for no, row in enumerate(KINDS) if row.name == "reversal")


def load_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Put the tables of kinds, families and units beside the coded history."""
    connection.execute(
        "create or replace table coded.kind (no tinyint, name varchar, polarity varchar, "
        "rung tinyint)"
    )
    rows = [
        (
            number,
            row.name,
            row.polarity.value,
            NONE if row.rung is None else row.rung,
        )
        for number, row in enumerate(KINDS)
    ]
    _insert(connection, "kind", rows)
    connection.execute("create or replace table coded.family (no tinyint, name varchar)")
    _insert(connection, "family", list(enumerate(FAMILY_NAMES)))
    connection.execute(
        "create or replace table coded.unit (no tinyint, name varchar, is_flow boolean)"
    )
    named = zip(UNIT_NAMES, FLOWS, strict=True)
    _insert(connection, "unit", [(number, *row) for number, row in enumerate(named)])


def _insert(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]]
) -> None:
    marks = ", ".join(f"({', '.join('?' for _ in row)})" for row in rows)
    connection.execute(
        f"insert into coded.{table} values {marks}",
        [value for row in rows for value in row],
    )
