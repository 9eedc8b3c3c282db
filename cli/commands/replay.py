"""`reciprocity replay`: recompute everything from the first event, and compare."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.options import FormatOption, StoreOption
from cli.output import emit
from cli.tables import Align, Column, Table
from cli.terminal import say
from domain.errors import UsageError

COLUMNS = (
    Column("projection"),
    Column("rows", align=Align.RIGHT),
    Column("content", "content key"),
)
UntilOption = Annotated[
    int | None, typer.Option("--until", metavar="POSITION", help="Stop at this position.")
]
VerifyOption = Annotated[
    bool, typer.Option("--verify", help="Compare with what is stored; say nothing if all is equal.")
]


def replay(
    store: StoreOption,
    format: FormatOption,
    until: UntilOption = None,
    verify: VerifyOption = False,
) -> None:
    """Recompute every projection from the first event, and compare

    Reads the whole log and computes every projection from scratch. Prints how many rows each has
    and a key of their content: equal histories have equal keys. With --verify it digests every
    stored event again, compares every projection row by row with what is stored, and checks the
    invariants: silent and 0 when all is equal, else the first difference and 4.

    Examples:
        reciprocity replay --verify
        reciprocity replay --until 100
        reciprocity replay --format json
    """
    from ledger import open_ledger
    from ledger.replay import replay as replayed
    from ledger.replay import verify as verified

    if verify and until is not None:
        raise UsageError(
            "--verify compares with the views as they stand, --until stops before them",
            why="choose one of the two",
            hint="reciprocity replay --verify",
        )
    with open_ledger(store) as ledger:
        if verify:
            verified(ledger)
            return
        found = replayed(ledger, until)
    rows = tuple(
        {"projection": name, "rows": count, "content": content}
        for name, count, content in found.rows
    )
    emit(Table(COLUMNS, rows, header=(("position", str(found.position)),)), format)
    say(f"Replayed {found.position} events.")
