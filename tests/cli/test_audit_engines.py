"""Audits load the engine of constraints only where a claim needs it, and say when it was used."""

from __future__ import annotations

import json

import pytest

from tests.cli.claims_example import asked, claims_example
from tests.cli.harness import python

LOADED = "import sys; from cli.main import run; run(sys.argv[1:]); print('ortools' in sys.modules)"
FEW_CASES = (
    "responses by RUS against USA in 2021-04 in persons within 1 of what they answer, budgeted"
)
MANY_CASES = "responses by USA in persons within 1 of what they answer, budgeted"


@pytest.mark.parametrize(
    ("args", "is_loaded"),
    [((), False), (("c-a01",), False), ((FEW_CASES,), False), ((MANY_CASES,), True)],
)
def test_only_what_takes_constraints_loads_their_engine(
    args: tuple[str, ...], *, is_loaded: bool
) -> None:
    done = python("-c", LOADED, "audit", *args, "--store", str(claims_example()))
    assert done.out.splitlines()[-1] == str(is_loaded)


def test_json_says_that_constraints_decided_a_budget_over_mixed_worlds() -> None:
    found = json.loads(asked("audit", MANY_CASES, "--format", "json").out)
    methods = {(row["account"], row["method"], row["engine"]) for row in found["verdicts"]}
    assert methods == {
        ("USA", "maximum flow", ""),
        ("RUS", "maximum flow", ""),
        ("mixed", "constraints", "OR-tools CP-SAT"),
    }
