"""What the benchmark of stored verdicts measures is the real thing: the views hold what is so."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from benchmarks.contests import contest
from benchmarks.stored_verdicts import (
    ROUND,
    SHAPES,
    Shape,
    claim,
    filled,
    in_rounds,
    measured,
    retold,
)
from domain.checks.logs import check_resumed
from tests.ledger.rows import scratch_rows, stored_rows

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("shape", SHAPES, ids=["rounds", "across"])
def test_what_is_timed_is_what_comes_out_from_scratch(shape: Shape, tmp_path: Path) -> None:
    deeds, rng = shape.drawn(contest(40, contested=0.4, seed=1)), Random(1)
    with filled(tmp_path / "l.db", deeds) as ledger:
        ledger.record(claim("c1"))
        for _ in range(5):
            ledger.record(retold(deeds, rng.randrange(2, 40), rng, shape.reach))
            check_resumed(scratch_rows(ledger.sealed()), stored_rows(ledger.views()))


def test_no_round_answers_another() -> None:
    for number, deed in enumerate(in_rounds(contest(200, contested=0.4, seed=1))):
        assert {cause // ROUND for cause in (*deed.own, *deed.other)} <= {number // ROUND}


def test_each_row_says_how_large_the_ledger_was(tmp_path: Path) -> None:
    row = measured(SHAPES[0], 30, 3, tmp_path)
    assert row[1] == "30"
    assert all(cell.endswith(" ms") for cell in row[2:])
