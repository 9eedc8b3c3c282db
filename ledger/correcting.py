"""Corrections by hand: from `FIELD=VALUE` in words to the changed fields in stored form.

A value is written as in a cell of the CSV of actions; an empty one takes the field back to absent.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from domain.causes import parse_said
from domain.dates import parse_date
from domain.errors import InputError, require
from domain.kinds import kind
from domain.nearest import did_you_mean
from domain.quantities import Quantity
from domain.records.base import dump
from ledger.context import Context
from ledger.ids import checked_id
from ledger.imports.sources import parse_sources
from ledger.lookups import dossier_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from domain.records.action import Action
    from ledger.facade import Ledger

HINT: Final = "reciprocity correct --help"
BETWEEN: Final = ";"
COUNTED: Final = ("quantity", "unit")


class FieldOfActionError(InputError):
    """An action has no field of this name, or one that never changes."""


class FieldTwiceError(InputError):
    """One correction gives a field two values."""


class FieldValueError(InputError):
    """A text cannot be the value of its field."""


def changes_of(ledger: Ledger, action: str, given: Iterable[tuple[str, str]]) -> dict[str, object]:
    """Return the changed fields in stored form, absent ones None.

    `given` are names of fields, or of the options of `add`, each with its value as text. `quantity`
    and `unit` may be given alone: the other stays. Raises UnknownActionError, FieldOfActionError,
    FieldTwiceError, and the error of the first wrong value, placed at its field.

    Rule: docs/semantics.md#corrections
    """
    values: dict[str, str] = {}
    for written, value in given:
        field = field_named(written)
        require(field not in values, FieldTwiceError(f"{field} is given twice", hint=HINT))
        values[field] = value.strip()
    dossier = dossier_of(ledger, action)
    context = Context(ledger.application)
    changes: dict[str, object] = {
        field: _stored(field, value, context)
        for field, value in values.items()
        if field not in COUNTED
    }
    if not values.keys().isdisjoint(COUNTED):
        changes["quantity"] = _quantity(values, dossier.action)
    return changes


def field_named(written: str) -> str:
    """Return the field of an action that a name means; raise FieldOfActionError."""
    name = ALIASES.get(written, written).replace("-", "_")
    require(
        name in READERS or name in COUNTED,
        FieldOfActionError(
            f"{written!r} is no field that can be corrected",
            where="option --set",
            why="an id never changes"
            if name == "id"
            else did_you_mean(name, (*READERS, *COUNTED, *ALIASES))
            or f"the fields are {', '.join((*READERS, *COUNTED))}",
            hint=HINT,
        ),
    )
    return name


def _stored(field: str, value: str, context: Context) -> object:
    if not value:
        return None
    try:
        return READERS[field](value, context)
    except InputError as error:
        raise error.located(f"option --set, field {field}") from error


def _quantity(values: dict[str, str], action: Action) -> dict[str, object] | None:
    """The whole quantity: what is given, the rest as it stood, the unit by default the kind's."""
    if values.get("quantity") == "":
        return None
    held = dump(action.quantity) if action.quantity is not None else {}
    changed = {
        "value": values.get("quantity", held.get("value")),
        "unit": values.get("unit") or held.get("unit") or _default_unit(values, action),
    }
    require(
        changed["value"] is not None and changed["unit"],
        FieldValueError(
            "a quantity is a value and a unit",
            where="option --set, field quantity",
            why=f"{action.id} has none so far",
            hint="--set quantity=35 --set unit=persons",
        ),
    )
    try:
        return Quantity.model_validate(changed).model_dump(mode="json")
    except InputError as error:
        raise error.located("option --set, field quantity") from error


def _default_unit(values: dict[str, str], action: Action) -> str:
    units = kind(values.get("kind") or action.kind).units
    return units[0] if units else ""


def _text(value: str, _context: Context) -> str:
    return value


def _texts(value: str, _context: Context) -> list[str]:
    return [part.strip() for part in value.split(BETWEEN) if part.strip()]


def _id(value: str, _context: Context) -> str:
    return checked_id(value, HINT)


def _ids(value: str, context: Context) -> list[str]:
    return [checked_id(part, HINT) for part in _texts(value, context)]


def _kind(value: str, _context: Context) -> str:
    return kind(value).name


def _parties(value: str, context: Context) -> list[str]:
    parties = _texts(value, context)
    for party in parties:
        context.check_party(party)
    return parties


def _date(value: str, _context: Context) -> str:
    return str(parse_date(value))


def _cause(value: str, _context: Context) -> object:
    return parse_said(value).stored()


def _sources(value: str, _context: Context) -> list[dict[str, object]]:
    return [dump(source) for source in parse_sources(value)]


def _rung(value: str, _context: Context) -> int:
    require(
        value.isdecimal(),
        FieldValueError(f"{value!r} is no rung", why="rungs are 3 to 8", hint=HINT),
    )
    return int(value)


def _json(value: str, _context: Context) -> object:
    try:
        return json.loads(value)
    except ValueError as error:
        raise FieldValueError("not a JSON object", why=str(error), hint=HINT) from error


READERS: Final[dict[str, Callable[[str, Context], Any]]] = {
    "kind": _kind,
    "dispute": _id,
    "actors": _parties,
    "targets": _parties,
    "occurred": _date,
    "made_public": _date,
    "effective": _date,
    "cause": _cause,
    "family": _text,
    "description": _text,
    "sources": _sources,
    "confidence": _text,
    "note": _text,
    "provenance": _json,
    "tags": _texts,
    "organ": _text,
    "part_of": _id,
    "executes": _ids,
    "carries_out": _ids,
    "same_as": _ids,
    "reverses": _ids,
    "rung": _rung,
}
"""How the text of each field is read; `quantity` and `unit` are read together."""

ALIASES: Final[dict[str, str]] = {
    "by": "actors",
    "against": "targets",
    "on": "occurred",
    "public": "made_public",
    "tag": "tags",
    "source": "sources",
}
"""Names of the options of `add` that differ from the fields they fill."""
