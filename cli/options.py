"""Options that several commands share, each defined once as an annotated type.

A shared option carries its own default, so a command writes `store: StoreOption` and no more. The
choices are spelled out here because the domain's own enumerations load pydantic, which a help page
must not wait for; a test holds the two together.
"""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli.output import Format
from cli.settings import key


def login_name() -> str:
    """Give the name of the user who runs this, or `unknown` where the system has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "unknown"


def default_store() -> str:
    """Give the ledger that is meant where none is named."""
    return key("store").default


def default_format() -> Format:
    """Give the form of output that is meant where none is named."""
    return Format(key("format").default)


StoreOption = Annotated[
    str,
    typer.Option(
        "--store",
        envvar=key("store").variable,
        metavar="FILE|URL",
        help="The ledger to use.",
        default_factory=default_store,
        show_default=key("store").default,
    ),
]
FormatOption = Annotated[
    Format,
    typer.Option(
        "--format",
        envvar=key("format").variable,
        help="How to print rows.",
        default_factory=default_format,
        show_default=key("format").default,
    ),
]
RecordedByOption = Annotated[
    str,
    typer.Option(
        "--recorded-by",
        envvar=key("recorded_by").variable,
        metavar="NAME",
        help="Who records this.",
        default_factory=login_name,
        show_default="your login name",
    ),
]
DisputeOption = Annotated[
    str | None,
    typer.Option(
        "--dispute",
        envvar=key("dispute").variable,
        metavar="ID",
        help="The dispute to look at.",
    ),
]
ScaleOption = Annotated[
    str | None,
    typer.Option(
        "--scale",
        metavar="NAME|FILE.toml",
        help="Weigh by this scale: goldstein, plover or a file.",
    ),
]


class Basis(StrEnum):
    """Whose silence an analyst may fill."""

    STATED_ONLY = "stated-only"
    WITH_INFERRED = "with-inferred"


class SilencePolicy(StrEnum):
    """What a silent account is taken to hold."""

    INHERIT = "inherit"
    UNDETERMINED = "undetermined"


class Grievance(StrEnum):
    """To whom an opening led by a grievance is put."""

    ACTOR = "actor"
    BLAMED = "blamed"
    EXTERNAL = "external"


class Initiator(StrEnum):
    """What it takes to be called the initiator."""

    SOLELY = "solely"
    JOINTLY = "jointly"
    DIRECTLY = "directly"


class Flag(StrEnum):
    """The four ways to escalate."""

    OPENING = "opening"
    VERTICAL = "vertical"
    OVER_RESPONSE = "over-response"
    HORIZONTAL = "horizontal"


class DateBasisChoice(StrEnum):
    """Which of an action's dates says when it happened."""

    OCCURRED = "occurred"
    PUBLIC = "public"
    EFFECTIVE = "effective"


class MembershipChoice(StrEnum):
    """Whether what is only possibly in the period counts."""

    CERTAIN = "certain"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """The options that make up a reading: a file of it, and a flag for each of its fields.

    None, or an empty list, leaves a field as the file or the defaults have it.
    """

    reading: Annotated[
        Path | None,
        typer.Option("--reading", metavar="FILE.toml", help="Take the reading from this file."),
    ] = None
    dispute: DisputeOption = None
    account: Annotated[
        list[str] | None,
        typer.Option("--account", metavar="ACCOUNT", help="Whose account to believe; repeatable."),
    ] = None
    basis: Annotated[
        list[Basis] | None,
        typer.Option("--basis", help="Whether analysts speak for the silent; repeatable."),
    ] = None
    stated_then: Annotated[
        bool | None,
        typer.Option("--stated-then/--stated-last", help="Which of an account's statements count."),
    ] = None
    silence: Annotated[
        SilencePolicy | None, typer.Option("--silence", help="What a silent account holds.")
    ] = None
    grievance: Annotated[
        list[Grievance] | None,
        typer.Option("--grievance", help="To whom a grievance is put; repeatable."),
    ] = None
    initiator: Annotated[
        Initiator | None, typer.Option("--initiator", help="Who counts as initiator.")
    ] = None
    flags: Annotated[
        list[Flag] | None,
        typer.Option("--flags", help="Which kinds of escalation count; repeatable."),
    ] = None
    k: Annotated[
        str | None,
        typer.Option("--k", metavar="NUMBER", help="How many times the cause is over-response."),
    ] = None
    kinds_by: Annotated[
        str | None,
        typer.Option(
            "--kinds-by", metavar="actor|other|ACCOUNT", help="Whose word for an action's kind."
        ),
    ] = None
    words_as_causes: Annotated[
        bool | None,
        typer.Option("--words-as-causes/--no-words-as-causes", help="Whether words are causes."),
    ] = None
    date_basis: Annotated[
        DateBasisChoice | None, typer.Option("--date-basis", help="Which of the dates counts.")
    ] = None
    period: Annotated[
        str | None,
        typer.Option("--period", metavar="FROM/TO", help="Count what happened in this period."),
    ] = None
    membership: Annotated[
        MembershipChoice | None,
        typer.Option("--membership", help="Count what is certainly, or possibly, in the period."),
    ] = None
    family: Annotated[
        list[str] | None,
        typer.Option("--family", metavar="FAMILY", help="Only this family of kinds; repeatable."),
    ] = None
    as_of_claim: Annotated[
        str | None,
        typer.Option("--as-of-claim", metavar="DATE", help="Only what was public by this date."),
    ] = None
    as_known_at: Annotated[
        str | None,
        typer.Option(
            "--as-known-at", metavar="TIME|POSITION", help="Only what the ledger knew by then."
        ),
    ] = None
