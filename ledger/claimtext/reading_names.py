"""Names in the text of a claim, each read as what it must be; a wrong one says where it stands."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeVar

from domain.causes import PARTY_CODE, SLUG, CauseSyntaxError, parse_cause
from domain.dates import UncertainDate, parse_date
from domain.errors import InputError, LedgerError
from domain.kinds import Family
from domain.nearest import did_you_mean
from domain.parties import check_party
from domain.quoting import quoted
from domain.units import unit
from ledger.claimtext.errors import (
    ClaimNameError,
    ClaimSyntaxError,
    MisreadError,
    UnknownFamilyError,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from lark import Token

TELLER: Final = re.compile(
    r"[A-Z][A-Z0-9-]{1,39}|(analyst|press|rule):[A-Za-z0-9][A-Za-z0-9._-]{0,79}"
)
DIGITS_MAX: Final = 30
"""A longer number is a slip of the hand, and takes long to read."""

Value = TypeVar("Value")


def require_at(token: Token, condition: object, error: LedgerError) -> None:
    """Raise the error, placed at the token, unless the condition holds."""
    if not condition:
        raise MisreadError(token, error)


def read_at(token: Token, read: Callable[[str], Value]) -> Value:
    """Read the token's text; place what is raised at the token."""
    try:
        return read(str(token))
    except InputError as error:
        raise MisreadError(token, error) from error


def unquoted(token: Token) -> Token:
    """Give the token with the text inside its quotes; backslashes as in JSON."""
    try:
        return token.update(value=json.loads(str(token), strict=False))
    except json.JSONDecodeError as error:
        wrong = ClaimSyntaxError(
            "a backslash in quotes stands before nothing that it can change",
            why='after a backslash stand " \\ n t or u and four hex digits',
        )
        raise MisreadError(token, wrong) from error


def action_id(token: Token) -> str:
    """Read an action's id, or a dispute's; raise ClaimNameError."""
    wrong = ClaimNameError(
        f"{quoted(str(token))} cannot be an id",
        why="ids have small letters, digits, dots, hyphens and underscores",
        hint="reciprocity log",
    )
    require_at(token, SLUG.fullmatch(str(token)), wrong)
    return str(token)


def cause_text(token: Token) -> str:
    """Read a cause; raise CauseSyntaxError."""
    return str(read_at(token, parse_cause))


def grievance(token: Token) -> str:
    """Read a grievance; raise CauseSyntaxError, also for an outside action."""
    text = cause_text(token)
    outside = CauseSyntaxError(
        f"{quoted(text)} is an outside action",
        why="an action is said to answer recorded actions and grievances; "
        "for an outside action say: cause of ACTION includes act:SLUG@PARTY",
    )
    require_at(token, text.startswith("ext:"), outside)
    return text


def party(token: Token) -> str:
    """Read a party's code; raise UnknownPartyError."""
    return str(token) if PARTY_CODE.fullmatch(str(token)) else read_at(token, check_party)


def teller(token: Token) -> str:
    """Read the name of an account; raise ClaimNameError."""
    wrong = ClaimNameError(
        f"{quoted(str(token))} cannot be an account",
        why="an account is a party's (USA), analyst:NAME, press:NAME or rule:NAME",
    )
    require_at(token, TELLER.fullmatch(str(token)), wrong)
    return str(token)


def family(token: Token) -> Family:
    """Read a family's name; raise UnknownFamilyError."""
    names = [row.value for row in Family]
    wrong = UnknownFamilyError(
        f"there is no family {quoted(str(token))}",
        why=did_you_mean(str(token), names) or f"families are {', '.join(names)}",
    )
    require_at(token, str(token) in names, wrong)
    return Family(str(token))


def unit_name(token: Token) -> str:
    """Read a unit's name; raise UnknownUnitError."""
    return read_at(token, unit).name


def date(token: Token) -> UncertainDate:
    """Read a date or a period; raise what `parse_date` raises."""
    return read_at(token, parse_date)


def period(first: Token, last: Token | None = None) -> UncertainDate:
    """Read a period from its two ends, or from one text; raise what `parse_date` raises."""
    if last is None:
        return date(first)
    for end in (first, last):
        if str(end) != "..":
            date(end)
    return read_at(last, lambda end: parse_date(f"{first}/{end}"))


def ratio(token: Token) -> Fraction:
    """Read a number, whole or not; raise ClaimSyntaxError."""
    text = str(token)
    too_long = ClaimSyntaxError(f"a number of {len(text)} characters", why="nothing is so many")
    require_at(token, len(text) <= DIGITS_MAX, too_long)
    by_zero = ClaimSyntaxError(f"{text} divides by zero", why="nothing can be divided by zero")
    require_at(token, int(text.partition("/")[2] or 1), by_zero)
    return Fraction(text)


def whole(token: Token) -> int:
    """Read a whole number; raise ClaimSyntaxError."""
    value = ratio(token)
    broken = ClaimSyntaxError(f"{token} is not a whole number", why="only whole things are counted")
    require_at(token, value.denominator == 1, broken)
    return int(value)
