"""Catching up: what the log has beyond the manifest's position becomes rows, then segments.

A long log is read in pages, ahead of what is being worked on; whatever was read since the last
commit is written and committed now and then, so that a process that is stopped goes on from there.
"""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledger.columns.compaction import due, merged
from ledger.columns.manifest import Manifest, commit, moved
from ledger.columns.schema import TABLES
from ledger.columns.sealing import digest_of
from ledger.columns.segments import RUN, TAIL, Segment, write_segment
from ledger.columns.sweeping import swept

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ledger.columns.decoding import Decoder
    from ledger.columns.engine import Engine
    from ledger.store.raw import RawEvent, RawLog

RUN_EVENTS: Final = 1_000_000
"""Events between two commits: what is lost where the process ends, and what memory must hold."""

TAIL_EVENTS: Final = 20_000
"""Up to so many new events are a tail; more make a run."""


class Filler:
    """Writes what is new in a log into one folder. The folder's lock is held by the caller."""

    def __init__(self, engine: Engine, decoder: Decoder, folder: Path) -> None:
        self._engine = engine
        self._decoder = decoder
        self._folder = folder

    def fill(self, manifest: Manifest, log: RawLog, until: int | None) -> Manifest:
        """Bring the folder to the end of the log, or to `until`; return its manifest."""
        begun_at = manifest.position
        waiting = 0
        last: RawEvent | None = None
        for page in pages(log, manifest.position, until):
            if not manifest.ledger:
                manifest = replace(manifest, ledger=digest_of(page[0]))
            self._decoder.add(page)
            waiting += len(page)
            last = page[-1]
            if waiting >= RUN_EVENTS:
                manifest = self._written(manifest, last, RUN)
                waiting = 0
        if last is not None and waiting:
            level = RUN if waiting > TAIL_EVENTS else TAIL
            manifest = self._written(manifest, last, level)
        if manifest.position == begun_at:
            return manifest
        return self._compacted(manifest, is_large=manifest.position - begun_at > TAIL_EVENTS)

    def _written(self, manifest: Manifest, last: RawEvent, level: int) -> Manifest:
        made: list[Segment] = []
        for table in TABLES:
            number = manifest.made + len(made)
            found = write_segment(
                self._engine, self._folder, table, f"new_{table}", level=level, number=number
            )
            if found is not None:
                made.append(found)
        manifest = replace(
            moved(manifest, [], made, len(made), 0),
            position=last[0],
            digest=digest_of(last),
        )
        commit(self._folder, manifest)
        self._decoder.clear()
        return manifest

    def _compacted(self, manifest: Manifest, *, is_large: bool) -> Manifest:
        was = manifest
        for table in TABLES:
            merge = due(table, manifest.of(table), is_large=is_large)
            if merge is not None:
                made = merged(self._engine, self._folder, merge, manifest.made)
                manifest = moved(manifest, merge.gone, made, len(made), time.time())
                commit(self._folder, manifest)
        if manifest is was:
            return manifest
        manifest = swept(self._folder, manifest, time.time())
        commit(self._folder, manifest)
        return manifest


def pages(log: RawLog, after: int, until: int | None) -> Iterator[list[RawEvent]]:
    """Go through the log page by page, reading the next while one is worked on."""
    page = log.page(after, until)
    with ThreadPoolExecutor(1) as reader:
        while len(page) > TAIL_EVENTS:
            coming: Future[list[RawEvent]] = reader.submit(log.page, page[-1][0], until)
            yield page
            page = coming.result()
    while page:
        yield page
        page = log.page(page[-1][0], until)
