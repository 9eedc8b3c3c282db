"""Purpose: whether an actor said at the time what its action was for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.causes import Form
from domain.dates import certainly_before
from domain.records.accounts import Basis
from domain.selection import date_of
from domain.truth import Truth, any_of

if TYPE_CHECKING:
    from domain.dates import UncertainDate
    from domain.dossiers import Dossier
    from domain.reading import Reading


@dataclass(frozen=True, slots=True)
class Purpose:
    """Whether the purpose was stated in time, and what that rests on."""

    value: Truth
    detail: str


def purpose_stated(dossier: Dossier, reading: Reading) -> Purpose:
    """Say whether an acting party gave the action's causes no later than it acted.

    Counted are the causes in the action's own record, given on the day it was made public or, if
    that is not recorded, with the action; and what an acting party itself stated later, on its
    date. Who says that the action answers nothing states no purpose. Where the record says that no
    cause was stated, there was none with the action; where it is unknown, it is not known. (ILC
    article 52 asks for notice of a countermeasure.)

    Rule: docs/semantics.md#law-flags
    """
    action = dossier.action
    when = date_of(action, reading.date_basis)
    found: list[tuple[Truth, str]] = []
    if action.cause.causes:
        public = action.made_public or action.occurred
        found.append((_no_later(public, when), f"with the action, public {public}"))
    elif action.cause.form is Form.UNKNOWN:
        found.append((Truth.UNDETERMINED, "not known whether a cause was stated"))
    elif action.cause.form is Form.CAUSES:
        found.append((Truth.FALSE, "stated to answer nothing"))
    else:
        found.append((Truth.FALSE, "no cause was stated"))
    for said in dossier.attributions:
        is_own = said.account in action.actors and said.basis is Basis.STATED
        if is_own and said.causes.causes:
            in_time = _no_later(said.stated_on, when) if said.stated_on else Truth.UNDETERMINED
            found.append((in_time, f"{said.account}, {said.stated_on or 'without a date'}"))
    value = any_of(truth for truth, _ in found)
    return Purpose(value, next(detail for truth, detail in found if truth is value))


def _no_later(stated: UncertainDate, when: UncertainDate) -> Truth:
    """Whether a day is no later than another; the same date given twice is the same day."""
    if stated == when or stated.hi <= when.lo:
        return Truth.TRUE
    return Truth.FALSE if certainly_before(when, stated) else Truth.UNDETERMINED
