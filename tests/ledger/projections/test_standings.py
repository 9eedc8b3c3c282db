"""Standings kept up: changed words are followed no further than they are felt, and that far."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.checks.broken import InvariantBrokenError
from domain.checks.logs import check_resumed
from ledger.projections import standings
from ledger.projections.catchup import catch_up
from ledger.store.memory_views import MemoryViews
from tests.ledger.ledgers import new_bench, small_ledger
from tests.ledger.rows import scratch_rows, stored_rows
from tests.making import DISPUTE, act, said, two_sides

if TYPE_CHECKING:
    from domain.records.base import Record
    from domain.worlds import World
    from ledger.projections.rows import Views

DAYS = ("2020-01-01", "2020-01-01/2020-01-20", "2020-01-02", "2020-01-05")
ACTING = (("USA", "RUS"), ("RUS", "USA"), ("GBR", "RUS"), ("RUS", "GBR"), ("POL", "USA"))
ELSEWHERE = ("act:out@USA", "ext:wrong@RUS", "ext:wrong@GBR", "missing")
NAMES = tuple(f"e{number}" for number in range(9))


def causes(rng: Random) -> list[str]:
    pool = NAMES * 3 + ELSEWHERE
    return sorted({rng.choice(pool) for _ in range(rng.choice((0, 1, 1, 2)))})


def words(rng: Random) -> Record:
    """What somebody says of an action: often that its own side's step came before it."""
    told = "unprovoked" if rng.random() < 0.3 else causes(rng)
    account = rng.choice(("USA", "RUS", "GBR"))
    return said(rng.choice(NAMES), account, told, inferred=rng.random() < 0.2)


def deeds(rng: Random, *, joint: bool = False) -> list[Record]:
    """Actions of two disputes that name each other, earlier, later or in a round."""
    sides = {"West": ["USA", "GBR"], "RUS": ["RUS"]}
    made: list[Record] = [two_sides(DISPUTE, **sides), two_sides("c-d")]
    for name in NAMES:
        by, against = rng.choice(ACTING)
        actors = (by, "POL") if joint and by != "POL" and rng.random() < 0.3 else (by,)
        dispute = "c-d" if rng.random() < 0.15 else DISPUTE
        on = rng.choice(DAYS)
        made.append(act(name, actors, against, on, answers=causes(rng), dispute=dispute))
    return made


def kept_up(records: list[Record]) -> MemoryViews:
    """Record everything, catching up after each, and hold the rows against those from scratch."""
    views = MemoryViews()
    with new_bench(None).open() as ledger:
        for record in records:
            ledger.append([record], promised={*NAMES, "missing"})
            catch_up(ledger.sealed, views)
        check_resumed(scratch_rows(ledger.sealed()), stored_rows(views))
    return views


@given(st.integers(0, 10**9), st.booleans())
def test_standings_followed_down_from_changed_words_are_those_from_scratch(
    seed: int, joint: bool
) -> None:
    rng = Random(seed)
    kept_up([*deeds(rng, joint=joint), *(words(rng) for _ in range(12))])


def test_standings_that_are_not_followed_down_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    moves = standings._moves
    # The changed action is evaluated, and nothing after it.
    monkeypatch.setattr(standings, "_moves", lambda *given: moves(*given) and False)
    told = said("e0", "USA", ["ext:spies@RUS"])
    with pytest.raises(InvariantBrokenError, match="invariant 2"):
        kept_up([two_sides(), act("e0", answers=[]), act("e1", "RUS", "USA", answers=["e0"]), told])


def test_an_action_that_stands_as_before_is_the_last_one_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ledger = small_ledger()
    for number in range(60):
        by, against = ("RUS", "USA") if number % 2 else ("USA", "RUS")
        answers = [f"e{number - 1}"] if number else []
        ledger.append([act(f"e{number}", by, against, answers=answers)])
    views = MemoryViews()
    catch_up(ledger.sealed, views)
    seen: list[str] = []
    evaluate = standings._evaluate

    def watched(world: World, actions: dict[str, int], views: Views) -> None:
        seen.extend(actions)
        evaluate(world, actions, views)

    monkeypatch.setattr(standings, "_evaluate", watched)
    # Of e8 that it answers e7 and e5 both: who began it stays, what it answers does not.
    ledger.record(said("e8", "USA", ["e5", "e7"]))
    catch_up(ledger.sealed, views)
    assert set(seen) == {"e8", "e9"}
    monkeypatch.undo()
    check_resumed(scratch_rows(ledger.sealed()), stored_rows(views))
