"""However columns are caught up, they come to the same; and they know what they knew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.columns import catchup, compaction, crew
from ledger.columns.folder import open_columns
from tests.ledger.columns.stores import everything, in_order, rows_by_domain, store_of
from tests.strategies import entry_lists

if TYPE_CHECKING:
    from domain.records.entry import Entry
    from ledger.columns.engine import Engine
    from tests.ledger.columns.stores import Rows


@settings(max_examples=10)
@given(
    entry_lists(),
    st.lists(st.integers(1, 12), min_size=1, max_size=4),
    st.integers(0, 3),
    st.sampled_from([0, 4, 500]),
)
def test_caught_up_in_any_steps_and_compacted_is_all_at_once(
    entries: tuple[Entry, ...], steps: list[int], tails: int, events: int
) -> None:
    with store_of(entries) as store, open_columns(store) as columns:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(compaction, "TAILS_MAX", tails)
            patch.setattr(compaction, "RUNS_MAX", 1)
            patch.setattr(compaction, "CUT_ROWS", 3)
            patch.setattr(catchup, "RUN_EVENTS", 7)
            patch.setattr(catchup, "TAIL_EVENTS", events)
            patch.setattr(crew, "PAGE", 2)
            patch.setattr(crew, "SIZE", 3)
            at = 0
            while at < len(entries):
                at = min(at + steps[at % len(steps)], len(entries))
                assert columns.catch_up(until=at) == at
        assert everything(columns) == rows_by_domain(entries)
        columns.verify()


@settings(max_examples=10)
@given(entry_lists(), st.data())
def test_as_known_at_a_position_is_what_was_there_then(
    entries: tuple[Entry, ...], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(entries)))
    with (
        store_of(entries) as store,
        open_columns(store) as then,
        open_columns(store) as now,
    ):
        then.catch_up(until=at)
        now.catch_up()
        for dispute in (None, "a-b", "c-d"):
            with then.connection(dispute) as before, now.connection(dispute, until=at) as after:
                assert views(before) == views(after)


def views(engine: Engine) -> Rows:
    found: Rows = {}
    for name in ("actions", "options", "called", "sides", "parties"):
        held = engine.execute(f"FROM {name}").fetchall()
        fields = [row[0] for row in engine.description or ()]
        found[name] = in_order([dict(zip(fields, row, strict=True)) for row in held])
    return found
