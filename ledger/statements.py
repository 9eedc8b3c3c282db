"""The statements of an account that are in force on an action: which one is withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.records.accounts import (
    Attributed,
    AttributionWithdrawn,
    CharacterisationWithdrawn,
    Characterised,
)
from ledger.lookups import dossier_of
from ledger.rules import UnknownStatementError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.dossiers import Dossier
    from ledger.facade import Ledger


def withdraw_attribution(
    ledger: Ledger, action: str, account: str, reason: str
) -> AttributionWithdrawn:
    """Return the withdrawal of what the account last said of the action's causes.

    Raises UnknownActionError, UnknownStatementError.

    Rule: docs/semantics.md#accounts
    """
    dossier = dossier_of(ledger, action)
    return AttributionWithdrawn(
        action=action,
        account=account,
        statement=_last(dossier.attributions, dossier, account),
        reason=reason,
    )


def withdraw_characterisation(
    ledger: Ledger, action: str, account: str, reason: str
) -> CharacterisationWithdrawn:
    """Return the withdrawal of what the account last called the action; raises likewise."""
    dossier = dossier_of(ledger, action)
    return CharacterisationWithdrawn(
        action=action,
        account=account,
        statement=_last(dossier.characterisations, dossier, account),
        reason=reason,
    )


def _last(
    held: Sequence[Attributed] | Sequence[Characterised], dossier: Dossier, account: str
) -> str:
    """Return the content key of the account's last statement in force."""
    said = [one for one in held if one.account == account]
    if said:
        return said[-1].key()
    speaking = ", ".join(dict.fromkeys(one.account for one in held))
    raise UnknownStatementError(
        f"{account} has no such statement in force on {dossier.id}",
        where="option --account",
        why=f"those who have are {speaking}" if speaking else "nobody has one",
        hint=f"reciprocity show {dossier.id}",
    )
