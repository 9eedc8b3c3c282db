"""The commands, one row each: name, module, function, line of help, part of the help page.

The line of help is the first line of the function's docstring. A command with commands of its own
(`GroupRow`) lists them in rows of the same kind.
"""

from __future__ import annotations

from cli.lazy import CommandRow, Row

CARE = "Look after the ledger"

COMMANDS: tuple[Row, ...] = (
    CommandRow(
        "replay",
        "cli.commands.replay",
        "replay",
        "Recompute every projection from the first event, and compare",
        CARE,
    ),
    CommandRow(
        "doctor",
        "cli.commands.doctor",
        "doctor",
        "Check versions, store, settings and packages, and say what to do",
        CARE,
        minds_settings=False,
    ),
)
