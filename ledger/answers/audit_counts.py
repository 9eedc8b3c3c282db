"""The counts that an audit looked up: whose they are, of when, and what they take in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.claims.mentions import mentions
from domain.claims.stocks import observed
from domain.units import unit
from ledger.answers.words import source_words

if TYPE_CHECKING:
    from domain.claims.language import Test
    from domain.records.stocks import StockObserved
    from ledger.asking import Asked


@dataclass(frozen=True, slots=True)
class Counted:
    """One observation that a test rests on, with where it stands."""

    seen: StockObserved
    sources: tuple[str, ...]

    def words(self) -> str:
        """Return it in one line: "RUS had 230 posts in USA on 2021-10-27, as USA counts"."""
        seen = self.seen
        amount, counted_in = seen.quantity.value, unit(seen.quantity.unit)
        named = counted_in.singular if amount.lo == amount.hi == 1 else counted_in.plural
        had = f"{seen.whose} had {amount.words()} {named} in {seen.where} on {seen.on}"
        note = f" ({seen.note.removesuffix('.')})" if seen.note else ""
        return f"{had}, as {seen.teller} counts{note}"


def counted(asked: Asked, test: Test) -> tuple[Counted, ...]:
    """Return the observations that a test looks up, each once, in the order in which it does.

    Rule: docs/semantics.md#stocks
    """
    looked_up = mentions(test).stocks
    found = {seen.id: seen for term in looked_up for seen in observed(asked.history, term)}
    return tuple(Counted(seen, tuple(map(source_words, seen.sources))) for seen in found.values())
