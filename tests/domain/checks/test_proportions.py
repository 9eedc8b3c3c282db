"""Budgets, scale and grievance policies: the checks of invariants 15 and 17 bite."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from domain.checks import proportions
from domain.checks.broken import InvariantBrokenError
from domain.checks.proportions import check_budgets, check_policies, check_scale
from domain.findings import findings
from domain.measures.budget import Budget, budgeted
from domain.measures.proportion import Proportion, proportion
from domain.measures.roles import role
from domain.quantities import Amount
from domain.truth import Truth
from domain.variants import scaled
from ledger.solvers.flow import NetworkxFlow
from tests.domain.checks.worlds import broken, one_world, round_of_two, standing_of
from tests.making import act, make_history, said

if TYPE_CHECKING:
    from domain.worlds import World

FLOW = NetworkxFlow()


def test_a_budget_that_is_always_feasible_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    history = make_history(
        act("a", quantity=10, answers=[]),
        act("b", by="RUS", against="USA", on="2020-01-02", quantity=35, answers=["a"]),
    )
    check_budgets(one_world(history), FLOW)

    def lenient(world: World, unit: str, k: Fraction, flow: NetworkxFlow) -> Budget:
        return replace(budgeted(world, unit, k, flow), feasible=Truth.TRUE)

    monkeypatch.setattr(proportions, "budgeted", lenient)
    with pytest.raises(InvariantBrokenError, match=r"invariant 15.*b is beyond k = 0"):
        check_budgets(one_world(history), FLOW)


def test_a_budget_that_shrinks_with_k_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def shrinking(world: World, unit: str, k: Fraction, flow: NetworkxFlow) -> Budget:
        return replace(budgeted(world, unit, k, flow), feasible=Truth.of(k < 1), responses=())

    monkeypatch.setattr(proportions, "budgeted", shrinking)
    with pytest.raises(InvariantBrokenError, match=r"invariant 15.*a larger k fits less"):
        check_budgets(one_world(round_of_two()), FLOW)


def test_a_ratio_that_goes_by_the_number_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def by_number(world: World, action: str) -> Proportion:
        found = proportion(world, action)
        quantity = world.history.dossiers[action].action.quantity
        return replace(found, ratio=Fraction(quantity.value.lo)) if quantity else found

    monkeypatch.setattr(proportions, "proportion", by_number)
    with pytest.raises(InvariantBrokenError, match=r"invariant 15.*r\(a\)"):
        check_scale(round_of_two(), FLOW)


def test_a_scaled_history_is_larger_and_otherwise_the_same() -> None:
    before, after = round_of_two(), scaled(round_of_two(), 3)
    quantity = after.dossiers["part"].action.quantity
    assert quantity is not None
    assert quantity.value == Amount.exact(21)
    assert findings(before) == findings(after)


def test_a_role_that_goes_by_the_policy_is_found() -> None:
    def excused(world: World) -> object:
        blames = world.reading.grievances[0] != "actor"
        return [(held.id, role(world, held.id), blames) for held in world.actions()]

    check_policies(round_of_two())
    with broken(17):
        check_policies(round_of_two(), excused)


def test_grievance_policies_do_change_initiators() -> None:
    history = make_history(act("a", answers=["ext:spies@RUS"]), said("a", "RUS", "unprovoked"))
    standing = standing_of(one_world(history))["a"]
    assert len({found.words() for _, found in standing.initiators}) == 3
