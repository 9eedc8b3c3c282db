"""Corrections by hand: from `FIELD=VALUE` in words to the changed fields in stored form.

A value is written as in a cell of the CSV of actions; an empty one takes the field back to absent.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, get_args

from domain.causes import parse_said
from domain.dates import parse_date
from domain.errors import InputError, require
from domain.kinds import Family, kind
from domain.nearest import did_you_mean
from domain.quantities import Quantity
from domain.records.action import Organ
from domain.records.base import dump
from domain.records.registry import action_class
from ledger.context import Context
from ledger.ids import checked_id
from ledger.imports.sources import BETWEEN_SOURCES, parse_sources
from ledger.lookups import dossier_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from domain.records.action import Action
    from ledger.facade import Ledger

HINT: Final = "reciprocity correct --help"
BETWEEN: Final = ";"
COUNTED: Final = ("quantity", "unit")
ALWAYS_NEEDED: Final = frozenset(
    {"kind", "dispute", "actors", "targets", "occurred", "cause", "sources"}
)
RUNGS: Final = tuple(map(str, range(10)))
FIELDS_OF_A_SOURCE: Final = 4


class FieldOfActionError(InputError):
    """An action has no field of this name, or one that never changes."""


class FieldTwiceError(InputError):
    """One correction gives a field two values."""


class FieldNeededError(InputError):
    """A correction would leave an action without a field that it cannot do without."""


class FieldValueError(InputError):
    """A text cannot be the value of its field."""


def changes_of(ledger: Ledger, action: str, given: Iterable[tuple[str, str]]) -> dict[str, object]:
    """Return the changed fields in stored form, absent ones None.

    `given` are names of fields, or of the options of `add`, each with its value as text. `quantity`
    and `unit` may be given alone: the other stays. Raises UnknownActionError, FieldOfActionError,
    FieldTwiceError, FieldNeededError, and the error of the first wrong value, placed at its field.

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
    fields = action_class(values.get("kind") or dossier.action.kind).model_fields
    for field, stored in changes.items():
        is_needed = field in ALWAYS_NEEDED or (field in fields and fields[field].is_required())
        require(stored is not None or not is_needed, _needed(field, action))
    return changes


def _needed(field: str, action: str) -> FieldNeededError:
    return FieldNeededError(
        f"an action cannot be without its {field}",
        where=f"option --set, field {field}",
        why="nothing stands after the sign ="
        + ("; a cause that nobody stated is none_stated" if field == "cause" else ""),
        hint=f"--set {field}=VALUE; what it has now: reciprocity show {action}",
    )


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
    if not value.strip(f"{BETWEEN} " if READERS[field] in LISTS else None):
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
    """Read sources, ` || ` between several; a list with `;` would become one garbled source.

    So a `;` may stand only in the title of a source that is written with all its fields.
    """
    for part in value.split(BETWEEN_SOURCES):
        title, *rest = part.split("|")
        is_whole = len(rest) == FIELDS_OF_A_SOURCE - 1
        is_plain = is_whole and not any(BETWEEN in field for field in rest)
        require(
            BETWEEN not in part or is_plain,
            FieldValueError(
                f"{part.strip()[:60]!r} may be one source or several",
                why="a ';' parts names only; between sources stands ' || '",
                hint="--set 'sources=TITLE | PUBLISHER | DATE | ADDRESS || TITLE | PUBLISHER "
                "| DATE | ADDRESS'",
            ),
        )
        require(
            title.strip(),
            FieldValueError(
                "a source has no title",
                why="a source is 'TITLE | PUBLISHER | DATE | ADDRESS', ' || ' between several",
                hint=HINT,
            ),
        )
    return [dump(source) for source in parse_sources(value)]


def _family(value: str, _context: Context) -> str:
    return _one_of(value.replace(" ", "_"), [family.value for family in Family])


def _organ(value: str, _context: Context) -> str:
    return _one_of(value, get_args(Organ))


def _one_of(value: str, known: Sequence[str]) -> str:
    require(
        value in known,
        FieldValueError(
            f"{value[:60]!r} will not do",
            why=did_you_mean(value, known) or f"it is one of {', '.join(known)}",
            hint=HINT,
        ),
    )
    return value


def _rung(value: str, _context: Context) -> int:
    require(
        value in RUNGS,
        FieldValueError(f"{value[:60]!r} is no rung", why="rungs are 3 to 8", hint=HINT),
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
    "family": _family,
    "description": _text,
    "sources": _sources,
    "confidence": _text,
    "note": _text,
    "provenance": _json,
    "tags": _texts,
    "organ": _organ,
    "part_of": _id,
    "executes": _ids,
    "carries_out": _ids,
    "same_as": _ids,
    "reverses": _ids,
    "rung": _rung,
}
"""How the text of each field is read; `quantity` and `unit` are read together."""

LISTS: Final = (_texts, _ids, _parties)

ALIASES: Final[dict[str, str]] = {
    "by": "actors",
    "against": "targets",
    "on": "occurred",
    "public": "made_public",
    "tag": "tags",
    "source": "sources",
}
"""Names of the options of `add` that differ from the fields they fill."""
