"""Readings made: from the table of a TOML file, from flags, or from both."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from domain.errors import InputError, require
from domain.nearest import did_you_mean
from domain.quoting import quoted
from domain.reading import Reading
from ledger.reading_fields import FIELDS, HINT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class UnknownReadingFieldError(InputError):
    """A reading has no field of this name."""


class ReadingSyntaxError(InputError):
    """A file that should hold a reading is not a TOML table."""


class FileUnreadableError(InputError):
    """A file that is named cannot be read."""


@dataclass(frozen=True, slots=True)
class Given:
    """A value given for a field of a reading, and where: a flag, or a field of a file."""

    value: object
    where: str


def made_reading(given: Mapping[str, Given]) -> Reading:
    """Make a reading; fields that are not given have their defaults.

    Raises UnknownReadingFieldError, ReadingValueError, and what a date or a kind raises, each at
    its place.

    Rule: docs/semantics.md#reading
    """
    fields: dict[str, Any] = {}
    for name, held in given.items():
        require(
            name in FIELDS,
            UnknownReadingFieldError(
                f"a reading has no field {quoted(name)}",
                where=held.where,
                why=did_you_mean(name, FIELDS) or f"its fields are {', '.join(FIELDS)}",
                hint=HINT,
            ),
        )
        try:
            fields[name] = FIELDS[name](held.value)
        except InputError as error:
            raise error.located(held.where) from error
    return Reading(**fields)


def reading_file(path: Path) -> dict[str, Given]:
    """Read a TOML file that holds the fields of a reading.

    Raises FileUnreadableError, ReadingSyntaxError.
    """
    table = toml_table(path)
    return {name: Given(value, f"{path}, field {name}") for name, value in table.items()}


def toml_table(path: Path) -> dict[str, object]:
    """Read a TOML file; raise FileUnreadableError, ReadingSyntaxError."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise FileUnreadableError(
            "the file cannot be read", where=str(path), why=error.strerror or str(error), hint=HINT
        ) from error
    except ValueError as error:
        why = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        raise ReadingSyntaxError(
            "the file is not TOML", where=str(path), why=why, hint=HINT
        ) from error
