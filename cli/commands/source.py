"""`reciprocity source`: add a source to an action."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.options import FormatOption, RecordedByOption, StoreOption
from cli.statement_options import ActionArgument
from cli.values import require_action, source_values

SourcesOption = Annotated[
    list[str],
    typer.Option(
        "--source",
        metavar="'TITLE | PUBLISHER | DATE | ADDRESS'",
        help="Where the action stands, too; repeatable.",
    ),
]
ArchiveOption = Annotated[
    str, typer.Option("--archive", metavar="ADDRESS", help="Where a copy of the page is kept.")
]
DigestOption = Annotated[
    str, typer.Option("--digest", metavar="sha256:HEX", help="The digest of the content seen.")
]


def source(
    action: ActionArgument,
    *,
    source: SourcesOption,
    archive: ArchiveOption = "",
    digest: DigestOption = "",
    store: StoreOption,
    recorded_by: RecordedByOption,
    format: FormatOption,
) -> None:
    """Add a source to an action

    Examples:
        reciprocity source usa-2016-12-29-exp35 --source 'Statement on Actions | The White House | 2016-12-29'
        reciprocity source usa-2016-12-29-exp35 --source 'A title alone is enough' --archive https://archive.example.org/page
    """  # noqa: E501 - an example is one line
    from cli.told import tell_all
    from domain.records.registry import load_record
    from ledger import open_ledger

    extra = {name: text for name, text in (("archive", archive), ("digest", digest)) if text}
    records = [
        load_record(
            "source_added", 1, {"action": action, "source": {**found, **extra}}, "option --source"
        )
        for found in source_values(source)
    ]
    with open_ledger(store, by=recorded_by) as ledger:
        require_action(ledger, action)
        tell_all([ledger.record(record) for record in records], format)
