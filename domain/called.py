"""What an action is called: whose kind and quantity count, by the reading."""

from __future__ import annotations

from dataclasses import dataclass

from domain.dossiers import Dossier
from domain.kinds import Family, Kind, Polarity, kind
from domain.quantities import Quantity
from domain.reading import ACTORS_KINDS, OTHER_SIDES_KINDS, BasisOf, Reading, StatedWhen
from domain.records.accounts import Basis, Characterised, compilers_for


@dataclass(frozen=True, slots=True)
class Called:
    """An action by the words of one teller: its kind, family, quantity and rung.

    `denied` says that the teller denies that it happened; it then counts nowhere.
    """

    kind: Kind
    family: Family
    quantity: Quantity | None
    rung: int | None
    denied: bool

    @property
    def is_hostile(self) -> bool:
        """Whether it is on rungs 3 to 8 and nobody whose word counts denies it."""
        return self.kind.polarity is Polarity.HOSTILE and not self.denied


def called(dossier: Dossier, reading: Reading) -> Called:
    """Return the action as the teller calls it whose kinds count in this reading.

    The family belongs to the action and stays. A rung that the reading gives a kind replaces the
    table's. Where the teller says nothing, the actor's kind and quantity stand.

    Rule: docs/semantics.md#rungs
    """
    action = dossier.action
    said = _characterisation(dossier, reading)
    row = kind(said.kind) if said and said.kind else action.kind_row
    own_rung = row.rung if said and said.kind else action.rung_of
    override = reading.rung_override(row.name)
    quantity = said.quantity if said and said.quantity else action.quantity
    return Called(
        kind=row,
        family=action.family_of,
        quantity=quantity,
        rung=own_rung if override is None else override,
        denied=bool(said and said.denied),
    )


def _characterisation(dossier: Dossier, reading: Reading) -> Characterised | None:
    if reading.kinds_by == ACTORS_KINDS:
        return None
    tellers = (
        dossier.action.targets if reading.kinds_by == OTHER_SIDES_KINDS else (reading.kinds_by,)
    )
    for teller in tellers:
        said = _said_by(dossier, teller, reading)
        if said is not None:
            return said
    return None


def _said_by(dossier: Dossier, teller: str, reading: Reading) -> Characterised | None:
    own = [held for held in dossier.characterisations if held.account == teller]
    if not own and reading.bases[0] is BasisOf.WITH_INFERRED:
        own = [
            held
            for held in dossier.characterisations
            if held.account == compilers_for(teller) and held.basis is Basis.INFERRED
        ]
    if not own:
        return None
    return own[-1] if reading.stated is StatedWhen.LAST else own[0]
