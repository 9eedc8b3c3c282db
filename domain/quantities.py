"""Quantities: an amount with its unit. Units do not mix, and only flows add up.

The amounts, their texts and their differences live in `domain.amounts`, `domain.amount_text` and
`domain.nets`; everything about quantities can be imported from here.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, model_validator

from domain.amount_text import (
    AbsurdQuantityError,
    FractionalQuantityError,
    NegativeQuantityError,
    QuantityRangeReversedError,
    QuantitySyntaxError,
)
from domain.amounts import UNKNOWN, ZERO, Amount, parse_amount, total
from domain.errors import InputError, require
from domain.nets import Net, difference, signed
from domain.units import Nature, UnknownUnitError, unit

__all__ = [
    "UNKNOWN",
    "ZERO",
    "AbsurdQuantityError",
    "Amount",
    "FractionalQuantityError",
    "NegativeQuantityError",
    "Net",
    "Quantity",
    "QuantityRangeReversedError",
    "QuantitySyntaxError",
    "UnitDoesNotAddError",
    "UnitsDoNotMixError",
    "UnknownUnitError",
    "difference",
    "parse_amount",
    "same_unit",
    "signed",
    "total",
]


class UnitsDoNotMixError(InputError):
    """Two quantities of different units were to be added."""


class UnitDoesNotAddError(InputError):
    """Two quantities of a unit that is no flow were to be added."""


def _known_unit(name: str) -> str:
    """Return the name of a unit that the units table has."""
    return unit(name).name


class Quantity(BaseModel):
    """So many of what: `{"value": 35, "unit": "persons"}`.

    Raises UnknownUnitError, AbsurdQuantityError, and the errors of `parse_amount`.
    Rule: docs/semantics.md#quantities
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: Amount
    unit: Annotated[str, AfterValidator(_known_unit)]

    @model_validator(mode="after")
    def _require_believable(self) -> Quantity:
        """Refuse a number above the bound of its unit."""
        row = unit(self.unit)
        if (self.value.lo if self.value.hi is None else self.value.hi) > row.bound:
            raise AbsurdQuantityError(
                f"{self.words()} is absurd",
                why=f"no record counts more than {row.bound} {row.plural}",
                hint="correct the number, or take another unit; see: reciprocity add --help",
            )
        return self

    def __add__(self, other: Quantity) -> Quantity:
        """Add two quantities of the same flow; a sum has no bound.

        Raises UnitsDoNotMixError, and UnitDoesNotAddError for a ceiling or another stock.
        Rule: docs/semantics.md#quantities
        """
        require(
            self.unit == other.unit,
            UnitsDoNotMixError(
                f"{self.unit} and {other.unit} do not add up",
                why="different units never add unless a reading names the conversion",
                hint="reciprocity tally shows each unit by itself",
            ),
        )
        require(
            unit(self.unit).nature is Nature.FLOW,
            UnitDoesNotAddError(
                f"{self.unit} do not add up",
                why=f"their nature is {unit(self.unit).nature}: the value in force counts",
                hint="reciprocity tally shows each one by itself",
            ),
        )
        return Quantity.model_construct(value=self.value + other.value, unit=self.unit)

    def words(self) -> str:
        """Return the quantity for a reader: "1 person", "at least 79 persons (1 part unknown)"."""
        row = unit(self.unit)
        if self.value.is_unknown:
            return f"an unknown number of {row.plural}"
        known, bracket, rest = self.value.words().partition(" (")
        noun = row.singular if self.value == Amount.exact(1) else row.plural
        return f"{known} {noun}{bracket}{rest}"


def same_unit(a: Quantity | None, b: Quantity | None) -> bool:
    """Say whether both are there and count the same thing, so that they can be compared."""
    return a is not None and b is not None and a.unit == b.unit
