"""A sweep over all disputes counts what each dispute by itself comes to."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from hypothesis import given
from hypothesis import strategies as st

from domain.called import called
from domain.measures.roots import standings
from domain.reading import BasisOf, Reading
from domain.worlds import whole_account
from ledger.columns.measures import sweep
from ledger.columns.measures.asking import dispute_numbers, panel
from tests.ledger.columns.coded import columns_of
from tests.strategies import histories

if TYPE_CHECKING:
    from domain.history import History

READING: Final = Reading(bases=(BasisOf.WITH_INFERRED,))
Counts = Counter[tuple[object, ...]]


def by_domain(history: History, number: int, dispute: str, account: str) -> Counts:
    """Count the hostile actions of one account by those to whom they are put."""
    found: Counts = Counter()
    world = whole_account(history, dispute, account, READING)
    for action, standing in standings(world, [held.id for held in world.actions()]).items():
        held = history.dossiers[action]
        if called(held, READING).is_hostile and held.action.dispute == dispute:
            for policy, put in standing.initiators:
                found[number, policy, tuple(sorted(put.sides)), put.has_unknown] += 1
    return found


@given(histories(), st.integers(0, 2), st.sampled_from([1, 4, 500_000]))
def test_initiators_are_counted_for_every_dispute(
    history: History, turn: int, at_once: int
) -> None:
    with columns_of(history) as columns:
        expected: Counts = Counter()
        nobody = set()
        for dispute, number in dispute_numbers(columns).items():
            heard = panel(columns, number)
            if turn < len(heard):
                expected += by_domain(history, number, dispute, heard[turn])
            else:
                nobody.add(number)
        found: Counts = Counter()
        for one in sweep.initiated(columns, turn, READING, at_once):
            if one.dispute not in nobody:
                found[one.dispute, one.policy, one.sides, one.is_open] += one.actions
        assert found == expected


@given(histories())
def test_spans_part_the_disputes(history: History) -> None:
    with columns_of(history) as columns:
        parts = [range(first, last + 1) for first, last in sweep.spans(columns, 3)]
        assert [number for part in parts for number in part] == sorted(
            dispute_numbers(columns).values()
        )
