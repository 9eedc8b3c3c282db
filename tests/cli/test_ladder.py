"""The ladder, printed: a column of rungs for each side, by date."""

from __future__ import annotations

import json
from pathlib import Path

from syrupy.assertion import SnapshotAssertion

from tests.cli.example import asked


def test_each_side_has_its_column(snapshot: SnapshotAssertion) -> None:
    result = asked("ladder", "--period", "2021", "--scale", "goldstein")
    assert result.code == 0
    assert result.out == snapshot


def rungs(*args: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(asked("ladder", *args, "--format", "json").out)[
        "rungs"
    ]
    return found


def test_the_highest_rung_never_falls() -> None:
    highest: dict[str, int] = {}
    for row in rungs():
        now = row["highest"]
        assert isinstance(now, dict)
        for side, rung in now.items():
            assert rung >= highest.get(side, 0)
            highest[side] = rung
    assert highest == {"USA": 7, "RUS": 7, "POL": 5}


def test_a_reading_can_replace_rungs(tmp_path: Path) -> None:
    path = tmp_path / "r.toml"
    path.write_text("[rungs]\nrecall = 6\n", encoding="utf-8")
    found = [row["rung"] for row in rungs("--reading", str(path)) if row["kind"] == "recall"]
    assert set(found) == {6}
    assert "rungs replaced: recall 6" in asked("ladder", "--reading", str(path)).out


def test_whose_word_for_a_kind_moves_its_rung() -> None:
    def rung(*args: str) -> object:
        return next(row["rung"] for row in rungs(*args) if row["action"] == "usa-2021-09-list55")

    assert (rung(), rung("--kinds-by", "RUS")) == (4, 5)


def test_without_a_scale_there_are_no_weights() -> None:
    assert {row["weight"] for row in rungs()} == {None}
    assert "weight on" not in asked("ladder").out
