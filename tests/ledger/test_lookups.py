"""Small look-ups: what is meant, what is there, and what is likely meant."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.records.amendments import Retracted
from ledger.facade import Ledger, open_ledger
from ledger.lookups import (
    WhichDisputeError,
    action_ids,
    actions_in,
    dispute_meant,
    dispute_of,
    dossier_of,
    effects_of,
    subjects_of,
)
from ledger.rules import UnknownActionError, UnknownDisputeError
from tests.making import act, said, two_sides


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with open_ledger("memory:", by="tester") as opened:
        yield opened


def test_the_only_dispute_is_meant_and_of_several_none(ledger: Ledger) -> None:
    with pytest.raises(WhichDisputeError, match="has no dispute yet"):
        dispute_meant(ledger, None)
    ledger.record(two_sides())
    assert dispute_meant(ledger, None) == "a-b"
    ledger.record(two_sides("c-d"))
    with pytest.raises(WhichDisputeError) as caught:
        dispute_meant(ledger, None)
    assert caught.value.why == "there are a-b, c-d"
    assert dispute_meant(ledger, "c-d") == "c-d"
    with pytest.raises(UnknownDisputeError) as unknown:
        dispute_meant(ledger, "a-c")
    assert unknown.value.why == "did you mean a-b?"


def test_subjects_hold_no_action(ledger: Ledger) -> None:
    ledger.append([two_sides(), act("x")])
    assert dict(subjects_of(ledger).dossiers) == {}
    assert list(subjects_of(ledger).disputes) == ["a-b"]
    assert dispute_of(ledger, "a-b").sides.declared == ("USA", "RUS")


def test_an_action_is_found_whole_or_its_likely_name_is_told(ledger: Ledger) -> None:
    ledger.append([two_sides(), act("the-action"), said("the-action", "RUS", [])])
    assert len(dossier_of(ledger, "the-action").attributions) == 1
    with pytest.raises(UnknownActionError) as caught:
        dossier_of(ledger, "the-acton")
    assert caught.value.why == "did you mean the-action?"


def test_ids_include_what_is_retracted_and_counts_do_not(ledger: Ledger) -> None:
    ledger.append([two_sides(), act("x"), act("y"), Retracted(action="x", reason="r")])
    assert action_ids(ledger) == ("x", "y")
    assert actions_in(ledger, "a-b") == 1


def test_effects_are_those_that_anybody_names(ledger: Ledger) -> None:
    ledger.append([two_sides(), act("x"), act("y", answers=["x"]), act("z"), act("w", part_of="x")])
    ledger.record(said("z", "RUS", ["x"]))
    assert effects_of(ledger, "x") == ("y", "z")
