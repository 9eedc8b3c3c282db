"""Budgets of each side and unit, by the hand count of a small ledger."""

from __future__ import annotations

from fractions import Fraction

import pytest

from domain.truth import Truth
from ledger.answers.budgets import BudgetRow, budgets
from ledger.solvers.flow import NetworkxFlow
from tests.ledger.answers.support import asked_of, ledger_of
from tests.making import act

TEN_TWICE = (
    act("u1", "USA", "RUS", "2020-01-01", quantity=10, answers=[]),
    act("r1", "RUS", "USA", "2020-01-02", quantity=10, answers=["u1"]),
    act("r2", "RUS", "USA", "2020-01-03", quantity=10, answers=["u1"]),
    act("cap", "RUS", "USA", "2020-01-04", kind="staff_cap", unit="posts_ceiling", answers=["u1"]),
    act("v", "RUS", "USA", "2020-01-05", kind="visa_refusal", answers=["u1"]),
    act("u2", "USA", "RUS", "2020-01-06", quantity=3, answers=["r1"]),
)


def rows(**reading: object) -> dict[tuple[str, str], BudgetRow]:
    asked = asked_of(ledger_of(*TEN_TWICE), bases=["stated-only"], accounts=["RUS"], **reading)
    found = budgets(asked, NetworkxFlow())
    return {(row.side, row.budget.unit): row for row in found.rows}


def test_each_side_and_unit_with_a_response_has_its_budget() -> None:
    found = rows()
    assert list(found) == [("USA", "persons"), ("RUS", "persons")]
    assert found["USA", "persons"].budget.feasible is Truth.TRUE


@pytest.mark.parametrize(
    ("k", "feasible", "over", "shortfall"),
    [
        ("1", Truth.FALSE, ("r1", "r2"), Fraction(10)),
        ("3/2", Truth.FALSE, ("r1", "r2"), Fraction(5)),
        ("2", Truth.TRUE, (), Fraction(0)),
    ],
)
def test_the_k_of_the_reading_decides(
    k: str, feasible: Truth, over: tuple[str, ...], shortfall: Fraction
) -> None:
    budget = rows(k=k)["RUS", "persons"].budget
    assert (budget.k, budget.feasible) == (Fraction(k), feasible)
    assert (budget.responses, budget.over, budget.shortfall) == (("r1", "r2"), over, shortfall)


def test_only_what_the_reading_counts_is_held_against_the_budget() -> None:
    budget = rows(period="2020-01-03/..")["RUS", "persons"].budget
    assert (budget.responses, budget.feasible) == (("r2",), Truth.TRUE)
