"""Reading dates follows the specification's own examples, kept or refused by their names.

Examples marked with their level are those of the Extended Date/Time Format (EDTF) Specification,
Library of Congress, 2019-02-04, levels 0, 1 and 2.
"""

from __future__ import annotations

import pytest

from domain.dates import (
    DateDoesNotExistError,
    DateSyntaxError,
    IntervalReversedError,
    UnsupportedDateFormError,
    parse_date,
)
from domain.errors import InputError

MIN, MAX = "0001-01-01", "9999-12-31"

SPECIFICATION_EXAMPLES_KEPT = [
    # level 0: dates
    ("1985-04-12", "1985-04-12", "1985-04-12"),
    ("1985-04", "1985-04-01", "1985-04-30"),
    ("1985", "1985-01-01", "1985-12-31"),
    # level 0: time intervals
    ("1964/2008", "1964-01-01", "2008-12-31"),
    ("2004-06/2006-08", "2004-06-01", "2006-08-31"),
    ("2004-02-01/2005-02-08", "2004-02-01", "2005-02-08"),
    ("2004-02-01/2005-02", "2004-02-01", "2005-02-28"),
    ("2004-02-01/2005", "2004-02-01", "2005-12-31"),
    ("2005/2006-02", "2005-01-01", "2006-02-28"),
    # level 1: qualification of a date (complete)
    ("1984?", "1984-01-01", "1984-12-31"),
    ("2004-06~", "2004-05-17", "2004-07-15"),
    ("2004-06-11%", "2004-06-08", "2004-06-14"),
    # level 1: unspecified digits from the right
    ("201X", "2010-01-01", "2019-12-31"),
    ("20XX", "2000-01-01", "2099-12-31"),
    ("2004-XX", "2004-01-01", "2004-12-31"),
    ("1985-04-XX", "1985-04-01", "1985-04-30"),
    ("1985-XX-XX", "1985-01-01", "1985-12-31"),
    # level 1: extended interval, open end and open start
    ("1985-04-12/..", "1985-04-12", MAX),
    ("1985-04/..", "1985-04-01", MAX),
    ("1985/..", "1985-01-01", MAX),
    ("../1985-04-12", MIN, "1985-04-12"),
    ("../1985-04", MIN, "1985-04-30"),
    ("../1985", MIN, "1985-12-31"),
]

OTHER_DATES_KEPT = [
    ("1984~", "1983-07-02", "1985-07-02"),
    ("1984%", "1983-07-02", "1985-07-02"),
    ("2022-01-26~", "2022-01-23", "2022-01-29"),
    ("2022-01-26?", "2022-01-26", "2022-01-26"),
    ("2022-01~/2022-02-10", "2021-12-17", "2022-02-10"),
    ("2022-01/2022-02-10~", "2022-01-01", "2022-02-13"),
    ("2022-01?/2022-02-10%", "2022-01-01", "2022-02-13"),
    ("1984~/..", "1983-07-02", MAX),
    ("../2016-12-29~", MIN, "2017-01-01"),
    ("2016-06-17/2016-06-17", "2016-06-17", "2016-06-17"),
    ("2004-06-11~/2004-06-10", "2004-06-08", "2004-06-10"),
    ("1985-04-XX~", "1985-03-17", "1985-05-15"),
    ("1985-XX-XX%", "1984-07-02", "1986-07-02"),
    ("2004-XX~", "2003-07-02", "2005-07-02"),
    ("201X~", "2009-07-02", "2020-07-01"),
    ("201X?", "2010-01-01", "2019-12-31"),
    ("2024-02-29", "2024-02-29", "2024-02-29"),
    ("1900-02", "1900-02-01", "1900-02-28"),
    ("000X", MIN, "0009-12-31"),
    ("0001~", MIN, "0002-07-02"),
    ("9999-12-31~", "9999-12-28", MAX),
]

SPECIFICATION_EXAMPLES_REFUSED = [
    # level 0: date and time
    ("1985-04-12T23:20:30", "time of day"),
    ("1985-04-12T23:20:30Z", "time of day"),
    ("1985-04-12T23:20:30-04", "time of day"),
    ("1985-04-12T23:20:30+04:30", "time of day"),
    # level 1
    ("Y170000002", "more than four digits (level 1)"),
    ("Y-170000002", "more than four digits (level 1)"),
    ("2001-21", "season (level 1)"),
    ("1985-04-12/", "level 1"),
    ("1985-04/", "level 1"),
    ("1985/", "level 1"),
    ("/1985-04-12", "level 1"),
    ("/1985-04", "level 1"),
    ("/1985", "level 1"),
    ("-1985", "negative year (level 1)"),
    # level 2
    ("Y-17E7", "exponential year (level 2)"),
    ("1950S2", "significant digits (level 2)"),
    ("Y171010000S3", "significant digits (level 2)"),
    ("Y3388E2S3", "significant digits (level 2)"),
    ("2001-34", "part of a year (level 2)"),
    ("[1667,1668,1670..1672]", "one of a set of dates (level 2)"),
    ("[..1760-12-03]", "one of a set of dates (level 2)"),
    ("[1760-12..]", "one of a set of dates (level 2)"),
    ("[1760-01,1760-02,1760-12..]", "one of a set of dates (level 2)"),
    ("[1667,1760-12]", "one of a set of dates (level 2)"),
    ("[..1984]", "one of a set of dates (level 2)"),
    ("{1667,1668,1670..1672}", "all of a set of dates (level 2)"),
    ("{1960,1961-12}", "all of a set of dates (level 2)"),
    ("{..1984}", "all of a set of dates (level 2)"),
    ("2004-06~-11", "part of a date (level 2)"),
    ("2004?-06-11", "part of a date (level 2)"),
    ("?2004-06-~11", "part of a date (level 2)"),
    ("2004-%06-11", "part of a date (level 2)"),
    ("156X-12-25", "unspecified digits other than the last ones of a date (level 2)"),
    ("15XX-12-25", "unspecified digits other than the last ones of a date (level 2)"),
    ("XXXX-12-XX", "unspecified digits other than the last ones of a date (level 2)"),
    ("1XXX-XX", "unspecified digits other than the last ones of a date (level 2)"),
    ("1XXX-12", "unspecified digits other than the last ones of a date (level 2)"),
    ("1984-1X", "unspecified digits other than the last ones of a date (level 2)"),
    ("2004-06-~01/2004-06-~20", "part of a date (level 2)"),
    ("2004-06-XX/2004-07-03", "level 2"),
]

OTHER_FORMS_REFUSED = [
    ("2022-02-1X", "unspecified digits other than the last ones of a date (level 2)"),
    ("2022-XX-10", "unspecified digits other than the last ones of a date (level 2)"),
    ("2001-21~", "season (level 1)"),
    ("2001-21/2003", "season (level 1)"),
    ("0000", "year 0000"),
    ("0000-01-01", "year 0000"),
    ("../..", "says nothing"),
    ("/", "level 1"),
]

NO_DATES = [
    "2021-02-29",
    "1900-02-29",
    "2021-04-31",
    "2021-04-00",
    "2021-00",
    "2021-13",
    "2021-20~",
    "2021-42",
    "2021-99",
    "2021-21-05",
    "2021-13-XX",
    "2021-02-30/2022",
    "2020/2021-02-30~",
]

NO_EDTF = [
    "",
    "yesterday",
    "20161229",
    "2016-12-9",
    "2016-1",
    "29.12.2016",
    "29-12-2016",
    "29/12/2016",
    "2016/12/29",
    "2016.12.29",
    "2016\u201312\u201329",
    "\u0662\u0660\u0661\u0666",
    "2016-12-29\u200b",
    "\ufeff2016-12-29",
    "2022-02-xx",
    "199u",
    "1984/open",
    "unknown/2006",
    "y170000002",
    "1984?~",
    "1984~~",
    "12016",
    "216",
    "..",
    "..~/1985",
    "1985-04-12/...",
    "1985/1986/1987",
    "~",
    "\x1b[31m2016\x1b[0m",
    "2016\x00",
    "1" * 10_000,
]


@pytest.mark.parametrize(("text", "lo", "hi"), SPECIFICATION_EXAMPLES_KEPT + OTHER_DATES_KEPT)
def test_a_date_has_its_earliest_and_latest_day(text: str, lo: str, hi: str) -> None:
    when = parse_date(text)
    assert (when.lo.isoformat(), when.hi.isoformat()) == (lo, hi)
    assert str(when) == text


@pytest.mark.parametrize(("text", "name"), SPECIFICATION_EXAMPLES_REFUSED + OTHER_FORMS_REFUSED)
def test_a_form_that_is_not_kept_is_refused_by_its_name(text: str, name: str) -> None:
    with pytest.raises(UnsupportedDateFormError) as caught:
        parse_date(text)
    assert name in str(caught.value)
    assert repr(text) in caught.value.what
    assert "reciprocity " in caught.value.hint


@pytest.mark.parametrize("text", NO_DATES)
def test_a_day_that_the_calendar_does_not_have_is_refused(text: str) -> None:
    with pytest.raises(DateDoesNotExistError, match="does not exist") as caught:
        parse_date(text)
    assert caught.value.why


@pytest.mark.parametrize("text", NO_EDTF)
def test_what_is_not_edtf_is_refused(text: str) -> None:
    with pytest.raises(DateSyntaxError) as caught:
        parse_date(text)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 200
    assert "reciprocity " in caught.value.hint


@pytest.mark.parametrize(
    "text", [" 2016", "2016 ", "2016\n", "\t2016", "2016-12-29 /2017", "\xa02016"]
)
def test_whitespace_is_never_stripped_but_the_bare_text_is_suggested(text: str) -> None:
    with pytest.raises(DateSyntaxError, match="spaces") as caught:
        parse_date(text)
    assert repr("".join(text.split())) in caught.value.hint


@pytest.mark.parametrize("text", ["2008/1964", "2016-12-30/2016-12-29", "2004-06-12~/2004-06-08"])
def test_an_interval_that_ends_certainly_before_it_starts_is_refused(text: str) -> None:
    with pytest.raises(IntervalReversedError, match="before it starts") as caught:
        parse_date(text)
    start, end = text.split("/")
    assert f"{end}/{start}" in caught.value.hint


def test_every_refusal_is_an_input_error() -> None:
    for error in (
        DateSyntaxError,
        DateDoesNotExistError,
        UnsupportedDateFormError,
        IntervalReversedError,
    ):
        assert issubclass(error, InputError)
