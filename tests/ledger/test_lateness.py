"""Causes that certainly come after their effects are found from either end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.records.amendments import Retracted
from ledger.facade import Ledger, open_ledger
from ledger.lateness import late_causes
from tests.making import act, said, two_sides


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with open_ledger("memory:", by="tester") as opened:
        opened.record(two_sides())
        opened.record(act("later", on="2020-06-01"))
        yield opened


def test_a_late_cause_is_found_from_its_effect_and_from_itself(ledger: Ledger) -> None:
    ledger.record(act("early", "RUS", "USA", on="2020-01", answers=["later", "act:law@USA"]))
    found = (("early", "RUS", "later"),)
    assert late_causes(ledger, "early") == found
    assert late_causes(ledger, "later") == found


def test_only_what_is_certain_counts(ledger: Ledger) -> None:
    ledger.record(act("early", "RUS", "USA", on="2020", answers=["later"]))
    assert late_causes(ledger, "early") == ()


def test_every_account_is_looked_at(ledger: Ledger) -> None:
    ledger.record(act("early", "RUS", "USA", on="2020-01", answers=[]))
    ledger.record(said("early", "USA", ["later"]))
    ledger.record(said("early", "RUS", ["later"], inferred=True))
    tellers = [late.account for late in late_causes(ledger, "early")]
    assert tellers == ["USA", "analyst:compilers-for-RUS"]


def test_what_is_retracted_is_neither_late_nor_a_cause(ledger: Ledger) -> None:
    ledger.record(act("early", "RUS", "USA", on="2020-01", answers=["later"]))
    ledger.record(Retracted(action="later", reason="x"))
    assert late_causes(ledger, "early") == ()
    assert late_causes(ledger, "later") == ()


def test_an_unknown_action_has_none(ledger: Ledger) -> None:
    assert late_causes(ledger, "no-such") == ()


def test_late_causes_of_others_are_not_told_here(ledger: Ledger) -> None:
    ledger.record(act("early", "RUS", "USA", on="2020-01", answers=["later"]))
    ledger.record(act("last", "RUS", "USA", on="2021", answers=["early"]))
    assert late_causes(ledger, "last") == ()
    assert [late.effect for late in late_causes(ledger, "early")] == ["early"]
