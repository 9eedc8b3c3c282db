"""Saying again, on purpose, what was said before and is in force no more.

`again` counts the equal records before it. A person who records the same statement as before means
it anew when it was withdrawn or overtaken since; a file that is imported twice does not. So only
single commands restate; imports compare records as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.claims.claim import ClaimWithdrawn
from domain.dossiers import corrected_action
from domain.records.accounts import (
    Attributed,
    AttributionWithdrawn,
    CharacterisationWithdrawn,
    Characterised,
)
from domain.records.amendments import Corrected, Reinstated, Retracted
from domain.records.base import Amendment, Record
from domain.records.subjects import SidesChanged

if TYPE_CHECKING:
    from domain.dossiers import Dossier
    from ledger.context import Context


def restated(record: Record, context: Context) -> Record:
    """Return the record, counted as said again if an equal one is in force no more."""
    if not isinstance(record, (Amendment, SidesChanged, ClaimWithdrawn)):
        return record
    equal = [
        entry.record
        for entry in context.stream(record.stream())
        if _without_count(entry.record) == _without_count(record)
    ]
    if not equal or is_in_force(equal[-1], context):
        return equal[-1] if equal else record
    return record.model_copy(update={"again": len(equal)})


def is_in_force(record: Record, context: Context) -> bool:
    """Whether a record that stands in the log still has its effect."""
    if isinstance(record, SidesChanged):
        dispute = context.dispute(record.dispute)
        return dispute is not None and dispute.sides.sides == record.sides
    if isinstance(record, ClaimWithdrawn):
        claim = context.claim(record.claim)
        return claim is not None and claim.stands is record.taken_back
    dossier = context.dossier(record.action) if isinstance(record, Amendment) else None
    return dossier is None or _still_counts(record, dossier)


def _still_counts(record: Record, dossier: Dossier) -> bool:
    if isinstance(record, (Attributed, Characterised)):
        is_attribution = isinstance(record, Attributed)
        held = dossier.attributions if is_attribution else dossier.characterisations
        return _is_last(record, [said for said in held if said.account == record.account])
    if isinstance(record, (AttributionWithdrawn, CharacterisationWithdrawn)):
        return any(gone.by == record.key() for gone in dossier.withdrawn)
    if isinstance(record, Retracted):
        return not dossier.stands
    if isinstance(record, Reinstated):
        return dossier.stands
    if isinstance(record, Corrected):
        return corrected_action(dossier.action, record) == dossier.action
    return True


def _is_last(record: Record, said: list[Any]) -> bool:
    return bool(said) and said[-1] == record


def _without_count(record: Record) -> Record:
    return record.model_copy(update={"again": 0}) if hasattr(record, "again") else record
