"""Denials: the blamed side's own word against a grievance, and an analyst's marked as such."""

from __future__ import annotations

import pytest

from domain.accounts import Conventions
from domain.causes import Grievance
from domain.measures.denials import denials
from domain.reading import BasisOf, StatedWhen
from domain.records.amendments import Retracted
from domain.records.base import Record
from tests.making import DISPUTE, act, make_history, said, two_sides

WRONG = Grievance("wrong", "RUS")
OWN = act("own", answers=["ext:wrong@RUS"])
WITH_INFERRED = Conventions(basis=BasisOf.WITH_INFERRED)
ANALYST = "analyst:compilers-for-RUS"


def of(*records: Record, conventions: Conventions | None = None) -> tuple[tuple[str, str], ...]:
    given = (conventions,) if conventions else ()
    return denials(make_history(*records), DISPUTE, WRONG, *given)


@pytest.mark.parametrize("form", ["unprovoked", "disputed"])
def test_the_blamed_side_denies_by_calling_it_unprovoked_or_disputing_it(form: str) -> None:
    assert of(OWN, said("own", "RUS", form)) == (("RUS", "own"),)


@pytest.mark.parametrize("form", ["none_stated", "unknown", "not_applicable"])
def test_silence_is_no_denial(form: str) -> None:
    assert of(OWN) == of(OWN, said("own", "RUS", form)) == ()


def test_other_causes_are_no_denial() -> None:
    assert of(OWN, said("own", "RUS", ["ext:other@USA"]), said("own", "USA", "unprovoked")) == ()


def test_only_the_blamed_side_denies_and_only_what_blames_it() -> None:
    sides = two_sides(West=["USA", "GBR"], East=["RUS", "BLR"])
    others = (said("own", "GBR", "unprovoked"), said("own", "press:x", "unprovoked"))
    assert of(sides, OWN, *others) == ()
    assert of(sides, OWN, said("own", "BLR", "unprovoked")) == (("BLR", "own"),)
    nobody = act("own", answers=["ext:wrong"])
    history = make_history(nobody, said("own", "RUS", "unprovoked"))
    assert denials(history, DISPUTE, Grievance("wrong")) == ()


def test_an_action_that_does_not_name_the_grievance_denies_nothing_of_it() -> None:
    assert of(OWN, act("b", answers=["ext:other@RUS"]), said("b", "RUS", "unprovoked")) == ()


def test_an_account_that_names_the_grievance_is_enough() -> None:
    records = (act("own"), said("own", "GBR", ["ext:wrong@RUS"]), said("own", "RUS", "disputed"))
    assert of(*records) == (("RUS", "own"),)


def test_every_action_that_names_it_is_looked_at_unless_it_is_retracted() -> None:
    more = act("more", answers=["ext:wrong@RUS", "own"])
    records = (OWN, more, said("own", "RUS", "unprovoked"), said("more", "RUS", "disputed"))
    assert of(*records) == (("RUS", "own"), ("RUS", "more"))
    assert of(*records, Retracted(action="own", reason="mistake")) == (("RUS", "more"),)


def test_the_last_word_counts_or_the_first_as_the_reading_says() -> None:
    first, last = said("own", "RUS", "unprovoked"), said("own", "RUS", ["ext:wrong@RUS"])
    then = Conventions(basis=BasisOf.STATED_ONLY, stated=StatedWhen.THEN)
    assert of(OWN, first, last) == ()
    assert of(OWN, first, last, conventions=then) == (("RUS", "own"),)


def test_what_an_analyst_infers_counts_only_with_inferred_where_the_party_is_silent() -> None:
    inferred = said("own", "RUS", "unprovoked", inferred=True)
    assert of(OWN, inferred) == ()
    assert of(OWN, inferred, conventions=WITH_INFERRED) == ((ANALYST, "own"),)
    spoken = said("own", "RUS", "disputed")
    assert of(OWN, inferred, spoken, conventions=WITH_INFERRED) == (("RUS", "own"),)
    (held,) = denials(make_history(OWN, inferred), DISPUTE, WRONG, WITH_INFERRED)
    assert held.is_inferred


def test_a_grievance_that_only_an_analyst_names_is_read_with_inferred_alone() -> None:
    named = said("own", "USA", ["ext:wrong@RUS"], inferred=True)
    records = (act("own"), named, said("own", "RUS", "unprovoked"))
    assert of(*records) == ()
    assert of(*records, conventions=WITH_INFERRED) == (("RUS", "own"),)
