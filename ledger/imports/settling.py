"""Conflicts of an import: what differs only where a form is mute, and what can be corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.canonical import FrozenJson
from domain.records.action import Action
from domain.records.amendments import Corrected
from domain.records.base import dump
from domain.records.subjects import DisputeOpened, SidesChanged

if TYPE_CHECKING:
    from domain.records.base import Record, Source
    from ledger.context import Context


def held_now(record: Record, context: Context) -> Record | None:
    """Return what the ledger holds under the record's id, as it stands now; None if nothing."""
    if isinstance(record, Action):
        dossier = context.dossier(record.id)
        return dossier.action if dossier else None
    if isinstance(record, DisputeOpened):
        dispute = context.dispute(record.id)
        return dispute.opened.model_copy(update={"sides": dispute.sides.sides}) if dispute else None
    entries = context.stream(record.stream())
    return entries[0].record if entries else None


def as_far_as_a_row_says(given: Record, held: Record | None) -> Record:
    """Return an action of a CSV row with what a row cannot say taken from the one that is held.

    These are the organ that acted, the original fields of an imported row, and the archived copies
    and digests of sources that are otherwise the same.
    """
    if not isinstance(given, Action) or not isinstance(held, Action):
        return given
    known = {_without_copy(source): source for source in held.sources}
    return given.model_copy(
        update={
            "organ": held.organ,
            "provenance": held.provenance,
            "sources": tuple(known.get(source, source) for source in given.sources),
        }
    )


def _without_copy(source: Source) -> Source:
    return source.model_copy(update={"archive": "", "digest": ""})


def differences(held: Record, given: Record) -> dict[str, tuple[object, object]]:
    """Return the fields in which two records differ, in stored form: as held, as given."""
    before, after = _fields(held), _fields(given)
    return {
        field: (before.get(field), after.get(field))
        for field in before | after
        if before.get(field) != after.get(field)
    }


def _fields(record: Record) -> dict[str, object]:
    kind = {"kind": record.kind} if isinstance(record, Action) else {}
    return {**kind, **dump(record)}


def correction(held: Record, given: Record, reason: str) -> Record | None:
    """Return the record that makes what is held what is given; None where nothing can.

    An action is corrected field by field; of a dispute only the sides can be drawn anew.

    Rule: docs/semantics.md#corrections
    """
    differing = differences(held, given)
    if isinstance(held, Action) and isinstance(given, Action):
        changes = {field: after for field, (_, after) in differing.items()}
        return Corrected(action=held.id, changes=FrozenJson.of(changes), reason=reason)
    if isinstance(given, DisputeOpened) and differing.keys() == {"sides"}:
        return SidesChanged(dispute=given.id, sides=given.sides, reason=reason)
    return None
