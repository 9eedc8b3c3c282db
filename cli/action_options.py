"""The options that make up an action."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import typer

from cli.settings import key
from domain.kinds import KINDS, Family
from domain.units import UNITS

KIND_NAMES = ", ".join(row.name for row in KINDS)
UNIT_NAMES = ", ".join(row.name for row in UNITS)
RUNG_MIN, RUNG_MAX = 3, 8


class Organ(StrEnum):
    """Which organ of a party acted."""

    EXECUTIVE = "executive"
    LEGISLATURE = "legislature"
    COURT = "court"
    PRIVATE = "private"


def many(flag: str, metavar: str, meaning: str) -> typer.models.OptionInfo:
    """Make an option that may be given several times."""
    found: typer.models.OptionInfo = typer.Option(
        flag, metavar=metavar, help=f"{meaning}; repeatable."
    )
    return found


def one(flag: str, metavar: str, meaning: str) -> typer.models.OptionInfo:
    """Make an option that takes one text."""
    found: typer.models.OptionInfo = typer.Option(flag, metavar=metavar, help=f"{meaning}.")
    return found


KindArgument = Annotated[
    str | None, typer.Argument(metavar="KIND", help=f"What sort of action: {KIND_NAMES}.")
]
Texts = list[str] | None
Text = str | None


@dataclass(frozen=True, slots=True)
class ActionOptions:
    """Everything of an action but its kind and its cause."""

    by: Annotated[Texts, many("--by", "PARTY", "Who acted")] = None
    against: Annotated[Texts, many("--against", "PARTY", "On whom")] = None
    on: Annotated[Text, one("--on", "DATE", "When: 2016-12-29, 2020-12, 2022-01~, a/b")] = None
    quantity: Annotated[
        Text, one("--quantity", "NUMBER", "How many: 35, 24..55, '>=79', unknown")
    ] = None
    unit: Annotated[
        Text, one("--unit", "UNIT", f"Of what, else the kind's first unit: {UNIT_NAMES}")
    ] = None
    source: Annotated[
        Texts, many("--source", "'TITLE | PUBLISHER | DATE | ADDRESS'", "Where it stands")
    ] = None
    cause_not_stated: Annotated[
        bool, typer.Option("--cause-not-stated", help="The actor named no cause.")
    ] = False
    rung: Annotated[
        int | None,
        typer.Option(
            "--rung", min=RUNG_MIN, max=RUNG_MAX, help="How severe; of a retaliation only."
        ),
    ] = None
    description: Annotated[Text, one("--description", "TEXT", "What was done, in a sentence")] = (
        None
    )
    note: Annotated[Text, one("--note", "TEXT", "What a reader should know")] = None
    public: Annotated[Text, one("--public", "DATE", "When it was made public")] = None
    effective: Annotated[Text, one("--effective", "DATE", "When it took effect")] = None
    part_of: Annotated[Text, one("--part-of", "ID", "The bigger package it is a step of")] = None
    executes: Annotated[Texts, many("--executes", "ID", "The own threat it carries out")] = None
    carries_out: Annotated[
        Texts, many("--carries-out", "ID", "The other party's measure it implements")
    ] = None
    same_as: Annotated[Texts, many("--same-as", "ID", "Another record of the same act")] = None
    reverses: Annotated[Texts, many("--reverses", "ID", "What it undoes, whole or in part")] = None
    tag: Annotated[Texts, many("--tag", "TAG", "A word to find it by")] = None
    organ: Annotated[Organ | None, typer.Option("--organ", help="Which organ acted.")] = None
    family: Annotated[
        Family | None, typer.Option("--family", help="The field, where not its kind's.")
    ] = None
    confidence: Annotated[Text, one("--confidence", "WORD", "How sure the record is")] = None
    dispute: Annotated[
        Text,
        typer.Option(
            "--dispute",
            envvar=key("dispute").variable,
            metavar="ID",
            help="The dispute it belongs to; may be left out where there is one.",
        ),
    ] = None
    id: Annotated[Text, one("--id", "ID", "Its name; else made from actor, date and kind")] = None
