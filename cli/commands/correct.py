"""`reciprocity correct`: mend a mistake in an action."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.options import FormatOption, RecordedByOption, StoreOption
from cli.statement_options import ActionArgument, ReasonOption
from cli.values import require_action, some_text, source_values
from domain.errors import UsageError

SetOption = Annotated[
    list[str],
    typer.Option(
        "--set",
        metavar="FIELD=VALUE",
        help="The field and its right value; no value: it has none; repeatable.",
    ),
]
SourceOption = Annotated[
    str | None,
    typer.Option(
        "--source", metavar="'TITLE | PUBLISHER | DATE | ADDRESS'", help="What shows the mistake."
    ),
]


class AssignmentError(UsageError):
    """What should be FIELD=VALUE is not."""


def correct(
    action: ActionArgument,
    *,
    set: SetOption,
    reason: ReasonOption,
    source: SourceOption = None,
    store: StoreOption,
    recorded_by: RecordedByOption,
    format: FormatOption,
) -> None:
    """Correct fields of an action, and say why

    A field is one of kind, dispute, actors, targets, occurred, made_public, effective, cause,
    quantity, unit, family, description, sources, confidence, note, provenance, tags, organ,
    part_of, executes, carries_out, same_as, reverses, rung; or by, against, on, public, tag,
    source, as in `add`. Several parties, ids or tags stand with ';' between them, several sources
    with ' || '. A cause is written as in the CSV of actions: ids, act:SLUG@PARTY, ext:SLUG@PARTY
    with ';' between them, or one of nothing, none_stated, unknown.

    The record itself never changes: what it said before stays in the history.

    Examples:
        reciprocity correct usa-2016-12-29-exp35 --reason 'a slip of the pen' --set quantity=36
        reciprocity correct usa-2016-12-29-exp35 --reason 'order came later' --set on=2016-12-30 --set public=2016-12-30
        reciprocity correct usa-2016-12-29-exp35 --reason 'as the statement says' --set 'cause=ext:election-interference@RUS'
    """  # noqa: E501 - an example is one line
    from cli.told import tell, warn_of_oddities
    from domain.records.registry import load_record
    from ledger import open_ledger
    from ledger.correcting import changes_of

    some_text(reason, "option --reason", "those who read the history must know why")
    given = [_assignment(text) for text in set]
    with open_ledger(store, by=recorded_by) as ledger:
        require_action(ledger, action)
        payload = {
            "action": action,
            "changes": changes_of(ledger, action, given),
            "reason": reason,
        }
        if source is not None:
            [payload["source"]] = source_values([source])
        record = load_record("corrected", 1, payload, f"correction of {action}")
        outcome = ledger.record(record)
        tell(outcome, format)
        warn_of_oddities(ledger, outcome)


def _assignment(text: str) -> tuple[str, str]:
    """Part FIELD=VALUE; raise AssignmentError."""
    field, sign, value = text.partition("=")
    if not sign:
        raise AssignmentError(
            f"{text[:60]!r} is not FIELD=VALUE",
            where="option --set",
            hint="--set quantity=36",
        )
    return field.strip(), value
