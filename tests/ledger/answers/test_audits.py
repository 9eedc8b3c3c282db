"""Audits of a ledger: as known at a time, as of a claim's day, and the one verdict over cells."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.claims.claim import ClaimRecorded
from domain.claims.verdicts import Verdict
from domain.reading import Reading
from ledger.answers.audits import (
    ExpectedOtherwiseError,
    Said,
    audit,
    audit_all,
    require_expected,
    verdict_over,
)
from ledger.claimtext.parsing import parse_claim
from ledger.facade import Ledger, open_ledger
from tests.ledger.ledgers import Clock
from tests.making import DISPUTE, SOURCE, act, said, two_sides

BEGAN = "every hostile action by RUS initiated by USA"


def claim(text: str, said_on: str) -> ClaimRecorded:
    test = parse_claim(text).model_dump(mode="json", exclude_defaults=True)
    return ClaimRecorded.model_validate(
        {
            "id": "c1",
            "dispute": DISPUTE,
            "side": "RUS",
            "speaker": "A minister",
            "said_on": said_on,
            "words": "They began it",
            "variants": [{"test": test}],
            "sources": [SOURCE],
        }
    )


def recorded(clock: Clock) -> Ledger:
    """A claim that all supported until, an hour later, the other side denied the cause."""
    ledger = open_ledger("memory:", create=True, by="tester", clock=clock)
    ledger.append(
        [
            two_sides(),
            act("u1", "USA", "RUS", "2020-01-01", answers=[]),
            act("r1", "RUS", "USA", "2020-01-02", answers=["u1"]),
            claim(BEGAN, "2020-02-01"),
        ]
    )
    clock.forward(3600)
    ledger.record(said("r1", "USA", [], stated_on="2020-03-01"))
    return ledger


def verdict(ledger: Ledger, said_of: Said | None = None, **reading: str) -> Verdict:
    return audit(ledger, Reading.model_validate(reading), "c1", said_of or Said()).verdict


def test_as_known_at_is_a_time_of_the_ledger() -> None:
    clock = Clock()
    with recorded(clock) as ledger:
        before = (clock.at - timedelta(seconds=1)).isoformat()
        assert verdict(ledger) is Verdict.CONTESTED
        assert verdict(ledger, as_known_at=before) is Verdict.SUPPORTED
        assert verdict(ledger, as_known_at=clock.at.isoformat()) is Verdict.CONTESTED


def test_as_of_a_claim_is_what_was_said_by_its_day() -> None:
    with recorded(Clock()) as ledger:
        assert verdict(ledger, Said(at_its_date=True)) is Verdict.SUPPORTED
        assert verdict(ledger, as_of_claim="2020-02-29") is Verdict.SUPPORTED
        assert verdict(ledger, as_of_claim="2020-03-01") is Verdict.CONTESTED
        [one] = audit_all(ledger, Reading(), Said(at_its_date=True))[1]
        assert one.verdict is Verdict.SUPPORTED
        assert str(one.asked.reading.as_of_claim) == "2020-02-01"


def test_a_period_narrows_what_is_selected() -> None:
    with recorded(Clock()) as ledger:
        found = audit(ledger, Reading.model_validate({"period": "2021"}), "c1", Said())
        assert found.verdict is Verdict.UNSUPPORTED
        assert found.variants[0].empty == ("hostile action by RUS",)


def test_one_verdict_over_cells_is_contested_where_they_part() -> None:
    with recorded(Clock()) as ledger:
        cells = audit(ledger, Reading(), "c1", Said()).variants[0].found.cells
        by_account = {
            account: verdict_over([cell for cell in cells if cell.account == account])
            for account in ("USA", "RUS", "mixed")
        }
    assert by_account == {
        "USA": Verdict.REFUTED,
        "RUS": Verdict.SUPPORTED,
        "mixed": Verdict.CONTESTED,
    }


def test_another_verdict_than_the_expected_one_is_a_failed_check() -> None:
    with recorded(Clock()) as ledger:
        found = audit(ledger, Reading(), "c1", Said())
    require_expected(found, Verdict.CONTESTED)
    with pytest.raises(ExpectedOtherwiseError):
        require_expected(found, Verdict.REFUTED)
