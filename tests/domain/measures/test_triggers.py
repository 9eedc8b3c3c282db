"""Triggers: each act once, by the words that count, and only sums that can be summed."""

from __future__ import annotations

from domain.measures.triggers import acts, in_unit, is_summable
from domain.quantities import Amount, Quantity
from domain.reading import Reading
from domain.records.base import Record
from domain.worlds import World, whole_account
from tests.making import DISPUTE, act, calls, make_history


def world_of(*records: Record, reading: Reading | None = None) -> World:
    return whole_account(make_history(*records), DISPUTE, "USA", reading or Reading())


def test_an_act_recorded_twice_stands_once_by_the_row_that_stands_for_it() -> None:
    world = world_of(act("row"), act("again", same_as=["row"]), act("other"))
    assert [held.id for held in acts(world, ["again", "other", "row"])] == ["other", "row"]


def test_what_the_teller_denies_stands_nowhere() -> None:
    records = (act("own"), calls("own", "RUS", denied=True))
    assert len(acts(world_of(*records), ["own"])) == 1
    assert acts(world_of(*records, reading=Reading(kinds_by="RUS")), ["own"]) == ()


def test_threats_are_summed_and_other_units_are_not() -> None:
    world = world_of(
        act("one", quantity=3),
        act("threat", kind="threat", quantity=4, unit="persons"),
        act("visas", kind="visa_refusal", quantity=5),
        act("bare", kind="talks_cancelled"),
    )
    held = acts(world, ["one", "threat", "visas", "bare"])
    found = {it.id: it.amount for it in in_unit(world, held, "persons")}
    assert found == {"one": Amount.exact(3), "threat": Amount.exact(4)}


def test_only_flows_are_summed() -> None:
    assert is_summable(Quantity(value=Amount.exact(1), unit="persons"))
    assert not is_summable(Quantity(value=Amount.exact(1), unit="posts_ceiling"))
    assert not is_summable(None)
