"""`reciprocity init`: make a new ledger."""

from __future__ import annotations

from cli.options import RecordedByOption, StoreOption


def init(store: StoreOption, recorded_by: RecordedByOption) -> None:
    """Make a new ledger

    An SQLite file, where there is none; one that is there is left as it is.

    Examples:
        reciprocity init
        reciprocity init --store other.db
    """
    from cli.terminal import say
    from ledger.creating import create_ledger

    create_ledger(store, by=recorded_by).close()
    say(f"Made the ledger {store}.")
    say("Next: reciprocity dispute add --help")
