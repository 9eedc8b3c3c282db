"""The tables of the columns: what a row of each stands for, and its Arrow schema.

Every row says with `changed_at` at which position of the log it was written; it is written only
where it says something new, so most actions have one row for good. A row that ended (corrected,
withdrawn, moved) is named in `replaced` with the position `by` which it did: so a row is current at
position p if `changed_at` <= p and no such `by` <= p, and every table can be read as known at any
position. An action is named by its `position`, that of its first entry: what `options` and `called`
join on, whatever their own `changed_at`.

Days are `date32`; an open end is 0001-01-01 or 9999-12-31; null where no date was given. Counts
are `lo`, `hi` (null: no upper bound) and how many parts are unknown; no unit means no quantity.
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa

SCHEMA_VERSION: Final = 1
"""Rises with every change of a table or of what a column means; older folders are made again."""

NAMES: Final = pa.list_(pa.string())
CAUSES: Final = pa.list_(
    pa.struct([("nature", pa.string()), ("name", pa.string()), ("party", pa.string())])
)
"""`nature` is action, outside or grievance; `name` an action's id or a slug.

`party` is who did the outside action or is blamed for the grievance; null where there is none.
"""

SIDES_LIST: Final = pa.list_(pa.struct([("name", pa.string()), ("parties", NAMES)]))

ACTIONS: Final = pa.schema(
    [
        ("dispute", pa.string()),
        ("changed_at", pa.int64()),
        ("action", pa.string()),
        ("position", pa.int64()),
        ("stands", pa.bool_()),
        ("kind", pa.string()),
        ("family", pa.string()),
        ("rung", pa.int8()),
        ("actors", NAMES),
        ("targets", NAMES),
        ("occurred_lo", pa.date32()),
        ("occurred_hi", pa.date32()),
        ("public_lo", pa.date32()),
        ("public_hi", pa.date32()),
        ("effective_lo", pa.date32()),
        ("effective_hi", pa.date32()),
        ("quantity_lo", pa.int64()),
        ("quantity_hi", pa.int64()),
        ("quantity_unknown", pa.int16()),
        ("unit", pa.string()),
        ("cause_form", pa.string()),
        ("part_of", pa.string()),
        ("executes", NAMES),
        ("carries_out", NAMES),
        ("same_as", NAMES),
        ("reverses", NAMES),
        ("organ", pa.string()),
        ("tags", NAMES),
    ]
)
"""An action as it stands, one current row each.

`position` is that of the action's first entry; `stands` is false while it is retracted; `family`
and `rung` are those in force (the record's own, else its kind's; `rung` null where it has none);
`cause_form` is how the actor's own cause is given: causes, none_stated or unknown.
"""

OPTIONS: Final = pa.schema(
    [
        ("dispute", pa.string()),
        ("changed_at", pa.int64()),
        ("position", pa.int64()),
        ("seq", pa.int16()),
        ("teller", pa.string()),
        ("own", pa.bool_()),
        ("inferred", pa.bool_()),
        ("unprovoked", pa.bool_()),
        ("stated_on_lo", pa.date32()),
        ("stated_on_hi", pa.date32()),
        ("causes", CAUSES),
    ]
)
"""What a teller says of the causes of the action at `position`; who is silent has no row.

`own` rows come from the action's own record: one for each acting party, never unprovoked, `seq` 0
for the first and downwards. The others are the attributions in force that speak, `seq` 1 and up: of
one teller, the greatest is as stated last (own words count as said first), the smallest as stated
then. `causes` is empty where the action is said to answer nothing, and where it is called
unprovoked; sorted as in the domain.
"""

CALLED: Final = pa.schema(
    [
        ("dispute", pa.string()),
        ("changed_at", pa.int64()),
        ("position", pa.int64()),
        ("seq", pa.int16()),
        ("teller", pa.string()),
        ("inferred", pa.bool_()),
        ("kind", pa.string()),
        ("quantity_lo", pa.int64()),
        ("quantity_hi", pa.int64()),
        ("quantity_unknown", pa.int16()),
        ("unit", pa.string()),
        ("denied", pa.bool_()),
        ("stated_on_lo", pa.date32()),
        ("stated_on_hi", pa.date32()),
    ]
)
"""What a teller calls the action at `position`; `kind` or `unit` null: as the actor.

`seq` is 1 and up: of one teller, the greatest is as stated last.
"""

SIDES: Final = pa.schema(
    [("dispute", pa.string()), ("changed_at", pa.int64()), ("sides", SIDES_LIST)]
)
"""The sides of a dispute as drawn by the entry at `changed_at`, in the order of declaration."""

REPLACED: Final = pa.schema(
    [
        ("dispute", pa.string()),
        ("changed_at", pa.int64()),
        ("of", pa.string()),
        ("seq", pa.int16()),
        ("by", pa.int64()),
    ]
)
"""The row of the table `of` with this `changed_at` and `seq` ended at position `by`.

`dispute` is that of the row that ended; its `seq` is 0 in `actions`. Within one table,
`changed_at` and `seq` name one row.
"""

LOG: Final = pa.schema([("position", pa.int64()), ("digest", pa.binary(32))])
"""Every entry of the log, of whatever type, and the SHA-256 of what is stored of it."""

TABLES: Final[dict[str, pa.Schema]] = {
    "actions": ACTIONS,
    "options": OPTIONS,
    "called": CALLED,
    "sides": SIDES,
    "replaced": REPLACED,
    "log": LOG,
}

BY_DISPUTE: Final = ("actions", "options", "called", "sides", "replaced")
"""The tables whose segments are sorted by dispute, and then by `changed_at`."""
