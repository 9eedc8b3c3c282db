"""Purpose: said by an actor, no later than the action."""

from __future__ import annotations

import pytest

from domain.measures.purpose import Purpose, purpose_stated
from domain.reading import DateBasis, Reading
from domain.records.base import Record
from domain.truth import Truth
from tests.making import act, make_history, said

TRUE, FALSE, UNKNOWN = Truth


def of(*records: Record, reading: Reading | None = None) -> Purpose:
    return purpose_stated(make_history(*records).dossiers["own"], reading or Reading())


@pytest.mark.parametrize(
    ("public", "expected"),
    [
        (None, TRUE),
        ("2020-01-01", TRUE),
        ("2019-12-20", TRUE),
        ("2020-01-02", FALSE),
        ("2020-01", UNKNOWN),
    ],
)
def test_a_cause_in_the_record_was_stated_when_it_was_made_public(
    public: str | None, expected: Truth
) -> None:
    own = act("own", on="2020-01-01", answers=["ext:wrong@RUS"], made_public=public)
    assert of(own).value is expected


def test_one_uncertain_date_given_twice_is_one_day() -> None:
    own = act("own", on="2020-01", answers=["ext:wrong@RUS"], made_public="2020-01")
    assert of(own).value is TRUE


@pytest.mark.parametrize(
    ("stated_on", "expected"),
    [("2019-12-31", TRUE), ("2020-03-01", FALSE), ("2019/2021", UNKNOWN), (None, UNKNOWN)],
)
def test_an_actors_own_statement_counts_by_its_date(stated_on: str | None, expected: Truth) -> None:
    spoken = said("own", "USA", ["ext:wrong@RUS"], stated_on=stated_on)
    assert of(act("own"), spoken).value is expected


def test_nobody_else_states_the_purpose() -> None:
    others = said("own", "RUS", ["ext:wrong@RUS"], stated_on="2019")
    analyst = said("own", "USA", ["ext:wrong@RUS"], inferred=True, stated_on="2019")
    assert of(act("own"), others, analyst).value is FALSE


def test_no_later_than_what_the_reading_takes_for_the_action() -> None:
    dates = {"on": "2020-01-01", "made_public": "2020-01-05", "effective": "2020-02-01"}
    own = act("own", answers=["ext:wrong@RUS"], **dates)
    assert of(own).value is FALSE
    assert of(own, reading=Reading(date_basis=DateBasis.EFFECTIVE)).value is TRUE


def test_what_it_rests_on_is_said() -> None:
    spoken = said("own", "USA", ["ext:wrong@RUS"], stated_on="2019-12-31")
    assert of(act("own"), spoken) == Purpose(TRUE, "USA, 2019-12-31")
    assert of(act("own")).detail == "no cause was stated"
    assert of(act("own", answers="unknown")).detail == "not known whether a cause was stated"


def test_who_says_that_it_answers_nothing_states_no_purpose() -> None:
    assert of(act("own", answers=[])) == Purpose(FALSE, "stated to answer nothing")
    assert of(act("own"), said("own", "USA", [], stated_on="2019-12-31")).value is FALSE
    spoken = said("own", "USA", ["ext:wrong@RUS"], stated_on="2019-12-31")
    assert of(act("own", answers=[]), spoken).value is TRUE
