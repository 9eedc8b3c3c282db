"""The parties that a ledger knows: states, organisations, and those registered in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.data.iso3166 import ISO_3166_1, ISO_3166_3
from domain.errors import InputError, require
from domain.parties import ORGANISATIONS, check_party, party_title
from domain.records.base import Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.records.subjects import PartyRegistered


class StateIsKnownError(InputError):
    """A state has its code from ISO 3166 and need not be registered."""


class Origin(StrEnum):
    """From where a party is known."""

    LEDGER = "registered here"
    STATE = "ISO 3166-1"
    FORMER_STATE = "ISO 3166-3"
    ORGANISATION = "known organisation"
    AD_HOC = "ad hoc"


@dataclass(frozen=True, slots=True)
class PartyRow:
    """One party: code, title, from where it is known, and what was registered of it."""

    code: str
    title: str
    origin: Origin
    members: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


STATES = {row[0]: row[2] for row in ISO_3166_1}
FORMER_STATES = {row[0]: row[1] for row in ISO_3166_3}


def known_parties(registered: Mapping[str, PartyRegistered]) -> tuple[PartyRow, ...]:
    """Return every party that has a title, by code; what is registered here comes first."""
    here = {code: _registered(record) for code, record in registered.items()}
    tables = (
        (dict(ORGANISATIONS), Origin.ORGANISATION),
        (STATES, Origin.STATE),
        (FORMER_STATES, Origin.FORMER_STATE),
    )
    known = [
        PartyRow(code, title, origin)
        for table, origin in tables
        for code, title in sorted(table.items())
        if code not in here
    ]
    return (*(here[code] for code in sorted(here)), *known)


def known_party(code: str, registered: Mapping[str, PartyRegistered]) -> PartyRow:
    """Return one party; raise UnknownPartyError with the likely ones.

    Rule: docs/semantics.md#words
    """
    check_party(code, registered)
    found = (row for row in known_parties(registered) if row.code == code)
    return next(found, PartyRow(code, party_title(code), Origin.AD_HOC))


def require_registrable(code: str) -> None:
    """Refuse to register a state anew; raise StateIsKnownError."""
    require(
        code not in STATES and code not in FORMER_STATES,
        StateIsKnownError(
            f"{code} is {party_title(code)} already",
            where="argument CODE",
            why="states have their codes from ISO 3166",
            hint=f"reciprocity party show {code}",
        ),
    )


def _registered(record: PartyRegistered) -> PartyRow:
    return PartyRow(record.code, record.title, Origin.LEDGER, record.members, record.sources)
