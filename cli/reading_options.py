"""From the options of a reading to the reading: its file first, then a flag for each field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typer._click.core import ParameterSource
from typer._click.globals import get_current_context

if TYPE_CHECKING:
    from cli.options import ReadingOptions
    from domain.reading import Reading

FLAGS: tuple[tuple[str, str, str], ...] = (
    ("dispute", "dispute", "--dispute"),
    ("account", "accounts", "--account"),
    ("basis", "bases", "--basis"),
    ("stated_then", "stated", "--stated-then"),
    ("silence", "silence", "--silence"),
    ("grievance", "grievances", "--grievance"),
    ("initiator", "initiator", "--initiator"),
    ("flags", "flags", "--flags"),
    ("k", "k", "--k"),
    ("kinds_by", "kinds_by", "--kinds-by"),
    ("words_as_causes", "words_as_causes", "--words-as-causes"),
    ("date_basis", "date_basis", "--date-basis"),
    ("period", "period", "--period"),
    ("membership", "membership", "--membership"),
    ("family", "families", "--family"),
    ("as_of_claim", "as_of_claim", "--as-of-claim"),
    ("as_known_at", "as_known_at", "--as-known-at"),
)
"""Option, field of the reading, flag. Replaced rungs stand in a file only."""


def reading_given(options: ReadingOptions) -> Reading:
    """Make the reading that the options say: a flag wins over the file, the file over settings.

    Raises the named errors of `ledger.readings`.
    """
    from ledger.readings import Given, made_reading, reading_file

    given = reading_file(options.reading) if options.reading else {}
    for name, field, flag in FLAGS:
        value = getattr(options, name)
        if value is None or value == []:
            continue
        if name == "dispute" and field in given and not is_typed(name):
            continue
        given[field] = Given(_meant(name, value), flag)
    return made_reading(given)


def _meant(name: str, value: object) -> object:
    """Give a flag's value as its field has it."""
    if name == "stated_then":
        return "then" if value else "last"
    return list(map(str, value)) if isinstance(value, list) else value


def is_typed(name: str) -> bool:
    """Say whether an option was typed, and is not from a variable or a file of settings."""
    context = get_current_context(silent=True)
    return context is None or context.get_parameter_source(name) is ParameterSource.COMMANDLINE
