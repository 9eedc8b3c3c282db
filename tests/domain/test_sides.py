from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.sides import EmptySideError, Side, Sides, SidesOverlapError

WEST = Side(name="West", parties=("USA", "GBR", "EU"))
RUS = Side(name="RUS", parties=("RUS", "BLR"))
BOTH = Sides(sides=(WEST, RUS))


def test_a_party_acts_for_the_side_that_declares_it() -> None:
    assert BOTH.side_of("GBR") == "West"
    assert BOTH.side_of("BLR") == "RUS"


def test_a_party_in_no_declared_side_is_a_side_of_its_own() -> None:
    assert BOTH.side_of("POL") == "POL"
    assert BOTH.is_third("POL")
    assert not BOTH.is_third("West")


def test_parties_of_one_side_give_one_side() -> None:
    assert BOTH.sides_of(("USA", "GBR")) == frozenset({"West"})
    assert BOTH.sides_of(("USA", "POL", "RUS")) == frozenset({"West", "POL", "RUS"})
    assert BOTH.sides_of(()) == frozenset()


def test_sides_keep_the_order_of_their_declaration() -> None:
    assert BOTH.declared == ("West", "RUS")


def test_without_declared_sides_everybody_is_third() -> None:
    none = Sides()
    assert none.declared == ()
    assert none.is_third(none.side_of("USA"))


def test_a_party_in_two_sides_is_refused() -> None:
    with pytest.raises(SidesOverlapError, match="party USA is in side West and in side Allies"):
        Sides(sides=(WEST, Side(name="Allies", parties=("FRA", "USA"))))


def test_two_sides_of_one_name_are_refused() -> None:
    with pytest.raises(SidesOverlapError, match="two sides are called West"):
        Sides(sides=(WEST, Side(name="West", parties=("FRA",))))


def test_a_party_named_twice_in_a_side_is_refused() -> None:
    with pytest.raises(SidesOverlapError, match="names party USA twice"):
        Side(name="West", parties=("USA", "USA"))


def test_a_side_named_like_a_party_outside_it_is_refused() -> None:
    with pytest.raises(SidesOverlapError, match="named like a party that is not in it") as caught:
        Side(name="NATO", parties=("USA", "GBR"))
    assert "put NATO among its parties" in caught.value.hint


def test_a_side_may_be_named_like_a_party_of_its_own() -> None:
    assert Side(name="NATO", parties=("NATO", "USA")).name == "NATO"


@pytest.mark.parametrize(("name", "parties"), [("", ("USA",)), ("  ", ("USA",)), ("West", ())])
def test_a_side_needs_a_name_and_a_party(name: str, parties: tuple[str, ...]) -> None:
    with pytest.raises(EmptySideError):
        Side(name=name, parties=parties)


def test_sides_cannot_be_changed_in_place() -> None:
    with pytest.raises(ValidationError):
        WEST.name = "East"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        BOTH.sides = ()  # type: ignore[misc]


def test_asking_leaves_no_trace_in_equality_or_storage() -> None:
    asked, fresh = BOTH.model_copy(), Sides(sides=(WEST, RUS))
    asked.side_of("USA")
    assert asked == fresh
    assert hash(asked) == hash(fresh)
    assert asked.model_dump_json() == fresh.model_dump_json()
    assert Sides.model_validate_json(asked.model_dump_json()) == asked


CODES = st.sampled_from(["USA", "RUS", "GBR", "POL", "X-MULTI", "EU"])


@given(st.lists(CODES, min_size=1, unique=True), st.integers(0, 6), CODES)
def test_every_party_is_on_exactly_one_side(parties: list[str], cut: int, asked: str) -> None:
    halves = (("One", tuple(parties[:cut])), ("Two", tuple(parties[cut:])))
    sides = Sides(sides=tuple(Side(name=name, parties=held) for name, held in halves if held))
    holding = [side.name for side in sides.sides if asked in side.parties]
    assert sides.side_of(asked) == (holding[0] if holding else asked)
    assert sides.is_third(sides.side_of(asked)) == (not holding)
