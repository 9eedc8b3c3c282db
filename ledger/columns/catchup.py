"""Catching up: what the log has beyond the manifest's position becomes rows, then segments.

A few new events go through the domain and become a tail. A long log is read in pages, ahead of
what is being worked on, and committed now and then, so that a process that is stopped goes on from
there.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledger.columns.compaction import due, merged, tails_are_many
from ledger.columns.crew import groups
from ledger.columns.manifest import Manifest, commit, moved
from ledger.columns.schema import TABLES
from ledger.columns.sealing import digest_of
from ledger.columns.segments import Segment
from ledger.columns.sweeping import swept
from ledger.columns.tails import TAILS, read_tail, tail_rows, write_tail

if TYPE_CHECKING:
    from pathlib import Path

    from ledger.columns.crew import Crew
    from ledger.store.raw import RawEvent, RawLog

RUN_EVENTS: Final = 1_000_000
"""Events between two commits: what is lost where the process ends, and what memory must hold."""

TAIL_EVENTS: Final = 500
"""Up to so many new events are a tail; more are decoded by the engine and make runs."""


class Filler:
    """Writes what is new in a log into one folder, whose lock the caller holds.

    The crew makes the engine ready when it is needed: a few new events need none.
    """

    def __init__(self, folder: Path, log: RawLog, crew: Crew) -> None:
        self._folder = folder
        self._log = log
        self._crew = crew

    def fill(self, manifest: Manifest, until: int | None) -> Manifest:
        """Bring the folder to the end of the log, or to `until`; return its manifest.

        Whatever is committed on the way stays, whatever happens later.
        """
        few = self._log.page(manifest.position, until, TAIL_EVENTS + 1)
        if not few:
            return manifest
        if not manifest.ledger:
            manifest = replace(manifest, ledger=digest_of(few[0]))
        if len(few) <= TAIL_EVENTS:
            tail = write_tail(self._folder, tail_rows(few, self._log), manifest.made)
            manifest = self._committed(moved(manifest, [], [tail], 0), few[-1])
        else:
            manifest = self._run_on(manifest, until)
        return self._compacted(manifest)

    def _run_on(self, manifest: Manifest, until: int | None) -> Manifest:
        """Decode the log in pages, and write runs."""
        waiting = 0
        for group in groups(self._log, manifest.position, until):
            self._crew.add(group)
            waiting += sum(map(len, group))
            last = group[-1][-1]
            if waiting >= RUN_EVENTS:
                manifest = self._committed(self._with_runs(manifest, []), last)
                waiting = 0
        if waiting:
            manifest = self._committed(self._with_runs(manifest, []), last)
        return manifest

    def _with_runs(self, manifest: Manifest, gone: list[Segment]) -> Manifest:
        """Write what was decoded as runs, in the place of what is gone."""
        made = self._crew.runs(self._folder, manifest.made)
        return moved(manifest, gone, made, time.time())

    def _committed(self, manifest: Manifest, last: RawEvent) -> Manifest:
        manifest = replace(manifest, position=last[0], digest=digest_of(last))
        commit(self._folder, manifest)
        return manifest

    def _compacted(self, manifest: Manifest) -> Manifest:
        was = manifest
        tails = manifest.of(TAILS)
        if tails_are_many(tails):
            for tail in tails:
                self._crew.take(read_tail(self._folder, tail))
            manifest = self._with_runs(manifest, tails)
            commit(self._folder, manifest)
        for table in TABLES:
            merge = due(table, manifest.of(table))
            if merge is not None:
                made = merged(self._crew.engine, self._folder, merge, manifest.made)
                manifest = moved(manifest, merge.gone, made, time.time())
                commit(self._folder, manifest)
        if manifest is not was:
            manifest = swept(self._folder, manifest, time.time())
            commit(self._folder, manifest)
        return manifest
