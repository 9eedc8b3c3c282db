"""Verdicts over mixed worlds are those of going through every world, whatever is claimed."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.checks.claims import check_fast
from domain.claims.verdicts import over_mixed
from ledger.solvers.engines import engines
from tests.claims_oracle import ledger_of, values_taken
from tests.domain.claims.claims_about import PANEL, question

SOLVERS = engines()
WORLDS_MAX = 300

seeds = st.integers(0, 2**32)


def check(seed: int, most: int) -> None:
    asked = question(seed, most)
    ledger = ledger_of(asked, PANEL)
    assume(ledger.worlds <= WORLDS_MAX)
    found = over_mixed(asked, PANEL, SOLVERS).possible
    assert found is not None
    check_fast(found, values_taken(ledger), f"seed {seed}")


@settings(max_examples=120)
@given(seeds)
def test_what_is_possible_is_what_some_world_shows(seed: int) -> None:
    check(seed, 5)


@pytest.mark.slow
@settings(max_examples=5_000)
@given(seeds)
def test_what_is_possible_is_what_some_world_shows_thousands_of_times(seed: int) -> None:
    check(seed, 7)
