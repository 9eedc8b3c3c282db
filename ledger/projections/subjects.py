"""Subjects: disputes with their sides, parties, coverage, stocks and claims, as they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.claims.claim import Claim, ClaimRecorded, ClaimWithdrawn, claim_after
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
    """`dispute/ID`, `party/CODE`, `coverage/ID`, `stock/ID`, `claim/ID` to what is known of each.

    Rule: docs/semantics.md#coverage
    """

    name = NAME

    def update(self, batch: Batch, views: Views) -> None:
        """Store the subjects that the batch speaks of."""
        for sealed in batch.sealed:
            record, position = sealed.entry.record, sealed.entry.position
            if isinstance(record, (PartyRegistered, CoverageStated, StockObserved)):
                views.put(NAME, record.stream().replace(":", "/", 1), dump(record), position)
            elif isinstance(record, (ClaimRecorded, ClaimWithdrawn)):
                key = sealed.entry.stream.replace(":", "/", 1)
                stored = views.get(NAME, key)
                held = claim_after(restored_claim(stored) if stored else None, sealed.entry)
                views.put(NAME, key, dump_claim(held), position)
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
        for claim in history.claims.values():
            yield f"claim/{claim.id}", dump_claim(claim)


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


def dump_claim(claim: Claim) -> dict[str, object]:
    """Return a claim as plain data."""
    return {
        "recorded": dump(claim.recorded),
        "withdrawn": claim.withdrawn,
        "position": claim.position,
        "changed_at": claim.changed_at,
    }


def restored_claim(stored: dict[str, Any]) -> Claim:
    """Make a claim again from plain data."""
    return Claim(
        recorded=ClaimRecorded.model_validate(stored["recorded"]),
        withdrawn=stored["withdrawn"],
        position=stored["position"],
        changed_at=stored["changed_at"],
    )
