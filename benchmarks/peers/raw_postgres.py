"""Raw PostgreSQL with the rows that the ledger would store: binary COPY, and single commits."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import psycopg

from benchmarks.histories import Finished, finished, history
from benchmarks.measuring import Watch, serve
from benchmarks.peers.postgres_cluster import binaries, cluster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TABLE: Final = """
CREATE TABLE raw_events (
    position BIGSERIAL,
    originator_id TEXT NOT NULL,
    originator_version BIGINT NOT NULL,
    topic TEXT NOT NULL,
    state BYTEA NOT NULL,
    PRIMARY KEY (originator_id, originator_version)
);
CREATE UNIQUE INDEX raw_events_position ON raw_events (position);
"""
COLUMNS: Final = "originator_id, originator_version, topic, state"
COPY: Final = f"COPY raw_events ({COLUMNS}) FROM STDIN (FORMAT binary)"
INSERT: Final = f"INSERT INTO raw_events ({COLUMNS}) VALUES (%s, %s, %s, %s)"  # noqa: S608
BATCH: Final = 50_000


def bulk(actions: int) -> dict[str, Any]:
    """Copy finished rows in binary form, in big transactions; making them is not counted."""
    if binaries() is None:
        return {"missing": "PostgreSQL"}
    watch, count = Watch(), 0
    with cluster() as address, opened(address) as connection:
        rows = finished(history(actions))
        while batch := list(islice(rows, BATCH)):
            with watch.running(), connection.cursor() as cursor, cursor.copy(COPY) as copy:
                copy.set_types(("text", "int8", "text", "bytea"))
                for row in batch:
                    copy.write_row(row[1:])
            count += len(batch)
    return {"seconds": watch.seconds, "records": count}


@contextmanager
def opened(address: str) -> Iterator[psycopg.Connection]:
    """Connect, with a table of events beside the ledger's own."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(TABLE)
        yield connection


def committing(connection: psycopg.Connection) -> Callable[[Finished], None]:
    """Return what commits one finished row, durably."""

    def commit(row: Finished) -> None:
        connection.execute(INSERT, row[1:])

    return commit


if __name__ == "__main__":
    serve({"bulk": bulk})
