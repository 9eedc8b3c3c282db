"""Stores with a history, and the rows that they come to: by the domain, and in the columns."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from domain.dossiers import amended, opened
from domain.records.subjects import DisputeOpened, SidesChanged
from ledger.columns.flatten import Unfolding, flatten_sides
from ledger.columns.schema import TABLES
from ledger.store.digests import digest
from ledger.store.factory import open_store
from ledger.store.mapper import EntryMapper

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from eventsourcing.persistence import StoredEvent

    from domain.dossiers import Dossier
    from domain.records.entry import Entry
    from ledger.columns.engine import Engine
    from ledger.columns.folder import Columns
    from ledger.store.store import Store

Rows = dict[str, list[dict[str, Any]]]
MAPPER = EntryMapper()


def stored(entries: Iterable[Entry]) -> list[StoredEvent]:
    return [MAPPER.to_stored_event(entry) for entry in entries]


def store_of(entries: Iterable[Entry], url: str = "memory:") -> Store:
    """Open a store that holds these entries."""
    store = open_store(url, create=True)
    store.recorder.insert_events(stored(entries))
    return store


def rows_by_domain(entries: Sequence[Entry]) -> Rows:
    """Return every row that entries come to, each by the domain's own objects."""
    rows: Rows = {table: [] for table in TABLES}
    held: dict[str, Dossier] = {}
    streams: dict[str, Unfolding] = defaultdict(Unfolding)
    for entry, event in zip(entries, stored(entries), strict=True):
        rows["log"].append({"position": entry.position, "digest": bytes.fromhex(digest(event))})
        record = entry.record
        if entry.stream.startswith("action:"):
            before = held.get(entry.stream)
            held[entry.stream] = opened(entry) if before is None else amended(before, entry)
            changes = streams[entry.stream].to(held[entry.stream])
            for table, row in changes.begun:
                rows[table].append(row)
            rows["replaced"] += changes.ended
        elif isinstance(record, (DisputeOpened, SidesChanged)):
            rows["sides"].append(flatten_sides(entry.stream, record, entry.position))
    return {table: in_order(found) for table, found in rows.items()}


def rows_in(engine: Engine, prefix: str) -> Rows:
    """Read every row of the tables or views of this prefix."""
    found = {}
    for table, fields in TABLES.items():
        names = ", ".join(fields)
        held = engine.execute(f"FROM {prefix}{table} SELECT {names}").fetchall()
        found[table] = in_order([dict(zip(fields, row, strict=True)) for row in held])
    return found


def in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: str(sorted(row.items())))


def everything(columns: Columns) -> Rows:
    with columns.stored() as engine:
        return rows_in(engine, "stored_")
