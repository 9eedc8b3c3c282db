"""Verdicts over mixed worlds are those of going through every world, whatever is claimed."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.checks.claims import check_fast
from domain.claims.swapping import TEST
from domain.claims.verdicts import Question, Verdict, over_mixed
from domain.history import History
from domain.reading import GrievancePolicy, Reading
from domain.worlds import default_panel
from ledger.claimtext.parsing import parse_claim
from ledger.solvers.engines import engines
from tests.claims_oracle import ledger_of, values_taken
from tests.domain.claims.claims_about import PANEL, question, reading_of
from tests.domain.claims.forms_about import any_test
from tests.making import DISPUTE, act, make_history
from tests.strategies import Shape, histories

SOLVERS = engines()
WORLDS_MAX = 300

seeds = st.integers(0, 2**32)
SHAPE = Shape(steps=14)
"""All that can be recorded: corrections, withdrawals, two disputes, sides drawn anew."""


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


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2019-12-30", Verdict.REFUTED), ("2020-01-02", Verdict.UNSUPPORTED)],
)
def test_in_no_world_does_a_silent_action_answer_what_comes_after_it(
    day: str, expected: Verdict
) -> None:
    history = make_history(act("own", on=day), act("theirs", "RUS", "USA", answers=[]))
    for text in (
        "exists action namely own answering theirs",
        "every action namely own answers theirs",
        "every action namely theirs is answered by USA",
    ):
        asked = Question(history, DISPUTE, Reading(), GrievancePolicy.ACTOR, parse_claim(text))
        found = over_mixed(asked, ("USA", "RUS"), SOLVERS)
        assert found.verdict is expected
        assert found.possible is not None
        check_fast(found.possible, values_taken(ledger_of(asked, ("USA", "RUS"))), text)


@pytest.mark.slow
@settings(max_examples=5_000)
@given(seeds)
def test_what_is_possible_is_what_some_world_shows_thousands_of_times(seed: int) -> None:
    check(seed, 7)


def asked_of(history: History, seed: int) -> Question:
    """Put a claim to any history: what the claim calls a0 is called e0 there."""
    rng = Random(seed)
    test = TEST.dump_json(any_test(rng)).decode()
    named = TEST.validate_json(re.sub(r"\ba(\d)\b", r"e\1", test).replace("West", "USA"))
    policy = rng.choice(tuple(GrievancePolicy))
    return Question(history, DISPUTE, reading_of(rng), policy, named)


def check_any(history: History, seed: int) -> None:
    asked = asked_of(history, seed)
    panel = default_panel(history, DISPUTE) or ("USA", "RUS")
    ledger = ledger_of(asked, panel)
    assume(ledger.worlds <= WORLDS_MAX)
    found = over_mixed(asked, panel, SOLVERS).possible
    assert found is not None
    check_fast(found, values_taken(ledger), f"seed {seed}")


@given(histories(SHAPE), seeds)
def test_it_holds_of_whatever_can_be_recorded(history: History, seed: int) -> None:
    check_any(history, seed)


@pytest.mark.slow
@settings(max_examples=2_000)
@given(histories(SHAPE), seeds)
def test_it_holds_of_whatever_can_be_recorded_thousands_of_times(
    history: History, seed: int
) -> None:
    check_any(history, seed)
