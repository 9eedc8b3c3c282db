"""Measured over the files of the columns, at any position, the engines say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from domain.history import fold
from ledger.columns.compare import first_difference_between_engines
from ledger.columns.folder import open_columns
from ledger.columns.measures.coding import code_history
from tests.ledger.columns.stores import store_of
from tests.strategies import entry_lists

if TYPE_CHECKING:
    from domain.records.entry import Entry


@given(entry_lists(), st.floats(0, 1))
def test_as_known_at_a_position_columns_measure_what_was_known_then(
    entries: tuple[Entry, ...], part: float
) -> None:
    known = max(1, int(len(entries) * part))
    with store_of(entries) as store, open_columns(store) as columns:
        columns.catch_up()
        with columns.connection(until=known) as connection:
            code_history(connection)
            assert first_difference_between_engines(connection, fold(entries[:known])) is None
