"""The fast way from a page of the log to rows: the engine reads the stored states itself.

Nothing here makes an object of an event. What the engine does not understand in full, and every
stream with a correction, a withdrawal or a retraction, goes through the domain; the rows are the
same either way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import duckdb

from domain.dates import parse_date
from domain.errors import InputError
from domain.kinds import kind
from domain.quantities import parse_amount
from domain.records.registry import ACTIONS as CLASSES
from ledger.columns import decoding_sql as sql
from ledger.columns import sealing
from ledger.columns.by_domain import entry_of, rows_of
from ledger.columns.engine import put
from ledger.columns.handing import hand_over
from ledger.columns.schema import TABLES, definition
from ledger.columns.tails import STORED, begun_before

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ledger.columns.engine import Engine
    from ledger.columns.tails import Rows
    from ledger.store.raw import RawEvent, RawLog

LOOKED_UP: Final = {
    "days": {"text": "VARCHAR", "lo": "DATE", "hi": "DATE"},
    "amounts": {"text": "VARCHAR", "lo": "BIGINT", "hi": "BIGINT", "unknown": "SMALLINT"},
}
"""What the domain made of texts, remembered from page to page."""

LOOKED_UP_MAX: Final = 200_000
"""How many texts of one sort are remembered before they are forgotten again."""

STEPS: Final = (
    sql.NEW_ACTIONS,
    sql.NEW_OWN_WORDS,
    sql.NEW_ATTRIBUTIONS,
    sql.NEW_CHARACTERISATIONS,
)


class Decoder:
    """Turns pages of the log into rows, in the engine's tables `new_actions`, `new_options`, ..."""

    def __init__(self, engine: Engine, log: RawLog) -> None:
        self.engine = engine
        self._log = log
        for macro in (*sealing.MACROS, *sql.MACROS):
            engine.execute(macro)
        engine.execute(
            "CREATE TEMP TABLE kind_of (topic VARCHAR, kind VARCHAR, family VARCHAR, rung TINYINT)"
        )
        engine.executemany("INSERT INTO kind_of VALUES (?, ?, ?, ?)", kind_rows())
        for table, fields in LOOKED_UP.items():
            engine.execute(f"CREATE TEMP TABLE {table} {definition(fields)}")
        for table, fields in TABLES.items():
            engine.execute(f"CREATE TEMP TABLE new_{table} {definition(fields)}")

    def add(self, page: Sequence[RawEvent]) -> None:
        """Add the rows of the events that follow on those of the pages before.

        Raises what an event raises that cannot be read or folded.
        """
        try:
            self._decode(page)
        except (*sealing.NOT_TEXT, duckdb.Error):
            for event in page:
                entry_of(event)
            raise

    def _decode(self, page: Sequence[RawEvent]) -> None:
        after = page[0][0] - 1
        hand_over(self.engine, [*begun_before(page, self._log), *page])
        self._run(sql.DIGESTS, after)
        self.engine.execute(sql.FIRST)
        self.engine.execute(sql.WORDS)
        self._look_up("days", sql.NEW_DAYS, _days)
        self._look_up("amounts", sql.NEW_AMOUNTS, _amount)
        for statement in (sql.READY, sql.SAID, sql.ODD):
            self.engine.execute(statement)
        for statement in STEPS:
            self._run(statement, after)
        left = self.engine.execute(sql.LEFT_OVER).fetchall()
        for table, rows in rows_of(left, after).items():
            put(self.engine, f"new_{table}", TABLES[table], rows)

    def take(self, rows: Rows) -> None:
        """Add the rows of a tail."""
        for table, found in rows.items():
            put(self.engine, f"new_{table}", STORED[table], found)

    def clear(self) -> None:
        """Forget the rows made so far."""
        for table in TABLES:
            self.engine.execute(f"TRUNCATE new_{table}")

    def _run(self, statement: str, after: int) -> None:
        self.engine.execute(statement, {"after": after})

    def _look_up(self, table: str, new: str, read: Callable[[str], dict[str, Any] | None]) -> None:
        """Remember what the domain makes of texts not met before; what it refuses is left out."""
        held = self.engine.execute(f"SELECT count(*) FROM {table}").fetchone()
        if held and held[0] > LOOKED_UP_MAX:
            self.engine.execute(f"TRUNCATE {table}")
        texts = [text for (text,) in self.engine.execute(new).fetchall()]
        found = [row for row in map(read, texts) if row is not None]
        if found:
            put(self.engine, table, LOOKED_UP[table], found)


def kind_rows() -> list[tuple[str, str, str, int | None]]:
    """Return what the domain makes of each topic under which an action may be stored."""
    rows = []
    for found in CLASSES:
        row = kind(found.stored_name.removeprefix("action."))
        topic = f"{found.stored_name}:{found.stored_version}"
        rows.append((topic, row.name, row.family.value, row.rung))
    return rows


def _days(text: str) -> dict[str, Any] | None:
    try:
        when = parse_date(text)
    except InputError:
        return None
    return {"text": text, "lo": when.lo, "hi": when.hi}


def _amount(text: str) -> dict[str, Any] | None:
    try:
        amount = parse_amount(text)
    except InputError:
        return None
    return {"text": text, "lo": amount.lo, "hi": amount.hi, "unknown": amount.unknown_parts}
