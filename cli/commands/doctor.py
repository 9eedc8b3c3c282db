"""`reciprocity doctor`: is everything here as the ledger needs it, and if not, what to do."""

from __future__ import annotations

import typer

from cli.errors import ExitCode
from cli.options import FormatOption, StoreOption
from cli.output import emit
from cli.settings import current_settings
from cli.tables import Column, Table
from cli.terminal import say

COLUMNS = (
    Column("check"),
    Column("verdict"),
    Column("found"),
    Column("origin", "from"),
    Column("advice", "what to do"),
)


def doctor(store: StoreOption, format: FormatOption) -> None:
    """Check versions, store, settings and packages, and say what to do

    Looks at the program and its libraries, at the SQLite engine, at the ledger, at every setting
    and where it comes from, and whether another program's modules hide this one's. Changes nothing.
    Leaves with 4 where something is wrong; a note is not wrong.

    Examples:
        reciprocity doctor
        reciprocity doctor --store reciprocity.db --format json
    """
    from cli.checkup import Verdict, checkup

    findings = checkup(store, current_settings())
    rows = tuple(
        {
            "check": finding.check,
            "verdict": finding.verdict,
            "found": finding.found,
            "origin": finding.origin,
            "advice": finding.advice,
        }
        for finding in findings
    )
    emit(Table(COLUMNS, rows), format)
    wrong = sum(finding.verdict is Verdict.WRONG for finding in findings)
    if wrong:
        say(f"{wrong} of {len(findings)} checks found something wrong.")
        raise typer.Exit(ExitCode.VERIFICATION_FAILED)
    say(f"{len(findings)} checks found nothing wrong.")
