"""Small look-ups that single commands need: subjects, the one dispute, ids, an action whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from domain.errors import InputError
from domain.nearest import did_you_mean
from ledger.context import Context
from ledger.projections.dossiers import DOSSIERS, MEMBERS
from ledger.projections.effects import named_in
from ledger.projections.lazy_history import stored_history
from ledger.projections.rows import Views
from ledger.rules import UnknownActionError, UnknownDisputeError

if TYPE_CHECKING:
    from domain.dossiers import Dossier
    from domain.history import Dispute, History
    from ledger.facade import Ledger

NO_DISPUTE: Final = ""
"""No dispute has this id, so that the history of it holds no action."""


class WhichDisputeError(InputError):
    """No dispute is named, and the ledger has none or several."""


def dossier_of(ledger: Ledger, action: str) -> Dossier:
    """Return an action with every account of it; raise UnknownActionError."""
    dossier = Context(ledger.application).dossier(action)
    if dossier is not None:
        return dossier
    raise UnknownActionError(
        f"no action {action!r} in this ledger",
        why=did_you_mean(action, action_ids(ledger)) or "no action is called so, or nearly so",
        hint="reciprocity log --type action",
    )


def subjects_of(ledger: Ledger) -> History:
    """Return all that the ledger knows beside actions: disputes, parties, coverage, stocks."""
    return stored_history(ledger.views(), NO_DISPUTE)


def dispute_of(ledger: Ledger, dispute: str) -> Dispute:
    """Return a dispute with its latest sides; raise UnknownDisputeError."""
    disputes = subjects_of(ledger).disputes
    if dispute in disputes:
        return disputes[dispute]
    raise UnknownDisputeError(
        f"no dispute {dispute!r} in this ledger",
        why=did_you_mean(dispute, disputes) or f"there are {', '.join(disputes) or 'none'}",
        hint="reciprocity dispute list",
    )


def actions_in(ledger: Ledger, dispute: str) -> int:
    """Count the actions of a dispute, retracted ones left out."""
    views = ledger.views()
    ids = [key.partition("/")[2] for key, _, _ in views.scan(MEMBERS, f"{dispute}/")]
    found = views.get_many(DOSSIERS, ids).values()
    return sum(json.loads(stored)["retracted"] is None for stored in found)


def action_ids(ledger: Ledger) -> tuple[str, ...]:
    """Return the ids of all actions, retracted ones too."""
    return tuple(key for key, _, _ in ledger.views().scan(DOSSIERS))


def effects_of(ledger: Ledger, action: str) -> tuple[str, ...]:
    """Return the actions that are said, by anybody, to answer this one."""
    return named_in(Views(ledger.views()), action, "cause")


def dispute_meant(ledger: Ledger, named: str | None) -> str:
    """Return the dispute that is named, or the only one there is.

    Raises UnknownDisputeError, WhichDisputeError.
    """
    if named is not None:
        return dispute_of(ledger, named).id
    there = tuple(subjects_of(ledger).disputes)
    if len(there) == 1:
        return there[0]
    raise WhichDisputeError(
        "which dispute?" if there else "this ledger has no dispute yet",
        why=f"there are {', '.join(there)}" if there else "an action belongs to a dispute",
        hint=f"--dispute {there[0]}"
        if there
        else "reciprocity dispute add us-russia --title 'US and Russia' --side USA --side RUS",
    )
