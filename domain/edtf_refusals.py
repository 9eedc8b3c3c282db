"""Why a text is not a date that the ledger keeps: the EDTF form it is, by name, or none.

One table of the forms that the EDTF specification (Library of Congress, 2019-02-04) has and the
ledger does not, and one of writings that are no EDTF at all. The first row that fits is the reason.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from domain.errors import InputError
from domain.quoting import quoted

if TYPE_CHECKING:
    from domain.errors import LedgerError

FORMS_HINT: Final = (
    "dates look like 2016-12-29, 2020-12, 2021, 2022-01~, 2022-02-XX, 2016-06-17/2016-07-09 "
    "or ../2016; see: reciprocity add --help"
)


class DateSyntaxError(InputError):
    """A text is no date of the Extended Date/Time Format."""


class DateDoesNotExistError(InputError):
    """A date is well written, but the calendar does not have it."""


class UnsupportedDateFormError(InputError):
    """A date is in a form of the Extended Date/Time Format that the ledger does not keep."""


class IntervalReversedError(InputError):
    """An interval ends certainly before it starts."""


class Form(NamedTuple):
    """A form that is refused: how to recognise it, its name, and what to write instead."""

    pattern: re.Pattern[str]
    name: str
    instead: str


_Q: Final = "[~?%]"
_RANGE: Final = "give the range as an interval"

UNSUPPORTED: Final[tuple[Form, ...]] = (
    Form(re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T.*"), "a time of day (level 0)", "give the day"),
    Form(re.compile(f"0000{_Q}?"), "the year 0000 (level 0)", "years start at 0001"),
    Form(
        re.compile(f"0000(-[0-9X]{{2}}){{1,2}}{_Q}?"),
        "the year 0000 (level 0)",
        "years start at 0001",
    ),
    Form(re.compile(r"-[0-9]{4}(-.*)?"), "a negative year (level 1)", "years start at 0001"),
    Form(re.compile(r"Y-?[0-9]+"), "a year of more than four digits (level 1)", "use four digits"),
    Form(re.compile(f"[0-9X]{{4}}-2[1-4]{_Q}?"), "a season (level 1)", _RANGE),
    Form(re.compile(r"Y-?[0-9]+E[0-9]+"), "an exponential year (level 2)", "use four digits"),
    Form(re.compile(r"Y?-?[0-9]+(E[0-9]+)?S[0-9]+"), "significant digits (level 2)", _RANGE),
    Form(
        re.compile(f"[0-9X]{{4}}-(2[5-9]|3[0-9]|4[01]){_Q}?"), "a part of a year (level 2)", _RANGE
    ),
    Form(re.compile(r"\[.*\]"), "one of a set of dates (level 2)", _RANGE),
    Form(re.compile(r"\{.*\}"), "all of a set of dates (level 2)", "record one action for each"),
    Form(
        re.compile(f"[0-9X]{{4}}(-[0-9X]{{2}}){{0,2}}{_Q}?"),
        "unspecified digits other than the last ones of a date (level 2)",
        _RANGE,
    ),
    Form(
        re.compile(f"{_Q}?[0-9X]{{4}}({_Q}?-{_Q}?[0-9X]{{2}}){{0,2}}{_Q}?"),
        "a qualifier on a part of a date (level 2)",
        "qualify the whole date, at its end",
    ),
)

NOT_EDTF: Final[tuple[Form, ...]] = (
    Form(re.compile(r"[0-9]{8}"), "a day without hyphens", "put hyphens between its parts"),
    Form(re.compile(f".*{_Q}{{2,}}"), "two qualifiers at the end", "'%' is both '~' and '?'"),
    Form(re.compile(r"[0-9xX-]*x[0-9xX-]*"), "a small x", "unspecified digits are a capital X"),
    Form(re.compile(r"[0-9u-]*u[0-9u-]*"), "a form of the 2012 draft", "unspecified digits are X"),
    Form(re.compile(r"unknown|open"), "a form of the 2012 draft", "an open end is '..'"),
    Form(re.compile(r"y-?[0-9e]+"), "a form of the 2012 draft", "years have four digits"),
    Form(
        re.compile(r"[0-9]{4}([\u2010-\u2015\u2212./][0-9]{1,2}){1,2}"),
        "a date without plain hyphens",
        "put '-' between its parts",
    ),
    Form(re.compile(r"[0-9]{4}(-[0-9]{1,2}){1,2}"), "a short month or day", "use two digits"),
    Form(re.compile(r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}"), "a day first", "year first"),
    Form(re.compile(r"[0-9]{5,}(-.*)?"), "a year of more than four digits", "use four digits"),
    Form(re.compile(r"[0-9]{1,3}(-.*)?"), "a year of less than four digits", "use four digits"),
)


def refusal(text: str, whole: str) -> LedgerError:
    """Return the error that says what a text that is no date of the ledger is instead.

    `whole` is the text as given, of which `text` may be one end.
    """
    month = re.fullmatch(f"[0-9]{{4}}-(1[3-9]|20|4[2-9]|[5-9][0-9]){_Q}?", text)
    if month:
        return DateDoesNotExistError(
            f"{quoted(whole)} does not exist",
            why=f"there is no month {month[1]}",
            hint=f"correct the month; {FORMS_HINT}",
        )
    for form in UNSUPPORTED:
        if form.pattern.fullmatch(text):
            return UnsupportedDateFormError(
                f"{quoted(whole)} is a date that the ledger does not keep",
                why=f"it is {form.name} of EDTF",
                hint=f"{form.instead}; {FORMS_HINT}",
            )
    for form in NOT_EDTF:
        if form.pattern.fullmatch(text):
            return DateSyntaxError(
                f"{quoted(whole)} is not a date",
                why=f"{form.name} is no form of EDTF",
                hint=f"{form.instead}; {FORMS_HINT}",
            )
    return DateSyntaxError(
        f"{quoted(whole)} is not a date", why="it is no form of EDTF", hint=FORMS_HINT
    )
