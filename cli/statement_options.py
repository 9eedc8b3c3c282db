"""The options of a statement: whose it is, since when, on what source, or that it is withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.terminal import say
from cli.values import account_value, at, date_value, given_only, require_options, source_values
from domain.errors import UsageError, require

if TYPE_CHECKING:
    from ledger.context import Context


class WithdrawnAndSaidError(UsageError):
    """A statement is withdrawn and made in one call."""


class SilentForm(StrEnum):
    """The ways of saying nothing about a cause."""

    NONE_STATED = "none_stated"
    UNKNOWN = "unknown"
    DISPUTED = "disputed"
    NOT_APPLICABLE = "not_applicable"


class StanceChoice(StrEnum):
    """What the account says of the action's right."""

    JUSTIFIED = "justified"
    UNJUSTIFIED = "unjustified"
    NOT_SAID = "not_said"


ActionArgument = Annotated[str, typer.Argument(metavar="ACTION", help="The action's id.")]
ReasonOption = Annotated[
    str, typer.Option("--reason", metavar="TEXT", help="Why, for those who read the history.")
]


@dataclass(frozen=True, slots=True)
class StatementOptions:
    """Who said it, on what basis, where it stands."""

    account: Annotated[
        str | None,
        typer.Option(
            "--account",
            metavar="ACCOUNT",
            help="Whose word: a party's code, analyst:NAME, press:NAME or rule:NAME.",
        ),
    ] = None
    inferred: Annotated[
        bool,
        typer.Option("--inferred", help="An analyst infers it; it is never the party's own."),
    ] = False
    source: Annotated[
        list[str] | None,
        typer.Option(
            "--source",
            metavar="'TITLE | PUBLISHER | DATE | ADDRESS'",
            help="Where it stands; repeatable.",
        ),
    ] = None
    quote: Annotated[
        str | None,
        typer.Option("--quote", metavar="TEXT", help="A short quotation, as it was said."),
    ] = None
    stated_on: Annotated[
        str | None, typer.Option("--stated-on", metavar="DATE", help="When it was said.")
    ] = None
    note: Annotated[
        str | None, typer.Option("--note", metavar="TEXT", help="What a reader should know.")
    ] = None
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Withdraw what the account said last.")
    ] = False
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Why it is withdrawn.")
    ] = ""


def statement_payload(
    action: str, options: StatementOptions, context: Context, command: str
) -> dict[str, Any]:
    """Return the fields that both kinds of statement share, basis apart.

    Says on stderr whose account an inferred word is. Raises MissingOptionError,
    AccountSyntaxError, UnknownPartyError and the errors of dates and sources.
    """
    payload = {
        "action": action,
        "account": account_of(options, context, command),
        "sources": source_values(options.source),
        "quotation": options.quote,
        "note": options.note,
    }
    if options.stated_on is not None:
        payload["stated_on"] = date_value(options.stated_on, "option --stated-on")
    return given_only(payload)


def account_of(options: StatementOptions, context: Context, command: str) -> str:
    """Return the account that speaks; an inferred word is the analyst's, and that is said."""
    from ledger.tellers import inferring_account

    require_options(
        command, {"--account": options.account}, f"reciprocity {command} ACTION --account RUS ..."
    )
    account = account_value(options.account or "", "option --account", context)
    if not options.inferred:
        return account
    with at("option --account"):
        analyst = inferring_account(account)
    if analyst != account:
        say(f"An inferred word is never {account}'s own: it stands under {analyst}.")
    return analyst


def require_nothing_said(said: dict[str, object]) -> None:
    """Refuse to withdraw a statement and make another in one call."""
    given = [name for name, value in said.items() if value]
    require(
        not given,
        WithdrawnAndSaidError(
            f"--withdraw takes a statement back; {' and '.join(given)} makes one",
            hint="withdraw first, then say it anew",
        ),
    )
