"""The commands, one row each: name, module, function, line of help, part of the help page.

The line of help is the first line of the function's docstring. A command with commands of its own
(`GroupRow`) lists them in rows of the same kind.
"""

from __future__ import annotations

from cli.lazy import CommandRow, GroupRow, Row

RECORD = "Record"
ASK = "Ask the ledger"
CARE = "Look after the ledger"

COMMANDS: tuple[Row, ...] = (
    CommandRow("init", "cli.commands.init", "init", "Make a new ledger", RECORD),
    CommandRow(
        "add",
        "cli.commands.add",
        "add",
        "Record one action and what it answers according to its actor",
        RECORD,
    ),
    CommandRow(
        "attribute",
        "cli.commands.attribute",
        "attribute",
        "Record what an account says that an action answered",
        RECORD,
    ),
    CommandRow(
        "characterise",
        "cli.commands.characterise",
        "characterise",
        "Record that an account calls an action something else",
        RECORD,
    ),
    CommandRow("source", "cli.commands.source", "source", "Add a source to an action", RECORD),
    CommandRow(
        "correct",
        "cli.commands.correct",
        "correct",
        "Correct fields of an action, and say why",
        RECORD,
    ),
    CommandRow(
        "retract",
        "cli.commands.retract",
        "retract",
        "Retract an action that should not be in the ledger",
        RECORD,
    ),
    CommandRow(
        "reinstate",
        "cli.commands.reinstate",
        "reinstate",
        "Reinstate an action that was retracted",
        RECORD,
    ),
    CommandRow(
        "undo",
        "cli.commands.undo",
        "undo",
        "Undo the last record by appending its opposite",
        RECORD,
    ),
    GroupRow(
        "dispute",
        "Open a dispute, list and show disputes, draw their sides anew",
        (
            CommandRow(
                "add", "cli.commands.dispute", "add", "Open a dispute and declare its sides"
            ),
            CommandRow(
                "list", "cli.commands.dispute", "list_all", "List the disputes of this ledger"
            ),
            CommandRow(
                "show",
                "cli.commands.dispute",
                "show",
                "Show one dispute and its sides as they stand",
            ),
            CommandRow(
                "sides", "cli.commands.dispute", "redraw", "Draw the sides of a dispute anew"
            ),
        ),
        RECORD,
    ),
    GroupRow(
        "party",
        "Register an organisation or a group, list and show parties",
        (
            CommandRow(
                "add",
                "cli.commands.party",
                "add",
                "Register an organisation or a group that acts",
            ),
            CommandRow("list", "cli.commands.party", "list_all", "List the parties that can act"),
            CommandRow("show", "cli.commands.party", "show", "Show one party"),
        ),
        RECORD,
    ),
    CommandRow(
        "stock",
        "cli.commands.stock",
        "stock",
        "Record how many stood where on a date, according to whom",
        RECORD,
    ),
    CommandRow(
        "coverage",
        "cli.commands.coverage",
        "coverage",
        "State what this ledger set out to cover, so that a gap can be judged",
        RECORD,
    ),
    GroupRow(
        "claim",
        "Record, list, show, explain and withdraw claims: what somebody said",
        (
            CommandRow(
                "add",
                "cli.commands.claim",
                "add",
                "Record what somebody said, with the test that says when it is true",
            ),
            CommandRow("list", "cli.commands.claim", "list_all", "List the claims of this ledger"),
            CommandRow(
                "show",
                "cli.commands.claim",
                "show",
                "Show one claim: who said it, where it stands, and its tests",
            ),
            CommandRow(
                "explain",
                "cli.commands.claim",
                "explain",
                "Explain a claim: its tests in plain English, and in the claim language",
            ),
            CommandRow(
                "withdraw",
                "cli.commands.claim",
                "withdraw",
                "Withdraw a claim that should not be audited",
            ),
        ),
        RECORD,
    ),
    CommandRow(
        "import",
        "cli.commands.import_",
        "import_",
        "Import files, row by row, safe to stop and to run again",
        RECORD,
    ),
    CommandRow(
        "audit",
        "cli.commands.audit",
        "audit",
        "Audit a claim: under whose account it holds, who concedes it, on what it turns",
        ASK,
    ),
    CommandRow(
        "initiators",
        "cli.commands.initiators",
        "initiators",
        "Show who initiated the hostile actions, account beside account",
        ASK,
    ),
    CommandRow(
        "tally", "cli.commands.tally", "tally", "Show what each side imposed and suffered", ASK
    ),
    CommandRow(
        "replies",
        "cli.commands.replies",
        "replies",
        "Show how answers relate to what they answer, and what went unanswered",
        ASK,
    ),
    CommandRow(
        "ladder",
        "cli.commands.ladder",
        "ladder",
        "Show how high each side climbed, step by step",
        ASK,
    ),
    CommandRow(
        "parity",
        "cli.commands.parity",
        "parity",
        "Compare what each side has with the other on a date",
        ASK,
    ),
    CommandRow(
        "chain",
        "cli.commands.chain",
        "chain",
        "Trace an action back to its roots, and on to what descends from it",
        ASK,
    ),
    CommandRow(
        "show", "cli.commands.show", "show", "Show one action with every account of it", ASK
    ),
    CommandRow("log", "cli.commands.log", "log", "List what was recorded, when and by whom", ASK),
    CommandRow(
        "export",
        "cli.commands.export",
        "export",
        "Export the whole history, in a form that can be brought back",
        ASK,
    ),
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
