"""Invariants 9 to 12 hold of every claim; each check notices what it is there to notice."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.checks.broken import InvariantBrokenError
from domain.checks.claims import (
    audit_claim,
    check_agreement,
    check_certain,
    check_crux,
    check_fast,
    check_more_worlds,
    check_swapped,
)
from domain.claims.crux import Crux
from domain.claims.verdicts import Finding, Method, Possible, Verdict
from domain.truth import Truth
from ledger.solvers.engines import engines
from tests.domain.claims.claims_about import PANEL, question

SOLVERS = engines()
TRUE_ONLY = Possible(is_true=True, is_false=False, is_undetermined=False)
EITHER = Possible(is_true=True, is_false=True, is_undetermined=False)

seeds = st.integers(0, 2**32)


@settings(max_examples=60)
@given(seeds)
def test_invariants_hold_of_every_claim(seed: int) -> None:
    audit_claim(question(seed), PANEL, SOLVERS)


@pytest.mark.slow
@settings(max_examples=2_000)
@given(seeds)
def test_invariants_hold_of_thousands_of_claims(seed: int) -> None:
    audit_claim(question(seed, 7), PANEL, SOLVERS)


def test_9_notices_a_value_that_more_worlds_lose() -> None:
    check_more_worlds(TRUE_ONLY, EITHER, "here")
    with pytest.raises(InvariantBrokenError):
        check_more_worlds(EITHER, TRUE_ONLY, "here")


def test_10_notices_two_values_where_nothing_is_contested() -> None:
    check_agreement(TRUE_ONLY, "here")
    with pytest.raises(InvariantBrokenError):
        check_agreement(EITHER, "here")


def test_11_notices_an_account_that_differs_from_what_is_certain() -> None:
    check_certain(TRUE_ONLY, Truth.TRUE, "here")
    with pytest.raises(InvariantBrokenError):
        check_certain(TRUE_ONLY, Truth.UNDETERMINED, "here")


def test_12_notices_another_verdict() -> None:
    one = Finding(Verdict.SUPPORTED, Method.SOLVER, possible=TRUE_ONLY)
    other = Finding(Verdict.CONTESTED, Method.SOLVER, possible=EITHER)
    check_swapped(one, one, "here")
    with pytest.raises(InvariantBrokenError):
        check_swapped(one, other, "here")


def test_13_notices_a_value_too_many_or_too_few() -> None:
    check_fast(TRUE_ONLY, {Truth.TRUE}, "here")
    for shown in ({Truth.TRUE, Truth.FALSE}, set[Truth]()):
        with pytest.raises(InvariantBrokenError):
            check_fast(TRUE_ONLY, shown, "here")


def test_14_notices_a_smaller_set_and_a_missing_tie() -> None:
    found = Crux("USA", Truth.TRUE, Truth.FALSE, ties=())
    check_crux(found, set(), "here")
    with pytest.raises(InvariantBrokenError):
        check_crux(found, {frozenset({"a"})}, "here")
