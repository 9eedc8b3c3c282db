"""`reciprocity log`: what was recorded, when and by whom."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import FormatOption, StoreOption
from cli.output import emit
from cli.tables import Align, Cell, Column, Table
from cli.terminal import say

if TYPE_CHECKING:
    from ledger.answers.log import LogRow

COLUMNS = (
    Column("position", align=Align.RIGHT),
    Column("recorded_at", "recorded at (UTC)"),
    Column("recorded_by", "by"),
    Column("type"),
    Column("id"),
    Column("line", "what"),
)


@dataclass(frozen=True, slots=True)
class LogOptions:
    """Which entries are asked for; None asks for all."""

    action: Annotated[
        str | None, typer.Option("--action", metavar="ID", help="Only what is about this action.")
    ] = None
    account: Annotated[
        str | None,
        typer.Option("--account", metavar="ACCOUNT", help="Only what this account did or says."),
    ] = None
    type: Annotated[
        str | None,
        typer.Option(
            "--type", metavar="TYPE", help="Only records of this type, such as action, attributed."
        ),
    ] = None
    since: Annotated[
        int | None,
        typer.Option("--since", metavar="POSITION", min=0, help="Only what stands after this."),
    ] = None
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            metavar="N",
            min=0,
            help="At most so many: the last, or the next after since.",
        ),
    ] = None


def log(store: StoreOption, format: FormatOption, options: LogOptions) -> None:
    """List what was recorded, when and by whom

    One line a record, in the order of the ledger. Positions never change; they say what the ledger
    knew at a time (--as-known-at POSITION).

    Examples:
        reciprocity log --limit 10
        reciprocity log --type attributed --account RUS
        reciprocity log --since 100 --limit 50 --format jsonl
    """
    from ledger import open_ledger
    from ledger.answers.log import LogFilter, log_rows

    with open_ledger(store) as ledger:
        found = log_rows(ledger, LogFilter(**asdict(options)))
        last = ledger.application.position()
    emit(Table(COLUMNS, tuple(_row(row) for row in found)), format)
    records = "1 record" if len(found) == 1 else f"{len(found)} records"
    say(f"{records}; the last position of the ledger is {last}.")


def _row(row: LogRow) -> dict[str, object]:
    return {
        "position": row.position,
        "recorded_at": Cell(row.recorded_at.isoformat(), f"{row.recorded_at:%Y-%m-%d %H:%M:%S}"),
        "recorded_by": row.recorded_by,
        "type": row.type,
        "id": row.id,
        "line": row.line,
    }
