"""The options that say what an action answers, for its actor (`add`) and any teller (`attribute`).

Exactly one way of saying it must be used: causes (as many as there are), that it answers nothing,
or a word of silence. To say nothing at all is no way: "not stated" must be said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from cli.values import at, id_value
from domain.errors import UsageError, require

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from domain.causes import Cause
    from ledger.context import Context


class CauseMissingError(UsageError):
    """Nothing is said about the cause, not even that it was not stated."""


class CauseGivenTwiceError(UsageError):
    """The cause is given in two ways that exclude each other."""


@dataclass(frozen=True, slots=True)
class CausesOptions:
    """The causes that an action is said to answer."""

    answers: Annotated[
        list[str] | None,
        typer.Option("--answers", metavar="ID", help="It answers this action; repeatable."),
    ] = None
    answers_outside: Annotated[
        list[str] | None,
        typer.Option(
            "--answers-outside",
            metavar="SLUG@PARTY",
            help="It answers a measure of a party that is not in this ledger; repeatable.",
        ),
    ] = None
    grievance: Annotated[
        list[str] | None,
        typer.Option(
            "--grievance",
            metavar="SLUG[@PARTY]",
            help="It answers conduct, blamed on a party or on nobody; repeatable.",
        ),
    ] = None
    answers_nothing: Annotated[
        bool, typer.Option("--answers-nothing", help="It is said to answer nothing.")
    ] = False


OTHER_CAUSES = (
    "an action that is not in this ledger: --answers-outside SLUG@PARTY; conduct: --grievance "
    "SLUG[@PARTY]"
)
WAYS = "--answers ID, --answers-outside SLUG@PARTY, --grievance SLUG[@PARTY], --answers-nothing"


def said_of(
    options: CausesOptions, words: Mapping[str, tuple[bool, str]], context: Context
) -> list[str] | str:
    """Return what is said of the causes, in stored form: a list of causes, or a word.

    `words` has, for each further option, whether it was given and its word. Raises
    CauseMissingError, CauseGivenTwiceError, CauseSyntaxError, IdSyntaxError, UnknownPartyError.
    """
    causes = list(_causes(options, context))
    named = [name for name, given in _causes_given(options).items() if given]
    ways = [named[0]] if named else []
    ways += ["--answers-nothing"] if options.answers_nothing else []
    ways += [name for name, (given, _) in words.items() if given]
    choose = f"choose one of {', '.join((WAYS, *words))}"
    require(
        ways,
        CauseMissingError(
            "it is not said what the action answers",
            why="the cause is the point of the ledger; that none was given must be said, too",
            hint=choose,
        ),
    )
    require(
        len(ways) == 1,
        CauseGivenTwiceError(
            f"{' and '.join(ways)} exclude each other",
            why="an account names causes, or says that there are none, or is silent",
            hint=choose,
        ),
    )
    return words[ways[0]][1] if ways[0] in words else [str(cause) for cause in causes]


def _causes_given(options: CausesOptions) -> dict[str, list[str] | None]:
    return {
        "--answers": options.answers,
        "--answers-outside": options.answers_outside,
        "--grievance": options.grievance,
    }


def _causes(options: CausesOptions, context: Context) -> Iterator[Cause]:
    for action in options.answers or ():
        yield _cause(id_value(action, "option --answers", OTHER_CAUSES), "--answers", context)
    for outside in options.answers_outside or ():
        yield _cause(f"act:{outside.removeprefix('act:')}", "--answers-outside", context)
    for conduct in options.grievance or ():
        yield _cause(f"ext:{conduct.removeprefix('ext:')}", "--grievance", context)


def _cause(text: str, option: str, context: Context) -> Cause:
    """Read one cause and check the party in it."""
    from domain.causes import parse_cause

    with at(f"option {option}"):
        party = text.partition("@")[2]
        if party:
            context.check_party(party)
        return parse_cause(text)
