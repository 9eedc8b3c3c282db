"""Amounts keep what is unknown, whatever is done to them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.amounts import UNKNOWN, ZERO, Amount, parse_amount, total
from domain.errors import LedgerError
from domain.nets import Net, difference
from domain.quantities import (
    AbsurdQuantityError,
    FractionalQuantityError,
    NegativeQuantityError,
    QuantityRangeReversedError,
    QuantitySyntaxError,
)
from domain.truth import Truth, all_of

COUNTS = st.integers(min_value=0, max_value=200)


@st.composite
def amounts(draw: st.DrawFn) -> Amount:
    """Draw an amount of any sort, among them sums with unknown parts."""
    lo, more = draw(COUNTS), draw(st.one_of(st.none(), COUNTS))
    parts = 0 if more == 0 else draw(st.integers(min_value=0, max_value=3))
    return draw(
        st.sampled_from([UNKNOWN, Amount(lo, None if more is None else lo + more, parts)]),
    )


FACTORS = st.one_of(COUNTS, st.fractions(min_value=0, max_value=5, max_denominator=7))


def counts_in(amount: Amount) -> st.SearchStrategy[int]:
    """Draw a count that the amount can be."""
    return st.integers(amount.lo, amount.hi if amount.hi is not None else amount.lo + 1_000)


@pytest.mark.parametrize(
    ("text", "amount", "words"),
    [
        ("35", Amount.exact(35), "35"),
        ("0", ZERO, "0"),
        ("24..55", Amount.between(24, 55), "between 24 and 55"),
        (">=79", Amount.at_least(79), "at least 79"),
        ("unknown", UNKNOWN, "not known"),
        (">=79 (1 unknown)", Amount(79, None, 1), "at least 79 (1 part unknown)"),
        (">=0 (2 unknown)", Amount(0, None, 2), "not known (2 parts unknown)"),
        ("0..35 (1 unknown)", Amount(0, 35, 1), "between 0 and 35 (1 part unknown)"),
    ],
)
def test_an_amount_has_one_text_and_words(text: str, amount: Amount, words: str) -> None:
    assert parse_amount(text) == amount
    assert str(amount) == text
    assert amount.words() == words


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("-5", NegativeQuantityError),
        ("\u22125", NegativeQuantityError),
        (">=-1", NegativeQuantityError),
        ("-5..3", NegativeQuantityError),
        ("3.5", FractionalQuantityError),
        ("35.0", FractionalQuantityError),
        ("3,5", FractionalQuantityError),
        ("1/2", FractionalQuantityError),
        ("1.5..3", FractionalQuantityError),
        ("55..24", QuantityRangeReversedError),
        ("9" * 16, AbsurdQuantityError),
        (f"1..{'9' * 70}", AbsurdQuantityError),
        ("9" * 5_000, AbsurdQuantityError),
        ("", QuantitySyntaxError),
        (" 35", QuantitySyntaxError),
        ("35\n", QuantitySyntaxError),
        (">= 79", QuantitySyntaxError),
        ("1,000", QuantitySyntaxError),
        ("007", QuantitySyntaxError),
        ("5..5", QuantitySyntaxError),
        ("35 (1 unknown)", QuantitySyntaxError),
        ("unknown (1 unknown)", QuantitySyntaxError),
        (">=7 (0 unknown)", QuantitySyntaxError),
        ("Unknown", QuantitySyntaxError),
        ("35 persons", QuantitySyntaxError),
        ("about 35", QuantitySyntaxError),
        ("35~", QuantitySyntaxError),
        ("1e3", QuantitySyntaxError),
        ("nan", QuantitySyntaxError),
        ("\u0663\u0665", QuantitySyntaxError),
        ("\x1b[31m35", QuantitySyntaxError),
    ],
)
def test_what_is_no_amount_is_refused_by_name(text: str, error: type[LedgerError]) -> None:
    with pytest.raises(error) as caught:
        parse_amount(text)
    assert type(caught.value) is error
    assert "reciprocity " in caught.value.hint
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("text", "instead"), [(" 35", "'35'"), ("007", "'7'"), ("5..5", "'5'"), ("55..24", "24..55")]
)
def test_a_near_miss_is_answered_with_what_to_write(text: str, instead: str) -> None:
    with pytest.raises(LedgerError) as caught:
        parse_amount(text)
    assert instead in caught.value.hint


@given(st.one_of(st.text(), st.text(alphabet="0123456789.>=-,() unkow", max_size=24)))
def test_any_text_is_an_amount_or_a_named_error(text: str) -> None:
    try:
        amount = parse_amount(text)
    except LedgerError as error:
        assert error.hint  # noqa: PT017  most texts are refused, some are not
    else:
        assert str(amount) == text


@given(amounts())
def test_every_amount_is_read_back_from_its_text(amount: Amount) -> None:
    assert parse_amount(str(amount)) == amount


def test_unknown_is_never_zero() -> None:
    assert UNKNOWN != ZERO
    assert UNKNOWN.equals(ZERO) is Truth.UNDETERMINED
    assert not UNKNOWN.is_exact
    with pytest.raises(QuantitySyntaxError, match="unknown parts"):
        Amount(0, 0, 1)


@pytest.mark.parametrize(
    ("lo", "hi", "parts", "error"),
    [
        (-1, 3, 0, NegativeQuantityError),
        (0, -1, 0, NegativeQuantityError),
        (5, 3, 0, QuantityRangeReversedError),
        (5, None, -1, NegativeQuantityError),
        (5, 5, 1, QuantitySyntaxError),
    ],
)
def test_an_unsound_amount_cannot_be_made(
    lo: int, hi: int | None, parts: int, error: type[LedgerError]
) -> None:
    with pytest.raises(error):
        Amount(lo, hi, parts)


def test_a_sum_with_an_unknown_part_is_at_least_and_says_so() -> None:
    terms = total([Amount.exact(24), Amount.exact(55), UNKNOWN])
    assert terms.words() == "at least 79 (1 part unknown)"
    assert (terms + UNKNOWN).words() == "at least 79 (2 parts unknown)"
    assert total([]) == ZERO


@given(amounts(), amounts(), amounts())
def test_addition_is_commutative_associative_and_has_a_zero(
    a: Amount, b: Amount, c: Amount
) -> None:
    assert a + b == b + a
    assert (a + b) + c == a + (b + c) == total([a, b, c])
    assert a + ZERO == a


@given(amounts(), amounts())
def test_addition_keeps_every_unknown_part(a: Amount, b: Amount) -> None:
    assert (a + b).unknown_parts == a.unknown_parts + b.unknown_parts
    assert (a + UNKNOWN).unknown_parts == a.unknown_parts + 1
    assert not (a + UNKNOWN).is_exact


@given(st.data(), amounts(), amounts(), FACTORS)
def test_arithmetic_and_comparison_hold_for_every_count_within_the_bounds(
    data: st.DataObject, a: Amount, b: Amount, k: Fraction | int
) -> None:
    x, y = data.draw(counts_in(a)), data.draw(counts_in(b))
    assert _holds(a + b, x + y)
    assert _holds(a.reduced_by(b), max(0, x - y))
    assert _holds(a.possibly(), 0)
    assert _holds(a.possibly(), x)
    assert difference(a, b).contains(x - y)
    assert a.exceeds(b, k) in {Truth.UNDETERMINED, Truth.of(x > k * y)}
    assert a.equals(b) in {Truth.UNDETERMINED, Truth.of(x == y)}


def _holds(amount: Amount, n: int) -> bool:
    """Whether a count is within the bounds of an amount."""
    return amount.lo <= n and (amount.hi is None or n <= amount.hi)


@given(COUNTS, COUNTS, FACTORS)
def test_exact_amounts_are_always_decided(x: int, y: int, k: Fraction | int) -> None:
    a, b = Amount.exact(x), Amount.exact(y)
    assert a.exceeds(b, k) is Truth.of(x > k * y)
    assert a.equals(b) is Truth.of(x == y)
    assert difference(a, b) == Net(x - y, x - y)
    assert a.reduced_by(b) == Amount.exact(max(0, x - y))


@given(amounts(), amounts())
def test_more_and_not_more_exclude_each_other(a: Amount, b: Amount) -> None:
    assert [a.exceeds(b), b.exceeds(a)] != [Truth.TRUE, Truth.TRUE]
    assert all_of((a.exceeds(b), a.equals(b))) is not Truth.TRUE
    assert a.equals(b) is b.equals(a)
    assert a.exceeds(a) is not Truth.TRUE


@pytest.mark.parametrize(
    ("a", "b", "k", "expected"),
    [
        ("60", "35", 1, Truth.TRUE),
        ("60", "35", 2, Truth.FALSE),
        ("60", "35", Fraction(12, 7), Truth.FALSE),
        (">=79", "60", 1, Truth.TRUE),
        (">=79", "80", 1, Truth.UNDETERMINED),
        ("35", "unknown", 1, Truth.UNDETERMINED),
        ("35", "unknown", 0, Truth.TRUE),
        ("0", "unknown", 1, Truth.FALSE),
        ("24..55", "55", 1, Truth.FALSE),
        ("unknown", "35", 1, Truth.UNDETERMINED),
    ],
)
def test_exceeding_is_undetermined_where_the_bounds_do_not_decide(
    a: str, b: str, k: Fraction | int, expected: Truth
) -> None:
    assert parse_amount(a).exceeds(parse_amount(b), k) is expected


def test_scaling_keeps_what_is_unknown_and_refuses_parts_of_persons() -> None:
    assert parse_amount("24..55").scaled(3) == Amount.between(72, 165)
    assert Amount(79, None, 2).scaled(2) == Amount(158, None, 2)
    assert UNKNOWN.scaled(5) == UNKNOWN
    assert UNKNOWN.scaled(0) == ZERO
    assert Amount.exact(6).scaled(Fraction(1, 2)) == Amount.exact(3)
    with pytest.raises(FractionalQuantityError, match="35/2"):
        Amount.exact(35).scaled(Fraction(1, 2))
    with pytest.raises(NegativeQuantityError):
        Amount.exact(35).scaled(-1)
    with pytest.raises(NegativeQuantityError):
        Amount.exact(35).exceeds(ZERO, -1)


def test_what_is_left_is_never_below_zero_and_keeps_its_unknown_parts() -> None:
    assert Amount.exact(35).reduced_by(Amount.exact(40)) == ZERO
    assert Amount.exact(35).reduced_by(UNKNOWN) == Amount(0, 35, 1)
    assert Amount(79, None, 1).reduced_by(Amount.exact(9)) == Amount(70, None, 1)
    assert ZERO.reduced_by(UNKNOWN) == ZERO
