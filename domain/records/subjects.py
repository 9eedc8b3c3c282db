"""What actions are about: disputes with their sides, parties, and what a ledger covers."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from domain.records.base import Dated, PartyCode, Record, Slug, Source
from domain.sides import Side, Sides


class DisputeOpened(Record):
    """A named contest and its sides, each a name and a set of parties.

    Raises SidesOverlapError where a party stands on two sides.

    Rule: docs/semantics.md#words
    """

    stored_name: ClassVar[str] = "dispute_opened"
    id: Slug
    title: str
    sides: tuple[Side, ...] = ()
    note: str = ""
    sources: tuple[Source, ...] = ()

    @model_validator(mode="after")
    def _sides_are_apart(self) -> Self:
        Sides(sides=self.sides)
        return self

    def stream(self) -> str:
        """Return the stream that this dispute opens."""
        return f"dispute:{self.id}"


class SidesChanged(Record):
    """The sides of a dispute are drawn anew. Sides are undated: the latest as known applies."""

    stored_name: ClassVar[str] = "sides_changed"
    dispute: Slug
    sides: tuple[Side, ...]
    reason: str = ""
    again: int = 0

    @model_validator(mode="after")
    def _sides_are_apart(self) -> Self:
        Sides(sides=self.sides)
        return self

    def stream(self) -> str:
        """Return the stream of the dispute."""
        return f"dispute:{self.dispute}"


class PartyRegistered(Record):
    """An organisation or an ad hoc group that acts, beside the states of ISO 3166."""

    stored_name: ClassVar[str] = "party_registered"
    code: PartyCode
    title: str
    nature: Literal["organisation", "group"] = "organisation"
    members: tuple[PartyCode, ...] = ()
    sources: tuple[Source, ...] = ()

    def stream(self) -> str:
        """Return the stream that this party opens."""
        return f"party:{self.code}"


class CoverageStated(Record):
    """What this ledger set out to cover, for whom, and from where: so that a gap can be judged.

    `parties` empty means all; `until` absent means up to now.

    Rule: docs/semantics.md#coverage
    """

    stored_name: ClassVar[str] = "coverage_stated"
    id: Slug
    statement: str
    dispute: Slug | None = None
    parties: tuple[PartyCode, ...] = ()
    period: Dated = None
    sources: tuple[Source, ...] = ()

    def stream(self) -> str:
        """Return the stream that this statement opens."""
        return f"coverage:{self.id}"
