"""Mentions: everything that a test names, wherever in it, each name once."""

from __future__ import annotations

from hypothesis import given

from domain.claims.language import Test
from domain.claims.mentions import leaves, mentions
from domain.claims.nesting import parts
from ledger.claimtext.parsing import parse_claim
from tests.domain.claims.strategies_claims import any_tests


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


def test_a_name_is_told_once() -> None:
    found = mentions(parse_claim("exists action namely a1 or exists action after a1"))
    assert found.actions == ("a1",)
    assert len(found.filters) == 2


@given(any_tests())
def test_leaves_are_made_of_no_others(test: Test) -> None:
    found = list(leaves(test))
    assert found
    assert not any(parts(leaf) for leaf in found)
