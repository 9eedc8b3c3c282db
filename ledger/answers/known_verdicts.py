"""Verdicts resumed from the stored view, where it answers what is asked."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from domain.claims.audit import Cell
from domain.claims.verdicts import MIXED
from domain.dossiers import restored_dossier
from domain.reading import Reading
from domain.selection import in_order_of_time
from domain.worlds import default_panel
from ledger.projections.dossiers import DOSSIERS
from ledger.projections.verdicts_rows import NAME, restored_finding, restored_possible, row_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.claims.claim import ClaimRecorded
    from domain.records.action import Action
    from ledger.asking import Asked
    from ledger.facade import Ledger
    from ledger.store.views import ViewStore

FREE: Final = ("dispute", "accounts", "bases", "grievances")
"""Fields of a reading by which the stored rows are told apart; all others are at their defaults."""

Items = dict[int, list[tuple[str, Any]]]
"""The items of each leaf in order of time, each with its row."""


def known_cells(ledger: Ledger, asked: Asked, claim: ClaimRecorded, number: int) -> list[Cell]:
    """Return the cells of a claim's test that are stored; none under a reading of one's own."""
    if asked.reading.model_copy(update=dict.fromkeys(FREE)) != DEFAULT:
        return []
    views = ledger.views()
    prefix = f"{asked.dispute}/{claim.id}/{number}/"
    summaries, items = _read(views, prefix)
    moment = _Moments(views, asked)
    test = claim.variants[number - 1].test
    found = []
    for account in _accounts(asked):
        for basis in asked.reading.bases:
            key = row_key(asked.dispute, claim.id, number, basis, account)
            summary = summaries.get(key)
            if summary is None:
                continue
            held = {leaf: moment.ordered(rows) for leaf, rows in items[key].items()}
            for policy in asked.reading.grievances:
                finding = (
                    restored_possible(summary, policy)
                    if account == MIXED
                    else restored_finding(test, summary, policy, held)
                )
                if finding is not None:
                    found.append(Cell(account, basis, policy, finding))
    return found


def _accounts(asked: Asked) -> Iterator[str]:
    """Go through the accounts asked for; mixed worlds are stored of the default panel alone."""
    yield from asked.panel
    if set(asked.panel) == set(default_panel(asked.history, asked.dispute)):
        yield MIXED


def _read(views: ViewStore, prefix: str) -> tuple[dict[str, Any], dict[str, Items]]:
    """Return the rows of a test by account, and those of its items in whole accounts by leaf."""
    summaries: dict[str, Any] = {}
    items: defaultdict[str, Items] = defaultdict(dict)
    above = prefix.count("/") + 2
    for key, text, _ in views.scan(NAME, prefix):
        parts = key.split("/")
        if len(parts) == above:
            summaries[key] = json.loads(text)
        elif len(parts) == above + 2 and parts[above - 1] != MIXED:
            account, leaf = "/".join(parts[:above]), int(parts[above])
            items[account].setdefault(leaf, []).append((parts[-1], json.loads(text)))
    return summaries, items


class _Moments:
    """When actions happened, those too that the history asked for does not hold."""

    def __init__(self, views: ViewStore, asked: Asked) -> None:
        self._views = views
        self._asked = asked

    def ordered(self, rows: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
        reading = self._asked.reading
        return sorted(rows, key=lambda row: in_order_of_time(self._action(row[0]), reading))

    def _action(self, name: str) -> Action:
        held = self._asked.history.dossiers.get(name)
        if held is None:
            held = restored_dossier(json.loads(self._views.get(DOSSIERS, name) or ""))
        return held.action


DEFAULT: Final = Reading().model_copy(update=dict.fromkeys(FREE))
