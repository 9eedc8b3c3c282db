"""An open verdict, kept up to date, is the verdict computed from scratch after every change."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.claims.compact import CONSTANTS, TRUE_NODE, Compact, streamed
from domain.claims.extremal import of_every, of_none, states
from domain.claims.incremental import OpenVerdict, OutOfOrderError
from domain.truth import Truth

seeds = st.integers(0, 2**32)
Options = list[list[int]]


def options(rng: Random, node: int) -> Options:
    nearest = range(max(0, node - 6), node)
    return [
        [rng.choice(nearest) for _ in range(rng.choice((1, 1, 2)))]
        for _ in range(rng.choice((1, 1, 2, 3)))
    ]


def compact(actions: list[Options]) -> Compact:
    return Compact([f"a{number}" for number in range(len(actions))], streamed(actions))


def from_scratch(
    actions: list[Options], selected: list[int], none: bool
) -> frozenset[Truth] | None:
    found = states(compact(actions).stream)
    held = {found[node] for node in selected}
    return of_none(held) if none else of_every(held)


@given(seeds)
def test_after_every_change_it_is_what_it_is_from_scratch(seed: int) -> None:
    rng = Random(seed)
    actions = [options(rng, node + CONSTANTS) for node in range(rng.randint(1, 30))]
    selected = [node + CONSTANTS for node in range(len(actions)) if rng.random() < 0.6]
    none = rng.random() < 0.5
    kept = OpenVerdict(compact(actions), selected, none=none)
    for _ in range(30):
        node = rng.randrange(len(actions)) + CONSTANTS
        if rng.random() < 0.2:
            node = len(actions) + CONSTANTS
            actions.append(options(rng, node))
            assert kept.add(actions[-1], is_selected=True) == node
            selected.append(node)
        else:
            actions[node - CONSTANTS] = options(rng, node)
            kept.change(node, actions[node - CONSTANTS])
        assert kept.values() == from_scratch(actions, selected, none)
        found = states(compact(actions).stream)
        assert [kept.state(one) for one in range(len(found))] == list(found)


def test_what_does_not_change_an_action_stops_there() -> None:
    actions = [[[TRUE_NODE]], *([[node]] for node in range(CONSTANTS, CONSTANTS + 50))]
    kept = OpenVerdict(compact(actions), [CONSTANTS + 50])
    assert kept.change(CONSTANTS, [[TRUE_NODE], [TRUE_NODE]]) == 1
    assert kept.change(CONSTANTS, [[0]]) == 51
    assert kept.values() == frozenset({Truth.FALSE})


def test_a_cause_that_is_taken_in_later_is_refused() -> None:
    kept = OpenVerdict(compact([[[TRUE_NODE]], [[CONSTANTS]]]), [CONSTANTS])
    with pytest.raises(OutOfOrderError):
        kept.change(CONSTANTS, [[CONSTANTS + 1]])
