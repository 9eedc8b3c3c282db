"""Parity: stocks as observed, ceilings in force, and what can be compared."""

from __future__ import annotations

from fractions import Fraction

from domain.dates import parse_date
from domain.measures.parity import CEILING, Parity, parity
from domain.quantities import Amount
from domain.reading import DateBasis, Reading
from domain.records.action import Action
from domain.records.base import Record
from domain.records.stocks import StockObserved
from tests.making import DISPUTE, SOURCE, act, make_history, two_sides
from tests.real import DISPUTE as REAL
from tests.real import real_history

READING = Reading()


def seen(
    name: str,
    whose: str,
    where: str,
    quantity: object,
    *,
    on: str = "2020-01-01",
    teller: str = "RUS",
    unit: str = "posts",
) -> StockObserved:
    return StockObserved.model_validate(
        {
            "id": name,
            "teller": teller,
            "whose": whose,
            "where": where,
            "quantity": {"value": quantity, "unit": unit},
            "on": on,
            "sources": [SOURCE],
        }
    )


def cap(
    name: str,
    on: str,
    most: int,
    by: str = "RUS",
    against: str | list[str] = "USA",
    effective: str | None = None,
) -> Action:
    return act(
        name,
        by,
        against,
        on,
        kind="staff_cap",
        unit="posts_ceiling",
        quantity=most,
        effective=effective,
    )


def compared(*records: Record, on: str = "2021-01-01", reading: Reading = READING) -> Parity:
    return parity(make_history(*records), DISPUTE, "posts", parse_date(on), reading)


def stocks(found: Parity) -> list[tuple[str, str, str, Amount]]:
    return [(held.whose, held.where, held.teller, held.amount) for held in found.stocks]


def test_two_exact_stocks_of_one_teller_have_a_ratio() -> None:
    found = compared(seen("a", "RUS", "USA", 230), seen("b", "USA", "RUS", 120))
    (comparison,) = found.comparisons
    assert comparison.teller == "RUS"
    assert (comparison.one.whose, comparison.other.whose) == ("RUS", "USA")
    assert comparison.ratio == Fraction(23, 12)


def test_tellers_are_not_mixed() -> None:
    found = compared(seen("a", "RUS", "USA", 230), seen("b", "USA", "RUS", 120, teller="USA"))
    assert len(found.stocks) == 2
    assert found.comparisons == ()


def test_a_stock_that_is_not_exact_has_no_ratio() -> None:
    for known in ("unknown", "100..120", ">=100"):
        found = compared(seen("a", "RUS", "USA", 230), seen("b", "USA", "RUS", known))
        assert found.comparisons[0].ratio is None


def test_nothing_has_no_ratio_to_nothing() -> None:
    found = compared(seen("a", "RUS", "USA", 230), seen("b", "USA", "RUS", 0))
    assert found.comparisons[0].ratio is None


def test_the_latest_word_of_a_teller_by_the_date_counts() -> None:
    rows = [
        seen("old", "USA", "RUS", 1200, on="2016"),
        seen("new", "USA", "RUS", 455, on="2017-09-01"),
        seen("later", "USA", "RUS", 120, on="2022"),
    ]
    (held,) = compared(*rows, on="2018-01-01").stocks
    assert (held.amount, held.ids, held.is_certain) == (Amount.exact(455), ("new",), True)
    assert compared(*rows, on="2015-01-01").stocks == ()


def test_a_word_that_is_possibly_later_than_the_date_is_a_doubt() -> None:
    rows = [seen("old", "USA", "RUS", 1200, on="2016"), seen("new", "USA", "RUS", 455, on="2017")]
    (held,) = compared(*rows, on="2017-06-01").stocks
    assert (held.amount, held.is_certain) == (Amount.between(455, 1200), True)
    (held,) = compared(rows[1], on="2017-06-01").stocks
    assert (held.amount, held.is_certain) == (Amount.exact(455), False)


def test_only_the_unit_asked_for_is_compared() -> None:
    assert compared(seen("a", "USA", "RUS", 5, unit="persons")).stocks == ()


def test_a_ceiling_counts_from_its_date_until_it_is_replaced_or_reversed() -> None:
    rows = [
        cap("a", "2017-07-28", 455),
        cap("b", "2019-01-01", 300),
        act("r", "RUS", "USA", "2020-06-01", kind="reversal", reverses=["b"]),
    ]
    for on, most in (("2018-01-01", 455), ("2019-06-01", 300), ("2021-01-01", 455)):
        assert stocks(compared(*rows, on=on)) == [("USA", "RUS", CEILING, Amount.exact(most))]
    assert compared(*rows, on="2017-07-27").stocks == ()


def test_a_ceiling_counts_by_the_date_that_the_reading_chooses() -> None:
    row = cap("a", "2017-07-28", 455, effective="2017-09-01")
    by_effect = Reading(date_basis=DateBasis.EFFECTIVE)
    assert compared(row, on="2017-08-15").stocks
    assert compared(row, on="2017-08-15", reading=by_effect).stocks == ()


def test_a_ceiling_that_is_possibly_reversed_possibly_holds() -> None:
    reversal = act("r", "RUS", "USA", "2020", kind="reversal", reverses=["a"])
    (held,) = compared(cap("a", "2017-07-28", 455), reversal, on="2020-06-01").stocks
    assert (held.amount, held.is_certain) == (Amount.exact(455), False)


def test_ceilings_of_both_sides_are_compared() -> None:
    found = compared(cap("a", "2017-07-28", 455), cap("b", "2018-01-01", 910, "USA", "RUS"))
    (comparison,) = found.comparisons
    assert (comparison.teller, comparison.ratio) == (CEILING, Fraction(2))


def test_a_joint_ceiling_says_nothing_of_each() -> None:
    assert compared(cap("a", "2017-07-28", 455, "RUS", ["USA", "GBR"])).stocks == ()


def test_a_cut_is_no_ceiling() -> None:
    cut = act("a", "RUS", "USA", kind="staff_cap", unit="posts_cut", quantity=755)
    assert compared(cut).stocks == ()


def test_only_parties_of_different_declared_sides_are_compared() -> None:
    sides = two_sides(West=["USA", "GBR"], East=["RUS"])
    rows = [
        seen("a", "USA", "GBR", 5),
        seen("b", "POL", "RUS", 6),
        seen("c", "GBR", "RUS", 7),
    ]
    assert stocks(compared(sides, *rows)) == [("GBR", "RUS", "RUS", Amount.exact(7))]


def test_in_a_dispute_without_sides_all_parties_are_compared() -> None:
    history = make_history(two_sides("other"), seen("b", "POL", "RUS", 6))
    found = parity(history, DISPUTE, "posts", parse_date("2021-01-01"), READING)
    assert stocks(found) == [("POL", "RUS", "RUS", Amount.exact(6))]


def test_in_the_real_history_russia_allows_455_posts_from_july_2017_on() -> None:
    for on, held in (("2017-07-27", []), ("2017-07-28", [455]), ("2023-12-31", [455])):
        found = parity(real_history(), REAL, "posts", parse_date(on), READING)
        assert stocks(found) == [("USA", "RUS", CEILING, Amount.exact(most)) for most in held]
        assert found.comparisons == ()
