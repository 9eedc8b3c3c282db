"""A history in the making: what was recorded so far, so that what comes next may build on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from domain.history import HistoryFold
from domain.records.entry import Entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.records.base import Record


@dataclass
class Past:
    """What was drawn so far, folded, so that what comes next may build on it."""

    records: list[Record] = field(default_factory=list)
    fold: HistoryFold = field(default_factory=HistoryFold)
    versions: dict[str, int] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        stream = record.stream()
        self.versions[stream] = self.versions.get(stream, 0) + 1
        self.records.append(record)
        self.fold.add(entry_of(record, self.versions[stream], len(self.records)))

    @property
    def disputes(self) -> list[str]:
        return list(self.fold.disputes)

    @property
    def known(self) -> list[str]:
        return list(self.fold.dossiers)

    @property
    def standing(self) -> list[str]:
        return [name for name, dossier in self.fold.dossiers.items() if dossier.stands]


def entry_of(record: Record, version: int, position: int) -> Entry:
    """Stamp a record; two of three share a second, as records of one import do."""
    at = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=position // 3)
    return Entry(record.stream(), version, at, "tester", f"{position:032x}", record, position)


def entries_in_order(records: Sequence[Record]) -> tuple[Entry, ...]:
    """Stamp records in the order given."""
    versions: dict[str, int] = {}
    made = []
    for position, record in enumerate(records, start=1):
        stream = record.stream()
        versions[stream] = versions.get(stream, 0) + 1
        made.append(entry_of(record, versions[stream], position))
    return tuple(made)
