"""`reciprocity replay`: recompute everything from the first event, and compare."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import FormatOption, StoreOption
from cli.output import Format, emit
from cli.tables import Align, Column, Table
from cli.terminal import say
from domain.errors import UsageError

if TYPE_CHECKING:
    from ledger import Ledger

COLUMNS = (
    Column("projection"),
    Column("rows", align=Align.RIGHT),
    Column("content", "content key"),
)
COMPARED = (
    Column("engine"),
    Column("against", "held against"),
    Column("position", align=Align.RIGHT),
    Column("disputes", align=Align.RIGHT),
    Column("events", "events as read before", align=Align.RIGHT),
)


class Engine(StrEnum):
    """Which implementation of the measures answers."""

    ROWS = "rows"
    COLUMNS = "columns"


UntilOption = Annotated[
    int | None, typer.Option("--until", metavar="POSITION", help="Stop at this position.")
]
VerifyOption = Annotated[
    bool, typer.Option("--verify", help="Compare with what is stored; say nothing if all is equal.")
]
EngineOption = Annotated[
    Engine, typer.Option("--engine", help="columns: hold the second engine against the rows.")
]


def replay(
    store: StoreOption,
    format: FormatOption,
    until: UntilOption = None,
    verify: VerifyOption = False,
    engine: EngineOption = Engine.ROWS,
) -> None:
    """Recompute every projection from the first event, and compare

    Reads the whole log and computes every projection from scratch. Prints how many rows each has
    and a key of their content: equal histories have equal keys. With --verify it digests every
    stored event again, compares every projection row by row with what is stored, and checks the
    invariants: silent and 0 when all is equal, else the first difference and 4.

    With --engine columns it brings the columns, a second implementation in a folder of its own, up
    to the ledger; checks that they are what was written, and every event what they read; then
    works out tally, standings, escalation and replies under every account by both, and says so
    when they agree, else the first difference and 4. With --until both are as known then.

    Examples:
        reciprocity replay --verify
        reciprocity replay --until 100
        reciprocity replay --verify --engine columns
        reciprocity replay --format json
    """
    from ledger import open_ledger

    if verify and until is not None and engine is Engine.ROWS:
        raise UsageError(
            "--verify compares with the views as they stand, --until stops before them",
            why="choose one of the two",
            hint="reciprocity replay --verify",
        )
    with open_ledger(store) as ledger:
        if engine is Engine.COLUMNS:
            _compare(ledger, until, format)
        elif verify:
            from ledger.replay import verify as verified

            verified(ledger)
        else:
            _recompute(ledger, until, format)


def _recompute(ledger: Ledger, until: int | None, format: Format) -> None:
    """Print the size and content of every projection."""
    from ledger.replay import replay as replayed

    found = replayed(ledger, until)
    rows = tuple(
        {"projection": name, "rows": count, "content": content}
        for name, count, content in found.rows
    )
    emit(Table(COLUMNS, rows, header=(("position", str(found.position)),)), format)
    say(f"Replayed {found.position} events.")


def _compare(ledger: Ledger, until: int | None, format: Format) -> None:
    """Hold the columns against the rows, and print which engine answered, and where it stands."""
    from ledger.two_engines import verify_columns

    found = verify_columns(ledger, until)
    row = {column.key: getattr(found, column.key) for column in COMPARED}
    header = (("engine", found.engine), ("position", str(found.position)))
    emit(Table(COMPARED, (row,), header=header), format)
    say(f"Columns and rows agree at position {found.position}.")
