"""Questions about one action: its dispute is the action's own, whatever else was set."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from domain.errors import InputError, require
from domain.quoting import quoted
from domain.reading import Reading
from ledger.asking import Asked, ask, unknown_action
from ledger.lookups import action_ids
from ledger.projections.dossiers import DOSSIERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.causes import Cause, Said
    from domain.dossiers import Dossier
    from ledger.facade import Ledger


OUTSIDE: Final = {"ext": "a grievance", "act": "an outside action"}
NAMING_MAX: Final = 5


class NotAnActionError(InputError):
    """A grievance or an outside action is asked about as if it were an action of the ledger."""


class ActionRetractedError(InputError):
    """An action is asked about that counts nowhere any more."""


def ask_about(ledger: Ledger, reading: Reading, action: str) -> Asked:
    """Hold a reading against the ledger in the dispute of an action; raise UnknownActionError."""
    stored = ledger.views().get(DOSSIERS, action)
    if stored is None:
        _require_no_outside_cause(ledger, action)
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


def _require_no_outside_cause(ledger: Ledger, name: str) -> None:
    """Say of a grievance or an outside action what it is, and which actions name it.

    Raises NotAnActionError.
    """
    prefix, sign, _ = name.partition(":")
    if not sign or prefix not in OUTSIDE:
        return
    naming = [
        dossier.id
        for dossier in ledger.history(Reading()).dossiers.values()
        if any(_is_called(name, cause) for said in _said_of(dossier) for cause in said.causes)
    ]
    more = f" and {len(naming) - NAMING_MAX} more" if len(naming) > NAMING_MAX else ""
    raise NotAnActionError(
        f"{quoted(name)} is {OUTSIDE[prefix]}, not an action of the ledger",
        why=f"it is named as a cause of {', '.join(naming[:NAMING_MAX])}{more}"
        if naming
        else "no action names it as a cause",
        hint=f"reciprocity chain {naming[0]}" if naming else "reciprocity log --type action",
    )


def _said_of(dossier: Dossier) -> Iterator[Said]:
    yield dossier.action.cause
    yield from (held.causes for held in dossier.attributions)


def _is_called(name: str, cause: Cause) -> bool:
    """Whether a cause is meant, with or without the party that it blames."""
    return name in {str(cause), str(cause).partition("@")[0]}
