"""What accounts call an action, and what they take back."""

from __future__ import annotations

import pytest

from tests.cli.desk import FIRST, Desk

CHARACTERISE = ("characterise", FIRST, "--account", "RUS")


@pytest.mark.parametrize(
    ("options", "stored"),
    [
        (("--kind", "recall"), {"kind": "recall"}),
        (("--quantity", "96"), {"quantity": {"value": 96, "unit": "persons"}}),
        (
            ("--kind", "designation", "--quantity", ">=3"),
            {"kind": "designation", "quantity": {"value": ">=3", "unit": "designations"}},
        ),
        (
            ("--kind", "designation", "--quantity", "3", "--unit", "persons"),
            {"kind": "designation", "quantity": {"value": 3, "unit": "persons"}},
        ),
        (("--denied",), {"denied": True}),
    ],
)
def test_each_way_of_calling_it_something_else(
    desk: Desk, options: tuple[str, ...], stored: dict[str, object]
) -> None:
    assert desk.row(*CHARACTERISE, *options)["record"] == "characterised"
    assert desk.last() == {"action": FIRST, "account": "RUS", **stored}


def test_an_inferred_word_is_the_analysts(desk: Desk) -> None:
    done = desk(*CHARACTERISE, "--denied", "--inferred")
    assert "analyst:compilers-for-RUS" in done.err
    assert desk.last()["account"] == "analyst:compilers-for-RUS"
    assert desk.last()["basis"] == "inferred"


def test_nothing_said_is_refused(desk: Desk) -> None:
    done = desk(*CHARACTERISE)
    assert done.code == 3
    assert "the characterisation says nothing" in done.err


def test_a_unit_in_which_the_kind_is_not_counted_is_refused(desk: Desk) -> None:
    done = desk(*CHARACTERISE, "--quantity", "3", "--unit", "visas")
    assert done.code == 3
    assert "expulsion is not counted in visas" in done.err


def test_what_was_called_so_is_withdrawn(desk: Desk) -> None:
    desk.row(*CHARACTERISE, "--denied")
    assert desk(*CHARACTERISE, "--withdraw", "--denied").code == 2
    row = desk.row(*CHARACTERISE, "--withdraw", "--reason", "a slip")
    assert row["record"] == "characterisation_withdrawn"
    assert desk(*CHARACTERISE, "--withdraw").code == 3
