"""What is to become of a row, before anything is written: taken, the same, in conflict, refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from domain.records.base import Amendment
from domain.records.entry import Entry
from domain.records.subjects import DisputeOpened
from ledger.appending import Outcome, Status, decided
from ledger.conflicts import ConflictError, conflict
from ledger.context import Context
from ledger.imports.rows import placed
from ledger.imports.settling import as_far_as_a_row_says, correction, differences, held_now
from ledger.restating import restated
from ledger.rules import UnknownActionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from domain.errors import LedgerError
    from domain.records.base import Record
    from ledger.application import LedgerApplication
    from ledger.imports.rows import Row
    from ledger.imports.survey import Survey

NO_TIME: Final = datetime.min.replace(tzinfo=UTC)
NO_SALT: Final = "0" * 32


class RowStatus(StrEnum):
    """What becomes of a row; it is taken whole or not at all."""

    NEW = "new"
    SAME = "same"
    CORRECTED = "corrected"
    CONFLICT = "conflict"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a row, and the records that are to be written for it.

    `differing` says of a conflict in which fields: as held, as given.
    """

    status: RowStatus
    records: tuple[Record, ...] = ()
    error: LedgerError | None = None
    differing: Mapping[str, tuple[object, object]] | None = None


class Judge:
    """Judges rows one after another, each as if those before it were written.

    It forgets what was judged when it is told to `look_again`: by then it is written, or never was.
    """

    def __init__(
        self,
        application: LedgerApplication,
        found: Survey,
        names: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        self._application = application
        self._found = found
        self._names = names
        self.look_again()

    def look_again(self) -> None:
        """Look at the ledger as it stands now."""
        self._context = Context(self._application, self._found.promised, self._names)

    def judge(self, row: Row, *, says_all: bool = True) -> Verdict:
        """Say what becomes of a row; `says_all` is false where its form cannot say everything."""
        if row.error is not None:
            return Verdict(RowStatus.REJECTED, error=row.error)
        outcomes = [self._decided(record, says_all=says_all) for record in row.records]
        for status, fate in (
            (Status.REJECTED, RowStatus.REJECTED),
            (Status.CONFLICT, RowStatus.CONFLICT),
        ):
            for outcome in outcomes:
                if outcome.status is status and outcome.error is not None:
                    error = placed(self._explained(outcome.error, row), row.place)
                    return Verdict(fate, error=error, differing=self._differing(outcome, says_all))
        return self._taken(
            [outcome.record for outcome in outcomes if outcome.status is Status.NEW],
            RowStatus.NEW,
        )

    def correct(self, row: Row, reason: str, *, says_all: bool = True) -> Verdict:
        """Say what becomes of a row in conflict where the file is right and the ledger wrong."""
        records: list[Record] = []
        for record in row.records:
            outcome = self._decided(record, says_all=says_all)
            if outcome.status is Status.CONFLICT:
                outcome = self._corrected(outcome, reason, says_all=says_all)
            if outcome.status in {Status.CONFLICT, Status.REJECTED}:
                error = placed(outcome.error, row.place) if outcome.error else None
                return Verdict(RowStatus(outcome.status), error=error)
            records += [outcome.record] if outcome.status is Status.NEW else []
        return self._taken(records, RowStatus.CORRECTED)

    def disputes(self, row: Row) -> set[str]:
        """Name the disputes that a row is about."""
        named = set()
        for record in row.records:
            if isinstance(record, Amendment):
                dossier = self._context.dossier(record.action)
                named |= {dossier.action.dispute} if dossier else set()
            elif isinstance(record, DisputeOpened):
                named.add(record.id)
            else:
                named.add(getattr(record, "dispute", None) or "")
        return named - {""}

    def _taken(self, records: list[Record], fate: RowStatus) -> Verdict:
        for record in records:
            version = len(self._context.stream(record.stream())) + 1
            self._context.add(Entry(record.stream(), version, NO_TIME, "", NO_SALT, record))
        return Verdict(fate if records else RowStatus.SAME, tuple(records))

    def _decided(self, record: Record, *, says_all: bool) -> Outcome:
        outcome = decided(record, self._context)
        if outcome.status is Status.CONFLICT:
            held, given = self._held_and_given(record, says_all=says_all)
            if held == given:
                return Outcome(Status.SAME, record, outcome.position)
            if held is not None:
                return Outcome(Status.CONFLICT, record, outcome.position, conflict(held, given))
        return outcome

    def _held_and_given(self, record: Record, *, says_all: bool) -> tuple[Record | None, Record]:
        held = held_now(record, self._context)
        return held, record if says_all else as_far_as_a_row_says(record, held)

    def _differing(
        self,
        outcome: Outcome,
        says_all: bool,  # noqa: FBT001
    ) -> Mapping[str, tuple[object, object]] | None:
        held, given = self._held_and_given(outcome.record, says_all=says_all)
        is_conflict = outcome.status is Status.CONFLICT and held is not None
        return differences(held, given) if is_conflict and held else None

    def _corrected(self, outcome: Outcome, reason: str, *, says_all: bool) -> Outcome:
        """Decide the correction that a conflict calls for; the conflict itself if none can be."""
        held, given = self._held_and_given(outcome.record, says_all=says_all)
        amendment = correction(held, given, reason) if held is not None else None
        if amendment is None:
            return outcome
        return decided(restated(amendment, self._context), self._context)

    def _explained(self, error: LedgerError, row: Row) -> LedgerError:
        """Say of a conflict how an import settles it, and of an unknown id that its row fell."""
        if isinstance(error, ConflictError):
            hint = (
                f"reciprocity import --review {row.file}, or --correct REASON if the file is right"
            )
            return type(error)(error.what, where="", why=error.why, hint=hint)
        if not isinstance(error, UnknownActionError):
            return error
        name = error.what.partition("'")[2].partition("'")[0]
        if name not in self._found.fallen:
            return error
        why = f"the row that brings it ({self._found.fallen[name]}) is rejected itself"
        return type(error)(error.what, where=error.where, why=why, hint=error.hint)
