"""Mentions: everything that a test names, wherever in it, each name once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.claims.language import Test
from domain.claims.mentions import asks_who_initiated, leaves, mentions
from domain.claims.nesting import parts
from domain.claims.verdicts import in_account, over_mixed
from domain.reading import GrievancePolicy
from ledger.claimtext.parsing import parse_claim
from ledger.solvers.engines import engines
from tests.domain.claims.claims_about import PANEL, question
from tests.domain.claims.strategies_claims import any_tests

SOLVERS = engines()


def test_names_are_gathered_from_every_form() -> None:
    found = mentions(
        parse_claim(
            "if every hostile action by USA before a1 in dispute x-y answers (action namely a2), "
            "ext:war@RUS then (root of a3 is a4 and not cause of a5 includes act:raid@POL in RUS "
            "and stock of posts of USA in RUS on 2020 by press:tass > 3 "
            "and responses by West in persons within 1 of what they answer, budgeted)"
        )
    )
    assert set(found.actions) == {"a1", "a2", "a3", "a4", "a5"}
    assert found.subjects == ("a3", "a5", "a4")
    assert found.disputes == ("x-y",)
    assert set(found.sides) == {"USA", "West"}
    assert set(found.parties) == {"RUS", "POL", "USA"}
    assert set(found.accounts) == {"RUS", "press:tass"}
    assert [held.unit for held in found.stocks] == ["posts"]
    assert set(map(str, found.causes)) == {"ext:war@RUS", "act:raid@POL"}


def test_a_name_is_told_once() -> None:
    found = mentions(parse_claim("exists action namely a1 or exists action after a1"))
    assert found.actions == ("a1",)
    assert len(found.filters) == 2


@given(any_tests())
def test_leaves_are_made_of_no_others(test: Test) -> None:
    found = list(leaves(test))
    assert found
    assert not any(parts(leaf) for leaf in found)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("every action by USA initiated by USA", True),
        ("not (no action by USA initiated by USA)", True),
        ("root of a1 is USA", True),
        ("exists opening by USA", False),
        ("every action by USA answers anything and exists action by RUS", False),
        ("count openings by USA > 1", False),
    ],
)
def test_it_is_known_which_tests_ask_who_initiated(text: str, *, asks: bool) -> None:
    assert asks_who_initiated(parse_claim(text)) is asks


@settings(max_examples=150)
@given(st.integers(0, 2**32))
def test_no_grievance_policy_changes_a_test_that_does_not_ask_who_initiated(seed: int) -> None:
    asked = question(seed, 4)
    if not asks_who_initiated(asked.test):
        held = [replace(asked, policy=policy) for policy in GrievancePolicy]
        for account in PANEL:
            assert len({str(in_account(one, account, SOLVERS)) for one in held}) == 1
        assert len({str(over_mixed(one, PANEL, SOLVERS)) for one in held}) == 1
