"""Raw SQLite with the rows that the ledger would store, finished beforehand: the limit.

It is the same engine that carries the ledger, through `ledger.store.engine`: two engines in one
process would lose each other's locks.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from benchmarks.histories import Finished, finished, history
from benchmarks.measuring import Watch, serve
from ledger.store.engine import sqlite
from ledger.store.sqlite_recorder import EVENTS_TABLE, INSERT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BATCH: Final = 50_000
BULK: Final = (
    "PRAGMA synchronous=NORMAL",
    "PRAGMA cache_size=-262144",
    "PRAGMA wal_autocheckpoint=50000",
)
DURABLE: Final = ("PRAGMA synchronous=FULL",)


class Quantity(msgspec.Struct):
    """How many of what."""

    value: int | str
    unit: str


class Deed(msgspec.Struct):
    """The fields that a tally needs."""

    dispute: str = ""
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    quantity: Quantity | None = None


class State(msgspec.Struct):
    """What is stored of an action."""

    record: Deed


def bulk(actions: int) -> dict[str, Any]:
    """Write finished rows in big transactions; making the rows is not counted."""
    watch, count = Watch(), 0
    with tempfile.TemporaryDirectory() as folder:
        connection = opened(Path(folder) / "raw.db", BULK)
        rows = finished(history(actions))
        while batch := list(islice(rows, BATCH)):
            with watch.running(), connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany(INSERT, batch)
            count += len(batch)
        with watch.running():
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
    return {"seconds": watch.seconds, "records": count}


def committing(connection: sqlite.Connection) -> Callable[[Finished], None]:
    """Return what commits one finished row, durably."""

    def commit(row: Finished) -> None:
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(INSERT, row)

    return commit


def tally(path: str) -> dict[str, Any]:
    """Read the rows of a log, decode what a tally needs, and sum what each did to the other."""
    watch = Watch()
    connection = sqlite.connect(path)
    sums: defaultdict[tuple[str, str, str, str, str], int] = defaultdict(int)
    with watch.running():
        for topic, deed in _deeds(connection):
            counted = deed.quantity
            number = counted.value if counted is not None else 1
            by, against = deed.actors[0], deed.targets[0]
            unit = counted.unit if counted is not None else ""
            sums[deed.dispute, by, against, topic, unit] += number if type(number) is int else 0
    connection.close()
    return {"seconds": watch.seconds, "lines": len(sums)}


def _deeds(connection: sqlite.Connection) -> Iterator[tuple[str, Deed]]:
    decode = msgspec.json.Decoder(State).decode
    rows = connection.execute("SELECT topic, state FROM stored_events ORDER BY rowid")
    while page := rows.fetchmany(10_000):
        for topic, state in page:
            if topic.startswith("action."):
                yield topic, decode(state).record


def opened(path: Path, pragmas: tuple[str, ...]) -> sqlite.Connection:
    """Open a new file with the ledger's table of events."""
    connection = sqlite.connect(str(path), isolation_level=None)
    for pragma in ("PRAGMA journal_mode=WAL", *pragmas):
        connection.execute(pragma)
    connection.execute(EVENTS_TABLE)
    return connection


if __name__ == "__main__":
    serve({"bulk": bulk, "tally": tally})
