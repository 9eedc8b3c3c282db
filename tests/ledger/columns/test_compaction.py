"""Small segments become large ones; large ones of the log are never written again."""

from __future__ import annotations

from ledger.columns.compaction import (
    CUT_ROWS,
    RUNS_MAX,
    TAIL_ROWS_MAX,
    TAILS_MAX,
    due,
    tails_are_many,
)
from ledger.columns.segments import BASE, RUN, TAIL, Segment


def segment(table: str, level: int, rows: int, number: int = 0) -> Segment:
    return Segment(table, f"{table}/{level}.{number}", level, rows, 1, "", 1, 1)


def test_a_run_alone_is_left_as_it_is() -> None:
    assert due("actions", [segment("actions", RUN, 10_000_000)]) is None


def test_runs_join_the_base_when_they_hold_much_beside_it() -> None:
    base = segment("actions", BASE, 1_000_000)
    runs = [segment("actions", RUN, 150_000, number) for number in range(2)]
    found = due("actions", [base, *runs])
    assert found is not None
    assert found.gone == [base, *runs]
    assert due("actions", [base, *(segment("actions", RUN, 100_000) for _ in range(2))]) is None


def test_runs_join_the_base_when_they_are_many() -> None:
    base = segment("actions", BASE, 10_000_000)
    runs = [segment("actions", RUN, 1, number) for number in range(RUNS_MAX + 1)]
    assert due("actions", [base, *runs[1:]]) is None
    assert due("actions", [base, *runs]) is not None


def test_full_segments_of_the_log_are_never_written_again() -> None:
    full, part = segment("log", BASE, CUT_ROWS), segment("log", BASE, 10)
    runs = [segment("log", RUN, CUT_ROWS, number) for number in range(2)]
    found = due("log", [full, part, *runs])
    assert found is not None
    assert found.gone == [part, *runs]


def test_tails_are_many_by_number_or_by_what_they_hold() -> None:
    tails = [segment("tails", TAIL, 1, number) for number in range(TAILS_MAX)]
    assert not tails_are_many(tails)
    assert tails_are_many([*tails, segment("tails", TAIL, 1)])
    assert tails_are_many([segment("tails", TAIL, TAIL_ROWS_MAX + 1)])
