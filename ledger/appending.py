"""Appending: what is new, what is the same again, what conflicts, and the one write transaction.

Recording the same content twice is a no-op that says so; other content under an id that is taken is
an error that shows the difference. So every import can be run again, and after a crash, unharmed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from eventsourcing.persistence import IntegrityError

from domain.causes import ActionCause
from domain.errors import InputError, LedgerError, require
from domain.records.action import Action
from domain.records.amendments import Reinstated, Retracted
from domain.records.entry import Entry
from ledger.conflicts import conflict
from ledger.context import Context
from ledger.naming import streams_named
from ledger.restating import restated
from ledger.rules import RetractedActionError, check, said_in
from ledger.store.errors import StoreLockedError
from ledger.store.mapper import stamp_of

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence
    from datetime import datetime

    from domain.records.base import Record
    from ledger.application import LedgerApplication
    from ledger.store.guard import LogReader

TRIES_MAX: Final = 8


class Status(StrEnum):
    """What became of a record that was given."""

    NEW = "new"
    SAME = "same"
    CONFLICT = "conflict"
    REJECTED = "rejected"


class StampsOutOfOrderError(InputError):
    """A history that is restored was stamped before what the ledger holds, or not in order."""


class _StampBehindError(Exception):
    """Another writer stamped a later time; the entries must be stamped again."""

    def __init__(self, last: datetime) -> None:
        super().__init__(last)
        self.last = last


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


class Appender:
    """Decides and writes. `clock` gives UTC, `salt` 32 hex digits of randomness."""

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
        for _ in range(TRIES_MAX):
            context = Context(self._application, promised, self._names)
            context.fetch(streams_named(records))
            outcomes, entries = self._decide(records, by, context, restate, stamps)
            causes = _causes_relied_on(entries, context)
            try:
                positions = self._write(entries, causes, restore=stamps is not None)
            except (IntegrityError, RetractedActionError):
                continue
            return _placed(outcomes, entries, positions)
        raise StoreLockedError(
            "other writers kept changing the same records",
            why=f"gave up after {TRIES_MAX} tries; nothing was written",
            hint="run the same command again",
        )

    def _decide(
        self,
        records: Sequence[Record],
        by: str,
        context: Context,
        restate: bool,  # noqa: FBT001
        stamps: Sequence[Stamp] | None,
    ) -> tuple[list[Outcome], list[Entry]]:
        outcomes: list[Outcome] = []
        entries: list[Entry] = []
        now = self._clock()
        for index, given in enumerate(records):
            record = restated(given, context) if restate else given
            outcome = decided(record, context)
            if outcome.status is Status.NEW:
                stamp = stamps[index] if stamps else Stamp(now, by, self._salt())
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
        return outcomes, entries

    def _write(
        self, entries: list[Entry], causes: frozenset[str], *, restore: bool
    ) -> tuple[int, ...]:
        """Write; where another writer stamped a later time, stamp again and try once more."""
        require(
            all(one.recorded_at <= other.recorded_at for one, other in pairwise(entries)),
            _out_of_order("some record is stamped before the one above it"),
        )
        while entries:
            try:
                return self._application.put(entries, guard=self._guard(entries, causes))
            except _StampBehindError as behind:
                if restore:
                    why = f"the ledger holds a record of {behind.last.isoformat()}"
                    raise _out_of_order(why) from behind
                entries = [replace(entry, recorded_at=behind.last) for entry in entries]
        return ()

    def _guard(self, entries: list[Entry], causes: frozenset[str]) -> Callable[[LogReader], None]:
        def guard(read: LogReader) -> None:
            last = read.last()
            if last is not None:
                last_at = stamp_of(last)
                if entries[0].recorded_at < last_at:
                    raise _StampBehindError(last_at)
            for cause in causes:
                _require_standing(read, cause)

        return guard


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
    outcomes: list[Outcome], entries: list[Entry], positions: tuple[int, ...]
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


def _causes_relied_on(entries: list[Entry], context: Context) -> frozenset[str]:
    """Name the recorded actions that new entries cite, which must not be retracted meanwhile.

    A cause that was found retracted, and let pass, is not relied on; the stream of one that new
    entries bring or amend is guarded by its version.
    """
    brought = {entry.stream for entry in entries}
    cited = {
        cause.action
        for entry in entries
        for cause in said_in(entry.record).causes
        if isinstance(cause, ActionCause) and f"action:{cause.action}" not in brought
    }
    dossiers = {action: context.dossier(action) for action in cited}
    return frozenset(
        action for action, dossier in dossiers.items() if dossier is None or dossier.stands
    )


def _require_standing(read: LogReader, action: str) -> None:
    """Refuse a cause that was retracted while this write waited for its turn."""
    said = [event.topic.rpartition(":")[0] for event in read(f"action:{action}")]
    changes = [name for name in said if name in {Retracted.stored_name, Reinstated.stored_name}]
    if changes and changes[-1] == Retracted.stored_name:
        raise RetractedActionError(
            f"the cause {action} was retracted just now", hint=f"reciprocity show {action}"
        )
