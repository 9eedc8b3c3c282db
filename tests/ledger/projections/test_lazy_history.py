"""A history read from the views, whole or one dispute of it, means what the whole log means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given

from domain.checks.broken import hold_equal
from domain.findings import Finding, Place, findings, tallies
from domain.history import fold
from domain.reading import Reading
from tests.ledger.ledgers import new_bench
from tests.strategies import record_lists

if TYPE_CHECKING:
    from domain.records.base import Record


@given(record_lists())
def test_one_dispute_from_the_views_means_what_it_means_in_the_whole(
    records: tuple[Record, ...],
) -> None:
    with new_bench(None).open() as ledger:
        ledger.append(records)
        whole = fold(ledger.entries())
        assert ledger.history(Reading()) == whole
        for dispute in whole.disputes:
            alone = ledger.history(Reading(), dispute)
            hold_equal(
                2, of_dispute(findings(alone), dispute), of_dispute(findings(whole), dispute)
            )
            assert tallies(alone)[dispute] == tallies(whole)[dispute]


def of_dispute(found: dict[Place, Finding], dispute: str) -> dict[Place, Finding]:
    return {place: finding for place, finding in found.items() if place[0] == dispute}
