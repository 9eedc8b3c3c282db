"""One batch judged: plain new rows by what they need, all others by the judge of single rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.records.entry import Entry
from ledger.context import Context
from ledger.imports.bulk.packed import packed_record, unpacked, unpacked_record
from ledger.imports.bulk.shelf import ACTION_TOPIC, Held, Shelf
from ledger.imports.judging import NO_SALT, NO_TIME, Judge, RowStatus, Verdict
from ledger.store.mapper import is_state_of

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence

    from ledger.context import Log
    from ledger.imports.bulk.packed import Needs, Packed, PackedRecord
    from ledger.imports.bulk.promised import Promised
    from ledger.imports.files import Incoming
    from ledger.imports.survey import Survey


class BatchContext(Context):
    """A context in which packed records were brought already, unpacked where a rule looks at them.

    `base` is how many entries the ledger holds of each stream that was looked at.
    """

    def __init__(
        self,
        log: Log,
        promised: Container[str],
        names: Callable[[], Iterable[str]],
    ) -> None:
        super().__init__(log, promised, names)
        self.brought: dict[str, list[PackedRecord]] = {}
        self.base: dict[str, int] = {}

    def stream(self, stream: str) -> list[Entry]:
        """Return the entries of a stream, those that were brought included."""
        if stream not in self._streams:
            entries = list(self._log.stream(stream))
            self.base[stream] = len(entries)
            self._streams[stream] = entries
            for record in self.brought.get(stream, ()):
                self._append(record)
        return self._streams[stream]

    def bring(self, record: PackedRecord) -> None:
        """Count a packed record as if it were written."""
        self.brought.setdefault(record.stream, []).append(record)
        if record.stream in self._streams:
            self._append(record)

    def is_open(self, stream: str) -> bool:
        """Whether a rule looked at a stream, which may have changed since it was fetched."""
        return stream in self._streams

    def opened(self) -> Iterable[str]:
        """Name the streams that were looked at."""
        return self._streams.keys()

    def _append(self, record: PackedRecord) -> None:
        entries = self._streams[record.stream]
        version = len(entries) + 1
        entries.append(Entry(record.stream, version, NO_TIME, "", NO_SALT, unpacked_record(record)))


class BatchJudge(Judge):
    """The judge of single rows, in the context of a batch."""

    context: BatchContext

    def look_again(self) -> None:
        """Look at the ledger as it stands now."""
        self.context = BatchContext(self._application, self._found.promised, self._names)
        self._context = self.context


class Batch:
    """Rows judged one after another, as if those before them were written.

    The shelf must have fetched what `looked_up` names. `records` are those to be written, in order,
    `amended` the actions of which a judge of single rows had something written.
    """

    def __init__(
        self,
        judge: BatchJudge,
        shelf: Shelf,
        found: Survey,
        correct: str | None,
    ) -> None:
        judge.look_again()
        self._judge = judge
        self._shelf = shelf
        self._promised = found.promised
        self._correct = correct
        self.context = judge.context
        self.records: list[PackedRecord] = []
        self.amended: set[str] = set()
        self._disputes: set[str] = set()
        self._needs: list[Needs] = []

    def held(self, stream: str) -> int:
        """Say how many entries of a stream the ledger holds."""
        looked_at = self.context.base.get(stream)
        return len(self._shelf.events_of(stream)) if looked_at is None else looked_at

    def relied_on(self) -> set[str]:
        """Name every stream on whose content some verdict rests."""
        named = {*self.context.opened(), *self.context.brought}
        for needs in self._needs:
            named.add(f"action:{needs.opens}")
            named.add(f"dispute:{needs.dispute}")
            named.update(f"party:{party}" for party in needs.parties)
            for names in (needs.answers, needs.links, needs.speaks_of):
                named.update(f"action:{name}" for name in names)
        return named

    def judge(self, row: Packed, file: Incoming) -> Verdict | None:
        """Say what becomes of a row; None where it is new and all its records are brought."""
        if row.needs is not None:
            self._needs.append(row.needs)
            new = self._new(row.needs, row.records)
            if new is not None:
                for record in new:
                    self.context.bring(record)
                self.records += new
                return None if new else SAME
        return self._judged_singly(row, file)

    def _judged_singly(self, row: Packed, file: Incoming) -> Verdict:
        importer = file.importer
        given = unpacked(row, str(file.path), importer.unit)
        verdict = self._judge.judge(given, says_all=importer.says_all)
        if verdict.status is RowStatus.CONFLICT and self._correct is not None:
            verdict = self._judge.correct(given, self._correct, says_all=importer.says_all)
        # Of two equal records in a row the second would be the same again.
        written = dict.fromkeys(packed_record(record) for record in verdict.records)
        self.records += written
        self.amended.update(record.stream.partition(":")[2] for record in written)
        return verdict

    def disputes(self, row: Packed, file: Incoming) -> set[str]:
        """Name the disputes that a row is about."""
        if row.needs is not None and not row.needs.speaks_of:
            return {row.needs.dispute}
        return self._judge.disputes(unpacked(row, str(file.path), file.importer.unit))

    def _new(self, needs: Needs, records: Sequence[PackedRecord]) -> list[PackedRecord] | None:
        """Return the records of a plain row that are not held; None where a judge must decide."""
        new: list[PackedRecord] = []
        for record in records:
            if self.context.is_open(record.stream):
                return None
            if not self._holds(record):
                new.append(record)
        if not new:
            return new
        if needs.opens and (new[0] is not records[0] or self._has_stream(records[0].stream)):
            return None
        return new if self._may_be_appended(needs) else None

    def _holds(self, record: PackedRecord) -> bool:
        brought = self.context.brought.get(record.stream)
        if brought is not None and record in brought:
            return True
        events = self._shelf.events_of(record.stream)
        return bool(events) and any(
            event.topic == record.topic and is_state_of(record.payload, event.state)
            for event in events
        )

    def _has_stream(self, stream: str) -> bool:
        return stream in self.context.brought or bool(self._shelf.events_of(stream))

    def _may_be_appended(self, needs: Needs) -> bool:
        """Whether every rule of `ledger.rules` surely holds for a plain row."""
        if needs.dispute and not self._knows_dispute(needs.dispute):
            return False
        for party in self._shelf.unknown_parties(needs.parties):
            if not self.context.stream(f"party:{party}"):
                return False
        for name in needs.answers:
            if not self._stands(name, promised_is_enough=True):
                return False
        for name in needs.links:
            if name not in self._promised and self._shelf.held(name) is Held.ABSENT:
                return False
        return all(self._stands(name, promised_is_enough=False) for name in needs.speaks_of)

    def _knows_dispute(self, dispute: str) -> bool:
        if dispute in self._disputes or self._shelf.knows_dispute(dispute):
            return True
        if not self.context.has_dispute(dispute):
            return False
        self._disputes.add(dispute)
        return True

    def _stands(self, action: str, *, promised_is_enough: bool) -> bool:
        stream = f"action:{action}"
        if self.context.is_open(stream):
            dossier = self.context.dossier(action)
            if dossier is not None:
                return dossier.stands
            return promised_is_enough and action in self._promised
        brought = self.context.brought.get(stream)
        if brought and brought[0].topic.startswith(ACTION_TOPIC):
            return True
        held = self._shelf.held(action)
        if held is Held.ABSENT:
            return promised_is_enough and action in self._promised
        return held is Held.STANDS


SAME = Verdict(RowStatus.SAME)


def looked_up(
    rows: Iterable[Packed], promised: Promised, amended: Container[str], *, is_alone: bool
) -> set[str]:
    """Name the actions whose streams must be fetched before a batch is judged.

    Where the import `is_alone` in a ledger that was empty, it knows what it wrote: only actions
    that `may_come_again` or were `amended` can be other than it remembers, and of those that are
    spoken of the next version must be known.
    """
    opened = {row.needs.opens for row in rows if row.needs is not None}
    again = promised.may_come_again
    wanted: set[str] = set()
    for row in rows:
        needs = row.needs
        if needs is None:
            continue
        if not is_alone:
            wanted.add(needs.opens)
            wanted.update(needs.answers, needs.links, needs.speaks_of)
            continue
        if needs.opens in again:
            wanted.add(needs.opens)
        for name in needs.answers:
            if name in amended:
                wanted.add(name)
        for name in needs.speaks_of:
            if name not in opened or name in again:
                wanted.add(name)
    wanted.discard("")
    return wanted
