"""Names inside a claim that a table of the ledger's own knows, checked where a claim is made."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from domain.causes import parse_cause
from domain.kinds import kind
from domain.units import unit


def _kind_name(name: str) -> str:
    return kind(name).name


def _unit_name(name: str) -> str:
    return unit(name).name


def _cause_text(text: str) -> str:
    return str(parse_cause(text))


def _as_written(value: object) -> object:
    """Read 0.1 as one tenth: a binary fraction is never what was meant."""
    return Fraction(str(value)) if isinstance(value, float) else value


KindName = Annotated[str, AfterValidator(_kind_name)]
"""The stored name of a kind; raises UnknownKindError."""

UnitName = Annotated[str, AfterValidator(_unit_name)]
"""The stored name of a unit; raises UnknownUnitError."""

CauseText = Annotated[str, AfterValidator(_cause_text)]
"""An action's id, `act:SLUG@PARTY`, `ext:SLUG@PARTY` or `ext:SLUG`; raises CauseSyntaxError."""

Ratio = Annotated[Fraction, BeforeValidator(_as_written)]
"""A ratio, exact: 2, 1/2, 1.5."""
