"""`reciprocity export`: the whole history, in a form that can be kept, read and brought back."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from cli.called import as_called
from cli.options import StoreOption
from cli.terminal import say, warn, write


def export(
    store: StoreOption,
    to: Annotated[
        str, typer.Option("--to", metavar="jsonl|csv|accounts", help="The format.")
    ] = "jsonl",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to this file, not to stdout."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite the file if there is one.")
    ] = False,
) -> None:
    """Export the whole history, in a form that can be brought back

    jsonl holds everything, one record a line, numbered densely, with when and by whom it was
    recorded: the same history is the same bytes, and `import --restore` brings it back as it was.
    csv holds the actions as they stand with the targets' accounts of them, accounts the accounts of
    all tellers; what these two cannot hold is said on stderr.

    Examples:
        reciprocity export --to jsonl -o history.jsonl
        reciprocity export --to csv -o actions.csv
        reciprocity export --to accounts
    """
    from ledger import open_ledger
    from ledger.exports.files import require_free, written_whole
    from ledger.exports.left_out import LeftOut
    from ledger.exports.table import exporter

    form = exporter(to)
    left_out = LeftOut()
    count = 0
    if output is not None:
        require_free(output, store, force=force)
    place = nullcontext(_to_stdout) if output is None else written_whole(output)
    with open_ledger(store) as ledger, place as put:
        for line in form.lines(ledger, left_out):
            put(line)
            count += 1
    if output is not None:
        say(f"{count} {'line' if count == 1 else 'lines'} in {output}.")
    for words in left_out.words():
        warn(f"{form.name} cannot hold: {words}")
    if left_out.counts:
        say(as_called("All of it is in: reciprocity export --to jsonl"))


def _to_stdout(text: str) -> None:
    write(sys.stdout, text)
