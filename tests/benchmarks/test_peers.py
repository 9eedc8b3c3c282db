"""Peers are asked the same as each other, and what they count the ledger counts too."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import pytest

from benchmarks.histories import write
from benchmarks.peers import duckdb_sql, pandas_script
from benchmarks.prepared import make
from domain.amounts import Amount
from domain.measures.tally import tally
from domain.reading import Reading
from ledger import open_ledger
from ledger.imports.run import import_files

if TYPE_CHECKING:
    from pathlib import Path

SIZE = 400


class Files(NamedTuple):
    toml: Path
    csv: Path
    sides: str
    parquet: str


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder = tmp_path_factory.mktemp("peers")
    toml, csv = folder / "h.toml", folder / "h.csv"
    sides, parquet = str(folder / "sides.csv"), str(folder / "h.parquet")
    write(toml, SIZE)
    write(csv, SIZE)
    make(".sides.csv", sides, SIZE, "")
    make(".parquet", parquet, SIZE, str(csv))
    return Files(toml, csv, sides, parquet)


@pytest.mark.parametrize("question", ["tally", "initiators"])
def test_the_script_and_the_sql_give_the_same_answer(files: Files, question: str) -> None:
    acts, stands = pandas_script.loaded(str(files.csv), files.sides)
    by_script = pandas_script.QUESTIONS[question](acts, stands)
    by_sql = duckdb_sql.QUESTIONS[question](files.parquet, files.sides)
    assert [tuple(map(str, line)) for line in by_script] == [
        tuple(map(str, line)) for line in by_sql
    ]
    assert len(by_sql) > 50


def test_the_ledger_counts_the_same_actions_in_each_line(files: Files) -> None:
    by_sql = Counter({tuple(line[:5]): line[5] for line in duckdb_sql.tally(*files[:1:-1])})
    ours: Counter[tuple[str, ...]] = Counter()
    with open_ledger("memory:", create=True) as ledger:
        import_files(ledger, [files.toml, files.csv])
        history = ledger.history(Reading())
        for dispute in history.disputes:
            for line in tally(history, dispute, Reading()).lines:
                assert line.actions.is_exact
                key = line.key
                ours[dispute, key.by, key.against, key.kind, key.unit] += line.actions.lo
    assert +ours == by_sql
    assert Amount.exact(sum(by_sql.values())).lo > SIZE / 3
