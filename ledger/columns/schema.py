"""The tables of the columns: what a row of each stands for, and the DuckDB type of each field.

Every row says with `changed_at` at which position of the log it was written; it is written only
where it says something new, so most actions have one row for good. A row that ended (corrected,
withdrawn, moved) is named in `replaced` with the position at which it did: so a row is current at
position p if `changed_at` <= p and no such `ended_at` <= p, and every table can be read as known at
any position. An action is named by its `position`, that of its first entry: what `options` and
`called` join on, whatever their own `changed_at`.

Of a day there is the earliest and the latest it can be; an open end is 0001-01-01 or 9999-12-31;
null where no date was given. Counts are `lo`, `hi` (null: no upper bound) and how many parts are
unknown; no unit means no quantity.
"""

from __future__ import annotations

from typing import Final

SCHEMA_VERSION: Final = 1
"""Rises with every change of a table or of what a column means; older folders are made again."""

Fields = dict[str, str]

CAUSES: Final = "STRUCT(nature VARCHAR, name VARCHAR, party VARCHAR)[]"
"""`nature` is action, outside or grievance; `name` an action's id or a slug.

`party` is who did the outside action or is blamed for the grievance; null where there is none.
"""

ACTIONS: Final[Fields] = {
    "dispute": "VARCHAR",
    "changed_at": "BIGINT",
    "action": "VARCHAR",
    "position": "BIGINT",
    "stands": "BOOLEAN",
    "kind": "VARCHAR",
    "family": "VARCHAR",
    "rung": "TINYINT",
    "actors": "VARCHAR[]",
    "targets": "VARCHAR[]",
    "occurred_lo": "DATE",
    "occurred_hi": "DATE",
    "public_lo": "DATE",
    "public_hi": "DATE",
    "effective_lo": "DATE",
    "effective_hi": "DATE",
    "quantity_lo": "BIGINT",
    "quantity_hi": "BIGINT",
    "quantity_unknown": "SMALLINT",
    "unit": "VARCHAR",
    "cause_form": "VARCHAR",
    "part_of": "VARCHAR",
    "executes": "VARCHAR[]",
    "carries_out": "VARCHAR[]",
    "same_as": "VARCHAR[]",
    "reverses": "VARCHAR[]",
    "organ": "VARCHAR",
    "tags": "VARCHAR[]",
}
"""An action as it stands, one current row each.

`position` is that of the action's first entry; `stands` is false while it is retracted; `family`
and `rung` are those in force (the record's own, else its kind's; `rung` null where it has none);
`cause_form` is how the actor's own cause is given: causes, none_stated or unknown.
"""

OPTIONS: Final[Fields] = {
    "dispute": "VARCHAR",
    "changed_at": "BIGINT",
    "position": "BIGINT",
    "seq": "INTEGER",
    "teller": "VARCHAR",
    "own": "BOOLEAN",
    "inferred": "BOOLEAN",
    "unprovoked": "BOOLEAN",
    "stated_on_lo": "DATE",
    "stated_on_hi": "DATE",
    "causes": CAUSES,
}
"""What a teller says of the causes of the action at `position`; who is silent has no row.

`own` rows come from the action's own record: one for each acting party, never unprovoked, `seq` 0
for the first and downwards. The others are the attributions in force that speak, `seq` 1 and up: of
one teller, the greatest is as stated last (own words count as said first), the smallest as stated
then. `causes` is empty where the action is said to answer nothing, and where it is called
unprovoked; sorted as in the domain.
"""

CALLED: Final[Fields] = {
    "dispute": "VARCHAR",
    "changed_at": "BIGINT",
    "position": "BIGINT",
    "seq": "INTEGER",
    "teller": "VARCHAR",
    "inferred": "BOOLEAN",
    "kind": "VARCHAR",
    "quantity_lo": "BIGINT",
    "quantity_hi": "BIGINT",
    "quantity_unknown": "SMALLINT",
    "unit": "VARCHAR",
    "denied": "BOOLEAN",
    "stated_on_lo": "DATE",
    "stated_on_hi": "DATE",
}
"""What a teller calls the action at `position`; `kind` or `unit` null: as the actor.

`seq` is 1 and up: of one teller, the greatest is as stated last.
"""

SIDES: Final[Fields] = {
    "dispute": "VARCHAR",
    "changed_at": "BIGINT",
    "sides": "STRUCT(name VARCHAR, parties VARCHAR[])[]",
}
"""The sides of a dispute as drawn by the entry at `changed_at`, in the order of declaration."""

REPLACED: Final[Fields] = {
    "dispute": "VARCHAR",
    "changed_at": "BIGINT",
    "in_table": "VARCHAR",
    "seq": "INTEGER",
    "ended_at": "BIGINT",
}
"""The row of `in_table` with this `changed_at` and `seq` ended at position `ended_at`.

`dispute` is that of the row that ended; its `seq` is 0 in `actions`. Within one table,
`changed_at` and `seq` name one row.
"""

LOG: Final[Fields] = {"position": "BIGINT", "digest": "BLOB"}
"""Every entry of the log, of whatever type, and the SHA-256 of what is stored of it: 32 bytes."""

TABLES: Final[dict[str, Fields]] = {
    "actions": ACTIONS,
    "options": OPTIONS,
    "called": CALLED,
    "sides": SIDES,
    "replaced": REPLACED,
    "log": LOG,
}

ORDERS: Final[dict[str, tuple[str, ...]]] = {
    "actions": ("dispute", "position", "changed_at"),
    "options": ("dispute", "position", "changed_at", "seq"),
    "called": ("dispute", "position", "changed_at", "seq"),
    "sides": ("dispute", "changed_at"),
    "replaced": ("dispute", "changed_at", "in_table", "seq"),
    "log": ("position",),
}
"""How the rows of a segment are sorted; what begins with the dispute can be read by dispute."""


def position_of(table: str) -> str:
    """Return the field that says at which position of the log a row was written."""
    return "position" if table == "log" else "changed_at"


def definition(fields: Fields) -> str:
    """Return the fields as SQL defines them, between brackets."""
    return "(" + ", ".join(f'"{name}" {kind}' for name, kind in fields.items()) + ")"


def json_structure(fields: Fields) -> str:
    """Return the SQL type of a list of rows, as `from_json` makes them of text."""
    return "STRUCT(" + ", ".join(f'"{name}" {kind}' for name, kind in fields.items()) + ")[]"
