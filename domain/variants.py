"""Variants of a history: the same records a little changed, to see what follows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from domain.dates import parse_date

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.dossiers import Dossier
    from domain.history import History
    from domain.quantities import Quantity


def reordered(history: History) -> History:
    """Return the history with its actions in another order: that of their ids, backwards."""
    backwards = sorted(history.dossiers.items(), reverse=True)
    return replace(history, dossiers=dict(backwards))


def narrowed(history: History, end: Literal["lo", "hi"]) -> History:
    """Return the history with every day of occurrence narrowed to its earliest or latest day."""

    def changed(dossier: Dossier) -> Dossier:
        occurred = dossier.action.occurred
        day = parse_date((occurred.lo if end == "lo" else occurred.hi).isoformat())
        return replace(dossier, action=dossier.action.model_copy(update={"occurred": day}))

    return _each(history, changed)


def scaled(history: History, factor: int) -> History:
    """Return the history with every quantity of an action multiplied, by whatever word."""

    def larger(quantity: Quantity | None) -> Quantity | None:
        if quantity is None:
            return None
        return quantity.model_copy(update={"value": quantity.value.scaled(factor)})

    def changed(dossier: Dossier) -> Dossier:
        action = dossier.action
        return replace(
            dossier,
            action=action.model_copy(update={"quantity": larger(action.quantity)}),
            characterisations=tuple(
                said.model_copy(update={"quantity": larger(said.quantity)})
                for said in dossier.characterisations
            ),
        )

    return _each(history, changed)


def units_in(history: History, dispute: str) -> tuple[str, ...]:
    """Return the units in which the actions of a dispute are counted, in order of name."""
    quantities = (held.action.quantity for held in history.in_dispute(dispute))
    return tuple(sorted({quantity.unit for quantity in quantities if quantity is not None}))


def _each(history: History, changed: Callable[[Dossier], Dossier]) -> History:
    return replace(
        history, dossiers={name: changed(held) for name, held in history.dossiers.items()}
    )
