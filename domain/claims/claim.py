"""A claim: who said what when, where it stands, and the test that says when it is true."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, ClassVar, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from domain.claims.language import Test
from domain.claims.nesting import checked_nesting
from domain.dates import UncertainDate
from domain.records.base import PartyCode, Record, Slug, Source, require_sources

if TYPE_CHECKING:
    from domain.records.entry import Entry


class Variant(BaseModel):
    """One way to make the sentence precise: a label that tells it from others, and its test.

    Raises ClaimTooDeepError.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    label: str = ""
    test: Annotated[Test, AfterValidator(checked_nesting)]


class ClaimRecorded(Record):
    """A sentence by a speaker, in paraphrase, and one test or several that make it precise.

    `side` is the party that speaks. The first variant is the sentence as its words are best taken.
    `assessment` is what whoever collected the sentence thought of it: kept to be compared with, and
    no part of any verdict.

    Raises SourceMissingError.

    Rule: docs/semantics.md#claims
    """

    model_config = ConfigDict(defer_build=True)
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
    assessment: str = ""
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
    """The claim is no longer audited; its id stays taken.

    With `taken_back` the withdrawal before it is taken back, and the claim stands where it stood.
    """

    stored_name: ClassVar[str] = "claim_withdrawn"
    claim: Slug
    reason: str
    taken_back: bool = False
    again: int = 0

    def stream(self) -> str:
        """Return the stream of the claim."""
        return f"claim:{self.claim}"


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as it stands: its record, the reason it was withdrawn for if it was, and where.

    `position` is that of its record, `changed_at` that of the last word about it.
    """

    recorded: ClaimRecorded
    withdrawn: str | None
    position: int
    changed_at: int

    @property
    def id(self) -> str:
        """The claim's id."""
        return self.recorded.id

    @property
    def stands(self) -> bool:
        """Whether it is audited."""
        return self.withdrawn is None


def claim_after(held: Claim | None, entry: Entry) -> Claim:
    """Fold an entry of a claim's stream: it is recorded, withdrawn, or stands again."""
    record, position = entry.record, entry.position
    if isinstance(record, ClaimRecorded):
        return Claim(record, None, position, position)
    if isinstance(record, ClaimWithdrawn) and held is not None:
        reason = None if record.taken_back else record.reason
        return replace(held, withdrawn=reason, changed_at=position)
    message = f"{entry.stream} does not open with its claim"
    raise TypeError(message)
