"""A claim: who said what when, where it stands, and the test that says when it is true."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from domain.claims.language import Test
from domain.claims.nesting import checked_nesting
from domain.dates import UncertainDate
from domain.records.base import PartyCode, Record, Slug, Source, require_sources


class Variant(BaseModel):
    """One way to make the sentence precise: a label that tells it from others, and its test.

    Raises ClaimTooDeepError.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str = ""
    test: Annotated[Test, AfterValidator(checked_nesting)]


class ClaimRecorded(Record):
    """A sentence by a speaker, in paraphrase, and one test or several that make it precise.

    `side` is the party that speaks. The first variant is the sentence as its words are best taken.

    Raises SourceMissingError.

    Rule: docs/semantics.md#claims
    """

    stored_name: ClassVar[str] = "claim_recorded"
    id: Slug
    dispute: Slug
    side: PartyCode | None = None
    speaker: str
    role: str = ""
    said_on: UncertainDate
    words: str
    quotation: str = ""
    variants: tuple[Variant, ...] = Field(min_length=1)
    sources: tuple[Source, ...] = ()
    note: str = ""
    confidence: str = ""

    @model_validator(mode="after")
    def _is_sourced(self) -> Self:
        require_sources(self.sources, f"claim {self.id}")
        return self

    def stream(self) -> str:
        """Return the stream that this claim opens."""
        return f"claim:{self.id}"


class ClaimWithdrawn(Record):
    """The claim is no longer audited; its id stays taken."""

    stored_name: ClassVar[str] = "claim_withdrawn"
    claim: Slug
    reason: str
    again: int = 0

    def stream(self) -> str:
        """Return the stream of the claim."""
        return f"claim:{self.claim}"
