"""What the tests of invariants share: a small history, its first world, the error to expect."""

from __future__ import annotations

import pytest

from domain.checks.broken import InvariantBrokenError
from domain.findings import worlds
from domain.history import History
from domain.measures.roots import Standing, standings
from domain.worlds import World
from tests.making import act, make_history


def round_of_two() -> History:
    """Ten expelled, answered by ten and by seven of them, once with a package."""
    return make_history(
        act("a", quantity=10, answers=["ext:war"]),
        act("b", by="RUS", against="USA", on="2020-01-02", quantity=10, answers=["a"]),
        act("whole", by="RUS", against="USA", on="2020-01-03", quantity=10, answers=["a"]),
        act("part", by="RUS", against="USA", on="2020-01-03", quantity=7, part_of="whole"),
    )


def one_world(history: History) -> World:
    return next(worlds(history))


def standing_of(world: World) -> dict[str, Standing]:
    return standings(world, [held.id for held in world.actions()])


def broken(number: int) -> pytest.RaisesExc[InvariantBrokenError]:
    return pytest.RaisesExc(InvariantBrokenError, match=rf"invariant {number} is broken \(")
