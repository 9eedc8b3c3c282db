"""`reciprocity init`: make a new ledger."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Annotated

import typer

from cli.called import as_called
from cli.options import FormatOption, RecordedByOption, StoreOption
from cli.output import Format
from cli.terminal import say

if TYPE_CHECKING:
    from ledger.facade import Ledger

ExampleOption = Annotated[
    bool,
    typer.Option(
        "--example", help="Fill it with the US-Russia history that is shipped with this program."
    ),
]


def init(
    *,
    example: ExampleOption = False,
    store: StoreOption,
    recorded_by: RecordedByOption,
    format: FormatOption,
) -> None:
    """Make a new ledger

    An SQLite file, where there is none; one that is there is left as it is. With
    --store 'postgresql://USER@HOST/DATABASE?schema=NAME' a schema of that database. With --example
    it prints what an import of that history brings to light.

    Examples:
        reciprocity init
        reciprocity init --example --store example.db
    """
    from ledger.creating import create_ledger

    with create_ledger(store, by=recorded_by) as ledger:
        say(f"Made the ledger {ledger.store.url}.")
        if example:
            _fill(ledger, format)
            say(as_called("Next: reciprocity initiators --dispute us-russia"))
        else:
            say("Next: reciprocity dispute add --help")


def _fill(ledger: Ledger, format: Format) -> None:
    """Import the example as any file, and say what became of it."""
    from cli.commands.import_ import leave
    from cli.imported import print_findings, say_what_became
    from cli.interrupts import Interrupts
    from cli.progress import ProgressLine
    from ledger.examples import example_files, fill_with_example

    with Interrupts() as interrupts:
        with ProgressLine() as line:
            report = fill_with_example(ledger, line.show, interrupts.came)
        print_findings(report, format)
        say_what_became(report)
        if not report.is_whole:
            files = shlex.join(str(file) for file in example_files())
            say(as_called(f"To go on: reciprocity import {files}"))
        ledger.views()
    leave(report, interrupted=interrupts.came())
