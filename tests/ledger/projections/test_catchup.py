"""Catching up: incremental is from scratch, however cut, at the cost of what is new."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.canonical import FrozenJson
from domain.checks.broken import InvariantBrokenError
from domain.checks.logs import check_resumed
from domain.reading import Reading
from domain.records.amendments import Corrected, Retracted
from domain.records.subjects import SidesChanged
from domain.sides import Side
from ledger.facade import open_ledger
from ledger.projections.catchup import catch_up, project
from ledger.projections.rows import Views
from ledger.projections.schema import NAMES, SCHEMA
from ledger.projections.table import PROJECTIONS
from ledger.store.memory_views import MemoryViews
from tests.ledger.ledgers import new_bench, small_ledger
from tests.ledger.rows import scratch_rows, stored_rows
from tests.making import act, said, two_sides
from tests.strategies import LONG, record_lists

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from domain.records.base import Record
    from ledger.projections.rows import Sealed


def sealed_of(records: tuple[Record, ...]) -> tuple[Sealed, ...]:
    """Record everything in memory, and return it as it was stored."""
    with new_bench(None).open() as ledger:
        ledger.append(records)
        return tuple(ledger.sealed())


def feed_of(sealed: tuple[Sealed, ...]) -> Callable[[int, int | None], Iterator[Sealed]]:
    return lambda after, until: iter(sealed[after:until])


@given(record_lists(), st.integers(1, 6))
def test_views_kept_up_by_pages_of_any_size_are_those_from_scratch(
    records: tuple[Record, ...], page: int
) -> None:
    sealed = sealed_of(records)
    views = MemoryViews()
    assert catch_up(feed_of(sealed), views, page=page) == len(sealed)
    check_resumed(scratch_rows(sealed), stored_rows(views))


@pytest.mark.slow
@given(record_lists(LONG), st.integers(1, 50))
def test_views_of_long_histories_are_those_from_scratch(
    records: tuple[Record, ...], page: int
) -> None:
    sealed = sealed_of(records)
    views = MemoryViews()
    catch_up(feed_of(sealed), views, page=page)
    check_resumed(scratch_rows(sealed), stored_rows(views))


CAP = act("cap", kind="staff_cap", quantity=9, unit="posts_ceiling")
REVERSALS: dict[str, tuple[Record, ...]] = {
    "of another dispute": (
        two_sides("c-d"),
        act("a"),
        act("b", part_of="a"),
        act("back", kind="reversal", dispute="c-d", reverses=["a"]),
    ),
    "of another row of the same act": (
        CAP,
        act("again", kind="statement", same_as=["cap"]),
        act("back", kind="reversal", reverses=["again"]),
    ),
}


@pytest.mark.parametrize("records", REVERSALS.values(), ids=REVERSALS.keys())
def test_a_reversal_counts_in_the_views_as_in_the_tally(records: tuple[Record, ...]) -> None:
    sealed = sealed_of((two_sides(), *records))
    views = MemoryViews()
    catch_up(feed_of(sealed), views, page=1)
    check_resumed(scratch_rows(sealed), stored_rows(views))


def test_what_carries_out_counts_in_the_views_once_the_measure_is_retracted() -> None:
    sealed = sealed_of(
        (
            two_sides(),
            act("a", quantity=3),
            act("b", "RUS", quantity=2, carries_out=["a"]),
            Retracted(action="a", reason="mistake"),
        )
    )
    views = MemoryViews()
    catch_up(feed_of(sealed), views, page=1)
    check_resumed(scratch_rows(sealed), stored_rows(views))
    assert [json.loads(row)["imposed"] for _, row, _ in views.scan("tally")] == ["2"]


@given(record_lists(), st.lists(st.integers(0, 20), max_size=4))
def test_views_stopped_anywhere_and_resumed_are_those_all_at_once(
    records: tuple[Record, ...], stops: list[int]
) -> None:
    sealed = sealed_of(records)
    views = MemoryViews()
    for stop in sorted(stops):
        reached = catch_up(feed_of(sealed), views, until=stop)
        assert reached == min(stop, len(sealed))
        check_resumed(scratch_rows(sealed[:stop]), stored_rows(views))
    catch_up(feed_of(sealed), views)
    check_resumed(scratch_rows(sealed), stored_rows(views))


class LosesWithdrawals(Views):
    """Views in which rows that were to be taken away stay."""

    def put(self, projection: str, key: str, value: object, position: int) -> None:
        if value is not None:
            super().put(projection, key, value, position)


def test_a_view_that_keeps_what_should_go_is_found() -> None:
    sealed = sealed_of(
        (two_sides(), act("a"), act("b", answers=["a"]), Retracted(action="b", reason="a slip"))
    )
    views = LosesWithdrawals(MemoryViews())
    for item in sealed:
        project((item,), views)
    store = MemoryViews()
    changes, positions = views.changes, views.positions
    store.commit(expected=0, position=4, schema=SCHEMA, changes=changes, positions=positions)
    with pytest.raises(InvariantBrokenError, match="invariant 2"):
        check_resumed(scratch_rows(sealed), stored_rows(store))


class Counting(MemoryViews):
    """Views that count what is read and written."""

    def __init__(self) -> None:
        super().__init__()
        self.touched: Counter[str] = Counter()

    def get(self, projection: str, key: str) -> str | None:
        self.touched["read"] += 1
        return super().get(projection, key)

    def scan(self, projection: str, prefix: str = "") -> Iterator[tuple[str, str, int]]:
        for row in super().scan(projection, prefix):
            self.touched["read"] += 1
            yield row

    def commit(self, **batch: Any) -> bool:
        self.touched["written"] += len(batch["changes"])
        return super().commit(**batch)


NEW: dict[str, tuple[Record, ...]] = {
    "an action": (act("new", by="RUS", against="USA", answers=["e5"]),),
    "a package": (act("whole", quantity=9), act("part", quantity=3, part_of="whole")),
    "a word": (said("e7", "RUS", "unprovoked"),),
    "a correction": (
        Corrected(action="e7", changes=FrozenJson.of({"occurred": "2021-01-01"}), reason="misread"),
    ),
    "a retraction": (Retracted(action="e7", reason="a slip"),),
    "a ceiling": (act("cap", kind="staff_cap", quantity=455, unit="posts_ceiling"),),
    "a reversal": (act("back", kind="reversal", unit="persons", reverses=["e7"]),),
}


def cost(old: int, new: tuple[Record, ...]) -> Counter[str]:
    """Count what catching up with `new` touches behind `old` rounds of action and answer."""
    ledger = small_ledger()
    for number in range(old):
        first, answer = f"e{number}", f"f{number}"
        ledger.append(
            [act(first), act(answer, by="RUS", against="USA", on="2020-01-02", answers=[first])]
        )
    views = Counting()
    catch_up(ledger.sealed, views)
    views.touched.clear()
    assert all(outcome.error is None for outcome in ledger.append(new))
    catch_up(ledger.sealed, views)
    return views.touched


@pytest.mark.parametrize("new", NEW.values(), ids=NEW.keys())
def test_the_cost_of_what_is_new_does_not_grow_with_what_is_old(new: tuple[Record, ...]) -> None:
    few, many = cost(10, new), cost(60, new)
    assert few == many
    assert few["read"] < 120 * len(new)


def test_what_changes_every_reading_costs_the_whole_dispute() -> None:
    drawn = SidesChanged(dispute="a-b", sides=(Side(name="West", parties=("USA", "GBR")),))
    assert cost(60, (drawn,))["read"] > 60


def test_a_chain_costs_what_descends_from_the_change_and_no_more() -> None:
    def touched(change: str) -> int:
        ledger = small_ledger()
        for number in range(30):
            answers = [f"e{number - 1}"] if number else "none_stated"
            by, against = ("USA", "RUS") if number % 2 else ("RUS", "USA")
            ledger.append([act(f"e{number}", by=by, against=against, answers=answers)])
        views = Counting()
        catch_up(ledger.sealed, views)
        views.touched.clear()
        ledger.record(said(change, "USA", ["ext:war"]))
        catch_up(ledger.sealed, views)
        return views.touched["read"] + views.touched["written"]

    assert touched("e29") < touched("e20") < touched("e1")
    assert touched("e1") > 4 * touched("e29")


class Interrupted(MemoryViews):
    """Views that somebody else moves on, once: at the first look into them, or at the commit."""

    def __init__(self, at: str, meanwhile: Callable[[Interrupted], object]) -> None:
        super().__init__()
        self._waiting: list[Callable[[Interrupted], object]] = [meanwhile]
        self._at = at
        self.refused = 0

    def _interrupt(self, here: str) -> None:
        if self._waiting and here == self._at:
            self._waiting.pop()(self)

    def get(self, projection: str, key: str) -> str | None:
        self._interrupt("look")
        return super().get(projection, key)

    def commit(self, **batch: Any) -> bool:
        self._interrupt("commit")
        done = super().commit(**batch)
        self.refused += not done
        return done


@pytest.mark.parametrize("page", [1, 2, 9])
@pytest.mark.parametrize("at", ["look", "commit"])
def test_a_page_that_somebody_else_projected_first_is_dropped(at: str, page: int) -> None:
    ledger = small_ledger()
    ledger.append([act("a"), said("a", "RUS", "unprovoked"), act("b", answers=["a"])])
    views = Interrupted(at, lambda views: catch_up(ledger.sealed, views, page=page))
    assert catch_up(ledger.sealed, views) == 4
    assert views.refused == (at == "commit")
    check_resumed(scratch_rows(ledger.sealed()), stored_rows(views))


def test_a_store_that_takes_stale_pages_is_found() -> None:
    ledger = small_ledger()
    ledger.append([act("a"), said("a", "RUS", "unprovoked"), act("b", answers=["a"])])

    class Careless(Interrupted):
        def commit(self, **batch: Any) -> bool:
            self._interrupt("commit")
            return MemoryViews.commit(self, **{**batch, "expected": self.position()})

    views = Careless("commit", lambda views: catch_up(ledger.sealed, views))
    with pytest.raises(TypeError, match="is not an amendment"):
        catch_up(ledger.sealed, views, page=3)
    assert views.position() < 4


def test_a_page_that_makes_no_sense_any_more_is_read_again() -> None:
    def changed(**changes: object) -> Corrected:
        return Corrected(action="a", changes=FrozenJson.of(changes), reason="misread")

    visas = {"value": 5, "unit": "visas"}
    persons = {"value": 5, "unit": "persons"}
    ledger = small_ledger()
    ledger.record(act("a", kind="visa_refusal", unit="visas"))
    views = Interrupted("look", lambda views: catch_up(ledger.sealed, views))
    stand = MemoryViews()
    catch_up(ledger.sealed, stand)
    views._rows, views._position, views._schema = stand._rows, 2, SCHEMA
    ledger.append([changed(quantity=visas), changed(kind="expulsion", quantity=persons)])
    catch_up(ledger.sealed, views)
    check_resumed(scratch_rows(ledger.sealed()), stored_rows(views))


def test_what_cannot_be_folded_is_an_error_and_no_endless_loop() -> None:
    sealed = sealed_of((two_sides(), act("a"), said("a", "RUS", "unprovoked")))
    with pytest.raises((TypeError, KeyError)):
        catch_up(lambda after, until: iter(sealed[1:]), MemoryViews())


def test_views_of_other_projections_are_computed_anew() -> None:
    ledger = small_ledger()
    ledger.append([act("a"), act("b", answers=["a"])])
    views = MemoryViews()
    old = {("gone", "a"): "1", ("standings", "a"): "wrong"}
    views.commit(expected=0, position=2, schema="0:gone", changes=old, positions={})
    catch_up(ledger.sealed, views)
    assert views.schema() == SCHEMA
    assert list(views.scan("gone")) == []
    check_resumed(scratch_rows(ledger.sealed()), stored_rows(views))


def test_a_ledger_that_can_only_be_read_trusts_no_views_of_other_projections(
    tmp_path: Path,
) -> None:
    with new_bench(tmp_path).open() as ledger:
        ledger.append([two_sides(), act("a")])
        ledger.store.views.commit(
            expected=0, position=2, schema="0:gone", changes={("gone", "a"): "1"}, positions={}
        )
    with open_ledger(str(tmp_path / "l.db"), read_only=True) as ledger:
        check_resumed(scratch_rows(ledger.sealed()), stored_rows(ledger.views()))
        assert "a" in ledger.history(Reading()).dossiers


def test_a_ledger_that_can_only_be_read_is_caught_up_aside(tmp_path: Path) -> None:
    with new_bench(tmp_path).open() as ledger:
        ledger.append([two_sides(), act("a")])
        ledger.views()
        ledger.append([act("b", answers=["a"])])
    with open_ledger(str(tmp_path / "l.db"), read_only=True) as ledger:
        check_resumed(scratch_rows(ledger.sealed()), stored_rows(ledger.views()))
        assert ledger.store.views.position() == 2


def test_the_schema_names_every_projection_in_the_order_of_the_table() -> None:
    assert tuple(projection.name for projection in PROJECTIONS) == NAMES


def test_a_command_that_finds_no_news_loads_no_projection_of_verdicts(tmp_path: Path) -> None:
    store = str(tmp_path / "ledger.db")
    open_ledger(store, create=True).close()
    code = (
        "import sys; from ledger.facade import open_ledger\n"
        f"with open_ledger({store!r}) as ledger: ledger.views()\n"
        "print('ledger.projections.verdicts' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
