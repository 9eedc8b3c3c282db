"""Values of options, read and checked: each wrong one is placed at its option.

What comes out is plain data as records store it. The records check it all again; here a mistake
is found before anything else is done, and is told with the name of the option that has it.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from domain.errors import InputError, UsageError, require

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ledger.context import Context
    from ledger.facade import Ledger


class MissingOptionError(UsageError):
    """What a record cannot do without was not given."""


class EmptyTextError(InputError):
    """A text that must say something is empty."""


@contextmanager
def at(where: str) -> Iterator[None]:
    """Place at an option every input error that has no place yet."""
    try:
        yield
    except InputError as error:
        raise error.located(where) from error


def require_options(command: str, given: Mapping[str, object], hint: str) -> None:
    """Raise MissingOptionError naming all options that have no value."""
    missing = [name for name, value in given.items() if value is None or value in ([], "")]
    require(
        not missing,
        MissingOptionError(f"{command} needs {' and '.join(missing)}", hint=hint),
    )


def some_text(text: str, where: str, why: str) -> str:
    """Return a text that says something; raise EmptyTextError."""
    require(
        text.strip(),
        EmptyTextError("the text is empty", where=where, why=why, hint="write it in quotes"),
    )
    return text


def date_value(text: str, where: str) -> str:
    """Return the text of a date as it was given; raise what a wrong date raises."""
    from domain.dates import parse_date

    with at(where):
        return str(parse_date(text))


def party_values(codes: Iterable[str], where: str, context: Context) -> list[str]:
    """Return the codes of known parties; raise UnknownPartyError."""
    found = list(codes)
    with at(where):
        for code in found:
            context.check_party(code)
    return found


def account_value(text: str, where: str, context: Context) -> str:
    """Return an account; raises AccountSyntaxError, UnknownPartyError."""
    from ledger.tellers import checked_account

    with at(where):
        return checked_account(text, context)


def id_value(text: str, where: str, hint: str = "reciprocity log --type action") -> str:
    """Return an id; raise IdSyntaxError."""
    from ledger.ids import checked_id

    with at(where):
        return checked_id(text, hint)


def require_action(ledger: Ledger, action: str) -> None:
    """Refuse an action that the ledger does not hold; raise UnknownActionError."""
    from ledger.lookups import dossier_of

    with at("argument ACTION"):
        dossier_of(ledger, action)


def quantity_value(value: str | None, unit: str | None, units: tuple[str, ...]) -> dict[str, Any]:
    """Return a quantity as stored; without a unit, the first of the kind's `units`.

    Raises MissingOptionError, UnknownUnitError and what a wrong amount raises.
    """
    from domain.quantities import Quantity
    from domain.units import unit as unit_row

    require(
        value is not None,
        MissingOptionError(
            f"--unit {unit} needs a number",
            why="a number that nobody gave is unknown, never zero",
            hint="--quantity 35, or --quantity unknown",
        ),
    )
    with at("option --unit"):
        counted = unit_row(unit).name if unit else next(iter(units), "")
    require(
        counted,
        InputError(
            "this kind of action has no number",
            where="option --quantity",
            hint="leave --quantity out",
        ),
    )
    with at("option --quantity"):
        return Quantity.model_validate({"value": value, "unit": counted}).model_dump(mode="json")


def source_values(texts: Iterable[str] | None, where: str = "option --source") -> list[Any]:
    """Return sources as stored, each written `Title | Publisher | date | address`.

    Raises EmptyTextError where a title is empty.
    """
    from domain.records.base import dump
    from ledger.imports.sources import parse_source

    sources = [parse_source(text) for text in texts or ()]
    for source in sources:
        some_text(source.title, where, "a source is 'Title | Publisher | date | address'")
    return [dump(source) for source in sources]


def given_only(values: Mapping[str, object]) -> dict[str, Any]:
    """Leave out what was not given."""
    return {name: value for name, value in values.items() if value is not None and value != []}
