"""Roots, chains and narrower dates: the checks of invariants 6, 7 and 16 bite."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.checks import causes
from domain.checks.causes import check_chains, check_narrowed, check_roots
from domain.findings import tallies, worlds
from domain.history import History
from domain.measures.roots import Root, RootNature
from domain.variants import narrowed
from tests.domain.checks.worlds import broken, one_world, round_of_two, standing_of
from tests.making import act, make_history, two_sides
from tests.real import real_history
from tests.strategies import CHAINS, histories

if TYPE_CHECKING:
    from domain.worlds import World


def test_an_answer_that_is_its_own_root_is_found() -> None:
    world = one_world(round_of_two())
    found = standing_of(world)
    own = replace(found["b"], roots=frozenset({Root(RootNature.OPENING, "b")}))
    with broken(6):
        check_roots(world, {**found, "b": own})


def test_an_opening_that_begins_elsewhere_is_found() -> None:
    history = make_history(act("a", answers=[]), act("b", by="RUS", answers=["a"]))
    world = one_world(history)
    found = standing_of(world)
    elsewhere = replace(found["a"], roots=frozenset({Root(RootNature.OPENING, "b")}))
    check_roots(world, found)
    with broken(6):
        check_roots(world, {**found, "a": elsewhere})


@given(histories(CHAINS))
def test_chains_partition_what_has_one_cause_each(history: History) -> None:
    for world in worlds(history):
        check_chains(world, standing_of(world))


def cut_to_chains(history: History) -> History:
    """Leave every action its first cause only, and no packages."""
    kept = {}
    for name, held in history.dossiers.items():
        cause = replace(held.action.cause, causes=held.action.cause.causes[:1])
        action = held.action.model_copy(update={"cause": cause, "part_of": None, "same_as": ()})
        kept[name] = replace(held, action=action, attributions=())
    return replace(history, dossiers=kept)


def test_the_real_history_cut_to_chains_is_partitioned() -> None:
    history = cut_to_chains(real_history())
    for world in worlds(history):
        assert all(len(world.causes(held.id) or ()) <= 1 for held in world.actions())
        check_chains(world, standing_of(world))


def two_chains() -> World:
    return one_world(
        make_history(
            act("a", answers=[]),
            act("b", by="RUS", against="USA", quantity=2, answers=["a"]),
            act("c", quantity=3, answers=[]),
        )
    )


def test_two_causes_in_another_dispute_are_two_causes() -> None:
    history = make_history(
        two_sides(),
        two_sides("c-d"),
        act("far", dispute="c-d", answers=["ext:war", "ext:spies"]),
        act("near", by="RUS", against="USA", answers=["far"]),
    )
    world = one_world(history)
    assert len(standing_of(world)["near"].roots) == 2
    check_chains(world, standing_of(world))


def test_an_action_in_two_chains_is_found() -> None:
    world = two_chains()
    found = standing_of(world)
    both = replace(found["b"], roots=found["a"].roots | found["c"].roots)
    check_chains(world, found)
    with broken(7):
        check_chains(world, {**found, "b": both})


def test_a_tally_that_counts_an_action_in_every_chain_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = two_chains()
    whole = tallies(world.history)["a-b"]
    monkeypatch.setattr(causes, "tally", lambda *_: whole)
    with broken(7):
        check_chains(world, standing_of(world))


@given(histories(), st.sampled_from(("lo", "hi")), st.sampled_from(("lo", "hi")))
def test_narrowing_makes_nothing_possible(history: History, first: str, second: str) -> None:
    check_narrowed(history, narrowed(history, "lo" if first == "lo" else "hi"))
    one_day = narrowed(history, "lo")
    check_narrowed(one_day, narrowed(one_day, "lo" if second == "lo" else "hi"))


def test_a_wider_date_that_makes_an_option_possible_is_found() -> None:
    late = act("a", by="RUS", against="USA", on="2020-03-01")
    wide = make_history(late, act("b", on="2020", answers=["a"]))
    narrow = make_history(late, act("b", on="2020-01-02", answers=["a"]))
    check_narrowed(wide, narrow)
    with broken(16):
        check_narrowed(narrow, wide)
