"""Whether a goal is met is computed from the numbers of the row, and from nothing else."""

from __future__ import annotations

import pytest

from benchmarks.goals import HEAD, Goal, Row, duration, memory, speed, table, within
from benchmarks.measuring import Measured


def took(seconds: float, peak_mb: float = 1.0) -> Measured:
    return Measured(seconds, peak_mb)


@pytest.mark.parametrize(
    ("ours", "word"), [(1.0, "met"), (2.0, "met"), (2.1, "missed"), (20.0, "missed")]
)
def test_a_ratio_is_met_where_ours_is_fast_enough(ours: float, word: str) -> None:
    row = speed("work", 10, took(ours), ("peer", took(1.0)), Goal(0.5))
    assert row.word == word


def test_a_goal_holds_only_at_the_size_it_is_set_for() -> None:
    def word(actions: int, seconds: float) -> str:
        return within("work", actions, took(seconds), Goal(1.0, full=1_000)).word

    assert (word(999, 0.5), word(1_000, 0.5)) == ("met at this size", "met")
    assert (word(999, 1.5), word(1_000, 1.5)) == ("missed", "missed")


def test_the_figure_that_is_printed_is_the_one_that_is_judged() -> None:
    row = speed("work", 10, took(4.0), ("peer", took(1.0)), Goal(0.3, full=20))
    assert row.cells() == (
        "work",
        "10",
        "4.0 s",
        "1.0 s peer",
        "0.25 of its speed",
        "at least 0.3 at 20",
        "missed",
    )


def test_memory_is_held_against_its_most() -> None:
    assert memory("work", 5, took(1, 501), Goal(500)).word == "missed"
    assert memory("work", 5, took(1, 500), Goal(500)).word == "met"
    assert memory("work", 5, took(1, 500)).word == ""


def test_a_row_without_a_goal_says_nothing_of_one() -> None:
    assert speed("work", 10, took(1), ("peer", took(1))).cells()[-2:] == ("", "")


def test_every_row_has_a_cell_for_every_heading() -> None:
    rows = table([Row("work", 0, "ours")])
    assert rows[0] == HEAD
    assert len(rows[1]) == len(HEAD)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(4e-6, "4 us"), (0.0421, "42.1 ms"), (1.26, "1.3 s"), (345.6, "346 s")],
)
def test_a_time_is_printed_in_the_unit_that_suits_it(seconds: float, text: str) -> None:
    assert duration(seconds) == text
