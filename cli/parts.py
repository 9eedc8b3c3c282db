"""Answers of several parts: for people one below the other, for programs each under its name.

`table` and `md` print every part; `json` is one object with the reading and a list for each part.
`csv` and `jsonl` hold rows of one kind only, so they print one part: the first, or the one that
`--part` names. A part may look different for people (accounts side by side) and for programs (one
row a figure, the same columns for every ledger).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated

import typer
from typer._click.globals import get_current_context

from cli.output import Format, rendered
from cli.tables import Table
from cli.terminal import say, write
from domain.errors import UsageError
from domain.nearest import did_you_mean

PEOPLES = frozenset({Format.TABLE, Format.MD})

PartOption = Annotated[
    str | None,
    typer.Option("--part", metavar="NAME", help="Print only this part of the answer."),
]


class UnknownPartError(UsageError):
    """An answer has no part of this name."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an answer: its name, its rows for programs, and its tables for people.

    Without tables of their own people get the programs' one.

    `notes` are sentences below the rows, for people; a part that `is_optional` is not printed for
    them while it has no rows. A part that `is_extra` is printed only when it is named; one that
    `is_for_programs` is printed for people only then.
    """

    name: str
    table: Table
    people: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    is_optional: bool = False
    is_extra: bool = False
    is_for_programs: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command prints: a title, the reading in words, and the parts, the main one first."""

    title: str
    header: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]


def emit_answer(answer: Answer, format: Format, named: str | None = None) -> None:
    """Print an answer, or the part of it that is named; raises UnknownPartError."""
    parts = chosen_parts(answer, named)
    if format in PEOPLES:
        _emit_for_people(answer, parts, format)
        return
    if format is Format.JSON:
        _emit_json(answer, parts)
    else:
        _emit_rows(answer, parts, format)


def chosen_parts(answer: Answer, named: str | None) -> tuple[Part, ...]:
    """Return the parts to print; raises UnknownPartError."""
    if named is None:
        return tuple(part for part in answer.parts if not part.is_extra)
    names = [part.name for part in answer.parts]
    if named not in names:
        raise UnknownPartError(
            f"there is no part {named!r} of this answer",
            where="--part",
            why=did_you_mean(named, names) or f"its parts are {', '.join(names)}",
            hint=f"{_command()} --part {names[0]}",
        )
    return tuple(part for part in answer.parts if part.name == named)


def _command() -> str:
    context = get_current_context(silent=True)
    return context.command_path if context else "reciprocity"


def _emit_for_people(answer: Answer, parts: Sequence[Part], format: Format) -> None:
    is_first = True
    for part in parts:
        tables = part.people or (part.table,)
        if len(parts) > 1 and _is_passed_over(part, tables):
            continue
        for table in tables:
            if not is_first:
                write(sys.stdout, "\n")
            head = replace(table, header=answer.header, above=answer.title)
            for chunk in rendered(head if is_first else table, format):
                write(sys.stdout, chunk)
            is_first = False
        for note in part.notes:
            write(sys.stdout, f"\n{note}\n" if format is Format.MD else f"{note}\n")


def _is_passed_over(part: Part, tables: Sequence[Table]) -> bool:
    is_empty = part.is_optional and not any(table.rows for table in tables)
    return part.is_for_programs or is_empty


def _emit_json(answer: Answer, parts: Sequence[Part]) -> None:
    from cli.formats.json import row_object

    whole: dict[str, object] = {"reading": dict(answer.header)}
    for part in parts:
        whole[part.name] = [row_object(part.table, row) for row in part.table.rows]
    write(sys.stdout, json.dumps(whole, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def _emit_rows(answer: Answer, parts: Sequence[Part], format: Format) -> None:
    for name, value in answer.header:
        say(f"{name}: {value}")
    for chunk in rendered(parts[0].table, format):
        write(sys.stdout, chunk)
    others = [part.name for part in parts[1:] if part.table.rows]
    if others:
        say(f"{format} holds one part, {parts[0].name}; the others: --part {' | '.join(others)}")
