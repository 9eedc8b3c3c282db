"""Cells: which of them an action is in, and how keys mirror."""

from __future__ import annotations

from domain.measures.postings import posting_of
from domain.measures.tally_cells import ALL, LineKey, keys_of, range_of
from domain.quantities import Amount
from domain.reading import Reading
from tests.making import DISPUTE, act, make_history


def test_an_action_is_in_its_own_cell_and_in_two_totals() -> None:
    history = make_history(act("a"))
    posting = posting_of(history, history.dossiers["a"], Reading())
    assert posting is not None
    own, over_kinds, over_all = keys_of(posting)
    assert own == LineKey(DISPUTE, "USA", "RUS", "mission_staff", "expulsion", "persons")
    assert over_kinds == LineKey(DISPUTE, "USA", "RUS", "mission_staff", ALL, "persons")
    assert over_all == LineKey(DISPUTE, "USA", "RUS", ALL, ALL, "persons")
    assert [key.is_total for key in (own, over_kinds, over_all)] == [False, True, True]


def test_a_key_mirrored_twice_is_itself() -> None:
    key = LineKey(DISPUTE, "USA", "RUS", "mission_staff", "expulsion", "persons")
    assert key.mirrored() == LineKey(DISPUTE, "RUS", "USA", *list(key_rest(key)))
    assert key.mirrored().mirrored() == key


def key_rest(key: LineKey) -> tuple[str, str, str]:
    return (key.family, key.kind, key.unit)


def test_a_range_that_shrinks_to_a_number_has_no_unknown_parts() -> None:
    assert range_of(Amount.exact(5), Amount(2, 5, 1)) == Amount.exact(5)
    assert range_of(Amount.exact(3), Amount(5, None, 1)) == Amount(3, None, 1)
