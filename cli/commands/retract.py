"""`reciprocity retract`: an action should not be in the ledger."""

from __future__ import annotations

from cli.options import FormatOption, RecordedByOption, StoreOption
from cli.statement_options import ActionArgument, ReasonOption
from cli.values import require_action, some_text


def retract(
    action: ActionArgument,
    reason: ReasonOption,
    store: StoreOption,
    recorded_by: RecordedByOption,
    format: FormatOption,
) -> None:
    """Retract an action that should not be in the ledger

    It counts in no measure any more, and stays in the history with the reason. Its id is never used
    for another action. Actions that name it as a cause keep it as a cause of which nothing is
    known, and are listed.

    Examples:
        reciprocity retract usa-2016-12-29-exp35 --reason 'recorded twice'
        reciprocity retract usa-2016-12-29-exp35 --reason 'recorded twice' --format json
    """
    from cli.terminal import warn
    from cli.told import tell
    from domain.records.amendments import Retracted
    from ledger import open_ledger
    from ledger.lookups import effects_of

    some_text(reason, "option --reason", "those who read the history must know why")
    with open_ledger(store, by=recorded_by) as ledger:
        require_action(ledger, action)
        tell(ledger.record(Retracted(action=action, reason=reason)), format)
        for effect in effects_of(ledger, action):
            warn(f"{effect} names {action} as a cause, of which nothing is known from now on")
