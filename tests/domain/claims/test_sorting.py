"""Sorting by gain finds what the solver finds, and what going through every world finds."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.claims.choices import Choices
from domain.claims.crux import cruxes
from domain.claims.filters import Filter
from domain.claims.language import AnyOf, Compare, Comparison, Count, Number, Test
from domain.claims.verdicts import Method, by_solver, over_mixed
from domain.measures.roles import Role
from ledger.solvers.engines import engines
from tests.domain.claims.claims_about import PANEL, question
from tests.domain.claims.forms_about import RATIOS

SOLVERS = engines()

seeds = st.integers(0, 2**32)


def counted(rng: Random) -> Test:
    """A claim that counts who opens, or who responds, more often."""
    roles = (rng.choice((Role.OPENING, Role.OPENING, Role.RESPONSE)),)
    sides = rng.sample(("West", "RUS"), 2)
    left, right = (Count(of=Filter(actors=(side,), roles=roles)) for side in sides)
    return Compare(
        left=left,
        how=rng.choice(tuple(Comparison)),
        times=rng.choice(RATIOS),
        right=right if rng.random() < 0.5 else Number(value=rng.choice((0, 1, 2))),
    )


def check(seed: int) -> None:
    asked = question(seed, 7, counted)
    found = over_mixed(asked, PANEL, SOLVERS)
    choices = Choices(asked.history, asked.dispute, PANEL, asked.reading)
    assert by_solver(asked, choices, SOLVERS).possible == found.possible
    same = replace(asked, test=AnyOf(tests=(asked.test,)))
    for account in PANEL:
        both = (cruxes(one, account, PANEL, SOLVERS) for one in (asked, same))
        for fast, slow in zip(*both, strict=True):
            assert slow.method is Method.MAXSAT
            assert (fast.before, fast.after) == (slow.before, slow.after)
            ties = [[[change.action for change in tie] for tie in it.ties] for it in (fast, slow)]
            assert ties[0] == ties[1], fast.method


@settings(max_examples=80)
@given(seeds)
def test_sorting_finds_what_the_solver_finds(seed: int) -> None:
    check(seed)


@pytest.mark.slow
@settings(max_examples=3_000)
@given(seeds)
def test_sorting_finds_what_the_solver_finds_thousands_of_times(seed: int) -> None:
    check(seed)


def test_sorting_is_used() -> None:
    asked = (question(seed, 6, counted) for seed in range(200))
    methods = {over_mixed(one, PANEL, SOLVERS).method for one in asked}
    assert methods == {Method.SORT, Method.SOLVER, Method.EXTREMAL}
