"""Every kind of store side by side: whatever is done to all, they hold and answer the same."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from domain.checks.broken import InvariantBrokenError
from domain.checks.logs import check_resumed
from domain.errors import LedgerError
from domain.findings import content
from domain.history import fold
from domain.reading import Reading
from ledger.appending import Status
from ledger.facade import Ledger, open_ledger
from ledger.projections.catchup import catch_up, project
from ledger.projections.rows import Views
from ledger.projections.schema import SCHEMA
from ledger.replay import first_difference
from ledger.store.errors import ReadOnlyStoreError
from ledger.store.factory import open_store
from ledger.store.postgres_recorder import SELECT
from tests.ledger.ledgers import Bench, Clock, Salts
from tests.ledger.rows import scratch_rows, stored_rows
from tests.making import act
from tests.pasts import Past, entries_in_order
from tests.postgres import shared_cluster
from tests.strategies import next_record, opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from domain.records.base import Record
    from ledger.appending import Outcome

Told = tuple[Status, "Record", int, type[Exception] | None, str]


class CrashError(Exception):
    """The process ends here."""


@dataclass
class Side:
    """One of the stores, None for memory, and two writers on it, each with salts of its own."""

    clock: Callable[[], datetime]
    url: str | None
    salts: tuple[Salts, Salts] = field(default_factory=lambda: (Salts(), Salts(count=10**6)))
    bench: Bench = field(init=False)
    writers: tuple[Ledger, Ledger] = field(init=False)

    def __post_init__(self) -> None:
        self.bench = Bench(open_store(self.url or "memory:", create=True))
        self._begin()

    def _begin(self) -> None:
        stores = [self.bench.store, self.bench.store]
        if self.url is not None:
            stores[1] = open_store(self.url)
        self.writers = (
            Ledger(stores[0], by="one", clock=self.clock, salt=self.salts[0]),
            Ledger(stores[1], by="two", clock=self.clock, salt=self.salts[1]),
        )
        self.bench.ledgers += self.writers

    def close(self) -> None:
        """Let go of file or server; what is in memory lives on."""
        if self.url is not None:
            for writer in self.writers:
                writer.close()

    def reopen(self) -> None:
        self.close()
        if self.url is not None:
            self.bench = Bench(open_store(self.url))
        self._begin()


def told(outcomes: tuple[Outcome, ...]) -> list[Told]:
    """What became of records, comparable."""
    return [
        (
            one.status,
            one.record,
            one.position,
            type(one.error) if one.error else None,
            str(one.error),
        )
        for one in outcomes
    ]


class SideBySide(RuleBasedStateMachine):
    """`past` is the model: the records that must have been taken, in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="side-by-side-"))
        self.clock = Clock()
        self.memory = Side(self.clock, None)
        self.sides = [self.memory, *(Side(self.clock, url) for url in self.urls())]
        self.past = Past()

    def urls(self) -> tuple[str, ...]:
        """Name the stores that are held against the one in memory, each a new one."""
        return (str(self.folder / "l.db"),)

    def all(self, do: Callable[[Side], object]) -> object:
        """Do the same to all sides, and see that the same comes of it."""
        answers: list[object] = []
        for side in self.sides:
            try:
                answers.append(do(side))
            except LedgerError as error:
                answers.append((type(error), str(error)))
        assert all(answer == answers[0] for answer in answers)
        return answers[0]

    def taken(self, records: list[Record], writer: int = 0) -> list[Told]:
        """Append on all sides; what is new becomes part of the past."""
        answer = self.all(lambda side: told(side.writers[writer].append(records)))
        assert isinstance(answer, list)
        for status, record, position, _, _ in answer:
            if status is Status.NEW:
                self.past.add(record)
                assert position == len(self.past.records)
        return answer

    @precondition(lambda self: not self.past.records)
    @rule(data=st.data())
    def open_disputes(self, data: st.DataObject) -> None:
        self.taken(data.draw(opened()).records)

    @precondition(lambda self: self.past.records)
    @rule(data=st.data(), writer=st.integers(0, 1), seconds=st.integers(-3, 3))
    def record(self, data: st.DataObject, writer: int, seconds: int) -> None:
        self.clock.forward(seconds)
        made = data.draw(next_record(self.past))
        if made is not None:
            assert self.taken([made], writer)[0][0] is Status.NEW

    @precondition(lambda self: self.past.records)
    @rule(data=st.data(), size=st.integers(2, 5))
    def record_together(self, data: st.DataObject, size: int) -> None:
        ahead = Past()
        for record in self.past.records:
            ahead.add(record)
        batch = []
        for _ in range(size):
            made = data.draw(next_record(ahead))
            if made is not None:
                ahead.add(made)
                batch.append(made)
        assert {answer[0] for answer in self.taken(batch)} <= {Status.NEW}

    @precondition(lambda self: self.past.records)
    @rule(data=st.data())
    def record_again(self, data: st.DataObject) -> None:
        place = data.draw(st.integers(0, len(self.past.records) - 1))
        answer = self.taken([self.past.records[place]] * 2)
        assert [one[:1] for one in answer] == [(Status.SAME,)] * 2
        assert answer[0][2] == place + 1

    @precondition(lambda self: self.past.known)
    @rule(data=st.data())
    def record_otherwise(self, data: st.DataObject) -> None:
        action = self.past.fold.dossiers[data.draw(st.sampled_from(self.past.known))].action
        other = action.model_copy(update={"description": "something else altogether"})
        assert self.taken([other])[0][0] is Status.CONFLICT

    @rule(cause=st.sampled_from(["nowhere", "e99", "act:raid@ZZZ"]))
    def record_what_is_refused(self, cause: str) -> None:
        dispute = "a-b" if self.past.records else "nobody-opened-it"
        refused = act("refused", answers=[cause], dispute=dispute)
        assert self.taken([refused])[0][0] is Status.REJECTED

    @precondition(lambda self: self.past.records)
    @rule()
    def undo(self) -> None:
        def undone(side: Side) -> object:
            entry, outcome = side.writers[0].undo()
            return entry, told((outcome,))[0]

        answer = self.all(undone)
        assert isinstance(answer, tuple)
        if isinstance(answer[1], tuple):
            assert answer[1][0] is Status.NEW
            self.past.add(answer[1][1])

    @precondition(lambda self: self.past.records)
    @rule(data=st.data())
    def record_while_another_writes(self, data: st.DataObject) -> None:
        """The first writer has decided; before it writes, the second one does."""
        first, second = data.draw(next_record(self.past)), data.draw(next_record(self.past))
        if first is None or second is None:
            return

        def raced(side: Side) -> object:
            meanwhile: list[Told] = []
            side.salts[0].meanwhile.append(
                lambda: meanwhile.extend(told(side.writers[1].append([second])))
            )
            answer = told(side.writers[0].append([first]))
            return meanwhile + answer

        answer = self.all(raced)
        assert isinstance(answer, list)
        assert answer[0][0] is Status.NEW
        for status, record, _, _, _ in answer:
            if status is Status.NEW:
                self.past.add(record)

    @rule(writer=st.integers(0, 1))
    def catch_up(self, writer: int) -> None:
        self.all(lambda side: side.writers[writer].views().position())

    @rule(page=st.integers(1, 5), share=st.integers(0, 4))
    def catch_up_in_part(self, page: int, share: int) -> None:
        until = len(self.past.records) * share // 4
        for side in self.sides:
            views = side.bench.store.views
            if views.position() <= until:
                assert catch_up(side.writers[0].sealed, views, until=until, page=page) == until

    @rule(gone=st.integers(1, 3))
    def commit_a_stale_page(self, gone: int) -> None:
        for side in self.sides:
            views = side.bench.store.views
            before = stored_rows(views)
            stale = views.position() - gone
            assert not views.commit(
                expected=stale,
                position=stale + 1,
                schema=views.schema(),
                changes={("standings", "stale"): "1"},
                positions={},
            )
            assert stored_rows(views) == before

    @rule()
    def crash_before_the_views_are_written(self) -> None:
        for side in self.sides:
            page = tuple(side.writers[0].sealed(side.bench.store.views.position()))
            if side.bench.store.views.schema() in {"", SCHEMA}:
                project(page, Views(side.bench.store.views))
            side.reopen()

    @precondition(lambda self: self.past.records)
    @rule()
    def crash_before_the_log_is_written(self) -> None:
        def crash(_: object) -> None:
            raise CrashError

        for side in self.sides:
            entry = entries_in_order([*self.past.records, act("lost")])[-1]
            with pytest.raises(CrashError):
                side.writers[0].application.put([entry], crash)
            side.reopen()

    @rule()
    def throw_the_views_away(self) -> None:
        for side in self.sides:
            side.bench.store.views.reset()

    @rule()
    def write_views_of_other_projections(self) -> None:
        for side in self.sides:
            views = side.bench.store.views
            views.reset()
            gone = {("standings", "gone"): "1"}
            position = len(self.past.records)
            views.commit(expected=0, position=position, schema="0", changes=gone, positions={})

    @rule()
    def read_only(self) -> None:
        for url in (side.url for side in self.sides if side.url):
            with open_ledger(url, read_only=True) as reader:
                assert reader.history(Reading()) == self.memory.writers[0].history(Reading())
                with pytest.raises(ReadOnlyStoreError):
                    reader.append([act("never")])

    @invariant()
    def the_logs_are_one(self) -> None:
        positions = [
            writer.application.position() for side in self.sides for writer in side.writers
        ]
        assert set(positions) == {len(self.past.records)}

    @rule()
    def compare(self) -> None:
        """Everything: entries with their stamps, the history, each row, and from scratch."""
        logs = [list(side.writers[0].sealed()) for side in self.sides]
        assert all(log == logs[0] for log in logs)
        assert [item.entry.record for item in logs[0]] == self.past.records
        stamps = [item.entry.recorded_at for item in logs[0]]
        assert stamps == sorted(stamps)
        model = fold(entries_in_order(self.past.records))
        scratch = scratch_rows(logs[0])
        for side in self.sides:
            for writer in side.writers:
                check_resumed(scratch, stored_rows(writer.views()))
                assert first_difference(writer) is None
                history = writer.history(Reading())
                assert content(history.dossiers) == content(model.dossiers)
                assert {key: history.sides(key) for key in history.disputes} == {
                    key: model.sides(key) for key in model.disputes
                }

    def teardown(self) -> None:
        try:
            self.compare()
        finally:
            for side in self.sides:
                side.close()
            shutil.rmtree(self.folder)


class WithDatabase(SideBySide):
    """Memory, SQLite and PostgreSQL."""

    def urls(self) -> tuple[str, ...]:
        return (*super().urls(), shared_cluster().url())


FEW = 14

TestSideBySide = SideBySide.TestCase
TestSideBySide.settings = settings(max_examples=FEW)


TestWithDatabase = pytest.mark.postgres(WithDatabase.TestCase)
TestWithDatabase.settings = settings(max_examples=FEW)


@pytest.mark.slow
def test_memory_and_file_stay_the_same_for_long() -> None:
    run_state_machine_as_test(SideBySide, settings=settings())


LOSSES_SEED = 4
LOSSES = {
    "rows that should go": (
        SideBySide,
        "ledger.store.sqlite_views.DELETE",
        "DELETE FROM views WHERE 0 IN (?, ?)",
    ),
    "the place where views stand": (
        SideBySide,
        "ledger.store.sqlite_views.ADVANCE",
        "UPDATE views_position SET position = ?, schema = ? WHERE ? IS NOT NULL OR ? IS NOT NULL",
    ),
    "the place where views stand in a database": (
        WithDatabase,
        "ledger.store.postgres_views.ADVANCE",
        "UPDATE {s}.views_position SET position = %s, schema = %s WHERE %s > -9 OR %s > ''",
    ),
    "the order of events in a database": (
        WithDatabase,
        "ledger.store.postgres_recorder.STREAMS",
        f"{SELECT} WHERE originator_id = ANY(%s) ORDER BY originator_version DESC",
    ),
}


@pytest.mark.parametrize(
    ("machine", "name", "statement"),
    [
        pytest.param(*row, id=name, marks=[pytest.mark.postgres] * (row[0] is WithDatabase))
        for name, row in LOSSES.items()
    ],
)
def test_a_store_that_loses_something_is_found(
    monkeypatch: pytest.MonkeyPatch, machine: type[SideBySide], name: str, statement: str
) -> None:
    monkeypatch.setattr(name, statement)
    # The seed is fixed: else each change of this file's text would look in other places.
    seed(LOSSES_SEED)(machine)
    with pytest.raises((AssertionError, InvariantBrokenError)):
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=100, database=None, derandomize=True, phases=[Phase.generate]
            ),
        )
