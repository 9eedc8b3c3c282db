"""Uncertain dates: the earliest and latest day of each, their order, and membership in a period.

The text forms are those of `domain.edtf`. A date is its text: two dates are equal when their texts
are, and a date is stored and printed exactly as it was given.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pydantic_core import core_schema

from domain.edtf import read_span
from domain.edtf_refusals import (
    FORMS_HINT,
    DateDoesNotExistError,
    DateSyntaxError,
    IntervalReversedError,
    UnsupportedDateFormError,
)

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler

__all__ = [
    "DateDoesNotExistError",
    "DateSyntaxError",
    "IntervalReversedError",
    "Lag",
    "Membership",
    "UncertainDate",
    "UnsupportedDateFormError",
    "certainly_before",
    "lag",
    "membership",
    "parse_date",
    "possibly_before",
]

REMEMBERED_DATES: Final = 65_536


@dataclass(frozen=True, slots=True)
class UncertainDate:
    """A date as far as it is known: some day from `lo` to `hi`, both included.

    An open end is `date.min` or `date.max`. Made by `parse_date`; equal when the text is.
    """

    text: str
    lo: date = field(compare=False)
    hi: date = field(compare=False)

    def __str__(self) -> str:
        """Return the text exactly as given."""
        return self.text

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Validate from the text, or from a date already read, and serialise to the text."""
        del source, handler
        return core_schema.no_info_plain_validator_function(
            _validated,
            json_schema_input_schema=core_schema.str_schema(),
            serialization=core_schema.plain_serializer_function_ser_schema(
                str, return_schema=core_schema.str_schema()
            ),
        )


def _validated(value: object) -> UncertainDate:
    """Read a date for pydantic; anything but text is a named error too."""
    if isinstance(value, UncertainDate):
        return value
    if isinstance(value, str):
        return parse_date(value)
    raise DateSyntaxError(
        f"{type(value).__name__} is not a date",
        why="a date is given as text, in quotes",
        hint=FORMS_HINT,
    )


@lru_cache(maxsize=REMEMBERED_DATES)
def parse_date(text: str) -> UncertainDate:
    """Read a date of the EDTF level 0 and 1 subset: its text kept, its [lo, hi] computed.

    `~` and `%` widen a day by 3 days, a month by 15, a year by 183, on both ends, each end of an
    interval by itself; `?` does not widen. An unspecified day counts as its month, an unspecified
    month as its year, an unspecified year as a year.
    Source: EDTF Specification, Library of Congress, 2019-02-04; the widening is a convention.
    Raises DateSyntaxError, DateDoesNotExistError, UnsupportedDateFormError, IntervalReversedError.
    Rule: docs/semantics.md#dates
    """
    span = read_span(text)
    return UncertainDate(text, span.lo, span.hi)


def certainly_before(a: UncertainDate, b: UncertainDate) -> bool:
    """Say whether a is before b whatever day each of them was: hi(a) < lo(b).

    Rule: docs/semantics.md#dates
    """
    return a.hi < b.lo


def possibly_before(a: UncertainDate, b: UncertainDate) -> bool:
    """Say whether a can have been before b, or on the same day: lo(a) <= hi(b).

    Rule: docs/semantics.md#dates
    """
    return a.lo <= b.hi


class Membership(StrEnum):
    """Whether a date lies in a period."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    NO = "no"


def membership(when: UncertainDate, period: UncertainDate | None) -> Membership:
    """Say whether a date lies in a period: certainly, possibly or not; no period is all time.

    Rule: docs/semantics.md#two-times
    """
    if period is None or (period.lo <= when.lo and when.hi <= period.hi):
        return Membership.CERTAIN
    if when.hi < period.lo or period.hi < when.lo:
        return Membership.NO
    return Membership.POSSIBLE


@dataclass(frozen=True, slots=True)
class Lag:
    """How many days an effect came after its cause: from `days_min` to `days_max`, both included.

    `days_max` is None where an end of the dates is open.
    """

    days_min: int
    days_max: int | None


def lag(cause: UncertainDate, effect: UncertainDate) -> Lag | None:
    """Return the days from a cause to its effect, or None if the effect is certainly before it.

    Days before the cause are not counted: a response on a day that may be earlier has lag 0.
    Rule: docs/semantics.md#replies
    """
    if certainly_before(effect, cause):
        return None
    unbounded = cause.lo == date.min or effect.hi == date.max
    return Lag(
        days_min=max(0, (effect.lo - cause.hi).days),
        days_max=None if unbounded else (effect.hi - cause.lo).days,
    )
