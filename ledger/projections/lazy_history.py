"""History read from the views: one dispute whole, or actions one by one as they are asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from domain.claims.claim import Claim
from domain.dossiers import Dossier, restored_dossier
from domain.history import Dispute, History
from domain.records.stocks import StockObserved
from domain.records.subjects import CoverageStated, PartyRegistered
from ledger.projections.dossiers import DOSSIERS, MEMBERS
from ledger.projections.effects import named_by
from ledger.projections.subjects import NAME as SUBJECTS
from ledger.projections.subjects import restored_claim, restored_dispute

if TYPE_CHECKING:
    from ledger.projections.rows import Views
    from ledger.store.views import ViewStore


class DossiersOnDemand(Mapping[str, Dossier]):
    """Dossiers looked up in the views when they are asked for, and then kept.

    Going through it goes through what was looked up or changed so far.
    """

    def __init__(self, views: Views, changed: dict[str, Dossier]) -> None:
        self._views = views
        self._held: dict[str, Dossier | None] = dict(changed)

    def _find(self, action: str) -> Dossier | None:
        if action not in self._held:
            stored = self._views.get(DOSSIERS, action)
            self._held[action] = restored_dossier(stored) if stored else None
        return self._held[action]

    def __getitem__(self, action: str) -> Dossier:
        """Return a dossier; KeyError for an action that nobody recorded."""
        found = self._find(action)
        if found is None:
            raise KeyError(action)
        return found

    def __iter__(self) -> Iterator[str]:
        """Go through the ids at hand now; what is looked up meanwhile is left out."""
        return iter([action for action, dossier in self._held.items() if dossier is not None])

    def __len__(self) -> int:
        """Count the dossiers at hand."""
        return sum(1 for _ in self)


class DisputesOnDemand(Mapping[str, Dispute]):
    """Disputes looked up in the views when they are asked for."""

    def __init__(self, views: Views, changed: dict[str, Dispute]) -> None:
        self._views = views
        self._held: dict[str, Dispute | None] = dict(changed)

    def __getitem__(self, dispute: str) -> Dispute:
        """Return a dispute; KeyError for one that nobody opened."""
        if dispute not in self._held:
            stored = self._views.get(SUBJECTS, f"dispute/{dispute}")
            self._held[dispute] = restored_dispute(stored) if stored else None
        found = self._held[dispute]
        if found is None:
            raise KeyError(dispute)
        return found

    def __iter__(self) -> Iterator[str]:
        """Go through the ids at hand."""
        return (dispute for dispute, held in self._held.items() if held is not None)

    def __len__(self) -> int:
        """Count the disputes at hand."""
        return sum(1 for _ in self)


class ClaimsOnDemand(Mapping[str, Claim]):
    """Claims as they are stored, each made when it is looked at: most questions look at none."""

    def __init__(self, stored: Mapping[str, object]) -> None:
        self._stored: dict[str, Any] = dict(stored)
        self._held: dict[str, Claim] = {}

    def __getitem__(self, claim: str) -> Claim:
        """Return a claim; KeyError for one that nobody recorded."""
        if claim not in self._held:
            self._held[claim] = restored_claim(self._stored[claim])
        return self._held[claim]

    def __iter__(self) -> Iterator[str]:
        """Go through the ids."""
        return iter(self._stored)

    def __len__(self) -> int:
        """Count the claims."""
        return len(self._stored)


def stored_history(views: ViewStore, dispute: str | None = None) -> History:
    """Return the history of a dispute from the views, with what it names elsewhere; None: all.

    The actions come in the order in which they were recorded.
    """
    prefix = "" if dispute is None else f"{dispute}/"
    members = [key.partition("/")[2] for key, _, _ in views.scan(MEMBERS, prefix)]
    dossiers = _loaded(views, members)
    waiting = list(dossiers.values())
    while waiting:
        named = {other for dossier in waiting for other in named_by(dossier)}
        found = _loaded(views, sorted(named - dossiers.keys()))
        dossiers |= found
        waiting = list(found.values())
    subjects = {key: json.loads(text) for key, text, _ in views.scan(SUBJECTS)}
    return History(
        dossiers=dict(sorted(dossiers.items(), key=lambda item: item[1].position)),
        disputes={
            key.partition("/")[2]: restored_dispute(stored)
            for key, stored in subjects.items()
            if key.startswith("dispute/")
        },
        parties={
            key.partition("/")[2]: PartyRegistered.model_validate(stored)
            for key, stored in subjects.items()
            if key.startswith("party/")
        },
        coverage={
            key.partition("/")[2]: CoverageStated.model_validate(stored)
            for key, stored in subjects.items()
            if key.startswith("coverage/")
        },
        stocks={
            key.partition("/")[2]: StockObserved.model_validate(stored)
            for key, stored in subjects.items()
            if key.startswith("stock/")
        },
        claims=ClaimsOnDemand(
            {
                key.partition("/")[2]: stored
                for key, stored in subjects.items()
                if key.startswith("claim/")
            }
        ),
    )


def _loaded(views: ViewStore, actions: list[str]) -> dict[str, Dossier]:
    found = views.get_many(DOSSIERS, actions)
    return {action: restored_dossier(json.loads(text)) for action, text in found.items()}
