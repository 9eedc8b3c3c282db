"""Catching up: fold what is new into every projection, a page at a time.

Each page is committed with the position it reaches, by compare-and-swap: where another process was
faster the page is dropped and read again from where the views stand. The cost is that of what is
new and of what descends from it.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from domain.dossiers import Dossier, amended, opened, restored_dossier
from domain.history import Dispute, History, dispute_after
from domain.records.action import Action
from domain.records.base import Amendment
from domain.records.subjects import DisputeOpened, SidesChanged
from ledger.projections.dossiers import DOSSIERS
from ledger.projections.lazy_history import DisputesOnDemand, DossiersOnDemand
from ledger.projections.rows import Batch, Sealed, Views
from ledger.projections.schema import SCHEMA
from ledger.projections.subjects import NAME as SUBJECTS
from ledger.projections.subjects import restored_dispute

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ledger.store.views import ViewStore

PAGE = 1_000


def catch_up(
    feed: Callable[[int, int | None], Iterator[Sealed]],
    store: ViewStore,
    until: int | None = None,
    page: int = PAGE,
) -> int:
    """Bring the views to the end of the log, or to `until`, and return their position.

    `feed(after, until)` gives the entries after a position. Views of another schema are computed
    again from the first event. Raises what an entry raises that cannot be folded.

    Rule: docs/semantics.md#replay
    """
    while True:
        if store.schema() not in {"", SCHEMA}:
            store.reset()
        expected = store.position()
        sealed = tuple(islice(feed(expected, until), page))
        if not sealed:
            return expected
        try:
            with store.snapshot() as rows:
                views = Views(rows, empty=expected == 0)
                project(sealed, views)
        except Exception:
            # Folded onto views that somebody else moved on meanwhile, a page may make no sense.
            if store.position() == expected:
                raise
            continue
        store.commit(
            expected=expected,
            position=sealed[-1].entry.position,
            schema=SCHEMA,
            changes=views.changes,
            positions=views.positions,
        )


def project(sealed: tuple[Sealed, ...], views: Views) -> None:
    """Fold a page of entries into every projection."""
    from ledger.projections.table import PROJECTIONS  # noqa: PLC0415  most commands find no news

    batch = _batch(sealed, views)
    for projection in PROJECTIONS:
        projection.update(batch, views)


def _batch(sealed: tuple[Sealed, ...], views: Views) -> Batch:
    """Fold the page's entries into the dossiers and disputes they change."""
    before: dict[str, Dossier | None] = {}
    dossiers: dict[str, Dossier] = {}
    disputes: dict[str, Dispute] = {}
    for entry in (item.entry for item in sealed):
        record = entry.record
        if isinstance(record, (Action, Amendment)):
            action = record.id if isinstance(record, Action) else record.action
            if action not in before:
                before[action] = _stored_dossier(views, action)
            held = dossiers.get(action) or before[action]
            dossiers[action] = opened(entry) if held is None else amended(held, entry)
        elif isinstance(record, (DisputeOpened, SidesChanged)):
            dispute = entry.stream.partition(":")[2]
            held_dispute = disputes.get(dispute) or _stored_dispute(views, dispute)
            disputes[dispute] = dispute_after(held_dispute, entry)
    history = History(
        dossiers=DossiersOnDemand(views, dossiers), disputes=DisputesOnDemand(views, disputes)
    )
    return Batch(
        sealed=sealed,
        before=before,
        history=history,
        actions={name: dossier.changed_at for name, dossier in dossiers.items()},
        disputes={name: dispute.changed_at for name, dispute in disputes.items()},
    )


def _stored_dossier(views: Views, action: str) -> Dossier | None:
    stored = views.get(DOSSIERS, action)
    return restored_dossier(stored) if stored else None


def _stored_dispute(views: Views, dispute: str) -> Dispute | None:
    stored = views.get(SUBJECTS, f"dispute/{dispute}")
    return restored_dispute(stored) if stored else None
