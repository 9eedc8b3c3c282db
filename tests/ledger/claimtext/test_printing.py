"""What is printed is read back as the same, whatever it is."""

from __future__ import annotations

import pytest
from hypothesis import given

from domain.claims.filters import Filter
from domain.claims.language import AllOf, AnyOf, Every, Exists, If, Not, NotExists, Test
from domain.claims.nesting import NESTING_MAX
from domain.claims.predicates import Predicate
from ledger.claimtext.parsing import parse_claim
from ledger.claimtext.printing import claim_text
from tests.domain.claims.strategies_claims import any_tests, filters, plain_tests, predicates

A: Test = Exists(of=Filter(actors=("A",)))
B: Test = NotExists(of=Filter(actors=("B",)))


@given(any_tests())
def test_a_printed_test_is_read_back_as_the_same(test: Test) -> None:
    assert parse_claim(claim_text(test)) == test


@given(plain_tests())
def test_a_printed_test_is_read_back_as_the_same_without_nesting(test: Test) -> None:
    assert parse_claim(claim_text(test)) == test


@given(predicates())
def test_a_printed_predicate_is_read_back_as_the_same(holds: Predicate) -> None:
    test = Every(of=Filter(), holds=holds)
    assert parse_claim(claim_text(test)) == test


@given(filters())
def test_a_printed_filter_is_read_back_as_the_same(which: Filter) -> None:
    test = Exists(of=which)
    assert parse_claim(claim_text(test)) == test


@given(any_tests())
def test_printing_is_canonical(test: Test) -> None:
    text = claim_text(test)
    assert claim_text(parse_claim(text)) == text


def nested(shell: str, levels: int) -> Test:
    made = A
    for _ in range(levels - 1):
        shells: dict[str, Test] = {
            "all": AllOf(tests=(made,)),
            "and": AllOf(tests=(A, made)),
            "or": AnyOf(tests=(made, B)),
            "not": Not(test=made),
            "if": If(condition=made, then=B),
            "then": If(condition=B, then=made),
        }
        made = shells[shell]
    return made


@pytest.mark.parametrize("shell", ["all", "and", "or", "not", "if", "then"])
def test_the_deepest_test_is_printed_and_read_back(shell: str) -> None:
    test = nested(shell, NESTING_MAX)
    assert parse_claim(claim_text(test)) == test


@pytest.mark.parametrize(
    ("test", "text"),
    [
        (AllOf(tests=(A, B)), "exists action by A and not exists action by B"),
        (Not(test=A), "not (exists action by A)"),
        (Not(test=B), "not not exists action by B"),
        (AnyOf(tests=(A,)), "any of (exists action by A)"),
    ],
)
def test_brackets_stand_where_they_are_needed(test: Test, text: str) -> None:
    assert claim_text(test) == text
