"""Causes that certainly come after their effects: recorded, and reported at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from domain.accounts import is_impossible
from domain.causes import ActionCause
from domain.history import History
from ledger.context import Context
from ledger.lookups import effects_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.causes import Said
    from domain.dossiers import Dossier
    from ledger.facade import Ledger


class Late(NamedTuple):
    """An account that names a cause which certainly comes after its effect."""

    effect: str
    account: str
    cause: str


def late_causes(ledger: Ledger, action: str) -> tuple[Late, ...]:
    """Give the late causes of an action, and the actions that it is a late cause of.

    Looked at is all that any account says now. Nothing is refused for it.

    Rule: docs/semantics.md#impossible
    """
    context = Context(ledger.application)
    return tuple(
        late
        for name in dict.fromkeys((action, *effects_of(ledger, action)))
        if (dossier := context.dossier(name)) is not None and dossier.stands
        for late in _late(dossier, context)
        if action in {late.effect, late.cause}
    )


def _late(dossier: Dossier, context: Context) -> Iterator[Late]:
    for account, said in _told(dossier):
        for cause in said.causes:
            named = context.dossier(cause.action) if isinstance(cause, ActionCause) else None
            history = History(dossiers={named.id: named} if named else {})
            if is_impossible(history, dossier, (cause,)):
                yield Late(dossier.id, account, str(cause))


def _told(dossier: Dossier) -> Iterator[tuple[str, Said]]:
    """Go through all that is said of an action's causes, the actors' own first."""
    yield ", ".join(dossier.action.actors), dossier.action.cause
    for held in dossier.attributions:
        yield held.account, held.causes
