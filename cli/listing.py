"""The word `list` of commands that list what is recorded where nothing is given to record."""

from __future__ import annotations

from typing import Annotated

import typer
from typer._click.globals import get_current_context

from domain.errors import UsageError

LIST = "list"
ListArgument = Annotated[
    str | None,
    typer.Argument(metavar="[list]", help="List what is recorded, as without any option."),
]


class NotToListError(UsageError):
    """A word is not `list`, or options to record something stand beside it."""


def require_list(word: str | None, is_bare: bool) -> None:
    """Refuse any other word, and `list` with something to record; raise NotToListError."""
    if word is None or (word == LIST and is_bare):
        return
    context = get_current_context(silent=True)
    command = context.command_path if context else "reciprocity"
    raise NotToListError(
        f"{word[:60]!r} means nothing here"
        if word != LIST
        else "list takes no options of a record",
        why="without options, or with the word list, it lists what is recorded",
        hint=f"{command} --help",
    )
