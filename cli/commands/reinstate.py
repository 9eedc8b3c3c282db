"""`reciprocity reinstate`: take a retraction back."""

from __future__ import annotations

from cli.options import FormatOption, RecordedByOption, StoreOption
from cli.statement_options import ActionArgument, ReasonOption
from cli.values import require_action, some_text


def reinstate(
    action: ActionArgument,
    reason: ReasonOption,
    store: StoreOption,
    recorded_by: RecordedByOption,
    format: FormatOption,
) -> None:
    """Reinstate an action that was retracted

    It counts again, as it stood, with every account of it.

    Examples:
        reciprocity retract usa-2016-12-29-exp35 --reason 'recorded twice' && reciprocity reinstate usa-2016-12-29-exp35 --reason 'the other was the copy'
        reciprocity retract rus-2017-07-28-cap455 --reason 'a copy' && reciprocity reinstate rus-2017-07-28-cap455 --reason 'no copy' --format json
    """  # noqa: E501 - an example is one line
    from cli.told import tell, warn_of_oddities
    from domain.records.amendments import Reinstated
    from ledger import open_ledger

    some_text(reason, "option --reason", "those who read the history must know why")
    with open_ledger(store, by=recorded_by) as ledger:
        require_action(ledger, action)
        outcome = ledger.record(Reinstated(action=action, reason=reason))
        tell(outcome, format)
        warn_of_oddities(ledger, outcome)
