"""Questions about one action: its dispute is the action's own, whatever else was set."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from domain.errors import InputError, require
from ledger.asking import Asked, ask, unknown_action
from ledger.lookups import action_ids
from ledger.projections.dossiers import DOSSIERS

if TYPE_CHECKING:
    from domain.reading import Reading
    from ledger.facade import Ledger


class ActionRetractedError(InputError):
    """An action is asked about that counts nowhere any more."""


def ask_about(ledger: Ledger, reading: Reading, action: str) -> Asked:
    """Hold a reading against the ledger in the dispute of an action; raise UnknownActionError."""
    stored = ledger.views().get(DOSSIERS, action)
    if stored is None:
        raise unknown_action(action, action_ids(ledger))
    dispute = json.loads(stored)["action"]["dispute"]
    asked = ask(ledger, reading.model_copy(update={"dispute": dispute}))
    asked.action(action)
    return asked


def require_standing(asked: Asked, action: str) -> None:
    """Refuse to follow the causes of an action that is retracted; raise ActionRetractedError."""
    dossier = asked.action(action)
    require(
        dossier.stands,
        ActionRetractedError(
            f"{action} is retracted, so it has no place in any chain",
            why=dossier.retracted or "",
            hint=f"reciprocity show {action}",
        ),
    )
