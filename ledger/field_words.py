"""Fields of records in stored form, as people read them and as `correct --set` takes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from domain.causes import Said, said_cell
from domain.quantities import Quantity
from domain.records.base import Source
from domain.sides import Side
from ledger.answers.words import kind_words, quantity_words, said_words, source_words
from ledger.imports.sources import sources_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOTHING: Final = "nothing"
OF_ACTIONS: Final = "action."
TEXTS: Final = frozenset({"description", "note", "title", "statement", "confidence"})


def value_words(field: str, value: object) -> str:
    """Return the stored value of a field in words: "35 persons"; "nothing" where it has none."""
    if value is None or value == "":
        return NOTHING
    if field in WORDS:
        return WORDS[field](value)
    if isinstance(value, str):
        return f"'{value}'" if field in TEXTS else value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value) or NOTHING
    return json.dumps(value, ensure_ascii=False)


def change_words(field: str, before: object, after: object) -> str:
    """Return a changed field in words: "quantity: 35 persons -> 36 persons"."""
    name = field.replace("_", " ")
    return f"{name}: {value_words(field, before)} -> {value_words(field, after)}"


def assignments(changes: Mapping[str, object]) -> Iterator[str]:
    """Give what `correct --set` takes for these fields, from their values in stored form."""
    for field, value in changes.items():
        if value is None:
            yield f"{field}="
        elif field in CELLS:
            yield f"{field}={CELLS[field](value)}"
        elif field == "quantity" and isinstance(value, Mapping):
            yield f"quantity={value['value']}"
            yield f"unit={value['unit']}"
        elif isinstance(value, list):
            yield f"{field}={';'.join(map(str, value))}"
        else:
            yield f"{field}={json.dumps(value) if isinstance(value, Mapping) else value}"


def _sources(value: Any) -> tuple[Source, ...]:  # noqa: ANN401 - plain data
    return tuple(Source.model_validate(one) for one in value)


def _sources_words(value: object) -> str:
    return "; ".join(source_words(source) for source in _sources(value))


def _sides_words(value: Any) -> str:  # noqa: ANN401 - plain data
    sides = (Side.model_validate(one) for one in value)
    return ", ".join(f"{side.name} ({', '.join(side.parties)})" for side in sides) or NOTHING


def _without_prefix(value: object) -> str:
    return str(value).removeprefix(OF_ACTIONS)


WORDS: Final[Mapping[str, Callable[[Any], str]]] = {
    "kind": lambda value: kind_words(_without_prefix(value)),
    "family": kind_words,
    "quantity": lambda value: quantity_words(Quantity.model_validate(value)),
    "cause": lambda value: said_words(Said.of(value)),
    "causes": lambda value: said_words(Said.of(value)),
    "sources": _sources_words,
    "source": lambda value: _sources_words([value]),
    "sides": _sides_words,
}
CELLS: Final[Mapping[str, Callable[[Any], str]]] = {
    "kind": _without_prefix,
    "cause": lambda value: said_cell(Said.of(value)),
    "sources": lambda value: sources_cell(_sources(value)),
}
