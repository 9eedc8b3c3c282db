"""Appending: same, new, conflict; what was said again; rules that hold while others write too."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.canonical import FrozenJson
from domain.checks.logs import check_order
from domain.errors import InputError
from domain.reading import Reading
from domain.records.accounts import AttributionWithdrawn
from domain.records.amendments import Corrected, Reinstated, Retracted
from domain.records.entry import Entry
from ledger import appending
from ledger.appending import Stamp, StampsOutOfOrderError, Status
from ledger.conflicts import ConflictError
from ledger.facade import open_ledger
from ledger.rules import RetractedActionError
from ledger.store.errors import ReadOnlyStoreError, StoreDamagedError
from tests.ledger.ledgers import NOON, Bench, Clock, Salts, new_bench, small_ledger
from tests.making import act, calls, said, two_sides
from tests.strategies import record_lists

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from random import Random

    from domain.records.base import Record
    from ledger.facade import Ledger

SLIP = Retracted(action="a", reason="a slip")


@pytest.fixture(params=["memory", "file"])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    made = new_bench(tmp_path if request.param == "file" else None)
    with made.store:
        made.open().append([two_sides(), act("a")])
        yield made


def statuses(ledger: Ledger, *records: Record) -> list[Status]:
    return [outcome.status for outcome in ledger.append(records)]


def correction(**changes: object) -> Corrected:
    return Corrected(action="a", changes=FrozenJson.of(changes), reason="misread")


def test_the_same_record_again_is_no_record(bench: Bench) -> None:
    ledger = bench.open()
    given = [act("a"), said("a", "RUS", "unprovoked"), act("b")]
    assert statuses(ledger, *given) == [Status.SAME, Status.NEW, Status.NEW]
    assert statuses(ledger, *given) == [Status.SAME] * 3
    assert ledger.application.position() == 4


def test_an_outcome_says_where_its_record_stands(bench: Bench) -> None:
    ledger = bench.open()
    outcomes = ledger.append([act("b"), act("a"), act("b"), said("b", "RUS", ["a"])])
    assert [outcome.position for outcome in outcomes] == [3, 2, 3, 4]
    assert [outcome.position for outcome in ledger.append([act("b")])] == [3]


@given(record_lists(), st.randoms(use_true_random=False))
def test_a_history_given_again_in_any_order_is_the_same(
    records: tuple[Record, ...], chance: Random
) -> None:
    with new_bench(None).open() as ledger:
        ledger.append(records)
        once = ledger.history(Reading())
        again = chance.sample(records, len(records))
        assert set(statuses(ledger, *again)) == {Status.SAME}
        check_order(once, ledger.history(Reading()))
        assert ledger.application.position() == len(records)


def test_other_content_under_a_taken_id_shows_the_difference() -> None:
    ledger = small_ledger()
    ledger.record(act("a", quantity=35))
    outcome = ledger.append([act("a", quantity=53, kind="expulsion", on="2020-01-02")])[0]
    assert outcome.status is Status.CONFLICT
    assert isinstance(outcome.error, ConflictError)
    assert "recorded 2020-01-01, given 2020-01-02" in outcome.error.why
    assert "quantity: recorded 35 persons, given 53 persons" in outcome.error.why
    assert "actors" not in outcome.error.why
    with pytest.raises(ConflictError):
        ledger.record(act("a", kind="visa_refusal"))
    assert ledger.application.position() == 2


def test_a_dispute_of_another_title_is_a_conflict() -> None:
    ledger = small_ledger()
    other = two_sides().model_copy(update={"title": "Another contest"})
    assert statuses(ledger, other) == [Status.CONFLICT]


def test_an_action_as_it_was_corrected_is_the_same_too() -> None:
    ledger = small_ledger()
    ledger.append([act("a", quantity=35), correction(quantity={"value": 53, "unit": "persons"})])
    assert statuses(ledger, act("a", quantity=53)) == [Status.SAME]
    assert statuses(ledger, act("a", quantity=35)) == [Status.SAME]
    assert statuses(ledger, act("a", quantity=36)) == [Status.CONFLICT]


def test_a_retracted_id_is_never_given_to_another_action() -> None:
    ledger = small_ledger()
    ledger.append([act("a"), SLIP])
    assert statuses(ledger, act("a", quantity=2)) == [Status.CONFLICT]


def test_a_refused_record_lets_the_others_in(bench: Bench) -> None:
    ledger = bench.open()
    given = [act("b", answers=["nowhere"]), act("c"), said("b", "RUS", "unprovoked")]
    outcomes = ledger.append(given)
    assert [one.status for one in outcomes] == [Status.REJECTED, Status.NEW, Status.REJECTED]
    assert isinstance(outcomes[0].error, InputError)
    assert ledger.application.position() == 3


def test_a_single_statement_that_was_overtaken_is_said_anew() -> None:
    ledger = small_ledger()
    first, second = said("a", "RUS", "unprovoked"), said("a", "RUS", ["ext:war"])
    ledger.append([act("a"), first, second])
    again = ledger.record(first)
    assert (again.status, again.record) == (Status.NEW, first.model_copy(update={"again": 1}))
    assert ledger.record(first).status is Status.SAME
    assert ledger.record(second).record == second.model_copy(update={"again": 1})
    dossier = ledger.history(Reading()).dossiers["a"]
    assert [one.again for one in dossier.attributions] == [0, 0, 1, 1]


def test_an_import_given_again_says_nothing_anew() -> None:
    ledger = small_ledger()
    first, second = said("a", "RUS", "unprovoked"), said("a", "RUS", ["ext:war"])
    ledger.append([act("a"), first, second])
    assert statuses(ledger, act("a"), first, second) == [Status.SAME] * 3


def test_a_statement_that_was_withdrawn_is_said_anew() -> None:
    ledger = small_ledger()
    statement = calls("a", "RUS", denied=True)
    ledger.append([act("a"), statement])
    assert ledger.record(statement).status is Status.SAME
    ledger.undo()
    assert ledger.record(statement).record == statement.model_copy(update={"again": 1})


def test_what_was_retracted_reinstated_and_retracted_again_is_kept_three_times() -> None:
    ledger = small_ledger()
    ledger.record(act("a"))
    back = Reinstated(action="a", reason="no slip")
    outcomes = [ledger.record(record) for record in (SLIP, SLIP, back, SLIP, back, back)]
    new, same = Status.NEW, Status.SAME
    assert [one.status for one in outcomes] == [new, same, new, new, new, same]


def test_a_withdrawal_names_what_is_in_force() -> None:
    ledger = small_ledger()
    statement = said("a", "RUS", "unprovoked")
    ledger.append([act("a"), statement])
    other = AttributionWithdrawn(action="a", account="USA", statement=statement.key())
    own = AttributionWithdrawn(action="a", account="RUS", statement=statement.key())
    assert statuses(ledger, other, own, own) == [Status.REJECTED, Status.NEW, Status.SAME]


@pytest.mark.parametrize(
    "late",
    [
        act("b", by="RUS", against="USA", answers=["a"]),
        said("c", "RUS", ["a"]),
        Corrected(action="c", changes=FrozenJson.of({"cause": ["a"]}), reason="misread"),
    ],
    ids=["an action", "an attribution", "a correction"],
)
def test_a_cause_retracted_meanwhile_is_refused_and_the_rest_let_in(
    bench: Bench, late: Record
) -> None:
    salts = Salts()
    other, ledger = bench.open(), bench.open(salts=salts)
    other.record(act("c"))
    salts.meanwhile.append(lambda: other.record(SLIP))
    outcomes = ledger.append([late, act("d")])
    assert [one.status for one in outcomes] == [Status.REJECTED, Status.NEW]
    assert isinstance(outcomes[0].error, RetractedActionError)
    assert outcomes[1].position == ledger.application.position()


def test_without_the_guard_a_cause_retracted_meanwhile_slips_in(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(appending, "_touched", lambda *_: False)
    salts = Salts()
    other, ledger = bench.open(), bench.open(salts=salts)
    salts.meanwhile.append(lambda: other.record(SLIP))
    assert statuses(ledger, act("b", answers=["a"])) == [Status.NEW]


def test_a_cause_retracted_long_ago_hinders_no_correction_of_something_else(bench: Bench) -> None:
    ledger = bench.open()
    ledger.append([act("b", answers=["a"]), SLIP])
    again = Corrected(
        action="b",
        changes=FrozenJson.of({"cause": ["a"], "description": "seen again"}),
        reason="misread",
    )
    assert statuses(ledger, again) == [Status.NEW]


def test_a_cause_retracted_and_reinstated_meanwhile_still_stands(bench: Bench) -> None:
    salts = Salts()
    other, ledger = bench.open(), bench.open(salts=salts)
    back = Reinstated(action="a", reason="no slip")
    salts.meanwhile.append(lambda: [other.record(record) for record in (SLIP, back)])
    assert statuses(ledger, act("b", answers=["a"])) == [Status.NEW]


def test_a_word_about_an_action_that_was_retracted_meanwhile_is_refused(bench: Bench) -> None:
    salts = Salts()
    other, ledger = bench.open(), bench.open(salts=salts)
    salts.meanwhile.append(lambda: other.record(SLIP))
    assert statuses(ledger, said("a", "RUS", "unprovoked")) == [Status.REJECTED]


def test_the_same_record_by_two_writers_at_once_is_new_once(bench: Bench) -> None:
    salts = Salts()
    other, ledger = bench.open(), bench.open(salts=salts)
    salts.meanwhile.append(lambda: other.record(act("b")))
    assert statuses(ledger, act("b"), act("c")) == [Status.SAME, Status.NEW]


def test_two_contents_under_one_id_at_once_are_a_conflict(bench: Bench) -> None:
    salts = Salts()
    other, ledger = bench.open(), bench.open(salts=salts)
    salts.meanwhile.append(lambda: other.record(act("b", quantity=2)))
    outcome = ledger.append([act("b")])[0]
    assert (outcome.status, outcome.position) == (Status.CONFLICT, 3)


class Pushy:
    """Another writer: says something about the same action whenever a writer is deciding.

    It writes in a thread of its own and is waited for, but not for long: where the writer holds the
    lock by then, its turn comes afterwards.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._words = [said("a", "USA", [f"ext:n{number}"]) for number in range(20)]
        self._crew: list[Thread] = []
        self.was_first = 0

    def __call__(self) -> None:
        word = self._words[len(self._crew)]
        thread = Thread(target=self._ledger.record, args=(word,))
        self._crew.append(thread)
        thread.start()
        thread.join(0.5)
        self.was_first += not thread.is_alive()

    def done(self) -> int:
        for thread in self._crew:
            thread.join(10)
        return len(self._crew)


def test_a_writer_whom_another_overtakes_every_time_still_gets_its_turn(bench: Bench) -> None:
    salts = Salts()
    ledger, pushy = bench.open(salts=salts), Pushy(bench.open())
    salts.meanwhile += [pushy] * 20
    outcome = ledger.append([said("a", "RUS", "unprovoked")])[0]
    # Once before the lock, and once in vain under it.
    assert (pushy.done(), pushy.was_first) == (2, 1)
    assert (outcome.status, outcome.position) == (Status.NEW, 4)
    assert [entry.version for entry in ledger.stream("a")] == [1, 2, 3, 4]


def test_what_others_write_elsewhere_lets_a_decision_stand(bench: Bench) -> None:
    salts = Salts()
    other, ledger = bench.open(), bench.open(salts=salts)
    salts.meanwhile.append(lambda: other.record(act("b")))
    ledger.record(said("a", "RUS", "unprovoked"))
    assert salts.count == 1


def test_where_others_wrote_much_it_is_decided_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(appending, "WRITTEN_MAX", 2)
    salts = Salts()
    other, ledger = bench.open(), bench.open(salts=salts)
    ledger.record(act("d"))
    other.append([act("b"), act("c")])
    assert ledger.append([said("a", "RUS", "unprovoked")])[0].position == 6
    assert salts.count == 3


def test_what_is_refused_under_the_lock_names_what_is_near(bench: Bench) -> None:
    salts = Salts()
    other, ledger = bench.open(), bench.open(salts=salts)
    salts.meanwhile.append(lambda: other.record(act("act-1")))
    outcomes = ledger.append([said("a", "RUS", ["aa"]), act("act-1"), said("a", "RUS", "unknown")])
    assert [one.status for one in outcomes] == [Status.REJECTED, Status.SAME, Status.NEW]
    assert "did you mean a" in str(outcomes[0].error and outcomes[0].error.why)


def test_versions_that_do_not_follow_each_other_are_named(bench: Bench) -> None:
    ledger = bench.open()
    far = Entry("action:a", 3, NOON, "ada", "ab" * 16, said("a", "USA", "unprovoked"))
    ledger.application.put_stored([ledger.application.stored(far)])
    with pytest.raises(StoreDamagedError, match="do not follow"):
        ledger.append([said("a", "RUS", "unprovoked")])
    assert ledger.application.position() == 3


def test_stamps_never_go_back_although_the_clock_does(bench: Bench) -> None:
    clock = Clock(NOON + timedelta(hours=1))
    ledger = bench.open(clock)
    ledger.record(act("b"))
    clock.at = NOON - timedelta(days=1)
    ledger.append([act("c"), act("d")])
    clock.at = NOON + timedelta(hours=2)
    ledger.record(act("e"))
    stamps = [entry.recorded_at for entry in ledger.entries()]
    assert stamps == sorted(stamps)
    late = NOON + timedelta(hours=1)
    assert stamps == [NOON, NOON, late, late, late, NOON + timedelta(hours=2)]


def test_a_writer_that_was_overtaken_takes_the_later_stamp(bench: Bench) -> None:
    salts = Salts()
    other = bench.open(Clock(NOON + timedelta(minutes=5)))
    ledger = bench.open(salts=salts)
    salts.meanwhile.append(lambda: other.record(act("b")))
    ledger.record(act("c"))
    assert [entry.recorded_at for entry in ledger.entries(2)] == [NOON + timedelta(minutes=5)] * 2


def stamp(minutes: int) -> Stamp:
    return Stamp(NOON + timedelta(minutes=minutes), "ada", "ab" * 16)


def test_a_history_that_is_restored_keeps_its_stamps(bench: Bench) -> None:
    ledger = bench.open()
    ledger.append([act("b"), act("a"), act("c")], stamps=[stamp(1), stamp(2), stamp(3)])
    kept = [(entry.recorded_at, entry.recorded_by, entry.salt) for entry in ledger.entries(2)]
    assert kept == [(one.recorded_at, one.recorded_by, one.salt) for one in (stamp(1), stamp(3))]


@pytest.mark.parametrize("minutes", [(-1, 1), (2, 1)])
def test_a_history_whose_stamps_go_back_is_not_restored(
    bench: Bench, minutes: tuple[int, int]
) -> None:
    ledger = bench.open()
    with pytest.raises(StampsOutOfOrderError, match="stamped"):
        ledger.append([act("b"), act("c")], stamps=[stamp(one) for one in minutes])
    assert ledger.application.position() == 2


def test_a_ledger_that_can_only_be_read_takes_nothing(tmp_path: Path) -> None:
    path = str(tmp_path / "l.db")
    open_ledger(path, create=True).close()
    with open_ledger(path, read_only=True) as ledger:
        with pytest.raises(ReadOnlyStoreError):
            ledger.append([two_sides()])
        assert ledger.application.position() == 0
