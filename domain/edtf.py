"""Uncertain dates as text: the part of EDTF that histories need, read into first and last day.

Extended Date/Time Format (EDTF) Specification, Library of Congress, 2019-02-04, level 0 and 1
(<https://www.loc.gov/standards/datetime/>). Read: days, months, years, the qualifiers `~ ? %` on a
whole date, unspecified digits from the right, intervals, and open ends. Every other form of the
specification is refused by its name (see `domain.edtf_refusals`).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import MINYEAR, date
from typing import TYPE_CHECKING, Final, NamedTuple

from domain.edtf_refusals import (
    FORMS_HINT,
    DateDoesNotExistError,
    DateSyntaxError,
    IntervalReversedError,
    UnsupportedDateFormError,
    refusal,
)
from domain.errors import require
from domain.quoting import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

OPEN_END: Final = ".."
LONGEST_DATE: Final = 40
WIDENED_DAYS: Final[Mapping[str, int]] = {"day": 3, "month": 15, "year": 183}
"""By how many days `~` and `%` widen both ends, by the finest part of the date that is given.

A convention of this ledger, stated in its semantics: the specification gives no number.
"""
MONTHS: Final = 12

_SINGLE: Final = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)"
    r"(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?"
    r"(?P<qualifier>[~?%]?)"
)


class Span(NamedTuple):
    """The first and the last day that a date can mean, both included."""

    lo: date
    hi: date


def read_span(text: str) -> Span:
    """Read a date or an interval: its earliest and its latest day.

    An open end is `date.min` or `date.max`, and so is a day beyond what a `date` can hold.
    Raises DateSyntaxError, DateDoesNotExistError, UnsupportedDateFormError, IntervalReversedError.
    """
    _require_plain_text(text)
    ends = text.split("/")
    if len(ends) == 1:
        return _read_single(text, text)
    require(
        len(ends) == len(Span._fields),
        DateSyntaxError(
            f"{quoted(text)} is not a date",
            why="an interval has one '/', and a day is written with hyphens",
            hint=FORMS_HINT,
        ),
    )
    return _read_interval(text, *ends)


def _require_plain_text(text: str) -> None:
    """Refuse the empty text, spaces and texts too long for any date: nothing is stripped."""
    require(text, DateSyntaxError("a date is empty", hint=FORMS_HINT))
    require(
        len(text) <= LONGEST_DATE,
        DateSyntaxError(f"{quoted(text)} is too long for a date", hint=FORMS_HINT),
    )
    bare = "".join(text.split())
    require(
        bare == text,
        DateSyntaxError(
            f"{quoted(text)} has spaces",
            why="a date is kept exactly as given, so nothing is stripped",
            hint=f"write {quoted(bare)} if that is the date; {FORMS_HINT}",
        ),
    )


def _read_interval(text: str, start: str, end: str) -> Span:
    """Read both ends, each with its own qualifier, and refuse an end certainly before its start."""
    require(
        start and end,
        UnsupportedDateFormError(
            f"{quoted(text)} has an unknown end",
            why="that is EDTF level 1, but an end that is not known is kept as open here",
            hint=f"write {quoted((start or OPEN_END) + '/' + (end or OPEN_END))}; {FORMS_HINT}",
        ),
    )
    require(
        (start, end) != (OPEN_END, OPEN_END),
        UnsupportedDateFormError(
            f"{quoted(text)} is open at both ends",
            why="it says nothing",
            hint=f"leave the date out; {FORMS_HINT}",
        ),
    )
    lo = date.min if start == OPEN_END else _read_end(start, text).lo
    hi = date.max if end == OPEN_END else _read_end(end, text).hi
    require(
        lo <= hi,
        IntervalReversedError(
            f"{quoted(text)} ends before it starts",
            why=f"the last day of its end, {hi}, is before the first day of its start, {lo}",
            hint=f"write {quoted(f'{end}/{start}')} if the ends are swapped; {FORMS_HINT}",
        ),
    )
    return Span(lo, hi)


def _read_end(text: str, whole: str) -> Span:
    """Read one end of an interval, where digits may not be unspecified."""
    span = _read_single(text, whole)
    require(
        "X" not in text,
        UnsupportedDateFormError(
            f"{quoted(whole)} has unspecified digits in an interval",
            why="that is EDTF level 2",
            hint=f"give the end as a month or a year; {FORMS_HINT}",
        ),
    )
    return span


def _read_single(text: str, whole: str) -> Span:
    """Read a day, month, year or decade, and widen it if it is approximate."""
    match = _SINGLE.fullmatch(text)
    if match is None:
        raise refusal(text, whole)
    year, month, day = match["year"], match["month"], match["day"]
    if ("X" in year and month) or (month == "XX" and day not in {None, "XX"}):
        raise refusal(text, whole)
    if year == "0000" or (month and not day and int(month.replace("X", "0")) > MONTHS):
        raise refusal(text, whole)
    span = Span(_first_day(year, month, day, whole), _last_day(year, month, day, whole))
    if match["qualifier"] in {"~", "%"}:
        return _widened(span, WIDENED_DAYS[_finest_given(month, day)])
    return span


def _first_day(year: str, month: str | None, day: str | None, whole: str) -> date:
    """Return the earliest day; what is not given starts as early as it can."""
    first_year = max(MINYEAR, int(year.replace("X", "0")))
    return _existing(first_year, _number(month, 1), _number(day, 1), whole)


def _last_day(year: str, month: str | None, day: str | None, whole: str) -> date:
    """Return the latest day, the earliest being found; what is not given ends late."""
    last_year = int(year.replace("X", "9"))
    last_month = _number(month, MONTHS)
    return _existing(
        last_year, last_month, _number(day, monthrange(last_year, last_month)[1]), whole
    )


def _number(part: str | None, otherwise: int) -> int:
    """Return a month or day as a number, or what stands for it where it is not given."""
    return otherwise if part in {None, "XX"} else int(str(part))


def _existing(year: int, month: int, day: int, whole: str) -> date:
    """Return the day, or say why the calendar does not have it."""
    hint = f"correct the month or the day; {FORMS_HINT}"
    require(
        1 <= month <= MONTHS,
        DateDoesNotExistError(
            f"{quoted(whole)} does not exist", why=f"there is no month {month:02}", hint=hint
        ),
    )
    last = monthrange(year, month)[1]
    require(
        1 <= day <= last,
        DateDoesNotExistError(
            f"{quoted(whole)} does not exist",
            why=f"{year:04}-{month:02} has the days 01 to {last}",
            hint=hint,
        ),
    )
    return date(year, month, day)


def _finest_given(month: str | None, day: str | None) -> str:
    """Name the finest part that is given: an unspecified day of April is as known as April."""
    if day not in {None, "XX"}:
        return "day"
    return "month" if month not in {None, "XX"} else "year"


def _widened(span: Span, by_days: int) -> Span:
    """Move both ends outwards, as far as a `date` can go."""
    return Span(
        date.fromordinal(max(date.min.toordinal(), span.lo.toordinal() - by_days)),
        date.fromordinal(min(date.max.toordinal(), span.hi.toordinal() + by_days)),
    )
