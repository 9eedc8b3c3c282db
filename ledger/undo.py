"""Undo: append the opposite of a record. Nothing is taken away, and an undo can be undone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from domain.canonical import FrozenJson
from domain.claims.claim import ClaimRecorded, ClaimWithdrawn
from domain.dossiers import amended, opened
from domain.errors import InputError
from domain.records.accounts import (
    Attributed,
    AttributionWithdrawn,
    CharacterisationWithdrawn,
    Characterised,
)
from domain.records.action import Action
from domain.records.amendments import Corrected, Reinstated, Retracted
from domain.records.base import Amendment, dump
from domain.records.subjects import DisputeOpened, SidesChanged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.records.base import Record
    from domain.records.entry import Entry
    from domain.sides import Side

REASON = "undo of position {position}"
OF_AN_UNDO = re.compile(r"undo of position [0-9]+")
"""The reason of a record that an undo appended."""


class NothingToUndoError(InputError):
    """The ledger is empty."""


class NoOppositeError(InputError):
    """The last record is of a type that has no opposite."""


def opposite(entry: Entry, stream: Sequence[Entry]) -> Record:
    """Return the record that takes the entry's effect back; `stream` holds its stream up to it.

    Raises NoOppositeError for records that only add knowledge: an opened dispute, a registered
    party, a source, an observed stock, a statement of coverage.

    Rule: docs/semantics.md#corrections
    """
    record, reason = entry.record, REASON.format(position=entry.position)
    name = getattr(record, "action", getattr(record, "id", ""))
    if isinstance(record, (Action, Reinstated)):
        return Retracted(action=name, reason=reason)
    if isinstance(record, Retracted):
        return Reinstated(action=name, reason=reason)
    if isinstance(record, (Attributed, Characterised)):
        return _withdrawal(record, reason)
    if isinstance(record, ClaimRecorded):
        return ClaimWithdrawn(claim=record.id, reason=reason)
    if isinstance(record, ClaimWithdrawn):
        return ClaimWithdrawn(claim=record.claim, reason=reason, taken_back=not record.taken_back)
    return _opposite_of_a_change(entry, stream, reason)


def _withdrawal(record: Attributed | Characterised, reason: str) -> Record:
    withdrawn = (
        AttributionWithdrawn if isinstance(record, Attributed) else CharacterisationWithdrawn
    )
    return withdrawn(
        action=record.action, account=record.account, statement=record.key(), reason=reason
    )


def _opposite_of_a_change(entry: Entry, stream: Sequence[Entry], reason: str) -> Record:
    """The state before it, recorded anew."""
    record = entry.record
    if isinstance(record, (AttributionWithdrawn, CharacterisationWithdrawn)):
        return _withdrawn_anew(record, stream, reason)
    if isinstance(record, Corrected):
        return _uncorrected(record, stream[:-1], reason)
    if isinstance(record, SidesChanged):
        return SidesChanged(dispute=record.dispute, sides=_sides_before(stream), reason=reason)
    raise NoOppositeError(
        f"{record.stored_name} has no opposite",
        where=f"position {entry.position}",
        why="it only adds knowledge; what it says can be said otherwise by a new record",
        hint="reciprocity log",
    )


def _withdrawn_anew(
    record: AttributionWithdrawn | CharacterisationWithdrawn,
    stream: Sequence[Entry],
    reason: str,
) -> Record:
    """Take the withdrawal back; or, if it took one back itself, withdraw its statement again."""
    earlier = {entry.record.key(): entry.record for entry in stream[:-1]}
    taken_back, statement = False, record.statement
    while isinstance(
        named := earlier.get(statement), (AttributionWithdrawn, CharacterisationWithdrawn)
    ):
        taken_back, statement = True, named.statement
    return type(record)(
        action=record.action,
        account=record.account,
        statement=statement if taken_back else record.key(),
        reason=reason,
    )


def _uncorrected(record: Corrected, before: Sequence[Entry], reason: str) -> Corrected:
    """The corrected fields as they stood before, absent ones null."""
    dossier = opened(before[0])
    for entry in before[1:]:
        if isinstance(entry.record, Amendment):
            dossier = amended(dossier, entry)
    stood = {"kind": dossier.action.kind, **dump(dossier.action)}
    changes = {field: stood.get(field) for field in record.changes.thaw()}
    return Corrected(action=record.action, changes=FrozenJson.of(changes), reason=reason)


def _sides_before(stream: Sequence[Entry]) -> tuple[Side, ...]:
    before = [
        entry.record.sides
        for entry in stream[:-1]
        if isinstance(entry.record, (DisputeOpened, SidesChanged))
    ]
    return before[-1]
