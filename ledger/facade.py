"""The ledger as its users meet it: open, append, look, replay."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from domain.errors import InputError, require
from domain.history import HistoryFold
from domain.records.action import Action
from domain.selection import as_of_claim
from ledger.appending import Appender, Outcome, Status
from ledger.application import LedgerApplication
from ledger.known_at import position_known_at
from ledger.projections.catchup import catch_up
from ledger.projections.dossiers import DOSSIERS
from ledger.projections.lazy_history import stored_history
from ledger.projections.rows import Sealed
from ledger.projections.schema import SCHEMA
from ledger.store.addresses import is_server
from ledger.store.digests import digest
from ledger.store.errors import ReadOnlyStoreError
from ledger.store.factory import open_store
from ledger.store.memory_views import MemoryViews
from ledger.undo import NothingToUndoError, opposite

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence
    from types import TracebackType

    from domain.history import History
    from domain.reading import Reading
    from domain.records.base import Record
    from domain.records.entry import Entry
    from ledger.appending import Stamp
    from ledger.store.store import Store
    from ledger.store.views import ViewStore

SUGGESTIONS_MAX = 20_000


class UnknownRecordError(InputError):
    """The ledger holds nothing under this name."""


def utc_now() -> datetime:
    """Return the time by this machine's clock."""
    return datetime.now(UTC)


def random_salt() -> str:
    """Return 32 hex digits of randomness."""
    return secrets.token_hex(16)


class Ledger:
    """One open ledger. Close it, or use it as a context manager.

    `by` is who records, `clock` gives UTC and is a fixed one in tests, `salt` gives randomness.
    """

    def __init__(
        self,
        store: Store,
        *,
        by: str = "",
        clock: Callable[[], datetime] = utc_now,
        salt: Callable[[], str] = random_salt,
    ) -> None:
        self.store = store
        self.by = by
        self.clock = clock
        self.salt = salt
        self.application = LedgerApplication(store)
        self._aside = MemoryViews()
        self._appender = Appender(self.application, clock, salt, self._names)

    def append(
        self,
        records: Sequence[Record],
        *,
        promised: Container[str] = (),
        restate: bool = False,
        stamps: Sequence[Stamp] | None = None,
    ) -> tuple[Outcome, ...]:
        """Append what is new of the records, together, and say of each what became of it.

        Raises StoreUnavailableErrors; what is wrong with a record stands in its outcome.
        """
        self.require_writable()
        return self._appender.append(
            records, self.by, promised=promised, restate=restate, stamps=stamps
        )

    def record(self, record: Record) -> Outcome:
        """Append one record; raise what is wrong with it, a conflict included."""
        outcome = self.append([record], restate=True)[0]
        if outcome.status in {Status.CONFLICT, Status.REJECTED} and outcome.error is not None:
            raise outcome.error
        return outcome

    def undo(self) -> tuple[Entry, Outcome]:
        """Append the opposite of the last record; return what was undone, and the outcome.

        Raises NothingToUndoError, NoOppositeError.
        """
        last = self.application.position()
        require(last, NothingToUndoError("the ledger is empty", hint="reciprocity add --help"))
        entry = next(self.application.entries(last - 1, last))
        stream = [e for e in self.application.stream(entry.stream) if e.version <= entry.version]
        return entry, self.record(opposite(entry, stream))

    def sealed(self, after: int = 0, until: int | None = None) -> Iterator[Sealed]:
        """Go through the log in order, each entry with the digest of its stored form."""
        for notification in self.application.notifications(after, until):
            yield Sealed(self.application.entry(notification), digest(notification))

    def entries(self, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        """Go through the log in order of position."""
        return self.application.entries(after, until)

    def views(self) -> ViewStore:
        """Return the views, brought up to the log; a read-only ledger's are caught up aside."""
        if not self.store.read_only:
            catch_up(self.sealed, self.store.views)
            return self.store.views
        stored = self.store.views
        if (stored.schema(), stored.position()) == (SCHEMA, self.application.position()):
            return stored
        catch_up(self.sealed, self._aside)
        return self._aside

    def history(self, reading: Reading, dispute: str | None = None) -> History:
        """Return what a reading looks at: as known at its ledger time, as of its claim.

        Rule: docs/semantics.md#two-times
        """
        if reading.as_known_at is None:
            history = stored_history(self.views(), dispute)
        else:
            until = position_known_at(self.application, reading.as_known_at)
            fold = HistoryFold()
            for entry in self.application.entries(0, until) if until else ():
                fold.add(entry)
            history = fold.history()
        return as_of_claim(history, reading.as_of_claim)

    def stream(self, action: str) -> tuple[Entry, ...]:
        """Return every entry about an action; raise UnknownRecordError."""
        entries = self.application.stream(f"action:{action}")
        require(
            entries and isinstance(entries[0].record, Action),
            UnknownRecordError(
                f"no action {action!r} in this ledger", hint="reciprocity log --format table"
            ),
        )
        return entries

    def _names(self) -> tuple[str, ...]:
        """Return ids to suggest; none where there are too many to compare."""
        names = []
        for key, _, _ in self.views().scan(DOSSIERS):
            names.append(key)
            if len(names) > SUGGESTIONS_MAX:
                return ()
        return tuple(names)

    def require_writable(self) -> None:
        """Refuse to write to a ledger that can only be read; raise ReadOnlyStoreError."""
        require(
            not self.store.read_only,
            ReadOnlyStoreError(
                "this ledger can only be read",
                where=self.store.url,
                why=self.store.why_read_only,
                hint="ask for the right to write in the database: `reciprocity doctor`"
                if is_server(self.store.url)
                else "copy the file, or change its permissions",
            ),
        )

    def close(self) -> None:
        """Let go of the store."""
        self.application.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> None:
        self.close()


def open_ledger(
    url: str,
    *,
    create: bool = False,
    read_only: bool = False,
    by: str = "",
    clock: Callable[[], datetime] = utc_now,
) -> Ledger:
    """Open the ledger at `url`: an SQLite file, `postgresql://...` or `memory:`.

    `create` makes a new one where there is none.

    Raises the StoreUnavailableErrors of the store.
    """
    return Ledger(open_store(url, create=create, read_only=read_only), by=by, clock=clock)
