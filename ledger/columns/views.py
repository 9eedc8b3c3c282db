"""What a question sees of the columns: views of the rows that are current, as SQL.

`actions`, `options`, `called` and `sides` have the fields of `schema.py`, `sides` one row a
dispute. `parties` is `sides` taken apart, one row a party: dispute, side, its place in the
declaration, party. `kinds` is the domain's table of kinds. All are as known at one position, and of
one dispute if only that is asked for; then no other files are opened. Where the columns themselves
are looked after, `stored_actions` and its like have every row, also those that ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from domain.kinds import KINDS
from ledger.columns.connections import SHARED
from ledger.columns.schema import TABLES, definition, position_of
from ledger.columns.segments import reading

if TYPE_CHECKING:
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


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the rows of a manifest are: the folder of its segments, the tables of its tails."""

    folder: Path
    manifest: Manifest
    tails: str

    def rows(self, table: str, known: int, dispute: str | None = None) -> str:
        """Return the SQL that reads the rows of a table written by a position, ended ones too."""
        where = f"WHERE {position_of(table)} <= {known}"
        if dispute is not None:
            literal = dispute.replace("'", "''")
            where += f" AND dispute = '{literal}'"
        held = [one for one in self.manifest.of(table) if one.may_hold(dispute, known)]
        found = f"FROM {SHARED}.{self.tails}_{table} {where}"
        if held:
            found = f"FROM {reading(self.folder, held)} {where} UNION ALL BY NAME {found}"
        return found


def define(engine: Engine, shelf: Shelf, known: int, dispute: str | None) -> None:
    """Define the views, as known at a position, of all disputes or one."""
    engine.execute(
        "CREATE OR REPLACE TEMP TABLE ended AS SELECT in_table, changed_at, seq "
        f"FROM ({shelf.rows('replaced', known, dispute)}) WHERE ended_at <= {known}"
    )
    for table in ("actions", "options", "called"):
        using = "changed_at" if table == "actions" else "changed_at, seq"
        engine.execute(
            f"CREATE OR REPLACE TEMP VIEW {table} AS FROM ({shelf.rows(table, known, dispute)}) "
            f"ANTI JOIN (FROM ended WHERE in_table = '{table}') USING ({using})"
        )
    engine.execute(
        "CREATE OR REPLACE TEMP VIEW sides AS SELECT dispute, max(changed_at) AS changed_at, "
        f"arg_max(sides, changed_at) AS sides FROM ({shelf.rows('sides', known, dispute)}) "
        "GROUP BY dispute"
    )
    engine.execute(PARTIES)
    engine.execute(f"CREATE OR REPLACE TEMP VIEW kinds AS FROM {SHARED}.kinds")


def define_stored(engine: Engine, shelf: Shelf, known: int) -> None:
    """Define `stored_actions` and its like: every row written by a position, ended ones too."""
    for table in TABLES:
        engine.execute(f"CREATE OR REPLACE TEMP VIEW stored_{table} AS {shelf.rows(table, known)}")


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
