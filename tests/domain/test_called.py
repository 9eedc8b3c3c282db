"""Called: whose word says what an action was, and how large."""

from __future__ import annotations

from domain.called import Called, called
from domain.quantities import Amount
from domain.reading import Reading
from domain.records.base import Record
from tests.making import act, calls, make_history, two_sides


def of(*records: Record, by: str = "other") -> Called:
    return called(make_history(*records).dossiers["a"], Reading(kinds_by=by))


def test_the_other_sides_words_are_those_of_the_first_target_that_speaks() -> None:
    sides = two_sides(West=["USA"], East=["RUS", "BLR", "KAZ"])
    joint = act("a", "USA", ["RUS", "BLR"])
    ally = calls("a", "KAZ", kind="recall")
    assert of(sides, joint, ally).kind.name == "expulsion"
    second = calls("a", "BLR", kind="rotation_departure")
    assert of(sides, joint, ally, second).kind.name == "rotation_departure"
    first = calls("a", "RUS", denied=True)
    assert of(sides, joint, ally, second, first).denied


def test_the_last_characterisation_replaces_the_earlier_ones_whole() -> None:
    kind = calls("a", "RUS", kind="recall")
    size = calls("a", "RUS", quantity={"value": 9, "unit": "persons"})
    found = of(act("a", quantity=4), kind, size, by="RUS")
    assert (found.kind.name, found.quantity and found.quantity.value) == (
        "expulsion",
        Amount.exact(9),
    )
    found = of(act("a", quantity=4), size, calls("a", "RUS", denied=True), kind, by="RUS")
    assert (found.kind.name, found.denied) == ("recall", False)
    assert found.quantity is not None
    assert found.quantity.value == Amount.exact(4)
