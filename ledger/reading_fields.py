"""The fields of a reading as people write them: one row a field, from a value to what it means.

The same rows serve flags, where every value is text, and TOML files, where values have types. A
value that cannot be understood is a named error; the caller adds its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeVar

from domain.causes import SLUG
from domain.dates import UncertainDate, parse_date
from domain.errors import InputError, require
from domain.kinds import Family, kind
from domain.nearest import did_you_mean
from domain.quoting import quoted
from domain.reading import (
    ACTORS_KINDS,
    OTHER_SIDES_KINDS,
    BasisOf,
    DateBasis,
    EscalationFlag,
    GrievancePolicy,
    InitiatorReading,
    MembershipRule,
    Silence,
    StatedWhen,
)

if TYPE_CHECKING:
    from enum import StrEnum

ACCOUNT: Final = re.compile(
    r"[A-Z][A-Z0-9-]{1,39}|(analyst|press|rule):[A-Za-z0-9][A-Za-z0-9._-]{0,79}"
)
FACTOR: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9}|/[0-9]{1,9})?")
RUNG_MAX: Final = 8
TIME_LENGTH_MAX: Final = 40
HINT: Final = "reciprocity tally --help"

Choice = TypeVar("Choice", bound="StrEnum")


class ReadingValueError(InputError):
    """A field of a reading has a value that it cannot have."""


def _text(value: object) -> str:
    _require(isinstance(value, str), value, "expected a text, in quotes")
    return str(value)


def _texts(value: object) -> tuple[str, ...]:
    """Read one text or several; what is given twice counts once."""
    listed = value if isinstance(value, (list, tuple)) else [value]
    return tuple(dict.fromkeys(_text(item) for item in listed))


def _one_of(choices: type[Choice]) -> Callable[[object], Choice]:
    def read(value: object) -> Choice:
        text = _text(value)
        names = [choice.value for choice in choices]
        why = did_you_mean(text, names) or f"it is one of {', '.join(names)}"
        _require(text in names, value, why)
        return choices(text)

    return read


def _some_of(
    choices: type[Choice], *, at_least_one: bool = True
) -> Callable[[object], tuple[Choice, ...]]:
    read_one = _one_of(choices)

    def read(value: object) -> tuple[Choice, ...]:
        texts = _texts(value)
        _require(texts or not at_least_one, value, "expected at least one")
        return tuple(read_one(text) for text in texts)

    return read


def _dispute(value: object) -> str:
    text = _text(value)
    _require(SLUG.fullmatch(text), value, "a dispute's id is in small letters, such as us-russia")
    return text


def _account(value: object) -> str:
    text = _text(value)
    _require(
        ACCOUNT.fullmatch(text),
        value,
        "an account is a party's code (USA), analyst:NAME, press:NAME or rule:NAME",
    )
    return text


def _accounts(value: object) -> tuple[str, ...]:
    texts = _texts(value)
    _require(texts, value, "expected at least one account; left out, the declared sides are heard")
    return tuple(_account(text) for text in texts)


def _kinds_by(value: object) -> str:
    text = _text(value)
    return text if text in {ACTORS_KINDS, OTHER_SIDES_KINDS} else _account(text)


def _families(value: object) -> tuple[str, ...]:
    """Read families, stored (`mission_staff`) or as they are printed (`mission staff`)."""
    named = [text.strip().replace(" ", "_") for text in _texts(value)]
    return tuple(family.value for family in _some_of(Family, at_least_one=False)(named))


def _factor(value: object) -> Fraction:
    text = str(value)
    is_number = isinstance(value, (int, float, str)) and not isinstance(value, bool)
    _require(is_number and FACTOR.fullmatch(text), value, "expected a number such as 1, 1.5 or 3/2")
    _require(not re.search("/0*$", text), value, "nothing is divided by zero")
    _require(Fraction(text), value, "expected a number that is more than 0")
    return Fraction(text)


def _yes_or_no(value: object) -> bool:
    _require(isinstance(value, bool), value, "expected true or false")
    return bool(value)


def _date(value: object) -> UncertainDate:
    """Read a date; TOML's own dates are taken as the days they are."""
    return parse_date(value.isoformat() if type(value) is date else _text(value))


def _known_at(value: object) -> str:
    """Read a position or a time; whether it is one is checked against the ledger."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    text = value.isoformat() if isinstance(value, date) else _text(value)
    _require(len(text) <= TIME_LENGTH_MAX, value, "expected a position, a day or a UTC time")
    return text


def _rungs(value: object) -> tuple[tuple[str, int], ...]:
    _require(isinstance(value, Mapping), value, "expected a table [rungs] of kinds and rungs")
    table = value if isinstance(value, Mapping) else {}
    for name, rung in table.items():
        kind(str(name))
        is_rung = isinstance(rung, int) and not isinstance(rung, bool) and 0 <= rung <= RUNG_MAX
        _require(is_rung, rung, f"the rung of {name} is a number from 0 to {RUNG_MAX}")
    return tuple((str(name), int(rung)) for name, rung in sorted(table.items()))


def _require(condition: object, value: object, why: str) -> None:
    require(condition, ReadingValueError(f"{quoted(str(value))} will not do", why=why, hint=HINT))


FIELDS: Final[Mapping[str, Callable[[object], object]]] = {
    "dispute": _dispute,
    "accounts": _accounts,
    "bases": _some_of(BasisOf),
    "stated": _one_of(StatedWhen),
    "silence": _one_of(Silence),
    "grievances": _some_of(GrievancePolicy),
    "initiator": _one_of(InitiatorReading),
    "flags": _some_of(EscalationFlag, at_least_one=False),
    "k": _factor,
    "kinds_by": _kinds_by,
    "words_as_causes": _yes_or_no,
    "date_basis": _one_of(DateBasis),
    "membership": _one_of(MembershipRule),
    "period": _date,
    "families": _families,
    "as_of_claim": _date,
    "as_known_at": _known_at,
    "rungs": _rungs,
}
"""Every field of a reading, by its name in a file."""
