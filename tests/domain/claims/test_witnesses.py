"""Witnesses: mixed worlds that show both values of a contested claim."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.accounts import Option
from domain.claims.verdicts import Question
from domain.claims.witnesses import Witness, witnesses
from domain.reading import BasisOf, GrievancePolicy, Reading
from domain.truth import Truth
from ledger.claimtext.parsing import parse_claim
from ledger.solvers.engines import engines
from tests.claims_oracle import Ledger, ledger_of, settled, values_taken, words
from tests.domain.claims.claims_about import PANEL, question
from tests.making import DISPUTE, act, make_history, said

SOLVERS = engines()
WORLDS_MAX = 200
BOTH = {Truth.TRUE, Truth.FALSE}
seeds = st.integers(0, 2**32)


def chosen_in(ledger: Ledger, witness: Witness) -> dict[str, Option]:
    """What a witness picks for every action.

    Where its account holds what cannot be, that must not matter: there the last option stands in.
    """
    base = ledger.account(witness.account)
    changes = {change.action: change.instead for change in witness.changes}
    chosen = {}
    for name, options in ledger.options.items():
        held = changes.get(name) or base.option(name)
        is_mixed = settled(held) in [one.causes for one in options]
        chosen[name] = held if is_mixed else options[-1]
    return chosen


def check(seed: int, most: int) -> None:
    asked = question(seed, most)
    ledger = ledger_of(asked, PANEL)
    assume(ledger.worlds <= WORLDS_MAX)
    taken = values_taken(ledger)
    found = witnesses(asked, PANEL, SOLVERS)
    assert {witness.value for witness in found} <= taken
    for witness in found:
        assert ledger.value(chosen_in(ledger, witness)) is witness.value
        contested = {name for name, held in ledger.options.items() if len(held) > 1}
        assert {name for name, _ in witness.rests_on} <= contested
    if taken >= BOTH and any(is_mixed(ledger, account) for account in PANEL):
        assert {witness.value for witness in found} == BOTH


def is_mixed(ledger: Ledger, account: str) -> bool:
    """Whether an account's world is one of the mixed ones."""
    base = ledger.account(account)
    return all(
        settled(base.option(name)) in [one.causes for one in held]
        for name, held in ledger.options.items()
    )


@settings(max_examples=60)
@given(seeds)
def test_a_witness_is_a_mixed_world_with_its_value(seed: int) -> None:
    check(seed, 4)


@pytest.mark.slow
@settings(max_examples=1_500)
@given(seeds)
def test_a_witness_is_a_mixed_world_with_its_value_hundreds_of_times(seed: int) -> None:
    check(seed, 6)


U1 = act("u1", "USA", "RUS", "2020-01-01", answers=[])
R1 = act("r1", "RUS", "USA", "2020-01-02", answers=["u1"])
R2 = act("r2", "RUS", "USA", "2020-01-03", answers=["r1"])
CONTESTED = said("r1", "USA", [])


def found_of(text: str) -> tuple[Witness, ...]:
    history = make_history(U1, R1, R2, CONTESTED)
    reading = Reading(bases=(BasisOf.STATED_ONLY,))
    asked = Question(history, DISPUTE, reading, GrievancePolicy.ACTOR, parse_claim(text))
    return witnesses(asked, ("USA", "RUS"), SOLVERS)


def test_a_witness_names_its_account_its_changes_and_what_it_rests_on() -> None:
    holds, fails = found_of("every hostile action by RUS initiated by USA")
    assert (holds.value, fails.value) == (Truth.TRUE, Truth.FALSE)
    assert {holds.account, fails.account} == {"USA"}
    assert holds.changes[0].action == "r1"
    assert fails.changes == ()
    assert [(name, words(option)) for name, option in holds.rests_on] == [("r1", "u1")]
    assert [(name, words(option)) for name, option in fails.rests_on] == [("r1", "")]
    assert [item.action for item in fails.items if item.value is Truth.FALSE] == ["r1", "r2"]


def test_of_a_claim_that_is_not_contested_one_value_alone_has_a_witness() -> None:
    [only] = found_of("every hostile action by USA initiated by USA")
    assert (only.value, only.rests_on) == (Truth.TRUE, ())


def test_what_no_world_decides_has_no_witness() -> None:
    assert found_of("every expulsion by POL initiated by USA") == ()
