"""How fast the measures answer: views made anew, brought up to date, and asked, engine by engine.

    python -m benchmarks.engines --actions 1000000 --rows-actions 100000

The row engine is asked at a size of its own, since it is the slower one. An engine that is not in
the table of `benchmarks/answering.py` has no row.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.goals import Goal, Row, duration, memory, speed, table, within
from benchmarks.measuring import measure, medians
from benchmarks.prepared import prepared
from benchmarks.reporting import write_part

if TYPE_CHECKING:
    from collections.abc import Iterator

ANSWERING: Final = "benchmarks.answering"
SQLITE: Final = "benchmarks.peers.raw_sqlite"
DUCKDB: Final = "benchmarks.peers.duckdb_sql"
PANDAS: Final = "benchmarks.peers.pandas_script"
ROWS: Final = "rows"
COLUMNS: Final = "columns"
MORE: Final = 100
MILLION: Final = 1_000_000
MIDDLING: Final = 10
"""The place by size of a dispute that is neither the largest nor a small one."""


def rebuilding(actions: int, rounds: int, folder: Path) -> Iterator[Row]:
    """Every view from the first event, row by row, against raw reading and summing."""
    log = str(prepared(folder, ".db", actions))
    ours, raw = medians(
        rounds,
        (ANSWERING, "rebuilds", {"engine": ROWS, "path": log}),
        (SQLITE, "tally", {"path": log}),
    )
    named = "raw read, decode and tally"
    yield speed(f"{ROWS}: all views made anew", actions, ours, (named, raw), Goal(0.3, MILLION))
    yield memory(f"{ROWS}: memory of that", actions, ours)


def catching_up(engine: str, actions: int, path: str) -> Iterator[Row]:
    """A few new actions behind a large history."""
    done = measure(ANSWERING, "catches_up", engine=engine, path=path, actions=actions, more=MORE)
    work = f"{engine}: {MORE} new actions caught up"
    yield within(work, actions, done, Goal(5e-3, 10 * MILLION))


def asking(engine: str, actions: int, path: str, disputes: tuple[str, str]) -> Iterator[Row]:
    """Questions about the largest dispute, a tenth of everything, and about a middling one."""
    for dispute, size in zip(disputes, ("the largest dispute", "a middling dispute"), strict=True):
        for question in ("tally", "initiators"):
            given = {"engine": engine, "path": path, "question": question, "dispute": dispute}
            done = measure(ANSWERING, "answers", **given)
            yield within(
                f"{engine}: {question} of {size}", actions, done, Goal(20e-3, 10 * MILLION)
            )
    given = {"engine": engine, "path": path, "question": "claim", "dispute": disputes[0]}
    done = measure(ANSWERING, "answers", **given)
    work = f"{engine}: a claim over the largest dispute"
    yield within(work, actions, done, Goal(5, 10 * MILLION))


def asking_all(engine: str, actions: int, path: str, rounds: int, folder: Path) -> Iterator[Row]:
    """Every dispute at once, beside hand-written SQL and a pandas script."""
    parquet, table_ = (str(prepared(folder, form, actions)) for form in (".parquet", ".csv"))
    sides = str(prepared(folder, ".sides.csv", actions))
    for question, at_most in (("tally", 1), ("initiators", 5)):
        ours, sql, script = medians(
            rounds,
            (ANSWERING, "answers", _of_all(engine, path, question)),
            (DUCKDB, "timed", {"what": question, "file": parquet, "sides": sides}),
            (PANDAS, "timed", {"what": question, "file": table_, "sides": sides}),
        )
        work = f"{engine}: {question} of every dispute"
        wanted = Goal(0.5, 10 * MILLION) if engine == COLUMNS else None
        if wanted:
            yield within(work, actions, ours, Goal(at_most, 10 * MILLION))
        yield speed(work, actions, ours, ("hand-written SQL on DuckDB", sql), wanted)
        yield speed(work, actions, ours, ("a pandas script, its table loaded", script))
        yield Row("loading that table with pandas", actions, "", duration(script.found["loading"]))


def _of_all(engine: str, path: str, question: str) -> dict[str, object]:
    return {"engine": engine, "path": path, "question": f"{question}_of_all"}


def largest_and_middling(sides: Path) -> tuple[str, str]:
    """Name the largest dispute of a prepared history and one of a middling size."""
    with sides.open(encoding="utf-8", newline="") as file:
        names = list(dict.fromkeys(row["dispute"] for row in csv.DictReader(file)))
    return names[0], names[MIDDLING]


def of_rows(actions: int, rounds: int, folder: Path) -> Iterator[Row]:
    """All that is asked of the row engine."""
    yield from rebuilding(actions, rounds, folder)
    path = str(prepared(folder, ".views.db", actions))
    disputes = largest_and_middling(prepared(folder, ".sides.csv", actions))
    yield from catching_up(ROWS, actions, path)
    yield from asking(ROWS, actions, path, disputes)
    yield from asking_all(ROWS, actions, path, rounds, folder)


def of_columns(actions: int, rounds: int, folder: Path) -> Iterator[Row]:
    """All that is asked of the column engine, whose files stay beside the prepared log."""
    path = str(prepared(folder, ".db", actions))
    done = measure(ANSWERING, "rebuilds", engine=COLUMNS, path=path)
    if not done.is_there:
        return
    yield within(f"{COLUMNS}: all made anew", actions, done, Goal(120, 10 * MILLION))
    yield memory(f"{COLUMNS}: memory of that", actions, done, Goal(2_000, 10 * MILLION))
    disputes = largest_and_middling(prepared(folder, ".sides.csv", actions))
    yield from catching_up(COLUMNS, actions, path)
    yield from asking(COLUMNS, actions, path, disputes)
    yield from asking_all(COLUMNS, actions, path, rounds, folder)


def main() -> None:
    """Measure, print and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actions", type=int, default=100_000)
    parser.add_argument("--rows-actions", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=Path("build/bench"))
    parser.add_argument("--dry-run", action="store_true", help="print the table, write nothing")
    given = parser.parse_args()
    rows = []
    folder = given.folder.absolute()
    for row in (
        *of_rows(given.rows_actions, given.rounds, folder),
        *of_columns(given.actions, given.rounds, folder),
    ):
        print(" | ".join(row.cells()), flush=True)
        rows.append(row)
    if not given.dry_run:
        packages = ("eventsourcing", "pydantic", "duckdb", "pandas")
        write_part("engines", "Views and answers", packages, table(rows), by_the_clock=True)


if __name__ == "__main__":
    main()
