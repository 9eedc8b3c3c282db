"""Extremal worlds give what the solver gives, and what going through every world gives."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.checks.claims import check_fast
from domain.claims.choices import Choices
from domain.claims.language import Every, No, RootOf, Test
from domain.claims.verdicts import Method, by_solver, over_mixed
from ledger.solvers.engines import engines
from tests.claims_oracle import ledger_of, values_taken
from tests.domain.claims.claims_about import PANEL, question
from tests.domain.claims.forms_about import initiated, plain_filter

SOLVERS = engines()
WORLDS_MAX = 300

seeds = st.integers(0, 2**32)


def ranked_test(rng: Random) -> Test:
    """A claim that extremal worlds may decide."""
    holds = initiated(rng)
    if rng.random() < 0.2:
        return RootOf(action=rng.choice(("a2", "a3", "a4")), side=holds.by)
    return rng.choice((Every, No))(of=plain_filter(rng), holds=holds)


def check(seed: int, most: int) -> None:
    asked = question(seed, most, ranked_test)
    found = over_mixed(asked, PANEL, SOLVERS)
    assume(found.method is Method.EXTREMAL)
    assert found.possible is not None
    choices = Choices(asked.history, asked.dispute, PANEL, asked.reading)
    assert by_solver(asked, choices, SOLVERS).possible == found.possible
    ledger = ledger_of(asked, PANEL)
    assume(ledger.worlds <= WORLDS_MAX)
    check_fast(found.possible, values_taken(ledger), f"seed {seed}")


@settings(max_examples=60)
@given(seeds)
def test_extremal_worlds_show_what_every_world_shows(seed: int) -> None:
    check(seed, 6)


@pytest.mark.slow
@settings(max_examples=5_000)
@given(seeds)
def test_extremal_worlds_show_what_every_world_shows_thousands_of_times(seed: int) -> None:
    check(seed, 7)
