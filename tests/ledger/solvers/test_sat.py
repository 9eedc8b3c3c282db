"""The solvers answer, find every cheapest model, and stop when time is over."""

from __future__ import annotations

from itertools import combinations

from domain.claims.ports import Left, no_clock
from ledger.solvers.clock import patience
from ledger.solvers.sat import PySat, Rc2

ENOUGH: Left = no_clock(60)
HOLES = 12


def pigeons() -> list[tuple[int, ...]]:
    """One pigeon more than holes, each in a hole, no two in one: false, and hard to see."""

    def sits(pigeon: int, hole: int) -> int:
        return pigeon * HOLES + hole + 1

    clauses = [tuple(sits(one, hole) for hole in range(HOLES)) for one in range(HOLES + 1)]
    for hole in range(HOLES):
        pairs = combinations(range(HOLES + 1), 2)
        clauses += [(-sits(one, hole), -sits(other, hole)) for one, other in pairs]
    return clauses


def test_each_list_of_assumptions_is_answered() -> None:
    clauses = [(1, 2), (-1, -2)]
    assert PySat().each(clauses, ((1,), (1, 2), ()), ENOUGH) == (True, False, True)


def test_what_cannot_be_decided_in_time_is_not_decided() -> None:
    assert PySat().each(pigeons(), ((), (1,)), patience(0.1)) == (None, None)


def test_no_time_is_no_answer() -> None:
    assert PySat().each([(1,)], ((1,),), lambda: 0) == (None,)
    found = Rc2().cheapest([(1,)], {1: 1}, 1, lambda: 0)
    assert found.was_stopped
    assert not found.is_complete


def test_every_cheapest_model_is_found() -> None:
    found = Rc2().cheapest([(1, 2, 3), (2, 3, 4)], {1: 1, 2: 1, 3: 1, 4: 1}, 10, ENOUGH)
    assert {model.true for model in found.models} == {frozenset({2}), frozenset({3})}
    assert (found.cost, found.is_complete, found.was_stopped) == (1, True, False)


def test_more_models_than_asked_for_are_told_of() -> None:
    found = Rc2().cheapest([(1, 2, 3)], {1: 1, 2: 1, 3: 1}, 2, ENOUGH)
    assert (len(found.models), found.is_complete, found.was_stopped) == (2, False, False)


def test_where_there_is_no_model_there_is_none() -> None:
    found = Rc2().cheapest([(1,), (-1,)], {1: 1}, 2, ENOUGH)
    assert (found.models, found.is_complete, found.was_stopped) == ((), True, False)


def test_a_model_that_costs_nothing_is_the_only_one() -> None:
    found = Rc2().cheapest([(-1, 2)], {1: 1}, 5, ENOUGH)
    assert (len(found.models), found.cost, found.is_complete) == (1, 0, True)


def test_a_search_for_the_cheapest_stops_in_time() -> None:
    found = Rc2().cheapest(pigeons(), {1: 1}, 5, patience(0.1))
    assert found.was_stopped
    assert not found.models
