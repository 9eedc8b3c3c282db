"""Every invariant is checked, and holds of generated histories and of the real one."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from domain.checks.broken import NAMES
from domain.checks.causes import check_roots
from domain.history import History
from domain.invariants import (
    COMPARISONS,
    FLOWS_MAX,
    INVARIANTS,
    MEASURED_AGAIN_MAX,
    audit,
)
from ledger.solvers.flow import NetworkxFlow
from tests.domain.checks.worlds import broken, one_world, round_of_two, standing_of
from tests.real import real_history
from tests.strategies import LONG, histories

FLOW = NetworkxFlow()
PAGE = Path(__file__).parents[2] / "docs" / "semantics.md"


def test_every_invariant_of_the_page_is_checked_and_no_other() -> None:
    """Those of claims have their checks in domain/checks/claims.py, and tests of their own."""
    section = PAGE.read_text(encoding="utf-8").split('<a id="invariants"></a>')[1]
    numbers = {int(found) for found in re.findall(r"^(\d+)\. ", section, re.MULTILINE)}
    checked = {row.number for row in INVARIANTS} | {number for number, _ in COMPARISONS}
    of_claims = {9, 10, 11, 12, 13, 14}
    assert numbers == checked | of_claims == set(NAMES)


def test_a_broken_invariant_says_which_what_and_where() -> None:
    world = one_world(round_of_two())
    with broken(6) as caught:
        check_roots(
            world, {**standing_of(world), "b": replace(standing_of(world)["b"], roots=frozenset())}
        )
    error = caught.value
    assert error.what == (
        "invariant 6 is broken (every action has a root, and is its own exactly if nothing comes "
        "before it): an action has no root"
    )
    assert error.where == "dispute a-b, account USA (stated-only), action b"


@given(histories())
def test_every_generated_history_passes_the_audit(history: History) -> None:
    assert audit(history, FLOW) == (1, 5, 6, 7, 15, 16, 17)


@pytest.mark.slow
@given(histories(LONG))
def test_every_long_generated_history_passes_the_audit(history: History) -> None:
    audit(history, FLOW)


def test_the_real_history_passes_the_audit() -> None:
    audit(real_history(), FLOW)


def test_a_large_history_is_audited_for_what_it_is_not_too_large_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shrunk = tuple(
        replace(one, actions_max=None if one.actions_max is None else one.actions_max // 100)
        for one in INVARIANTS
    )
    monkeypatch.setattr("domain.invariants.INVARIANTS", shrunk)
    history = real_history()
    assert (FLOWS_MAX, MEASURED_AGAIN_MAX) == (2_000, 10_000)
    assert len(history.dossiers) > FLOWS_MAX // 100
    assert audit(history, FLOW) == (5, 6)
