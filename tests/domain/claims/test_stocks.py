"""Counts of stocks: which are looked up, and who concedes by them."""

from __future__ import annotations

import pytest

from domain.claims.audit import Auditor
from domain.claims.language import Stock
from domain.claims.mentions import mentions
from domain.claims.stocks import is_counted_by, observed
from domain.dates import parse_date
from domain.history import History
from domain.reading import Reading
from domain.records.stocks import StockObserved
from domain.selection import as_of_claim
from ledger.claimtext.parsing import parse_claim
from ledger.solvers.engines import engines
from tests.making import DISPUTE, SOURCE, act, make_history

MORE = "stock of posts of RUS in USA on 2021 > stock of posts of USA in RUS on 2021"


def count(name: str, teller: str, whose: str, many: int, on: str) -> StockObserved:
    return StockObserved.model_validate(
        {
            "id": name,
            "teller": teller,
            "whose": whose,
            "where": "USA" if whose == "RUS" else "RUS",
            "quantity": {"value": many, "unit": "posts"},
            "on": on,
            "sources": [SOURCE],
        }
    )


OLD = count("old", "USA", "RUS", 300, "2019")
LAST = count("last", "USA", "RUS", 230, "2020")
THEIRS = count("theirs", "RUS", "RUS", 184, "2020-05")
LATER = count("later", "USA", "RUS", 1, "2022")
OTHER = count("other", "USA", "USA", 120, "2020")


def history_of(*seen: StockObserved) -> History:
    return make_history(act("a1"), *seen)


def looked_up(text: str) -> Stock:
    return mentions(parse_claim(text)).stocks[0]


def test_the_last_count_of_each_teller_by_the_date_is_looked_up() -> None:
    found = observed(history_of(OLD, LAST, THEIRS, LATER, OTHER), looked_up(MORE))
    assert {seen.id for seen in found} == {"last", "theirs"}


def test_a_named_teller_alone_is_looked_up() -> None:
    by_them = looked_up("stock of posts of RUS in USA on 2021 by RUS > 3")
    assert [seen.id for seen in observed(history_of(OLD, LAST, THEIRS), by_them)] == ["theirs"]


@pytest.mark.parametrize(
    ("seen", "counted"),
    [((LAST, OTHER), False), ((THEIRS, OTHER), False), ((), False)],
)
def test_an_account_counts_only_what_it_counted_itself(
    seen: tuple[StockObserved, ...], *, counted: bool
) -> None:
    assert is_counted_by(history_of(*seen), parse_claim(MORE), "RUS") is counted


def test_what_needs_no_count_is_counted_by_everybody() -> None:
    assert is_counted_by(history_of(), parse_claim("exists action by USA"), "RUS")


@pytest.mark.parametrize(
    ("seen", "conceding"),
    [
        ((LAST, OTHER), []),
        ((LAST, OTHER, THEIRS), []),
        ((LAST, OTHER, THEIRS, count("o2", "RUS", "USA", 100, "2020")), ["RUS"]),
    ],
)
def test_only_who_counted_concedes_by_a_count(
    seen: tuple[StockObserved, ...], conceding: list[str]
) -> None:
    auditor = Auditor(history_of(*seen), DISPUTE, Reading(), engines())
    found = auditor.audit(parse_claim(MORE), "USA")
    assert {str(cell.finding.verdict) for cell in found.cells} == {"supported"}
    assert [held.account for held in found.conceded] == conceding


def said_in(seen: StockObserved, *dates: str) -> StockObserved:
    sources = [{**SOURCE, "date": day} for day in dates]
    return StockObserved.model_validate({**seen.model_dump(mode="json"), "sources": sources})


@pytest.mark.parametrize(
    ("seen", "by", "known"),
    [
        (LAST, "2020-12-31", True),
        (LAST, "2020-12-30", False),
        (LAST, "2019-06-01", False),
        (said_in(LAST, "2021-03-01"), "2021-02-28", False),
        (said_in(LAST, "2021-03-01"), "2021-03-01", True),
        (said_in(LAST, "2021-03-01", "2020-02-01"), "2020-12-31", True),
        (said_in(LAST, ""), "2020-12-31", True),
        (said_in(LAST, "last winter"), "2020-12-31", True),
    ],
)
def test_as_of_a_claim_only_counts_made_and_told_by_its_date_are_known(
    seen: StockObserved, by: str, *, known: bool
) -> None:
    kept = as_of_claim(history_of(seen), parse_date(by))
    assert list(kept.stocks) == (["last"] if known else [])


def test_a_claim_about_counts_made_after_its_date_is_unsupported_and_says_why() -> None:
    history = history_of(LAST, OTHER)
    for by, expected in (("2020-12-31", "supported"), ("2020-06-01", "unsupported")):
        auditor = Auditor(as_of_claim(history, parse_date(by)), DISPUTE, Reading(), engines())
        found = auditor.audit(parse_claim(MORE), "USA")
        assert {str(cell.finding.verdict) for cell in found.cells} == {expected}
        whole = [cell.finding for cell in found.cells if cell.account == "USA"]
        assert all(one.why for one in whole)
        assert all((" against " in one.why[0]) is (expected == "supported") for one in whole)
