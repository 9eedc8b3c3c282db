"""Subjects: disputes with their sides, parties, coverage and stocks, as they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.history import Dispute
from domain.records.base import dump
from domain.records.stocks import StockObserved
from domain.records.subjects import CoverageStated, DisputeOpened, PartyRegistered
from domain.sides import Sides

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.history import History
    from ledger.projections.rows import Batch, Row, Views

NAME = "subjects"


class Subjects:
    """`dispute/ID`, `party/CODE`, `coverage/ID` and `stock/ID` to what is known of each.

    Rule: docs/semantics.md#coverage
    """

    name = NAME

    def update(self, batch: Batch, views: Views) -> None:
        """Store the subjects that the batch speaks of."""
        for sealed in batch.sealed:
            record, position = sealed.entry.record, sealed.entry.position
            if isinstance(record, (PartyRegistered, CoverageStated, StockObserved)):
                views.put(NAME, record.stream().replace(":", "/", 1), dump(record), position)
        for dispute, position in batch.disputes.items():
            stored = dump_dispute(batch.history.disputes[dispute])
            views.put(NAME, f"dispute/{dispute}", stored, position)

    def scratch(self, history: History, sealed: Iterable[tuple[int, str]]) -> Iterator[Row]:
        """Return every subject of the fold."""
        del sealed
        for dispute in history.disputes.values():
            yield f"dispute/{dispute.id}", dump_dispute(dispute)
        for record in (
            *history.parties.values(),
            *history.coverage.values(),
            *history.stocks.values(),
        ):
            yield record.stream().replace(":", "/", 1), dump(record)


def dump_dispute(dispute: Dispute) -> dict[str, object]:
    """Return a dispute as plain data."""
    return {
        "opened": dump(dispute.opened),
        "sides": dispute.sides.model_dump(mode="json"),
        "changed_at": dispute.changed_at,
    }


def restored_dispute(stored: dict[str, Any]) -> Dispute:
    """Make a dispute again from plain data."""
    return Dispute(
        opened=DisputeOpened.model_validate(stored["opened"]),
        sides=Sides.model_validate(stored["sides"]),
        changed_at=stored["changed_at"],
    )
