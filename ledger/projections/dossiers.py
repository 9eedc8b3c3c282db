"""Dossiers: every action as it stands, with all that was said of it; members of disputes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.dossiers import dump_dossier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.dossiers import Dossier
    from domain.history import History
    from ledger.projections.rows import Batch, Row, Views

DOSSIERS = "dossiers"
MEMBERS = "members"


class Dossiers:
    """Action id to dossier, retracted ones included.

    Rule: docs/semantics.md#corrections
    """

    name = DOSSIERS

    def update(self, batch: Batch, views: Views) -> None:
        """Store the dossiers that changed."""
        for action, position in batch.actions.items():
            views.put(DOSSIERS, action, dump_dossier(batch.history.dossiers[action]), position)

    def scratch(self, history: History, sealed: Iterable[tuple[int, str]]) -> Iterator[Row]:
        """Return every dossier of the fold."""
        del sealed
        for action, dossier in history.dossiers.items():
            yield action, dump_dossier(dossier)


class Members:
    """Dispute and action id to the action's position: which actions a dispute has."""

    name = MEMBERS

    def update(self, batch: Batch, views: Views) -> None:
        """Add new actions, and move those whose dispute was corrected."""
        for action, position in batch.actions.items():
            before, after = batch.before[action], batch.history.dossiers[action]
            if before is not None and member_key(before) != member_key(after):
                views.put(MEMBERS, member_key(before), None, position)
            views.put(MEMBERS, member_key(after), after.position, position)

    def scratch(self, history: History, sealed: Iterable[tuple[int, str]]) -> Iterator[Row]:
        """Return every action of the fold under its dispute."""
        del sealed
        for dossier in history.dossiers.values():
            yield member_key(dossier), dossier.position


def member_key(dossier: Dossier) -> str:
    """Return the key of an action in its dispute."""
    return f"{dossier.action.dispute}/{dossier.id}"
