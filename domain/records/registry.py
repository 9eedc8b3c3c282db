"""The table from stored names to record classes: the only way a stored record becomes an object.

A stored name is a literal that never changes; a version rises when the stored form does, and older
payloads are brought up to it before they are loaded. An unknown name is an error, never an import.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from domain.claims.claim import ClaimRecorded, ClaimWithdrawn
from domain.errors import InputError
from domain.kinds import kind as known_kind
from domain.nearest import nearest
from domain.records import accounts, amendments, stocks, subjects
from domain.records.actions import (
    mission_staff,
    other,
    relations,
    removal,
    restrictions,
    retaliation,
    visas,
    words,
)
from domain.records.actions import (
    property as property_,
)
from domain.records.base import Record, dump

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.records.action import Action


class UnknownRecordTypeError(InputError):
    """A record's stored name or version is not in the table."""


class RecordInvalidError(InputError):
    """A record of a known type has a field that is missing, unknown or wrong."""


ACTIONS: Final[tuple[type[Action], ...]] = (
    words.Statement,
    words.Proposal,
    words.Consultation,
    words.Demand,
    words.Protest,
    words.LegalAction,
    words.SymbolicAct,
    words.Threat,
    visas.VisaRefusal,
    visas.VisaSuspension,
    restrictions.TravelRestriction,
    property_.DenialOfAccess,
    property_.PrivilegeWithdrawal,
    relations.TalksCancelled,
    mission_staff.AccreditationWithdrawal,
    restrictions.MediaRestriction,
    restrictions.OrganisationBan,
    relations.Recall,
    mission_staff.RotationDeparture,
    mission_staff.LocalStaffBan,
    removal.Expulsion,
    removal.StaffCap,
    property_.OwnPostClosure,
    mission_staff.OwnStaffWithdrawal,
    property_.PropertyClosure,
    property_.PropertySeizure,
    restrictions.Designation,
    relations.TreatySuspension,
    relations.BreakingRelations,
    retaliation.Retaliation,
    other.Reversal,
    other.Other,
)

OTHERS: Final[tuple[type[Record], ...]] = (
    accounts.Attributed,
    accounts.AttributionWithdrawn,
    accounts.Characterised,
    accounts.CharacterisationWithdrawn,
    amendments.Corrected,
    amendments.Retracted,
    amendments.Reinstated,
    amendments.SourceAdded,
    subjects.DisputeOpened,
    subjects.SidesChanged,
    subjects.PartyRegistered,
    subjects.CoverageStated,
    stocks.StockObserved,
    ClaimRecorded,
    ClaimWithdrawn,
)

RECORDS: Final[Mapping[str, type[Record]]] = {row.stored_name: row for row in (*ACTIONS, *OTHERS)}


def record_class(stored_name: str, version: int, where: str) -> type[Record]:
    """Return the class stored under this name; raise UnknownRecordTypeError."""
    found = RECORDS.get(stored_name)
    if found is not None and found.stored_version == version:
        return found
    known = f"version {version} of {stored_name!r}" if found else f"record type {stored_name!r}"
    raise UnknownRecordTypeError(
        f"unknown {known}",
        where=where,
        why=f"this version knows up to version {found.stored_version}"
        if found
        else f"the nearest known names are {nearest(stored_name, RECORDS)}",
        hint="reciprocity doctor",
    )


def load_record(
    stored_name: str, version: int, payload: Mapping[str, object], where: str
) -> Record:
    """Make the record that a stored name, version and payload stand for.

    Raises UnknownRecordTypeError, RecordInvalidError, or the named error of the rule it breaks,
    each placed at `where`.

    Rule: docs/semantics.md#records
    """
    row = record_class(stored_name, version, where)
    try:
        return row.model_validate(dict(payload))
    except InputError as error:
        raise error.located(where) from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or stored_name
        raise RecordInvalidError(
            f"{stored_name}: {field}: {first['msg']}",
            where=where,
            why=f"got {str(first['input'])[:80]!r}",
            hint="reciprocity add --help",
        ) from error


def dump_record(record: Record) -> dict[str, object]:
    """Return the stored payload of a record."""
    return dump(record)


def action_class(kind: str) -> type[Action]:
    """Return the class of actions of a kind; raise UnknownKindError."""
    known_kind(kind)
    return next(found for found in ACTIONS if found.stored_name == f"action.{kind}")
