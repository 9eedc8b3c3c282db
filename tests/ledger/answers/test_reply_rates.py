"""Replies are counted per side and account, on ledgers small enough to count by hand."""

from __future__ import annotations

import pytest

from domain.dates import Lag
from domain.measures.replies import Rate
from ledger.answers.reply_rates import ReplyRates, SideRow, lag_words, reply_rates
from tests.ledger.answers.support import asked_of, ledger_of
from tests.making import act, said

RECORDS = (
    act("u1", "USA", "RUS", "2020-01-01", quantity=35, answers=[]),
    act("r1", "RUS", "USA", "2020-01-04", quantity=35, answers=["u1"]),
    act("r2", "RUS", "USA", "2020-02~", kind="visa_refusal", answers=["u1"]),
    act("r3", "RUS", "USA", "2020-03-01", kind="protest", answers=["u1"]),
    act("u2", "USA", "RUS", "2020-04-01", answers=[]),
    said("r2", "USA", "unprovoked"),
)


def row(found: ReplyRates, account: str, side: str) -> SideRow:
    return next(r for r in found.sides if (r.teller.account, r.side) == (account, side))


def test_rates_are_of_hostile_responses_in_each_account() -> None:
    ledger = ledger_of(*RECORDS)
    found = reply_rates(asked_of(ledger, bases=["stated-only"]))
    own = row(found, "RUS", "RUS")
    assert (own.responses, own.joinings, own.undetermined) == (2, 0, 0)
    assert (own.in_kind, own.mirrored) == (Rate(1, 1, 0), Rate(1, 1, 0))
    assert own.other_currency == Rate(1, 1, 0)
    assert (own.days_min, own.days_max) == (3, 74)
    assert row(found, "USA", "RUS").responses == 1
    usa = row(found, "RUS", "USA")
    assert (usa.responses, usa.unanswered, usa.perhaps, usa.days_min) == (0, 1, 0, None)


def test_every_reply_says_how_long_after_and_what_it_is() -> None:
    ledger = ledger_of(*RECORDS)
    found = reply_rates(asked_of(ledger, accounts=["RUS"], bases=["stated-only"]))
    assert [(r.action, r.is_hostile, r.lags) for r in found.replies] == [
        ("r1", True, (("u1", "3 days"),)),
        ("r2", True, (("u1", "16 to 74 days"),)),
        ("r3", False, (("u1", "60 days"),)),
    ]
    assert [r.action for r in found.unanswered] == ["r1", "r2", "u2"]


@pytest.mark.parametrize(
    ("lag", "words"),
    [
        (None, "before it"),
        (Lag(1, 1), "1 day"),
        (Lag(0, 16), "0 to 16 days"),
        (Lag(2, None), "2 days or more"),
    ],
)
def test_a_lag_is_an_interval_of_days(lag: Lag | None, words: str) -> None:
    assert lag_words(lag) == words
