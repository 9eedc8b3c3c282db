"""The log as the writer sees it whose turn it is: nobody else can write while it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.records.entry import Entry
    from ledger.application import LedgerApplication
    from ledger.store.guard import LogReader


class LogUnderLock:
    """Entries read within a write transaction, as LedgerApplication gives them outside of one."""

    def __init__(self, application: LedgerApplication, read: LogReader) -> None:
        self._application = application
        self._read = read

    def stream(self, stream: str) -> tuple[Entry, ...]:
        """Return the entries of a stream, oldest first; empty where there is none."""
        return tuple(self._application.remembered(event) for event in self._read(stream))

    def entries_of(self, streams: Sequence[str]) -> dict[str, list[Entry]]:
        """Return the entries of many streams; an empty list where there is none."""
        found = self._read.streams(streams)
        return {
            stream: [self._application.remembered(event) for event in found.get(stream, ())]
            for stream in streams
        }
