"""What a question sees of the columns: views of the rows that are current, as SQL.

`actions`, `options`, `called` and `sides` have the fields of `schema.py`, `sides` one row a
dispute. `parties` is `sides` taken apart, one row a party: dispute, side, its place in the
declaration, party. `kinds` is the domain's table of kinds. All are as known at one position, and of
one dispute if only that is asked for; then no other files are opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from domain.kinds import KINDS
from ledger.columns.schema import TABLES, definition, position_of
from ledger.columns.segments import reading

if TYPE_CHECKING:
    from pathlib import Path

    from ledger.columns.engine import Engine
    from ledger.columns.manifest import Manifest

KIND_FIELDS: Final = {
    "kind": "VARCHAR",
    "family": "VARCHAR",
    "polarity": "VARCHAR",
    "rung": "TINYINT",
    "can_be_undone": "BOOLEAN",
    "protects": "VARCHAR",
    "borne_by": "VARCHAR",
}

PARTIES: Final = """
CREATE OR REPLACE TEMP VIEW parties AS
SELECT dispute, side.name AS side, place, unnest(side.parties) AS party
FROM (SELECT dispute, unnest(sides) AS side, unnest(range(len(sides))) AS place FROM sides)
"""


def define(  # noqa: PLR0913  where, what, and how much of it
    engine: Engine,
    folder: Path,
    manifest: Manifest,
    tails: str,
    *,
    dispute: str | None = None,
    until: int | None = None,
) -> None:
    """Define the views over the segments of a manifest, and the tables of its tails."""
    known = manifest.position if until is None else min(until, manifest.position)
    where = f"WHERE changed_at <= {known}"
    if dispute is not None:
        literal = dispute.replace("'", "''")
        where += f" AND dispute = '{literal}'"
    for table in TABLES:
        held = [one for one in manifest.of(table) if one.may_hold(dispute, known)]
        source = f"FROM {tails}_{table} WHERE {position_of(table)} <= {known}"
        if held:
            source = f"FROM {reading(folder, held)} UNION ALL BY NAME {source}"
        engine.execute(f"CREATE OR REPLACE TEMP VIEW stored_{table} AS {source}")
    ended = _define_ended(engine, where, known)
    for table in ("actions", "options", "called"):
        rows = f"stored_{table} {_current(table, ended)} {where}"
        engine.execute(f"CREATE OR REPLACE TEMP VIEW {table} AS FROM {rows}")
    engine.execute(
        "CREATE OR REPLACE TEMP VIEW sides AS SELECT dispute, max(changed_at) AS changed_at, "
        f"arg_max(sides, changed_at) AS sides FROM stored_sides {where} GROUP BY dispute"
    )
    engine.execute(PARTIES)


def define_kinds(engine: Engine) -> None:
    """Put the table of kinds where every question sees it."""
    engine.execute(f"CREATE TABLE kinds {definition(KIND_FIELDS)}")
    engine.executemany(
        "INSERT INTO kinds VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                row.name,
                row.family.value,
                row.polarity.value,
                row.rung,
                row.can_be_undone,
                row.protects,
                row.borne_by.value,
            )
            for row in KINDS
        ],
    )


def _define_ended(engine: Engine, where: str, known: int) -> set[str]:
    """Gather which rows have ended; return the tables that any of them stood in."""
    engine.execute(
        "CREATE OR REPLACE TEMP TABLE ended AS SELECT in_table, changed_at, seq "
        f"FROM stored_replaced {where} AND ended_at <= {known}"
    )
    return {table for (table,) in engine.execute("SELECT DISTINCT in_table FROM ended").fetchall()}


def _current(table: str, ended: set[str]) -> str:
    """Return the join that leaves out what has ended; nothing where nothing has."""
    if table not in ended:
        return ""
    using = "changed_at" if table == "actions" else "changed_at, seq"
    return f"ANTI JOIN (FROM ended WHERE in_table = '{table}') USING ({using})"
