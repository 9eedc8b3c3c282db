"""A question is held against the ledger: its dispute found, its accounts known, its prefix read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.history import History
from domain.reading import Reading
from ledger.asking import (
    DisputeNotNamedError,
    NoAccountsError,
    NothingKnownYetError,
    UnknownAccountError,
    ask,
)
from ledger.facade import Ledger, open_ledger
from ledger.rules import UnknownActionError, UnknownDisputeError
from tests.making import act, said, two_sides


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with open_ledger("memory:", create=True, by="tester") as opened:
        for record in (
            two_sides(),
            act("u1", "USA", "RUS", "2020-01-01", answers=["ext:x@RUS"]),
            act("r1", "RUS", "USA", "2020-02~", answers=["u1"]),
            said("u1", "RUS", "unprovoked", inferred=True),
        ):
            opened.record(record)
        yield opened


def test_the_only_dispute_need_not_be_named(ledger: Ledger) -> None:
    asked = ask(ledger, Reading())
    assert asked.dispute == "a-b"
    assert asked.panel == ("USA", "RUS")
    assert asked.position == 4
    assert [dossier.id for dossier in asked.counted()] == ["u1", "r1"]


def test_one_of_two_disputes_must_be_named(ledger: Ledger) -> None:
    ledger.record(two_sides("c-d"))
    with pytest.raises(DisputeNotNamedError, match="a-b, c-d"):
        ask(ledger, Reading())
    assert ask(ledger, Reading(dispute="c-d")).counted() == ()


def test_an_empty_ledger_has_nothing_to_ask_about() -> None:
    with open_ledger("memory:", create=True) as empty, pytest.raises(DisputeNotNamedError):
        ask(empty, Reading())


@pytest.mark.parametrize(
    ("reading", "error", "told"),
    [
        (Reading(dispute="a-bb"), UnknownDisputeError, "did you mean a-b?"),
        (Reading(accounts=("RUZ",)), UnknownAccountError, "did you mean RUS?"),
        (Reading(accounts=("FRA",)), UnknownAccountError, "its accounts are USA, RUS, analyst:"),
        (Reading(kinds_by="press:x"), UnknownAccountError, "--kinds-by"),
    ],
)
def test_what_the_ledger_does_not_know_is_named(
    ledger: Ledger, reading: Reading, error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told.replace("?", r"\?")):
        ask(ledger, reading)


def test_an_unknown_action_is_answered_with_the_nearest_id(ledger: Ledger) -> None:
    with pytest.raises(UnknownActionError, match="did you mean u1"):
        ask(ledger, Reading()).action("u11")


def test_a_dispute_without_sides_has_no_default_accounts() -> None:
    with open_ledger("memory:", create=True) as ledger:
        ledger.record(two_sides().model_copy(update={"sides": ()}))
        with pytest.raises(NoAccountsError):
            ask(ledger, Reading()).worlds()


def test_what_is_only_possibly_in_the_period_is_left_out_and_counted(ledger: Ledger) -> None:
    asked = ask(ledger, Reading.model_validate({"period": "2020-02"}))
    assert asked.counted() == ()
    assert asked.only_possible() == 1


def test_as_known_earlier_the_ledger_holds_less(ledger: Ledger) -> None:
    asked = ask(ledger, Reading(as_known_at="2"))
    assert asked.position == 2
    assert [dossier.id for dossier in asked.counted()] == ["u1"]


@pytest.mark.parametrize(("text", "when"), [("0", "position 0"), ("1999-12-31", "1999-12-31")])
def test_before_the_first_record_the_ledger_held_nothing_yet(
    ledger: Ledger, text: str, when: str
) -> None:
    with pytest.raises(NothingKnownYetError, match=f"the ledger held nothing yet at {when}"):
        ask(ledger, Reading(as_known_at=text))


def test_there_is_a_world_for_each_basis_and_account(ledger: Ledger) -> None:
    worlds = ask(ledger, Reading()).worlds()
    names = [(world.reading.bases[0].value, world.name) for world in worlds]
    assert names == [
        ("stated-only", "USA"),
        ("stated-only", "RUS"),
        ("with-inferred", "USA"),
        ("with-inferred", "RUS"),
    ]


def test_a_read_only_ledger_whose_views_are_behind_answers_from_views_aside(
    tmp_path: Path,
) -> None:
    url = str(tmp_path / "l.db")
    with open_ledger(url, create=True, by="tester") as writing:
        for record in (two_sides(), act("u1", answers=[]), act("r1", "RUS", "USA", answers=["u1"])):
            writing.record(record)
    with open_ledger(url, read_only=True) as reading:
        assert reading.store.views.position() == 0
        first, again = ask(reading, Reading()), ask(reading, Reading())
        assert first.position == again.position == 3
        assert first.history == again.history
        assert reading.views() is reading.views()
        assert reading.store.views.position() == 0


def test_a_history_that_others_change_while_it_is_read_is_read_again(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Ledger.history
    late = [act("late", "USA", "RUS", "2021-01-01")]

    def history(self: Ledger, reading: Reading, dispute: str | None = None) -> History:
        found = plain(self, reading, dispute)
        if late:
            self.record(late.pop())
        return found

    monkeypatch.setattr(Ledger, "history", history)
    asked = ask(ledger, Reading())
    assert asked.position == 5
    assert "late" in asked.history.dossiers
