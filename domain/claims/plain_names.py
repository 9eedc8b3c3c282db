"""Parties, causes and dates in plain English."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from domain.causes import Grievance, OutsideCause, parse_cause
from domain.parties import capital, party_title

if TYPE_CHECKING:
    from domain.dates import UncertainDate

Called = Callable[[str], str]
"""Gives what a party, a side, an account or an action's id is called."""

EVERYDAY: Final = {"RUS": "Russia", "SUN": "the Soviet Union"}
TAKES_THE: Final = frozenset(
    {"United", "Union", "Netherlands", "Philippines", "Federation", "Republic", "Islands"}
    | {"Organization", "Organisation", "Nations", "Council", "League", "Court", "Agency", "Group"}
    | {"Association", "Community", "Commonwealth", "Bahamas", "Maldives", "Comoros", "Seychelles"}
)
MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
ANY_DAY: Final = "XX"
QUALIFIERS: Final = {"~": "about ", "?": "perhaps ", "%": "perhaps about "}
SINGLE: Final = re.compile(
    r"(?P<year>[0-9X]{4})(?:-(?P<month>[0-9]{2}|XX))?(?:-(?P<day>[0-9]{2}|XX))?(?P<how>[~?%]?)"
)


def everyday_name(name: str) -> str:
    """Give a party's name as newspapers write it; what is no party's code stays as it is.

    `analyst:compilers-for-RUS` and its like stay too: they are names of accounts.
    """
    title = EVERYDAY.get(name) or party_title(name).partition(",")[0]
    return f"the {title}" if TAKES_THE & set(title.split()) and title != name else title


def speaker_name(name: str) -> str:
    """Give who speaks as newspapers write it: "Moscow", else the party's everyday name.

    Only for a party's own words: neither what an analyst says nor what is inferred is said by a
    capital.
    """
    return capital(name) or everyday_name(name)


def either(words: Iterable[str], last: str = "or") -> str:
    """Join words: "a", "a or b", "a, b or c"."""
    *firsts, end = words
    return f"{', '.join(firsts)} {last} {end}" if firsts else end


def cause_in_words(text: str, called: Called) -> str:
    """Give a cause in words."""
    cause = parse_cause(text)
    if isinstance(cause, Grievance):
        blamed = f" against {called(cause.blamed)}" if cause.blamed else ""
        return f'the grievance "{cause.slug}"{blamed}'
    if isinstance(cause, OutsideCause):
        return f'the measure "{cause.slug}" by {called(cause.party)}, which is not recorded here'
    return called(cause.action)


def period_in_words(period: UncertainDate) -> str:
    """Give a date or a period as it follows a noun: "in 2017", "from 2016 to 2017"."""
    first, slash, last = str(period).partition("/")
    if not slash:
        return f"{_preposition(first)} {date_in_words(first)}"
    if last == "..":
        return f"from {date_in_words(first)} on"
    if first == "..":
        return f"up to {date_in_words(last)}"
    return f"from {date_in_words(first)} to {date_in_words(last)}"


def _preposition(text: str) -> str:
    found = SINGLE.fullmatch(text)
    return "on" if found and found["day"] and found["day"] != ANY_DAY else "in"


def date_in_words(text: str) -> str:
    """Give one date in words; a form that has none stays as it is."""
    found = SINGLE.fullmatch(text)
    if found is None:
        return text
    year, month, day = found["year"], found["month"], found["day"]
    said = f"some year in {year.replace('X', '0')}-{year.replace('X', '9')}"
    if "X" not in year:
        said = year
    if month == ANY_DAY:
        said = f"some month of {said}"
    elif month:
        said = f"{MONTHS[int(month) - 1]} {said}"
    if day == ANY_DAY:
        said = f"some day of {said}"
    elif day:
        said = f"{int(day)} {said}"
    return QUALIFIERS.get(found["how"], "") + said
