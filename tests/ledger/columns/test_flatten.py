"""A dossier and its rows say the same."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
from hypothesis import given

from domain.history import History
from domain.records.amendments import Retracted
from ledger.columns.flatten import ActionRows, flatten, flatten_sides
from ledger.columns.schema import ACTIONS, CALLED, OPTIONS, SIDES, TABLES
from tests.making import act, calls, make_history, said, two_sides
from tests.strategies import histories


def rows_of(*records: Any) -> ActionRows:
    return flatten(make_history(*records).dossiers["one"])


def test_an_action_becomes_one_row() -> None:
    action = act(
        "one", on="2020-02", quantity=">=3", answers=["ext:war@RUS"], tags=["a"], effective="2021"
    )
    row = rows_of(action).action
    assert (row["action"], row["dispute"], row["position"], row["changed_at"]) == (
        "one",
        "a-b",
        2,
        2,
    )
    assert (row["kind"], row["family"], row["rung"]) == ("expulsion", "mission_staff", 5)
    assert (row["occurred_lo"], row["occurred_hi"]) == (date(2020, 2, 1), date(2020, 2, 29))
    assert (row["public_lo"], row["effective_hi"]) == (None, date(2021, 12, 31))
    assert (row["quantity_lo"], row["quantity_hi"], row["unit"]) == (3, None, "persons")
    assert (row["stands"], row["tags"], row["cause_form"]) == (True, ["a"], "causes")


def test_unknown_is_not_zero_and_no_quantity_is_neither() -> None:
    unknown = rows_of(act("one", quantity="unknown")).action
    absent = rows_of(act("one", kind="statement")).action
    assert (unknown["quantity_lo"], unknown["quantity_hi"], unknown["quantity_unknown"]) == (
        0,
        None,
        1,
    )
    assert (absent["quantity_lo"], absent["quantity_unknown"], absent["unit"]) == (None, None, None)


def test_an_open_end_is_the_first_or_last_day_there_is() -> None:
    row = rows_of(act("one", on="../2020-01-04")).action
    assert row["occurred_lo"] == date.min
    assert pa.Table.from_pylist([row], ACTIONS).to_pylist()[0]["occurred_lo"] == date.min


def test_a_joint_act_speaks_under_each_actor() -> None:
    rows = rows_of(act("one", by=["USA", "GBR"], answers=["act:raid@RUS", "ext:war"])).options
    assert [(row["teller"], row["seq"], row["own"]) for row in rows] == [
        ("USA", 0, True),
        ("GBR", 0, True),
    ]
    assert rows[0]["causes"] == [
        {"nature": "outside", "name": "raid", "party": "RUS"},
        {"nature": "grievance", "name": "war", "party": None},
    ]


def test_the_silent_have_no_row_and_the_empty_set_has_one() -> None:
    silent = rows_of(act("one", answers="unknown"), said("one", "RUS", "none_stated"))
    nothing = rows_of(act("one", answers=[]))
    assert silent.options == ()
    assert [row["causes"] for row in nothing.options] == [[]]


def test_attributions_keep_their_order_and_their_basis() -> None:
    rows = rows_of(
        act("one"),
        said("one", "RUS", "unprovoked", stated_on="2020-03"),
        said("one", "RUS", ["ext:spies@USA"]),
        said("one", "GBR", [], inferred=True),
    ).options
    told = [(row["seq"], row["teller"], row["inferred"], row["unprovoked"]) for row in rows]
    assert told == [
        (1, "RUS", False, True),
        (2, "RUS", False, False),
        (3, "analyst:compilers-for-GBR", True, False),
    ]
    assert [row["stated_on_lo"] for row in rows] == [date(2020, 3, 1), None, None]


def test_a_characterisation_becomes_a_row() -> None:
    rows = rows_of(act("one"), calls("one", "RUS", kind="recall", denied=True)).called
    assert [(row["teller"], row["kind"], row["denied"], row["unit"]) for row in rows] == [
        ("RUS", "recall", True, None)
    ]


def test_a_retracted_action_keeps_its_row() -> None:
    row = rows_of(act("one"), Retracted(action="one", reason="a slip")).action
    assert (row["stands"], row["position"], row["changed_at"]) == (False, 2, 3)


def test_a_retaliation_stands_on_the_rung_of_its_choice() -> None:
    made = act("one", kind="retaliation", rung=7, unit="persons", answers=["act:raid@RUS"])
    assert rows_of(made).action["rung"] == 7


def test_sides_keep_the_order_of_declaration() -> None:
    history = make_history(two_sides(West=["USA", "GBR"], East=["RUS"]))
    row = flatten_sides(history.disputes["a-b"])
    assert [side["name"] for side in row["sides"]] == ["West", "East"]
    assert pa.Table.from_pylist([row], SIDES).to_pylist() == [row]


@given(histories())
def test_every_row_fits_its_table_and_comes_back_equal(history: History) -> None:
    for dossier in history.dossiers.values():
        rows = flatten(dossier)
        for held, schema in (
            ((rows.action,), ACTIONS),
            (rows.options, OPTIONS),
            (rows.called, CALLED),
        ):
            assert pa.Table.from_pylist(list(held), schema).to_pylist() == list(held)
            assert all(set(row) == set(schema.names) for row in held)


def test_every_table_says_what_changed_when() -> None:
    for name, schema in TABLES.items():
        assert ("position" if name == "log" else "changed_at") in schema.names
