"""Denials: where the side that is blamed for a grievance is on record against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from domain.accounts import Conventions
from domain.causes import Form, Grievance
from domain.reading import BasisOf, StatedWhen
from domain.records.accounts import Basis, compilers_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from domain.dossiers import Dossier
    from domain.history import History
    from domain.records.accounts import Attributed
    from domain.sides import Sides

STATED: Final = Conventions(basis=BasisOf.STATED_ONLY)
DENYING: Final = frozenset({Form.UNPROVOKED, Form.DISPUTED})
SPEAKING: Final = DENYING | {Form.CAUSES}


class Denial(NamedTuple):
    """Who denied a grievance, and of which action that names it."""

    account: str
    action: str

    @property
    def is_inferred(self) -> bool:
        """Whether it is an analyst's word in the place of a party."""
        return self.party != self.account

    @property
    def party(self) -> str:
        """The party that denies, or for which the analyst does."""
        return _party(self.account)


def denials(
    history: History, dispute: str, grievance: Grievance, conventions: Conventions = STATED
) -> tuple[Denial, ...]:
    """Return the denials of a grievance, as (account, action), in the order of recording.

    An account of the blamed side denies it where it calls an action that names the grievance
    unprovoked, or disputes its cause. With inferred, the analyst who compiles for a party denies it
    where that party said nothing of the action. Nobody is there to deny what nobody is blamed for.

    Rule: docs/semantics.md#initiators
    """
    return denied(history, dispute, conventions).get(grievance, ())


def denied(
    history: History, dispute: str, conventions: Conventions = STATED
) -> Mapping[Grievance, tuple[Denial, ...]]:
    """Return every grievance of a dispute that is denied, with its denials; linear in statements.

    Rule: docs/semantics.md#initiators
    """
    sides = history.sides(dispute)
    found: dict[Grievance, list[Denial]] = {}
    for dossier in history.in_dispute(dispute):
        named = _grievances(dossier, conventions)
        for account in _deniers(dossier, conventions) if named else ():
            side = sides.side_of(_party(account))
            for grievance in named:
                if _blames(sides, grievance, side):
                    found.setdefault(grievance, []).append(Denial(account, dossier.id))
    return {grievance: tuple(held) for grievance, held in found.items()}


def _grievances(dossier: Dossier, conventions: Conventions) -> list[Grievance]:
    """Return the grievances that some account names, by its own word or, if read, an analyst's."""
    said = [dossier.action.cause]
    said += [
        held.causes
        for held in dossier.attributions
        if held.basis is not Basis.INFERRED or conventions.basis is BasisOf.WITH_INFERRED
    ]
    causes = {cause for one in said for cause in one.causes if isinstance(cause, Grievance)}
    return sorted(causes)


def _deniers(dossier: Dossier, conventions: Conventions) -> Iterator[str]:
    """Go through the parties whose word on the action denies, and analysts for silent ones."""
    spoken: dict[str, list[Attributed]] = {}
    for held in dossier.attributions:
        if held.causes.form in SPEAKING:
            spoken.setdefault(held.account, []).append(held)
    for account, statements in spoken.items():
        party = _party(account)
        is_analyst = party != account
        is_read = conventions.basis is BasisOf.WITH_INFERRED and party not in spoken
        word = statements[-1 if conventions.stated is StatedWhen.LAST else 0]
        is_heard = not is_analyst or (is_read and word.basis is Basis.INFERRED)
        if is_heard and word.causes.form in DENYING:
            yield account


def _party(account: str) -> str:
    return account.removeprefix(compilers_for(""))


def _blames(sides: Sides, grievance: Grievance, side: str) -> bool:
    return bool(grievance.blamed) and sides.side_of(grievance.blamed) == side
