"""Dates keep their text, and their order is as certain as their days."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, ValidationError

from domain.dates import (
    DateDoesNotExistError,
    DateSyntaxError,
    Lag,
    Membership,
    UncertainDate,
    certainly_before,
    lag,
    membership,
    parse_date,
    possibly_before,
)
from domain.errors import LedgerError


class Dated(BaseModel):
    """A model with a date, as records have them."""

    model_config = ConfigDict(frozen=True)
    when: UncertainDate
    until: UncertainDate | None = None


def test_a_model_keeps_the_text_exactly_as_given() -> None:
    stored = '{"when":"2022-01~/2022-02-10","until":null}'
    dated = Dated.model_validate_json(stored)
    assert dated.model_dump_json() == stored
    assert dated.model_dump() == {"when": "2022-01~/2022-02-10", "until": None}
    assert Dated(when=parse_date("2016")).when == parse_date("2016")
    assert Dated.model_json_schema()["properties"]["when"]["type"] == "string"


def test_a_model_lets_the_named_error_through() -> None:
    with pytest.raises(DateDoesNotExistError):
        Dated.model_validate({"when": "2021-02-30"})
    with pytest.raises(DateSyntaxError, match="int is not a date"):
        Dated.model_validate_json('{"when": 2016}')
    with pytest.raises(ValidationError):
        Dated.model_validate({})


def test_dates_are_equal_when_their_texts_are() -> None:
    assert parse_date("2016") == parse_date("2016")
    assert parse_date("2016") != parse_date("2016-XX")
    assert len({parse_date("2016"), parse_date("2016?"), parse_date("2016")}) == 2


def test_order_is_certain_only_when_no_day_is_shared() -> None:
    year, day, later = parse_date("2016"), parse_date("2016-12-29"), parse_date("2017-01-01")
    assert certainly_before(year, later)
    assert not certainly_before(year, day)
    assert not certainly_before(day, day)
    assert possibly_before(year, day)
    assert possibly_before(day, year)
    assert possibly_before(day, day)
    assert not possibly_before(later, year)


@pytest.mark.parametrize(
    ("when", "period", "expected"),
    [
        ("2016-12-29", "2016-12-29/2023-12-31", Membership.CERTAIN),
        ("2023-12-31", "2016-12-29/2023-12-31", Membership.CERTAIN),
        ("2016-12", "2016-12-29/2023-12-31", Membership.POSSIBLE),
        ("2016-12-29~", "2016-12-29/2023-12-31", Membership.POSSIBLE),
        ("2016-12-28", "2016-12-29/2023-12-31", Membership.NO),
        ("2024", "2016-12-29/2023-12-31", Membership.NO),
        ("2024/..", "../2023", Membership.NO),
        ("2022/..", "2020/..", Membership.CERTAIN),
        ("2022/..", "2020/2030", Membership.POSSIBLE),
    ],
)
def test_membership_is_certain_possible_or_no(when: str, period: str, expected: Membership) -> None:
    assert membership(parse_date(when), parse_date(period)) is expected


def test_everything_is_certainly_in_all_time() -> None:
    assert membership(parse_date("../2016"), None) is Membership.CERTAIN


@pytest.mark.parametrize(
    ("cause", "effect", "expected"),
    [
        ("2016-12-29", "2016-12-30", Lag(1, 1)),
        ("2016-12-29", "2016-12-29", Lag(0, 0)),
        ("2016-12", "2017-01-02", Lag(2, 32)),
        ("2016-12-29~", "2016-12-30", Lag(0, 4)),
        ("2016-12-29", "2017/..", Lag(3, None)),
        ("../2016", "2017-01-02", Lag(2, None)),
        ("2016", "2016", Lag(0, 365)),
        ("2016-12-30", "2016-12-29", None),
    ],
)
def test_a_lag_is_an_interval_of_days(cause: str, effect: str, expected: Lag | None) -> None:
    assert lag(parse_date(cause), parse_date(effect)) == expected


DAYS = st.dates(min_value=date(1, 6, 1), max_value=date(9998, 12, 31))
QUALIFIERS = st.sampled_from(["", "~", "?", "%"])


@st.composite
def singles(draw: st.DrawFn) -> str:
    """Draw a day, month, year or decade, qualified or not."""
    day = draw(DAYS).isoformat()
    form = draw(
        st.sampled_from([day, day[:7], day[:4], f"{day[:3]}X", f"{day[:2]}XX", "", "X", "Z"])
    )
    form = {"": f"{day[:7]}-XX", "X": f"{day[:4]}-XX", "Z": f"{day[:4]}-XX-XX"}.get(form, form)
    return "0001" if form in {"0000", "0000-XX"} else form + draw(QUALIFIERS)


@st.composite
def intervals(draw: st.DrawFn) -> str:
    """Draw an interval, possibly open at one end."""
    first, last = sorted(draw(st.tuples(DAYS, DAYS)))
    cut = draw(st.sampled_from([4, 7, 10]))
    start = first.isoformat()[:cut] + draw(QUALIFIERS)
    end = last.isoformat()[: draw(st.sampled_from([4, 7, 10]))] + draw(QUALIFIERS)
    return draw(st.sampled_from([f"{start}/{end}", f"../{end}", f"{start}/.."]))


DATES = st.one_of(singles(), intervals()).map(parse_date)


@given(DATES)
def test_the_earliest_day_is_never_after_the_latest(when: UncertainDate) -> None:
    assert when.lo <= when.hi


@given(DATES)
def test_a_date_is_printed_and_read_exactly_as_given(when: UncertainDate) -> None:
    assert parse_date(str(when)) == when
    assert Dated.model_validate_json(Dated(when=when).model_dump_json()).when.text == when.text


@given(st.one_of(st.text(), st.text(alphabet="0129X-/.~?%TYSEu[]{},: \n", max_size=20)))
def test_any_text_is_a_date_or_a_named_error(text: str) -> None:
    try:
        when = parse_date(text)
    except LedgerError as error:
        assert error.hint  # noqa: PT017  most texts are refused, some are not
    else:
        assert when.text == text
        assert when.lo <= when.hi


@given(DAYS, QUALIFIERS)
def test_narrowing_a_date_stays_inside_it(day: date, qualifier: str) -> None:
    text = day.isoformat()
    wider = [f"{text[:2]}XX", f"{text[:3]}X", text[:4], text[:7], text]
    spans = [parse_date(form) for form in wider if form != "0000"]
    for outer, inner in pairwise(spans):
        assert outer.lo <= inner.lo <= inner.hi <= outer.hi
    for span in spans:
        qualified = parse_date(span.text + qualifier)
        assert qualified.lo <= span.lo <= span.hi <= qualified.hi


@given(DAYS)
def test_approximation_widens_both_ends_alike_and_uncertainty_none(day: date) -> None:
    for cut, days in ((4, 183), (7, 15), (10, 3)):
        text = day.isoformat()[:cut]
        plain, about = parse_date(text), parse_date(f"{text}~")
        assert about.lo == max(date.min, _moved(plain.lo, -days))
        assert about.hi == min(date.max, _moved(plain.hi, days))
        both = parse_date(f"{text}%")
        assert (both.lo, both.hi) == (about.lo, about.hi)
        uncertain = parse_date(f"{text}?")
        assert (uncertain.lo, uncertain.hi) == (plain.lo, plain.hi)


def _moved(day: date, days: int) -> date:
    """Move a day, or stop at the first or last one."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.min if days < 0 else date.max


@given(DATES, DATES)
def test_certain_order_excludes_possible_order_the_other_way(
    a: UncertainDate, b: UncertainDate
) -> None:
    assert certainly_before(a, b) != possibly_before(b, a)
    assert not (certainly_before(a, b) and certainly_before(b, a))


@given(DATES, DATES, st.randoms(use_true_random=False))
def test_membership_and_lag_agree_with_every_day_that_can_be_drawn(
    when: UncertainDate, other: UncertainDate, chance: random.Random
) -> None:
    a, b = _some_day(when, chance), _some_day(other, chance)
    placed = membership(when, other)
    if placed is Membership.CERTAIN:
        assert other.lo <= a <= other.hi
    if placed is Membership.NO:
        assert not other.lo <= a <= other.hi
    delay = lag(when, other)
    if a <= b:
        assert delay is not None
        assert delay.days_min <= (b - a).days
        assert delay.days_max is None or (b - a).days <= delay.days_max
    if delay is None:
        assert certainly_before(other, when)


def _some_day(when: UncertainDate, chance: random.Random) -> date:
    """Pick one of the days that a date can mean."""
    return date.fromordinal(chance.randint(when.lo.toordinal(), when.hi.toordinal()))
