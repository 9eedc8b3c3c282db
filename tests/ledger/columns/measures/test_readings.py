"""Whatever the reading, the measures over columns are the domain's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.findings import panel
from domain.reading import Reading
from domain.worlds import whole_account
from ledger.columns import plain, rows_plain
from ledger.columns.measures.asking import ask, dispute_numbers, measured
from tests.examples import many
from tests.ledger.columns.coded import columns_of
from tests.ledger.columns.measures.readings import some_readings
from tests.strategies import LONG, histories

if TYPE_CHECKING:
    from domain.history import History

OTHERS = ("analyst:someone", "press:daily", "analyst:compilers-for-RUS", "GBR", "nobody")


def check_worlds(history: History, reading: Reading, other: str) -> None:
    """Hold every measure of whole accounts against the domain's."""
    with columns_of(history) as columns:
        for dispute, number in dispute_numbers(columns).items():
            asked = ask(columns, number)
            for account in {*panel(history, dispute), other}:
                world = whole_account(history, dispute, account, reading)
                found = measured(asked, account, reading)
                assert plain.standing_rows(found) == rows_plain.standing_rows(world)
                assert plain.escalation_rows(found, reading) == rows_plain.escalation_rows(world)
                assert plain.reply_rows(found) == rows_plain.reply_rows(world)
                assert plain.rate_rows(found) == rows_plain.rate_rows(world)


def check_tallies(history: History, readings: list[Reading]) -> None:
    """Hold every line and total against the domain's."""
    with columns_of(history) as columns:
        for dispute, number in dispute_numbers(columns).items():
            for reading in readings:
                found = plain.tally_rows(columns, number, reading)
                assert found == rows_plain.tally_rows(history, dispute, reading)


@given(histories(), some_readings(), st.sampled_from(OTHERS))
def test_whole_accounts_are_the_same_under_any_reading(
    history: History, reading: Reading, other: str
) -> None:
    check_worlds(history, reading, other)


@given(histories(), st.lists(some_readings(), min_size=1, max_size=2))
def test_tallies_are_the_same_under_any_reading(history: History, readings: list[Reading]) -> None:
    check_tallies(history, readings)


@pytest.mark.slow
@many(100)
@given(histories(LONG), some_readings(), st.sampled_from(OTHERS))
def test_whole_accounts_of_long_histories_are_the_same(
    history: History, reading: Reading, other: str
) -> None:
    check_worlds(history, reading, other)


@pytest.mark.slow
@many(100)
@given(histories(LONG), st.lists(some_readings(), min_size=3, max_size=3))
def test_tallies_of_long_histories_are_the_same(history: History, readings: list[Reading]) -> None:
    check_tallies(history, readings)
