"""Observed stocks: how many stood where on a date, according to whom."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import model_validator

from domain.dates import UncertainDate
from domain.quantities import Quantity
from domain.records.base import Account, PartyCode, Record, Slug, Source, require_sources


class StockObserved(Record):
    """A teller counts a stock: "455 posts", "some 230 diplomats".

    `whose` has it, `where` is the party on whose soil it stands, `on` is the date it held.

    Raises SourceMissingError.

    Rule: docs/semantics.md#stocks
    """

    stored_name: ClassVar[str] = "stock_observed"
    id: Slug
    teller: Account
    whose: PartyCode
    where: PartyCode
    quantity: Quantity
    on: UncertainDate
    sources: tuple[Source, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _is_sourced(self) -> Self:
        require_sources(self.sources, f"stock {self.id}")
        return self

    def stream(self) -> str:
        """Return the stream that this observation opens."""
        return f"stock:{self.id}"
