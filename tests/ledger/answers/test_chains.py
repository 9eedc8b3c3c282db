"""A chain is followed in each account, every step with who put it there."""

from __future__ import annotations

import pytest

from domain.reading import Reading
from domain.records.amendments import Retracted
from ledger.answers.about import ActionRetractedError, ask_about, require_standing
from ledger.answers.chains import Chain, chain_of
from ledger.rules import UnknownActionError
from tests.ledger.answers.support import asked_of, ledger_of
from tests.making import act, said, two_sides

RECORDS = (
    act("u1", "USA", "RUS", "2020-01-01", answers=["ext:meddling@RUS"]),
    act("r1", "RUS", "USA", "2020-01-05", answers=["u1"]),
    act("u2", "USA", "RUS", "2020-02-01", answers=["r1"]),
    said("u1", "RUS", "unprovoked"),
)


def lines(found: Chain, account: str) -> list[tuple[int, str, str]]:
    return [
        (row.depth, row.name, row.told.words() if row.told else row.nature)
        for row in found.rows
        if row.teller.account == account
    ]


def test_each_account_has_its_own_tree() -> None:
    ledger = ledger_of(*RECORDS)
    found = chain_of(asked_of(ledger, bases=["stated-only"]), "r1")
    assert lines(found, "USA") == [
        (0, "ext:meddling@RUS", "grievance"),
        (1, "u1", "own cause: answers ext:meddling@RUS"),
        (2, "r1", "silent, so as RUS has it: answers u1"),
        (3, "u2", "own cause: answers r1"),
    ]
    assert lines(found, "RUS") == [
        (0, "u1", "unprovoked: answers nothing"),
        (1, "r1", "own cause: answers u1"),
        (2, "u2", "silent, so as USA has it: answers r1"),
    ]


def test_the_step_where_accounts_part_is_marked_and_told_by_both() -> None:
    ledger = ledger_of(*RECORDS)
    found = chain_of(asked_of(ledger, bases=["stated-only"]), "u2")
    assert [(row.name, row.parts_from) for row in found.rows if row.parts_from] == [
        ("u1", ("RUS",)),
        ("u1", ("USA",)),
    ]
    (parting,) = found.partings
    assert (parting.at, parting.one_told.teller, parting.other_told.teller) == ("u1", "USA", "RUS")
    assert [row.name for row in found.rows if row.is_asked] == ["u2", "u2"]


def test_an_inferred_word_is_marked_as_the_analysts() -> None:
    ledger = ledger_of(
        act("r1", "RUS", "USA", "2020-01-05"), said("r1", "USA", "unprovoked", inferred=True)
    )
    found = chain_of(asked_of(ledger), "r1")
    words = {(row.teller.account, row.teller.basis.value): row.told for row in found.rows}
    inferred = words["USA", "with-inferred"]
    assert inferred is not None
    assert (inferred.inferred, inferred.teller) == (True, "analyst:compilers-for-USA")
    stated = words["USA", "stated-only"]
    assert stated is not None
    assert stated.words() == "silent: undetermined"


def test_what_silence_does_not_confess_is_named() -> None:
    ledger = ledger_of(act("u1", "USA", "RUS", "2020-01-01", answers=["ext:meddling@RUS"]))
    found = chain_of(asked_of(ledger, bases=["stated-only"]), "u1")
    (row,) = (row for row in found.rows if row.teller.account == "RUS")
    assert row.told is not None
    assert row.told.words() == "silent, so as USA has it less ext:meddling@RUS: answers nothing"
    assert row.told.left_out == ("ext:meddling@RUS",)


def test_an_exchange_is_one_step_of_several_lines() -> None:
    ledger = ledger_of(
        act("u1", "USA", "RUS", "2020-01-01", answers=[]),
        act("r1", "RUS", "USA", "2020-01-01", answers=["u1"]),
        said("u1", "USA", ["r1"]),
    )
    found = chain_of(asked_of(ledger, accounts=["USA"], bases=["stated-only"]), "u1")
    assert [(row.name, row.nature, row.is_exchange) for row in found.rows] == [
        ("r1", "exchange", True),
        ("u1", "exchange", True),
    ]


def test_a_question_about_an_action_is_put_in_its_own_dispute() -> None:
    ledger = ledger_of(*RECORDS)
    ledger.record(two_sides("c-d"))
    ledger.record(act("other", "USA", "RUS", "2021-01-01", dispute="c-d"))
    assert ask_about(ledger, Reading(dispute="a-b"), "other").dispute == "c-d"
    assert ask_about(ledger, Reading(), "u1").dispute == "a-b"


def test_an_action_that_is_not_known_yet_is_not_known() -> None:
    ledger = ledger_of(*RECORDS)
    with pytest.raises(UnknownActionError, match="did you mean"):
        ask_about(ledger, Reading(), "u12")
    with pytest.raises(UnknownActionError):
        ask_about(ledger, Reading(as_known_at="2"), "u2")


def test_a_retracted_action_has_no_chain() -> None:
    ledger = ledger_of(*RECORDS)
    ledger.record(Retracted(action="u2", reason="a mistake"))
    asked = ask_about(ledger, Reading(), "u2")
    with pytest.raises(ActionRetractedError, match="a mistake"):
        require_standing(asked, "u2")
