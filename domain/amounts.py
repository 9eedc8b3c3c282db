"""Amounts: a count of something, as far as it is known. Unknown is never zero.

An amount lies somewhere from `lo` to `hi`; what is unknown stays visible through every sum. The
arithmetic is interval arithmetic (R. E. Moore, Interval Analysis, 1966) on whole numbers, with a
count of the parts of which nothing is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from pydantic_core import core_schema

from domain.amount_text import (
    FORMS_HINT,
    LARGEST,
    Bounds,
    FractionalQuantityError,
    NegativeQuantityError,
    QuantityRangeReversedError,
    QuantitySyntaxError,
    read_bounds,
    require_readable,
    write_bounds,
)
from domain.errors import require
from domain.quoting import quoted
from domain.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import GetCoreSchemaHandler


@dataclass(frozen=True, slots=True)
class Amount:
    """A count from `lo` to `hi` (None: no upper bound), `unknown_parts` of whose parts are unknown.

    An amount that is exact has no unknown parts. Equal when all three are: for a comparison of the
    counts themselves, which may be undetermined, see `equals` and `exceeds`.
    """

    lo: int
    hi: int | None
    unknown_parts: int = 0

    def __post_init__(self) -> None:
        """Refuse what counts nothing."""
        sound = self.lo >= 0 and (self.hi is None or self.lo <= self.hi)
        if not sound or self.unknown_parts < 0 or (self.unknown_parts and self.lo == self.hi):
            _refuse(self)

    @classmethod
    def exact(cls, n: int) -> Amount:
        """Return the amount that is known to be n."""
        return cls(n, n)

    @classmethod
    def between(cls, lo: int, hi: int) -> Amount:
        """Return the amount that is known to be from lo to hi, both included."""
        return cls(lo, hi)

    @classmethod
    def at_least(cls, n: int) -> Amount:
        """Return the amount that is known to be n or more."""
        return cls(n, None)

    @property
    def is_exact(self) -> bool:
        """Whether the count is known to the unit."""
        return self.lo == self.hi

    @property
    def is_unknown(self) -> bool:
        """Whether nothing at all is known of the count."""
        return self.lo == 0 and self.hi is None and self.unknown_parts > 0

    def __add__(self, other: Amount) -> Amount:
        """Add two counts; an unknown part makes the sum "at least", and stays counted.

        Rule: docs/semantics.md#quantities
        """
        hi = None if self.hi is None or other.hi is None else self.hi + other.hi
        return Amount(self.lo + other.lo, hi, self.unknown_parts + other.unknown_parts)

    def reduced_by(self, taken: Amount) -> Amount:
        """Return what is left after taking some away, never below 0; what is unknown stays so.

        Rule: docs/semantics.md#tally
        """
        lo = 0 if taken.hi is None else max(0, self.lo - taken.hi)
        hi = None if self.hi is None else max(0, self.hi - taken.lo)
        return Amount(lo, hi, 0 if lo == hi else self.unknown_parts + taken.unknown_parts)

    def possibly(self) -> Amount:
        """Return the count of something that may not belong here at all: from 0 to `hi`.

        Rule: docs/semantics.md#tally
        """
        return Amount(0, self.hi, 0 if self.hi == 0 else self.unknown_parts)

    def scaled(self, k: Fraction | int) -> Amount:
        """Return k times the count; 0 times anything is 0.

        Raises NegativeQuantityError for k below 0, FractionalQuantityError if an end is not whole.
        """
        _require_factor(k)
        if k == 0:
            return ZERO
        hi = None if self.hi is None else _whole(k * self.hi)
        return Amount(_whole(k * self.lo), hi, self.unknown_parts)

    def exceeds(self, other: Amount, k: Fraction | int = 1) -> Truth:
        """Say whether the count is more than k times the other.

        True or false only where it is so whatever the two counts are within their bounds.
        Raises NegativeQuantityError for k below 0.
        Rule: docs/semantics.md#quantities
        """
        _require_factor(k)
        most = 0 if k == 0 else None if other.hi is None else k * other.hi
        if most is not None and self.lo > most:
            return Truth.TRUE
        if self.hi is not None and self.hi <= k * other.lo:
            return Truth.FALSE
        return Truth.UNDETERMINED

    def equals(self, other: Amount) -> Truth:
        """Say whether the two counts are the same: true only where both are exact."""
        if self.is_exact and other.is_exact:
            return Truth.of(self.lo == other.lo)
        apart = (self.hi is not None and self.hi < other.lo) or (
            other.hi is not None and other.hi < self.lo
        )
        return Truth.FALSE if apart else Truth.UNDETERMINED

    def __str__(self) -> str:
        """Return the one text of the amount: `parse_amount` reads it back."""
        return write_bounds(Bounds(self.lo, self.hi, self.unknown_parts))

    def words(self) -> str:
        """Return the amount for a reader: "35", "between 24 and 55", "at least 79", "not known".

        Unknown parts are named: "at least 79 (1 part unknown)".
        Rule: docs/semantics.md#quantities
        """
        if self.is_unknown and self.unknown_parts == 1:
            return "not known"
        known = f"between {self.lo} and {self.hi}"
        if self.is_exact:
            known = str(self.lo)
        elif self.is_unknown:
            known = "not known"
        elif self.hi is None:
            known = f"at least {self.lo}"
        return known + unknown_parts_words(self.unknown_parts)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Validate from a whole number or a text; serialise an exact amount to a number."""
        del source, handler
        return core_schema.no_info_plain_validator_function(
            _validated,
            json_schema_input_schema=core_schema.union_schema(
                [core_schema.int_schema(ge=0, le=LARGEST), core_schema.str_schema()]
            ),
            serialization=core_schema.plain_serializer_function_ser_schema(_serialised),
        )


ZERO: Final = Amount(0, 0)
UNKNOWN: Final = Amount(0, None, 1)


def total(amounts: Iterable[Amount]) -> Amount:
    """Add up; nothing adds up to 0.

    Rule: docs/semantics.md#quantities
    """
    return sum(amounts, ZERO)


def parse_amount(text: str) -> Amount:
    """Read an amount: `35`, `24..55`, `>=79` or `unknown`.

    Each amount has one text, so that equal records have equal bytes: `007` and `5..5` are refused.
    Raises QuantitySyntaxError, NegativeQuantityError, FractionalQuantityError,
    AbsurdQuantityError, QuantityRangeReversedError.
    Rule: docs/semantics.md#quantities
    """
    bounds = read_bounds(text)
    only = write_bounds(bounds)
    require(
        only == text,
        QuantitySyntaxError(
            f"{quoted(text)} is not how a quantity is written",
            why="each quantity is written in one way",
            hint=f"write {quoted(only)}; {FORMS_HINT}",
        ),
    )
    return Amount(*bounds)


def unknown_parts_words(parts: int) -> str:
    """Return how many parts are unknown, in brackets, or nothing if none are."""
    return f" ({parts} part{'s' if parts > 1 else ''} unknown)" if parts else ""


def _validated(value: object) -> Amount:
    """Read an amount for pydantic, with named errors for every wrong type."""
    if isinstance(value, Amount):
        return value
    if isinstance(value, str):
        return parse_amount(value)
    if isinstance(value, int) and not isinstance(value, bool):
        require_readable(abs(value) <= LARGEST)
        return Amount.exact(value)
    if isinstance(value, float | Fraction):
        raise FractionalQuantityError(
            f"{value} is not written as a whole number",
            why="quantities are whole",
            hint=FORMS_HINT,
        )
    raise QuantitySyntaxError(
        f"{type(value).__name__} is not a quantity",
        why="a quantity is a whole number or a text, and never empty: say unknown",
        hint=FORMS_HINT,
    )


def _serialised(amount: Amount) -> int | str:
    """Return a number where one is known, else the text."""
    return amount.lo if amount.is_exact else str(amount)


def _require_factor(k: Fraction | int) -> None:
    """Refuse a factor below zero."""
    require(
        k >= 0,
        NegativeQuantityError("a factor is below zero", hint="reciprocity tally --k 1"),
    )


def _whole(number: Fraction | int) -> int:
    """Return a number that is whole, or refuse it."""
    exact = Fraction(number)
    require(
        exact.denominator == 1,
        FractionalQuantityError(
            f"{exact} is not a whole number", why="quantities are whole", hint=FORMS_HINT
        ),
    )
    return exact.numerator


def _refuse(amount: Amount) -> None:
    """Name the rule that an unsound amount breaks."""
    require(
        amount.lo >= 0 and (amount.hi is None or amount.hi >= 0),
        NegativeQuantityError(
            f"{amount} is below zero", why="a quantity counts something", hint=FORMS_HINT
        ),
    )
    require(
        amount.hi is None or amount.lo <= amount.hi,
        QuantityRangeReversedError(f"{amount} ends below its start", hint=FORMS_HINT),
    )
    require(
        amount.unknown_parts >= 0,
        NegativeQuantityError("the number of unknown parts is below zero", hint=FORMS_HINT),
    )
    raise QuantitySyntaxError(
        f"{amount} is exact and has unknown parts",
        why="an unknown part is never zero",
        hint=FORMS_HINT,
    )
