"""The way through the domain: events read as entries, folded to dossiers, unfolded to rows."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

from eventsourcing.persistence import Notification

from domain.dossiers import amended, opened
from domain.records.subjects import DisputeOpened, SidesChanged
from ledger.columns.flatten import Row, Unfolding, flatten_sides
from ledger.store.mapper import EntryMapper

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.dossiers import Dossier
    from domain.records.entry import Entry
    from ledger.store.raw import RawEvent

MAPPER = EntryMapper()


def entry_of(event: RawEvent) -> Entry:
    """Read a raw event as an entry; raise what an unreadable one raises."""
    position, stream, version, topic, state = event
    stored = Notification(
        originator_id=stream, originator_version=version, topic=topic, state=state, id=position
    )
    return MAPPER.to_domain_event(stored)


def rows_of(events: Iterable[RawEvent], after: int) -> dict[str, list[Row]]:
    """Return the rows that events after a position write, by table.

    Events come stream by stream, each stream whole and by version.
    """
    rows: dict[str, list[Row]] = defaultdict(list)
    for stream, group in groupby(events, key=lambda event: event[1]):
        if stream.startswith("action:"):
            _unfold(group, after, rows)
        else:
            _draw_sides(group, after, rows)
    return rows


def _unfold(events: Iterable[RawEvent], after: int, rows: dict[str, list[Row]]) -> None:
    dossier: Dossier | None = None
    unfolding = Unfolding()
    for event in events:
        entry = entry_of(event)
        dossier = opened(entry) if dossier is None else amended(dossier, entry)
        changes = unfolding.to(dossier)
        if entry.position > after:
            for table, row in changes.begun:
                rows[table].append(row)
            rows["replaced"] += changes.ended


def _draw_sides(events: Iterable[RawEvent], after: int, rows: dict[str, list[Row]]) -> None:
    for event in events:
        entry = entry_of(event)
        record = entry.record
        if entry.position > after and isinstance(record, (DisputeOpened, SidesChanged)):
            rows["sides"].append(flatten_sides(entry.stream, record, entry.position))
