"""Verdicts in whole accounts, resumed from the stored view where it answers what is asked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from domain.claims.audit import Cell
from domain.reading import Reading
from ledger.projections.verdicts import NAME, restored_finding, row_key

if TYPE_CHECKING:
    from ledger.asking import Asked
    from ledger.facade import Ledger

FREE: Final = ("dispute", "accounts", "bases", "grievances")
"""Fields of a reading by which the stored rows are told apart; all others are at their defaults."""


def known_cells(ledger: Ledger, asked: Asked, claim: str, number: int) -> tuple[Cell, ...]:
    """Return the cells of a claim's test that are stored; none under a reading of one's own."""
    if asked.reading.model_copy(update=dict.fromkeys(FREE)) != DEFAULT:
        return ()
    places = {
        row_key(asked.dispute, claim, number, basis, account): (account, basis)
        for account in asked.panel
        for basis in asked.reading.bases
    }
    found = ledger.views().get_many(NAME, list(places))
    cells = []
    for key, text in found.items():
        account, basis = places[key]
        stored = json.loads(text)
        cells += [
            Cell(account, basis, policy, restored_finding(stored[policy]))
            for policy in asked.reading.grievances
        ]
    return tuple(cells)


DEFAULT: Final = Reading().model_copy(update=dict.fromkeys(FREE))
