"""Prints one claim whole: its facts, its tests in both forms and in plain English, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.parts import Answer, Part
from cli.tables import Column, Table
from domain.claims.plain import in_words
from ledger.claimtext.printing import claim_text

if TYPE_CHECKING:
    from domain.claims.claim import Claim

FIELDS = (Column("field"), Column("value"))
TESTS = (Column("label"), Column("plain", "in plain English"), Column("text", "claim language"))
SOURCES = (Column("title"), Column("publisher"), Column("date"), Column("address"))
FACTS = (
    *("id", "dispute", "side", "speaker", "role", "said_on", "words", "quotation"),
    *("assessment", "note", "confidence"),
)


def answer_of(claim: Claim) -> Answer:
    """Lay out the whole claim."""
    recorded = claim.recorded
    facts = [(name, getattr(recorded, name)) for name in FACTS]
    facts += [("withdrawn", claim.withdrawn), ("position", claim.position)]
    fields = tuple({"field": name, "value": value} for name, value in facts if value)
    tests = tuple(
        {"label": variant.label, "plain": in_words(variant.test), "text": claim_text(variant.test)}
        for variant in recorded.variants
    )
    sources = tuple(
        {column.key: getattr(source, column.key) for column in SOURCES}
        for source in recorded.sources
    )
    return Answer(
        title=f"The claim {claim.id}",
        header=(),
        parts=(
            Part("claim", Table(FIELDS, fields)),
            Part("tests", Table(TESTS, tests, title="Its tests")),
            Part("sources", Table(SOURCES, sources, title="Sources")),
        ),
    )
