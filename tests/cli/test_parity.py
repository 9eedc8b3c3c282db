"""Parity, printed: what each party has with the other on a date."""

from __future__ import annotations

import json

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.cli.example import asked


def test_observations_are_compared_and_ceilings_shown(snapshot: SnapshotAssertion) -> None:
    result = asked("parity", "--unit", "posts", "--on", "2018-01-01")
    assert (result.code, result.err) == (0, "")
    assert result.out == snapshot


def test_programs_get_the_ratio_as_a_fraction() -> None:
    out = asked("parity", "--unit", "posts", "--on", "2018-01-01", "--format", "json").out
    (row,) = json.loads(out)["comparisons"]
    assert (row["one_amount_lo"], row["other_amount_lo"], row["ratio"]) == (455, 1210, "91/242")


def test_before_anything_was_seen_nothing_is_known() -> None:
    result = asked("parity", "--unit", "posts", "--on", "2010")
    assert result.code == 0
    assert "No posts are known by 2010" in result.err


@pytest.mark.parametrize(
    "args",
    [("persons", "2018"), ("post", "2018"), ("posts", "2018-13")],
    ids=["flow", "unit", "date"],
)
def test_what_cannot_be_compared_is_named(
    args: tuple[str, str], snapshot: SnapshotAssertion
) -> None:
    result = asked("parity", "--unit", args[0], "--on", args[1])
    assert (result.code, result.out) == (3, "")
    assert result.err == snapshot
