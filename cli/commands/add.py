"""`reciprocity add`: record one action, by options or, on a terminal, question by question."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.action_options import ActionOptions
from cli.causes_options import CausesOptions
from cli.options import FormatOption, RecordedByOption, StoreOption

KindArgument = Annotated[
    str | None, typer.Argument(metavar="KIND", help="What sort of action: expulsion, recall, ...")
]


def add(
    options: ActionOptions,
    causes: CausesOptions,
    store: StoreOption,
    recorded_by: RecordedByOption,
    format: FormatOption,
    kind: KindArgument = None,
) -> None:
    """Record one action and what it answers according to its actor

    Who did what to whom, when, how many, and the cause as the actor gave it: exactly one of
    --answers, --answers-outside and --grievance (together, if need be), --answers-nothing, or
    --cause-not-stated. At least one --source. The dispute may be left out where there is only one.

    Without options, on a terminal, it asks for one field after the other.

    The same content again is a no-op that says so. An id that is not given is made from actor, date
    and kind. A cause that certainly comes after its effect is recorded, with a warning.

    Examples:
        reciprocity add expulsion --by USA --against RUS --on 2016-12-29 --quantity 35 --grievance election-interference@RUS --source 'Statement on Actions | The White House | 2016-12-29'
        reciprocity add recall --by RUS --against USA --on 2021-03-17 --cause-not-stated --source 'Ambassador recalled | TASS | 2021-03-17'
        reciprocity add
    """  # noqa: E501 - an example is one line
    from cli.action_payload import payload_of
    from cli.told import tell, warn_of_late_causes
    from ledger import open_ledger
    from ledger.adding import add_action

    with open_ledger(store, by=recorded_by) as ledger:
        payload = payload_of(ledger, kind or "", options, causes)
        outcome = add_action(ledger, kind or "", payload)
        tell(outcome, format)
        warn_of_late_causes(ledger, outcome.record.stream().partition(":")[2])
