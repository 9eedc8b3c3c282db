"""Claims in the log: what they may name, and how they are withdrawn and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from domain.claims.claim import ClaimRecorded, ClaimWithdrawn
from domain.errors import InputError
from domain.parties import UnknownPartyError
from domain.reading import Reading
from ledger.appending import Status
from ledger.claim_rules import ClaimNotStandingError, UnknownClaimError, UnknownSideError
from ledger.conflicts import ConflictError
from ledger.facade import Ledger, open_ledger
from ledger.known import UnknownActionError, UnknownDisputeError
from tests.making import DISPUTE, SOURCE, act, two_sides

EXPULSIONS = {"kinds": ["expulsion"]}


def claim(test: dict[str, Any], **fields: Any) -> ClaimRecorded:
    return ClaimRecorded.model_validate(
        {
            "id": "c1",
            "dispute": DISPUTE,
            "side": "RUS",
            "speaker": "A minister",
            "said_on": "2020-03-01",
            "words": "They began it",
            "variants": [{"test": test}],
            "sources": [SOURCE],
            **fields,
        }
    )


def exists(**fields: Any) -> dict[str, Any]:
    return {"form": "exists", "of": fields}


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with open_ledger("memory:", create=True, by="tester") as opened:
        opened.append([two_sides(DISPUTE, West=("USA", "GBR"), RUS=("RUS",)), act("u1")])
        yield opened


@pytest.mark.parametrize(
    ("test", "error"),
    [
        (exists(ids=["u9"]), UnknownActionError),
        (exists(before="u9"), UnknownActionError),
        (exists(answers=["u1", "u9"]), UnknownActionError),
        ({"form": "root_of", "action": "u9", "side": "RUS"}, UnknownActionError),
        ({"form": "root_of", "action": "u1", "is_action": "u9"}, UnknownActionError),
        ({"form": "cause_of", "action": "u1", "includes": "u9"}, UnknownActionError),
        ({"form": "cause_of", "action": "u1", "includes": "act:x@ZZZ"}, UnknownPartyError),
        ({"form": "kind_of", "action": "u9", "kind": "expulsion"}, UnknownActionError),
        ({"form": "not", "test": exists(ids=["u9"])}, UnknownActionError),
        (exists(actors=["East"]), UnknownSideError),
        (exists(targets=["RUZ"]), UnknownSideError),
        (exists(disputes=["x-y"]), UnknownDisputeError),
        (
            {"form": "every", "of": EXPULSIONS, "holds": {"form": "initiated", "by": "East"}},
            UnknownSideError,
        ),
        (
            {
                "form": "no",
                "of": EXPULSIONS,
                "holds": {"form": "answers", "what": {"ids": ["u9"]}},
            },
            UnknownActionError,
        ),
    ],
)
def test_a_claim_names_only_what_is_there(
    ledger: Ledger, test: dict[str, Any], error: type[InputError]
) -> None:
    with pytest.raises(error) as refused:
        ledger.record(claim(test))
    assert refused.value.where == "claim c1, test"
    assert refused.value.hint


def test_sides_parties_and_nobody_may_be_named(ledger: Ledger) -> None:
    for place, name in enumerate(("West", "USA", "RUS", "POL", "external")):
        begun = {"form": "every", "of": EXPULSIONS, "holds": {"form": "initiated", "by": name}}
        assert ledger.record(claim(begun, id=f"c{place}")).status is Status.NEW


def test_the_place_of_a_fault_names_the_test_where_there_are_several(ledger: Ledger) -> None:
    variants = [{"test": exists()}, {"label": "the wider", "test": exists(ids=["u9"])}]
    with pytest.raises(UnknownActionError) as refused:
        ledger.record(claim(exists(), variants=variants))
    assert refused.value.where == "claim c1, test 2 (the wider)"


def test_a_claim_about_no_dispute_or_for_no_party_is_refused(ledger: Ledger) -> None:
    with pytest.raises(UnknownDisputeError):
        ledger.record(claim(exists(), dispute="x-y"))
    with pytest.raises(UnknownPartyError):
        ledger.record(claim(exists(), side="RUZ"))


def test_an_id_keeps_its_first_content(ledger: Ledger) -> None:
    ledger.record(claim(exists()))
    assert ledger.record(claim(exists())).status is Status.SAME
    with pytest.raises(ConflictError):
        ledger.record(claim(exists(ids=["u1"])))


def test_withdrawn_and_taken_back_as_often_as_wanted(ledger: Ledger) -> None:
    ledger.record(claim(exists()))
    for _ in range(2):
        ledger.record(ClaimWithdrawn(claim="c1", reason="not his words"))
        history = ledger.history(Reading(), DISPUTE)
        assert history.claims["c1"].withdrawn == "not his words"
        assert list(history.claims_in(DISPUTE)) == []
        ledger.undo()
        assert ledger.history(Reading(), DISPUTE).claims["c1"].stands
    ledger.undo()
    assert not ledger.history(Reading(), DISPUTE).claims["c1"].stands


def test_the_undo_of_a_claim_withdraws_it_and_the_undo_of_that_takes_it_back(
    ledger: Ledger,
) -> None:
    ledger.record(claim(exists()))
    ledger.undo()
    assert not ledger.history(Reading(), DISPUTE).claims["c1"].stands
    ledger.undo()
    assert ledger.history(Reading(), DISPUTE).claims["c1"].stands


def test_only_what_stands_is_withdrawn_and_only_what_is_withdrawn_taken_back(
    ledger: Ledger,
) -> None:
    with pytest.raises(UnknownClaimError):
        ledger.record(ClaimWithdrawn(claim="c1", reason="none"))
    ledger.record(claim(exists()))
    with pytest.raises(ClaimNotStandingError):
        ledger.record(ClaimWithdrawn(claim="c1", reason="none", taken_back=True))
    ledger.record(ClaimWithdrawn(claim="c1", reason="one"))
    with pytest.raises(ClaimNotStandingError):
        ledger.record(ClaimWithdrawn(claim="c1", reason="another"))


def test_a_claim_is_known_from_when_it_was_recorded(ledger: Ledger) -> None:
    before = ledger.application.position()
    ledger.record(claim(exists()))
    assert "c1" in ledger.history(Reading(), DISPUTE).claims
    then = ledger.history(Reading(as_known_at=str(before)), DISPUTE)
    assert "c1" not in then.claims
