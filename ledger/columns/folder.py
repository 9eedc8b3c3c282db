"""The columns of one ledger, as its users meet them: open, catch up, ask, look after.

The folder is made from the log and can be made again from it at any time: what does not fit the
log, or is not whole, is thrown away, and nothing is ever shown of which the folder does not hold
every row up to its position.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from time import time
from typing import TYPE_CHECKING, Final, Self
from uuid import uuid4

from domain.errors import require
from ledger.columns.catchup import Filler
from ledger.columns.checking import ChangedEvent, SegmentSpoiledError, first_changed, spoiled
from ledger.columns.connections import Connections
from ledger.columns.crew import Crew
from ledger.columns.engine import connect
from ledger.columns.faults import named_errors
from ledger.columns.lock import writing
from ledger.columns.manifest import NAME, Manifest, commit, emptied, faults, fits, load
from ledger.columns.places import folder_for
from ledger.columns.schema import TABLES
from ledger.columns.segments import Segment
from ledger.columns.sweeping import SPILL, swept
from ledger.columns.tail_tables import TailTables
from ledger.columns.tails import TAILS
from ledger.columns.views import Shelf, define, define_kinds, define_stored
from ledger.store.sqlite_file import Stamp, stamp_of

if TYPE_CHECKING:
    from types import TracebackType

    from ledger.columns.engine import Engine
    from ledger.store.store import Store

ANOTHER_LOG: Final = "the columns were made from another log, or from one that was longer"
"""What is noticed where the log's first event, or the one at the columns' position, is another."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much of a table there is on the disk."""

    table: str
    segments: int
    rows: int
    bytes: int


class Columns:
    """One ledger's history as columns. Close it, or use it as a context manager.

    `noticed` says what was found wrong with the folder, and was answered by making it again.
    """

    def __init__(self, store: Store, folder: Path | None = None) -> None:
        self._log = store.raw
        found = folder or folder_for(store)
        self._temporary = None if found else tempfile.TemporaryDirectory(prefix="reciprocity-")
        self.folder = found or Path(self._temporary.name if self._temporary else "")
        self.noticed: tuple[str, ...] = ()
        self._lock = RLock()
        self._engine: Engine | None = None
        self._spill = self.folder / SPILL
        self._tails: TailTables | None = None
        self._connections: Connections | None = None
        self._crew = Crew(lambda: self._opened().cursor(), self._log)
        self._filler = Filler(self.folder, self._log, self._crew)
        self._is_swept = False
        self._manifest = Manifest()
        self._stamp: Stamp | None = None
        self._read()

    @property
    def position(self) -> int:
        """The position of the log up to which everything is here; 0 for an empty folder."""
        return self._manifest.position

    def catch_up(self, until: int | None = None) -> int:
        """Bring the columns to the end of the log, or to `until`; return where they stand.

        Waits for another process that is at it. Raises what an event raises that cannot be read,
        StoreLockedError, and the StoreUnavailableErrors of the store.

        Rule: docs/semantics.md#replay
        """
        with self._lock, named_errors(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            with writing(self.folder):
                self._read()
                if not self._is_swept:
                    self._manifest = swept(self.folder, self._manifest, time())
                    self._is_swept = True
                try:
                    self._manifest = self._filler.fill(self._manifest, until)
                except BaseException:
                    # What was decoded and not written must not be written by the next; what was
                    # committed before is read again.
                    self._crew.close()
                    self._read()
                    raise
                self._stamp = stamp_of(self.folder / NAME)
            return self.position

    def connection(self, dispute: str | None = None, until: int | None = None) -> Engine:
        """Return a connection with the views of `views.py`, of all disputes or one.

        `until` is the position as known at which they are: at most that of the columns, which is
        also what None means. The connection is the caller's to close, has a database of its own
        for what is worked out, and shows the same rows however the columns move on, for at least
        a quarter of an hour.
        """
        with self._lock, named_errors(self.folder):
            opened, shelf = self._shelved()
            known = self.position if until is None else min(until, self.position)
            try:
                define(opened, shelf, known, dispute)
            except BaseException:
                opened.close()
                raise
            return opened

    def stored(self) -> Engine:
        """Return a connection that shows every row, also those that ended, as `stored_<table>`."""
        with self._lock, named_errors(self.folder):
            opened, shelf = self._shelved()
            define_stored(opened, shelf, self.position)
            return opened

    def segments(self) -> tuple[Segment, ...]:
        """Return the segments that hold the rows as they stand."""
        return self._manifest.segments

    def sizes(self) -> tuple[Size, ...]:
        """Return what each table takes on the disk."""
        held = {table: self._manifest.of(table) for table in (*TABLES, TAILS)}
        return tuple(
            Size(table, len(found), sum(one.rows for one in found), sum(one.bytes for one in found))
            for table, found in held.items()
        )

    def verify(self) -> None:
        """Hold every segment against its SHA-256; raise SegmentSpoiledError with the first.

        What is spoiled is made again by `discard()` and the next catching up.
        """
        with self._lock:
            problems = spoiled(self._manifest, self.folder)
        require(
            not problems,
            SegmentSpoiledError(
                "the columns are not what was written",
                where=str(self.folder),
                why=problems[0] if problems else "",
                hint="reciprocity replay --verify --engine columns throws them away, and is to be "
                "run once more to make them again from the ledger",
            ),
        )

    def first_changed_event(self) -> ChangedEvent | None:
        """Digest the log again and name the first event that is not what the columns read.

        Rule: docs/semantics.md#digests
        """
        with self._lock, self.stored() as engine:
            return first_changed(engine, self._log, self.position)

    def discard(self) -> None:
        """Throw everything away, to be made again by the next catching up."""
        with self._lock:
            self.folder.mkdir(parents=True, exist_ok=True)
            with writing(self.folder):
                self._manifest = emptied(self._manifest)
                commit(self.folder, self._manifest)
                swept(self.folder, self._manifest, time())
                self._crew.close()

    def close(self) -> None:
        """Let go of the engine, and of a folder that was only lent."""
        with self._lock:
            self._crew.close()
            if self._connections is not None:
                self._connections.close()
            self._tails = self._connections = None
            if self._engine is not None:
                self._engine.close()
                self._engine = None
                shutil.rmtree(self._spill, ignore_errors=True)
            if self._temporary is not None:
                self._temporary.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> None:
        self.close()

    def _read(self) -> None:
        """Take the folder as it is now; what does not fit the log or is not whole is nothing."""
        self._stamp = stamp_of(self.folder / NAME)
        found = load(self.folder)
        if found is None:
            self._manifest = Manifest()
            return
        problems = faults(found, self.folder)
        if not problems and not fits(found, self._log):
            problems = (ANOTHER_LOG,)
        if problems:
            self.noticed = problems
        self._manifest = emptied(found) if problems else found

    def _shelved(self) -> tuple[Engine, Shelf]:
        """Return a new connection, and where the rows are as the folder stands now."""
        if stamp_of(self.folder / NAME) != self._stamp:
            self._read()
        engine = self._opened()
        self._tails = self._tails or TailTables(engine)
        self._connections = self._connections or Connections(engine)
        tails = self._tails.shown(self._manifest, self.folder)
        return self._connections.opened(), Shelf(self.folder, self._manifest, tails)

    def _opened(self) -> Engine:
        if self._engine is None:
            # Two processes that spilled into one folder would take each other's files for theirs.
            self._spill = self.folder / SPILL / uuid4().hex
            self._engine = connect(self._spill)
            define_kinds(self._engine)
        return self._engine


def open_columns(store: Store, folder: Path | None = None) -> Columns:
    """Open the columns of a store, in the folder named or the one that is theirs.

    What they hold is read; nothing is written before they catch up.
    """
    return Columns(store, folder)
