"""From the options of a call to a reading, and from a reading to the words above a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from domain.errors import InputError, require
from domain.nearest import did_you_mean

if TYPE_CHECKING:
    from pathlib import Path

    from cli.options import ReadingOptions
    from domain.reading import Reading

WHERE_NOTHING_IS_SAID = {
    "dispute": "all",
    "accounts": "the parties of the declared sides",
    "bases": "none",
    "grievances": "none",
    "flags": "none",
    "period": "all time",
    "families": "all",
    "as_of_claim": "whenever it was public",
    "as_known_at": "everything known",
    "rungs": "as in the table of kinds",
}
"""What a reading's field means when it is left empty."""


class ReadingFileError(InputError):
    """A file that should hold a reading cannot be read, or is not TOML."""


class UnknownReadingFieldError(InputError):
    """A reading's file has a field that no reading has."""


class UnknownFamilyError(InputError):
    """No family of kinds has this name."""


def asked_reading(options: ReadingOptions) -> Reading:
    """Make the reading that the options ask for: the file's fields, each flag in place of its own.

    Raises ReadingFileError, UnknownReadingFieldError, UnknownFamilyError, what a date raises, and
    pydantic's own error for a value that a field cannot have.
    """
    from domain.kinds import Family
    from domain.reading import Reading

    fields = fields_of_file(options.reading) if options.reading else {}
    where = str(options.reading or "")
    for name in fields:
        require(
            name in Reading.model_fields,
            UnknownReadingFieldError(
                f"a reading has no field {name!r}",
                where=where,
                why=did_you_mean(name, Reading.model_fields)
                or f"the fields are {', '.join(Reading.model_fields)}",
                hint="reciprocity tally --help",
            ),
        )
    reading = Reading.model_validate({**fields, **flags_given(options)})
    for family in reading.families:
        require(
            family in set(Family),
            UnknownFamilyError(
                f"there is no family {family!r}",
                why=did_you_mean(family, Family) or f"the families are {', '.join(Family)}",
                hint="reciprocity tally --help",
            ),
        )
    return reading


def flags_given(options: ReadingOptions) -> dict[str, object]:
    """Give the fields that flags set; what was not given is left out."""
    stated = {True: "then", False: "last", None: None}[options.stated_then]
    values = {
        "dispute": options.dispute,
        "accounts": options.account,
        "bases": options.basis,
        "stated": stated,
        "silence": options.silence,
        "grievances": options.grievance,
        "initiator": options.initiator,
        "flags": options.flags,
        "k": options.k,
        "kinds_by": options.kinds_by,
        "words_as_causes": options.words_as_causes,
        "date_basis": options.date_basis,
        "period": options.period,
        "membership": options.membership,
        "families": options.family,
        "as_of_claim": options.as_of_claim,
        "as_known_at": options.as_known_at,
    }
    return {name: value for name, value in values.items() if value not in (None, [], ())}


def fields_of_file(path: Path) -> dict[str, object]:
    """Read a reading's file: one TOML table, dates and numbers as TOML has them.

    Raises ReadingFileError.
    """
    import tomllib

    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ReadingFileError(
            "the reading cannot be read",
            where=str(path),
            why=str(error),
            hint="reciprocity tally --help",
        ) from error
    return {name: _field(value) for name, value in table.items()}


def _field(value: object) -> object:
    """Give a value of TOML as a reading takes it: dates as texts, tables as pairs."""
    if isinstance(value, date):
        return value.isoformat()
    return tuple(value.items()) if isinstance(value, Mapping) else value


def reading_in_words(reading: Reading) -> tuple[tuple[str, str], ...]:
    """Give every field of a reading with its value in words, for the header of a table."""
    values = ((name, getattr(reading, name)) for name in type(reading).model_fields)
    return tuple(
        (
            name.replace("_", " "),
            WHERE_NOTHING_IS_SAID[name] if value in (None, ()) else _words(value),
        )
        for name, value in values
    )


def _words(value: object) -> str:
    """Give one value in words."""
    match value:
        case bool():
            return "yes" if value else "no"
        case (str() as kind, int() as rung):
            return f"{kind} {rung}"
        case tuple():
            return ", ".join(_words(item) for item in value)
        case _:
            return str(value)
