"""`reciprocity undo`: append the opposite of the last record."""

from __future__ import annotations

from cli.options import FormatOption, RecordedByOption, StoreOption


def undo(store: StoreOption, recorded_by: RecordedByOption, format: FormatOption) -> None:
    """Undo the last record by appending its opposite

    Nothing is taken away: an action is retracted, a statement withdrawn, a correction corrected
    back. To undo an undo is to redo. What only adds knowledge (an opened dispute, a registered
    party, a source, a stock, a statement of coverage) has no opposite, and says so.

    Examples:
        reciprocity undo
        reciprocity undo && reciprocity undo
    """
    from cli.terminal import say
    from cli.told import tell
    from ledger import open_ledger

    with open_ledger(store, by=recorded_by) as ledger:
        undone, outcome = ledger.undo()
        name = undone.stream.partition(":")[2]
        stored_name = undone.record.stored_name
        say(f"Undone: {stored_name} of {name}, position {undone.position}.")
        tell(outcome, format)
