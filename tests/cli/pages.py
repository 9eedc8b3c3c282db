"""Every help page there is, and the examples on it, read from the table of commands."""

from __future__ import annotations

import inspect
from importlib import import_module

from cli.lazy import CommandRow, GroupRow, Row, help_page
from cli.table_of_commands import COMMANDS

Words = tuple[str, ...]


def commands(rows: tuple[Row, ...] = COMMANDS, *before: str) -> dict[Words, CommandRow]:
    """Every command that does something, by the words that call it."""
    found: dict[Words, CommandRow] = {}
    for row in rows:
        if isinstance(row, GroupRow):
            found |= commands(row.rows, *before, row.name)
        else:
            found[*before, row.name] = row
    return found


def groups(rows: tuple[Row, ...] = COMMANDS) -> tuple[Words, ...]:
    """The root, and every command that only has commands of its own."""
    return ((), *((row.name,) for row in rows if isinstance(row, GroupRow)))


def examples(row: CommandRow) -> tuple[str, ...]:
    """The examples of a command, one a line, as they stand on its page."""
    function = getattr(import_module(row.module), row.attribute)
    return tuple(help_page(inspect.getdoc(function) or "")[1].splitlines())
