"""Appending: what is new, what is the same again, what conflicts, and the one write transaction.

Recording the same content twice is a no-op that says so; other content under an id that is taken is
an error that shows the difference. So every import can be run again, and after a crash, unharmed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from domain.errors import InputError, LedgerError, require
from domain.records.action import Action
from domain.records.entry import Entry
from ledger.conflicts import conflict
from ledger.context import Context
from ledger.naming import streams_named
from ledger.restating import restated
from ledger.rules import check
from ledger.store.mapper import stamp_of
from ledger.under_lock import LogUnderLock

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence
    from datetime import datetime

    from eventsourcing.persistence import Notification

    from domain.records.base import Record
    from ledger.application import LedgerApplication
    from ledger.context import Log
    from ledger.store.guard import LogReader

WRITTEN_MAX: Final = 1_000
"""Where others wrote so much meanwhile, it is decided again rather than looked through."""


class Status(StrEnum):
    """What became of a record that was given."""

    NEW = "new"
    SAME = "same"
    CONFLICT = "conflict"
    REJECTED = "rejected"


class StampsOutOfOrderError(InputError):
    """A history that is restored was stamped before what the ledger holds, or not in order."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One record given, and what became of it; `position` is where it stands, if it does."""

    status: Status
    record: Record
    position: int = 0
    error: LedgerError | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """When, by whom and with which salt an entry is recorded."""

    recorded_at: datetime
    recorded_by: str
    salt: str


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be appended, and how; see Appender.append."""

    records: Sequence[Record]
    by: str
    promised: Container[str]
    restate: bool
    stamps: Sequence[Stamp] | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of each record, the entries that are to be written, and what was looked at."""

    outcomes: tuple[Outcome, ...]
    entries: tuple[Entry, ...]
    looked_at: frozenset[str]


class Appender:
    """Decides and writes. `clock` gives UTC, `salt` 32 hex digits of randomness.

    It is decided before the write transaction begins, so that writers wait for each other as little
    as can be. Where others wrote meanwhile what the decision looked at, it is decided again within
    the transaction, when nobody else can write: so no writer is ever sent away by the others.
    """

    def __init__(
        self,
        application: LedgerApplication,
        clock: Callable[[], datetime],
        salt: Callable[[], str],
        names: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        self._application = application
        self._clock = clock
        self._salt = salt
        self._names = names

    def append(
        self,
        records: Sequence[Record],
        by: str,
        *,
        promised: Container[str] = (),
        restate: bool = False,
        stamps: Sequence[Stamp] | None = None,
    ) -> tuple[Outcome, ...]:
        """Append what is new in one transaction, and say of each record what became of it.

        `restate` records again, on purpose, what was said before and is not in force any more.
        `stamps` keep the stamps of a history that is restored. Raises StoreUnavailableErrors, and
        StampsOutOfOrderError.

        Rule: docs/semantics.md#identity
        """
        request = Request(records, by, promised, restate, stamps)
        suggestions = Suggestions(self._names)
        seen = self._application.seen()
        decision = first = self._decide(request, self._application, suggestions)

        def settle(read: LogReader) -> tuple[Entry, ...] | None:
            nonlocal decision
            decision = first
            last = read.last()
            if last is not None and last.id != seen and _touched(first, read, seen):
                suggestions.is_closed = True
                log = LogUnderLock(self._application, read)
                decision = self._decide(request, log, suggestions)
            decision = _in_order(decision, last, restore=stamps is not None)
            return None if decision is first else decision.entries

        positions = self._application.put(first.entries, settle) if first.entries else ()
        return _placed(decision.outcomes, decision.entries, positions)

    def _decide(self, request: Request, log: Log, names: Callable[[], Iterable[str]]) -> Decision:
        context = Context(log, request.promised, names)
        context.fetch(streams_named(request.records))
        outcomes: list[Outcome] = []
        entries: list[Entry] = []
        now = self._clock()
        for index, given in enumerate(request.records):
            record = restated(given, context) if request.restate else given
            outcome = decided(record, context)
            if outcome.status is Status.NEW:
                stamp = (
                    request.stamps[index]
                    if request.stamps
                    else Stamp(now, request.by, self._salt())
                )
                version = len(context.stream(record.stream())) + 1
                entry = Entry(
                    record.stream(),
                    version,
                    stamp.recorded_at,
                    stamp.recorded_by,
                    stamp.salt,
                    record,
                )
                context.add(entry)
                entries.append(entry)
            outcomes.append(outcome)
        require(
            all(one.recorded_at <= other.recorded_at for one, other in pairwise(entries)),
            _out_of_order("some record is stamped before the one above it"),
        )
        return Decision(tuple(outcomes), tuple(entries), context.looked_at())


class Suggestions:
    """Ids to suggest, looked up once, and not while the log is locked: that may write views.

    Nothing is lost by that: an id that is unknown under the lock was unknown before.
    """

    def __init__(self, names: Callable[[], Iterable[str]]) -> None:
        self._names = names
        self._found: tuple[str, ...] | None = None
        self.is_closed = False

    def __call__(self) -> tuple[str, ...]:
        """Return the ids."""
        if self._found is None and not self.is_closed:
            self._found = tuple(self._names())
        return self._found or ()


def _touched(decision: Decision, read: LogReader, seen: int) -> bool:
    """Whether a decision looked at what was written behind a position; so if that is much."""
    written = read.streams_since(seen, WRITTEN_MAX)
    return len(written) == WRITTEN_MAX or not decision.looked_at.isdisjoint(written)


def _in_order(decision: Decision, last: Notification | None, *, restore: bool) -> Decision:
    """Stamp again what another writer has overtaken; stamps that are to be kept are refused.

    Rule: docs/semantics.md#two-times
    """
    if last is None or not decision.entries:
        return decision
    last_at = stamp_of(last)
    if decision.entries[0].recorded_at >= last_at:
        return decision
    require(not restore, _out_of_order(f"the ledger holds a record of {last_at.isoformat()}"))
    entries = (replace(one, recorded_at=max(one.recorded_at, last_at)) for one in decision.entries)
    return replace(decision, entries=tuple(entries))


def decided(record: Record, context: Context) -> Outcome:
    """Say whether a record is new, the same again, in conflict, or refused by a rule."""
    held = context.stream(record.stream())
    for entry in held:
        if entry.record == record:
            return Outcome(Status.SAME, record, entry.position)
    opens = held and type(record).stored_name == held[0].record.stored_name
    if held and (opens or isinstance(record, Action)):
        current = context.dossier(record.id) if isinstance(record, Action) else None
        if current is not None and current.action == record:
            return Outcome(Status.SAME, record, current.changed_at)
        base = current.action if current is not None else held[0].record
        return Outcome(Status.CONFLICT, record, held[0].position, conflict(base, record))
    try:
        check(record, context)
    except LedgerError as error:
        return Outcome(Status.REJECTED, record, error=error)
    return Outcome(Status.NEW, record)


def _placed(
    outcomes: tuple[Outcome, ...], entries: tuple[Entry, ...], positions: tuple[int, ...]
) -> tuple[Outcome, ...]:
    """Say of each outcome where its record stands, those given twice at once included."""
    if len(entries) == len(outcomes):
        return tuple(
            Outcome(outcome.status, outcome.record, position, outcome.error)
            for outcome, position in zip(outcomes, positions, strict=True)
        )
    written: dict[str, list[tuple[Record, int]]] = {}
    for entry, position in zip(entries, positions, strict=True):
        written.setdefault(entry.stream, []).append((entry.record, position))

    def position_of(outcome: Outcome) -> int:
        here = written.get(outcome.record.stream())
        if outcome.position or outcome.status is Status.REJECTED or not here:
            return outcome.position
        equal = (position for record, position in here if record == outcome.record)
        return next(equal, here[0][1])

    return tuple(replace(outcome, position=position_of(outcome)) for outcome in outcomes)


def _out_of_order(why: str) -> StampsOutOfOrderError:
    return StampsOutOfOrderError(
        "the records are not stamped in order",
        why=f"{why}; recorded_at never decreases",
        hint="restore a whole export into an empty ledger: reciprocity init --help",
    )
