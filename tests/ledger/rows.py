"""All rows of all projections: as they are stored, and as they come out from scratch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.canonical import canonical_text
from domain.history import HistoryFold
from ledger.projections.table import PROJECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ledger.projections.rows import Sealed
    from ledger.store.views import ViewStore

Rows = dict[str, str]


def stored_rows(views: ViewStore) -> Rows:
    """Return what the views hold: `projection key` to value."""
    return {
        f"{projection.name} {key}": value
        for projection in PROJECTIONS
        for key, value, _ in views.scan(projection.name)
    }


def scratch_rows(sealed: Iterable[Sealed]) -> Rows:
    """Compute every row from the first entry, by the domain's own measures."""
    fold = HistoryFold()
    digests = []
    for item in sealed:
        fold.add(item.entry)
        digests.append((item.entry.position, item.digest))
    history = fold.history()
    return {
        f"{projection.name} {key}": canonical_text(value)
        for projection in PROJECTIONS
        for key, value in projection.scratch(history, digests)
    }
