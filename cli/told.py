"""What became of a record that was given: one row on stdout, warnings on stderr."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.output import Format, emit
from cli.tables import Align, Column, Table
from cli.terminal import say, warn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.appending import Outcome
    from ledger.facade import Ledger

COLUMNS = (
    Column("status"),
    Column("record"),
    Column("id"),
    Column("position", align=Align.RIGHT),
)


def tell(outcome: Outcome, format: Format) -> None:
    """Print the status (new, same), the record's stored name, its id, and where it stands."""
    tell_all([outcome], format)


def tell_all(outcomes: Sequence[Outcome], format: Format) -> None:
    """Print one row for each record that was given."""
    from ledger.appending import Status

    rows = tuple(
        {
            "status": outcome.status.value,
            "record": outcome.record.stored_name,
            "id": name_of(outcome),
            "position": outcome.position,
        }
        for outcome in outcomes
    )
    emit(Table(COLUMNS, rows), format)
    if all(outcome.status is Status.SAME for outcome in outcomes):
        say("It was recorded already: nothing was written.")


def name_of(outcome: Outcome) -> str:
    """Give the id of what the record is about."""
    return outcome.record.stream().partition(":")[2]


def warn_of_oddities(ledger: Ledger, outcome: Outcome) -> None:
    """Warn of what is odd about a record that was recorded all the same."""
    from ledger.oddities import oddities

    for words in oddities(ledger, outcome):
        warn(words)
