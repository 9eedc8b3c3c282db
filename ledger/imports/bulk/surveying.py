"""The first pass over packed rows: what `survey.py` asks of records, asked of what they need."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from ledger.imports.bulk.early import EarlySurvey
from ledger.imports.bulk.packed import unpacked
from ledger.imports.bulk.shelf import Held, Shelf
from ledger.imports.survey import ACTION, DISPUTE, PARTY, Found, Survey, Wishes, look_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.application import LedgerApplication
    from ledger.imports.bulk.packed import Needs, Packed
    from ledger.imports.survey import Key


class Surveyor:
    """Takes page after page of packed rows, each of one file, and concludes.

    Rule: docs/semantics.md#identity
    """

    def __init__(self, application: LedgerApplication) -> None:
        self._application = application
        self._shelf = Shelf(application)
        # Nothing needs to be looked up in an empty ledger; the second pass asks again in any case.
        self._is_empty = application.position() == 0
        self._early = EarlySurvey()
        self.rows = 0

    def take(self, page: Sequence[Packed], file: str, unit: str) -> None:
        """Look at the rows of a page."""
        self._shelf.fetch(() if self._is_empty else named_in(page))
        wishes = Wishes(self._application)
        for number, row in enumerate(page, start=self.rows):
            if row.needs is not None:
                self._plain(number, row.needs, f"{file}, {unit} {row.line}")
            elif row.records:
                self._any(number, row, wishes, file, unit)
            elif row.meant:
                self._early.unread(row.meant, f"{file}, {unit} {row.line}")
        self.rows += len(page)

    def concluded(self) -> Survey:
        """Say what was found."""
        return self._early.concluded(self.rows)

    def _plain(self, number: int, row: Needs, place: str) -> None:
        answers, links, speaks_of = row.answers, row.links, row.speaks_of
        brings: tuple[Key, ...] = ((ACTION, row.opens),) if row.opens else ()
        if not self._is_empty:
            for name in chain(answers, speaks_of):
                if self._shelf.held(name) is Held.RETRACTED:
                    self._early.refuse(number, brings, place)
                    return
            answers, links, speaks_of = (
                tuple(name for name in names if self._shelf.held(name) is Held.ABSENT)
                for names in (answers, links, speaks_of)
            )
        first: list[Key] = [(ACTION, name) for name in speaks_of]
        if row.dispute and not self._shelf.knows_dispute(row.dispute):
            first.append((DISPUTE, row.dispute))
        first += [(PARTY, party) for party in self._shelf.unknown_parties(row.parties)]
        needs: list[Key] = [(ACTION, name) for names in (answers, links) for name in names]
        needs += first
        if not self._early.settles(brings, needs, first):
            self._early.take(number, brings, frozenset(needs), frozenset(first), place)

    def _any(self, number: int, row: Packed, wishes: Wishes, file: str, unit: str) -> None:
        """Look at a row record by record."""
        found = Found()
        look_at(number, unpacked(row, file, unit), wishes, found)
        brings = found.brings.get(number, ())
        place = f"{file}, {unit} {row.line}"
        if found.refused:
            self._early.refuse(number, brings, place)
            return
        needs = found.needs.get(number, frozenset())
        first = found.needs_first.get(number, frozenset())
        if not self._early.settles(brings, needs, first):
            self._early.take(number, brings, needs, first, place)


def named_in(page: Sequence[Packed]) -> set[str]:
    """Name the actions that the rows of a page refer to."""
    return {
        name
        for row in page
        if row.needs is not None
        for names in (row.needs.answers, row.needs.links, row.needs.speaks_of)
        for name in names
    }
