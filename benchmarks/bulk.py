"""How fast a large history comes in, beside raw writing of the same rows, and in how much memory.

python -m benchmarks.bulk --actions 1000000
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.goals import Goal, Row, duration, memory, speed, table
from benchmarks.measuring import Measured, measure
from benchmarks.prepared import prepared
from benchmarks.reporting import write_part

if TYPE_CHECKING:
    from collections.abc import Iterator

OURS: Final = "benchmarks.ours"
LIBRARY: Final = "benchmarks.peers.plain_library"
SQLITE: Final = "benchmarks.peers.raw_sqlite"
POSTGRES: Final = "benchmarks.peers.raw_postgres"
UMADB: Final = "benchmarks.peers.umadb_server"
LIBRARY_MAX: Final = 10_000
"""The largest history that the plain library is asked to save, one by one; more goes on as long."""

MEMORY_MAX_MB: Final = 500
FULL: Final = 1_000_000


def importing(actions: int, form: str, folder: Path) -> Iterator[Row]:
    """An import into SQLite with all checks on, against its peers."""
    path = str(prepared(folder, f".{form}", actions))
    ours = measure(OURS, "imports", path=path)
    raw = measure(SQLITE, "bulk", actions=actions)
    work = f"import from {form.upper()} into SQLite, all checks on"
    yield speed(work, actions, ours, ("raw executemany of the finished rows", raw), Goal(0.5, FULL))
    size = min(actions, LIBRARY_MAX)
    saved = measure(LIBRARY, "save", actions=size)
    library = Measured(saved.seconds * actions / size, saved.peak_mb)
    named = "the library saving one by one" + (f" ({size:,} measured)" if size < actions else "")
    yield speed("the same", actions, ours, (named, library), Goal(10, FULL))
    yield memory("memory of this import", actions, ours, Goal(MEMORY_MAX_MB, 10 * FULL))


def other_stores(actions: int, folder: Path) -> Iterator[Row]:
    """The same into PostgreSQL, and what UmaDB takes."""
    path = str(prepared(folder, ".jsonl", actions))
    ours = measure(OURS, "imports", path=path, store="postgresql")
    raw = measure(POSTGRES, "bulk", actions=actions)
    if ours.is_there and raw.is_there:
        work = "import from JSONL into PostgreSQL, all checks on"
        yield speed(work, actions, ours, ("raw binary COPY of the finished rows", raw))
    elif raw.is_there:
        yield alone("raw binary COPY of the finished rows into PostgreSQL", actions, raw)
    umadb = measure(UMADB, "bulk", actions=actions)
    if umadb.is_there:
        yield alone("UmaDB appending the finished rows, a thousand at a time", actions, umadb)


def alone(work: str, actions: int, done: Measured) -> Row:
    """Show a peer by itself."""
    rate = f"{done.found['records'] / done.seconds:,.0f} records a second"
    return Row(work, actions, "", duration(done.seconds), rate)


def main() -> None:
    """Measure, print and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actions", type=int, default=100_000)
    parser.add_argument("--forms", nargs="+", default=["jsonl"], help="jsonl, parquet, csv")
    parser.add_argument("--folder", type=Path, default=Path("build/bench"))
    parser.add_argument("--dry-run", action="store_true", help="print the table, write nothing")
    given = parser.parse_args()
    folder = given.folder.absolute()
    rows = []
    for row in (
        *(row for form in given.forms for row in importing(given.actions, form, folder)),
        *other_stores(given.actions, folder),
    ):
        print(" | ".join(row.cells()), flush=True)
        rows.append(row)
    if not given.dry_run:
        packages = ("eventsourcing", "pydantic", "msgspec", "psycopg")
        write_part("bulk", "Bulk import", packages, table(rows), by_the_clock=True)


if __name__ == "__main__":
    main()
