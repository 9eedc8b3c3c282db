"""Stocks in claims: whose counts a claim looks up, and who among them can concede it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.claims.mentions import mentions
from domain.dates import certainly_before

if TYPE_CHECKING:
    from domain.claims.language import Stock, Test
    from domain.history import History
    from domain.records.stocks import StockObserved


def observed(history: History, term: Stock) -> tuple[StockObserved, ...]:
    """Return the last observation of each teller by the date that a claim names.

    Rule: docs/semantics.md#stocks
    """
    latest: dict[str, StockObserved] = {}
    for seen in history.stocks.values():
        is_meant = (
            (seen.whose, seen.where, seen.quantity.unit) == (term.whose, term.where, term.unit)
            and term.teller in {None, seen.teller}
            and not certainly_before(term.on, seen.on)
        )
        held = latest.get(seen.teller)
        if is_meant and (held is None or certainly_before(held.on, seen.on)):
            latest[seen.teller] = seen
    return tuple(latest.values())


def is_counted_by(history: History, test: Test, account: str) -> bool:
    """Whether an account itself counted every stock that a test looks up.

    Counts are held against every account; but what others counted nobody has said.

    Rule: docs/semantics.md#conceded
    """
    return all(
        any(seen.teller == account for seen in observed(history, term))
        for term in mentions(test).stocks
    )
