"""How the stores do: single appends, the way back through the log, disk, and several writers.

python -m benchmarks.stores --actions 100000 --rounds 3
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.goals import Goal, Row, duration, speed, table
from benchmarks.measuring import Measured, measure, medians
from benchmarks.prepared import prepared
from benchmarks.reporting import write_part

if TYPE_CHECKING:
    from collections.abc import Iterator

OURS: Final = "benchmarks.ours"
LIBRARY: Final = "benchmarks.peers.plain_library"
UMADB: Final = "benchmarks.peers.umadb_server"
APPENDS: Final = 500
PAYLOAD_AND: Final = 150
"""Bytes an action that a ledger may take beside the payload that it stores."""

VIEWS_MAX: Final = 10_000
"""The largest history whose views the row engine is asked to make for weighing them."""

WRITERS: Final = (("sqlite", 4, "SQLite file"), ("postgresql", 8, "PostgreSQL"))


def appending(rounds: int) -> Iterator[Row]:
    """One durable append after another."""
    given: dict[str, object] = {"records": APPENDS}
    for named in ("SQLite", "PostgreSQL"):
        (ours,) = medians(rounds, (OURS, "appends", given | {"store": named.lower()}))
        if ours.is_there:
            raw = ("raw commit of the same row", Measured(ours.found["raw"], 0.0))
            work = f"one durable append to {named}, in process, all checks on"
            yield speed(work, 0, ours, raw, Goal(0.6))
    library, umadb = medians(
        rounds, (LIBRARY, "save", {"actions": APPENDS}), (UMADB, "commits", given)
    )
    library_each = library.seconds / library.found["records"]
    yield Row("the library saving one event, plainly", 0, "", duration(library_each))
    if umadb.is_there:
        yield Row("UmaDB appending one event", 0, "", duration(umadb.seconds))


def reading(actions: int, rounds: int, folder: Path) -> Iterator[Row]:
    """The whole log, entry by entry, through the library's read path."""
    log: dict[str, object] = {"path": str(prepared(folder, ".db", actions))}
    audit, plain, library = medians(
        rounds,
        (OURS, "audits", log),
        (OURS, "reads", log),
        (LIBRARY, "read", {"actions": actions}),
    )
    named = "the library's own select and decode"
    yield speed(
        "full audit: read, check and digest every entry",
        actions,
        audit,
        (named, library),
        Goal(0.8),
    )
    yield speed("the same without digests", actions, plain, (named, library))


def weighing(actions: int, folder: Path) -> Iterator[Row]:
    """What a ledger takes on disk, log and views."""
    size = min(actions, VIEWS_MAX)
    found = measure(OURS, "disk", path=str(prepared(folder, ".db", size))).found
    beside = (found["file"] - found["payload"]) / size
    yield Row(
        "disk: log and views",
        size,
        f"{found['file'] / 1e6:,.1f} MB",
        f"{found['payload'] / 1e6:,.1f} MB stored payload",
        f"payload and {beside:,.0f} bytes an action",
        f"payload and at most {PAYLOAD_AND}",
        beside <= PAYLOAD_AND,
    )


def crowding(each: int) -> Iterator[Row]:
    """Several processes that append to one ledger."""
    for store, writers, named in WRITERS:
        done = measure("benchmarks.crowd", "crowd", writers=writers, each=each, store=store)
        if not done.is_there:
            continue
        wrong = {key: done.found[key] for key in ("errors", "lost", "gaps", "missed")}
        yield Row(
            f"{writers} processes appending to one {named}, a reader following",
            writers * each,
            f"{done.found['records'] / done.seconds:,.0f} records a second",
            figure=", ".join(f"{number} {key}" for key, number in wrong.items()),
            goal="none of these",
            met=not any(wrong.values()),
        )


def main() -> None:
    """Measure, print and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actions", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--each", type=int, default=200, help="actions of each writer")
    parser.add_argument("--folder", type=Path, default=Path("build/bench"))
    parser.add_argument("--dry-run", action="store_true", help="print the table, write nothing")
    given = parser.parse_args()
    rows = []
    for row in (
        *appending(given.rounds),
        *reading(given.actions, given.rounds, given.folder.absolute()),
        *weighing(given.actions, given.folder.absolute()),
        *crowding(given.each),
    ):
        print(" | ".join(row.cells()), flush=True)
        rows.append(row)
    if not given.dry_run:
        packages = ("eventsourcing", "pydantic", "psycopg")
        write_part("stores", "Stores", packages, table(rows), by_the_clock=True)


if __name__ == "__main__":
    main()
