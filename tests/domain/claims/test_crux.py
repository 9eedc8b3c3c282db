"""A crux flips the claim, nothing smaller does, and every smallest set is found."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.checks.claims import check_crux
from domain.claims.crux import Crux, cruxes
from domain.claims.language import AnyOf
from domain.claims.verdicts import Method
from domain.truth import Truth
from ledger.solvers.engines import engines
from tests.claims_oracle import changed, ledger_of, smallest_changes
from tests.domain.claims.claims_about import PANEL, question
from tests.domain.claims.test_extremal import ranked_test

SOLVERS = engines()
WORLDS_MAX = 100

seeds = st.integers(0, 2**32)


def check(seed: int, most: int) -> None:
    asked = question(seed, most)
    ledger = ledger_of(asked, PANEL)
    assume(ledger.worlds <= WORLDS_MAX)
    for account in PANEL:
        before = ledger.in_account(account)
        found = {crux.after: crux for crux in cruxes(asked, account, PANEL, SOLVERS)}
        opposite = {Truth.TRUE: {Truth.FALSE}, Truth.FALSE: {Truth.TRUE}}
        assert found.keys() == opposite.get(before, {Truth.TRUE, Truth.FALSE})
        for after, crux in found.items():
            expected = smallest_changes(ledger, account, after)
            assert crux.before is before
            assert crux.is_complete
            smallest = {frozenset(name for name, _ in one) for one in expected}
            check_crux(crux, smallest, f"seed {seed}")
            assert len(crux.ties) == len(smallest)
            told = {changed({one.action: one.instead for one in tie}) for tie in crux.ties}
            assert told <= expected


def check_ranks(seed: int, most: int) -> None:
    """Hold what turns a claim of ranks against the same claim said so that a formula finds it."""
    asked = question(seed, most, ranked_test)
    same = replace(asked, test=AnyOf(tests=(asked.test,)))
    for account in PANEL:
        found = cruxes(asked, account, PANEL, SOLVERS)
        for fast, slow in zip(found, cruxes(same, account, PANEL, SOLVERS), strict=True):
            assert slow.method is Method.MAXSAT
            assert (fast.before, fast.after) == (slow.before, slow.after)
            assert actions_of(fast) == actions_of(slow)


def actions_of(crux: Crux) -> list[list[str]]:
    return [[change.action for change in tie] for tie in crux.ties]


@settings(max_examples=100)
@given(seeds)
def test_ranks_find_what_the_formula_finds(seed: int) -> None:
    check_ranks(seed, 7)


@pytest.mark.slow
@settings(max_examples=4_000)
@given(seeds)
def test_ranks_find_what_the_formula_finds_thousands_of_times(seed: int) -> None:
    check_ranks(seed, 7)


@settings(max_examples=100)
@given(seeds)
def test_every_smallest_set_of_changes_is_found_and_nothing_else(seed: int) -> None:
    check(seed, 5)


@pytest.mark.slow
@settings(max_examples=4_000)
@given(seeds)
def test_every_smallest_set_of_changes_is_found_thousands_of_times(seed: int) -> None:
    check(seed, 7)
