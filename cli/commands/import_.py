"""`reciprocity import`: bring files in, and say what became of every row."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.errors import ExitCode
from cli.imported import print_findings, say_what_became
from cli.interrupts import Interrupts
from cli.options import FormatOption, RecordedByOption, StoreOption
from cli.progress import ProgressLine
from cli.reviewing import ask_which
from cli.terminal import is_terminal
from domain.errors import UsageError, require

if TYPE_CHECKING:
    from ledger.imports.report import ImportReport


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How an import is to go."""

    form: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="csv|accounts|parquet|jsonl|toml",
            help="The format of the files; else by name and content.",
        ),
    ] = None
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Judge every row, and write nothing.")
    ] = False
    review: Annotated[
        bool, typer.Option("--review", help="Ask for each conflict which side is right.")
    ] = False
    correct: Annotated[
        str | None,
        typer.Option(
            "--correct", metavar="REASON", help="Record conflicts as corrections, for this reason."
        ),
    ] = None
    restore: Annotated[
        bool,
        typer.Option(
            "--restore", help="Bring an exported history back into an empty ledger, as it was."
        ),
    ] = False


def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="What to bring in.")],
    store: StoreOption,
    recorded_by: RecordedByOption,
    format: FormatOption,
    options: ImportOptions,
) -> None:
    """Import files, row by row, safe to stop and to run again

    All files are one import: ids may refer anywhere in it. A row is taken whole or not at all, and
    counts as new, same (recorded already), conflict (its id has other content) or rejected. Rows
    that were not taken are written beside their file with the reason, to be mended and imported.
    Ctrl-C stops after the rows at hand; what was recorded stays, and the same import goes on from
    there. What came to light in the disputes is reported: exchanges, causes after their effects,
    packages that come to less than their parts, accounts that cannot be dated. Leaves with 3 where
    a row was not taken.

    Examples:
        reciprocity export --to jsonl -o history.jsonl
        reciprocity import history.jsonl --dry-run
        reciprocity import history.jsonl --correct "read the source again"
    """
    from ledger import open_ledger
    from ledger.imports.run import import_files

    require_sense(options)
    with open_ledger(store, by=recorded_by) as ledger, Interrupts() as interrupts:
        with ProgressLine() as line:
            report = import_files(
                ledger,
                files,
                form=options.form,
                dry_run=options.dry_run,
                correct=options.correct,
                restore=options.restore,
                review=ask_which(line, interrupts) if options.review else None,
                progress=line.show,
                stop=interrupts.came,
            )
        print_findings(report, format)
        say_what_became(report)
    leave(report, interrupted=interrupts.came())


def require_sense(options: ImportOptions) -> None:
    """Refuse options that contradict each other, and questions that nobody would answer."""
    require(
        not options.restore or not (options.review or options.correct is not None),
        UsageError(
            "--restore corrects nothing",
            why="it brings an exported history back exactly as it was",
            hint="reciprocity import --restore history.jsonl",
        ),
    )
    require(
        not (options.review and options.dry_run),
        UsageError(
            "--review and --dry-run contradict each other",
            why="an answer is recorded, and a dry run records nothing",
            hint="reciprocity import --dry-run FILE shows the conflicts",
        ),
    )
    require(
        not options.review or is_terminal(sys.stdin),
        UsageError(
            "--review needs somebody to ask",
            where="standard input is not a terminal",
            why="which side is right is decided by a person, row by row",
            hint='reciprocity import --correct "why the file is right" FILE takes the file\'s side',
        ),
    )


def leave(report: ImportReport, *, interrupted: bool) -> None:
    """Leave with the code that says how it went; raise what kept rejected rows from their file."""
    for unwritten in report.unwritten:
        raise unwritten.error
    if interrupted and not report.is_whole:
        raise typer.Exit(ExitCode.INTERRUPTED)
    if report.conflict or report.rejected or not report.is_whole:
        raise typer.Exit(ExitCode.REJECTED)
