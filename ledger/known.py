"""What must be there already: actions and disputes that a record names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.errors import InputError, require
from domain.nearest import did_you_mean

if TYPE_CHECKING:
    from domain.dossiers import Dossier
    from ledger.context import Context


class UnknownActionError(InputError):
    """A record names an action that the ledger does not hold."""


class UnknownDisputeError(InputError):
    """A record names a dispute that was never opened."""


def known_dispute(dispute: str, context: Context, where: str) -> None:
    """Refuse a dispute that was never opened; raise UnknownDisputeError."""
    require(
        context.has_dispute(dispute),
        UnknownDisputeError(
            f"no dispute {dispute!r} in this ledger",
            where=where,
            why="an action belongs to a dispute, whose sides it is read by",
            hint=f"reciprocity dispute add {dispute} --title ... --side NAME=PARTY,PARTY",
        ),
    )


def known_action(action: str, context: Context, where: str) -> Dossier | None:
    """Return an action that is recorded, None for one that the same import will bring.

    Raises UnknownActionError.
    """
    dossier = context.dossier(action)
    if dossier is not None or context.is_promised(action):
        return dossier
    # Not `require`: to look for likely names takes time that only an error is worth.
    raise UnknownActionError(
        f"no action {action!r} in this ledger",
        where=where,
        why=did_you_mean(action, context.names())
        or "a record may name only actions that are recorded",
        hint="reciprocity log --format table",
    )
