"""The ledger itself at work, by its public face: what the tables hold against peers and goals."""

from __future__ import annotations

import json
import shutil
import tempfile
from itertools import islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from benchmarks.histories import Finished, disputes_for, finished, history
from benchmarks.measuring import Watch, serve
from benchmarks.peers import raw_postgres, raw_sqlite
from benchmarks.peers.postgres_cluster import binaries, cluster
from domain.records.registry import load_record
from ledger import open_ledger
from ledger.imports.run import import_files
from ledger.store.errors import UnsupportedStoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from benchmarks.measuring import Job
    from domain.records.base import Record

SQLITE: Final = "sqlite"
POSTGRESQL: Final = "postgresql"


def appends(records: int, store: str = SQLITE) -> dict[str, Any]:
    """Append one record after another through all checks, each durable before the next.

    In turn with each, one raw commit of a finished row to a file of its own, so that what the disk
    does in the meantime falls on both. Medians count.
    """
    if store == SQLITE:
        with tempfile.TemporaryDirectory() as folder:
            raw = raw_sqlite.opened(Path(folder) / "raw.db", raw_sqlite.DURABLE)
            return _appended(str(Path(folder) / "ours.db"), records, raw_sqlite.committing(raw))
    if binaries() is None:
        return {"missing": "PostgreSQL"}
    with cluster() as address, raw_postgres.opened(address) as raw_connection:
        try:
            return _appended(address, records, raw_postgres.committing(raw_connection))
        except UnsupportedStoreError:
            return {"missing": "a store in PostgreSQL"}


def _appended(url: str, records: int, commit: Callable[[Finished], None]) -> dict[str, Any]:
    ours, raw = [], []
    with open_ledger(url, create=True, by="generator") as ledger:
        given = _records(records)
        opening = [next(given) for _ in range(disputes_for(records))]
        ledger.append(opening)
        rows = islice(finished(history(records)), len(opening), len(opening) + records)
        for record, row in zip(given, rows, strict=False):
            beside, watch = Watch(), Watch()
            with beside.running():
                commit(row)
            with watch.running():
                ledger.append([record])
            raw.append(beside.seconds)
            ours.append(watch.seconds)
        held = ledger.application.position()
    if held != records + len(opening):
        message = f"{held} of {records} records were taken"
        raise ValueError(message)
    return {"seconds": median(ours), "raw": median(raw), "records": records}


def _records(size: int) -> Iterator[Record]:
    for row in history(size):
        yield load_record(row.name, 1, json.loads(row.payload), "generated")


def imports(path: str, store: str = SQLITE) -> dict[str, Any]:
    """Import a file with all checks on, into a new ledger."""
    watch = Watch()
    with tempfile.TemporaryDirectory(dir=Path(path).parent) as folder:
        url = str(Path(folder) / "ours.db")
        if store == SQLITE:
            return _imported(url, path, watch)
        with cluster() as address:
            try:
                return _imported(address, path, watch)
            except UnsupportedStoreError:
                return {"missing": "a store in PostgreSQL"}


def _imported(url: str, path: str, watch: Watch) -> dict[str, Any]:
    with open_ledger(url, create=True, by="generator") as ledger, watch.running():
        report = import_files(ledger, [Path(path)])
    if report.counts.rejected or report.counts.conflict:
        message = f"not all of {path} was taken: {report.counts}"
        raise ValueError(message)
    return {"seconds": watch.seconds, "records": report.records}


def audits(path: str) -> dict[str, Any]:
    """Read the log from its first event, each entry decoded, checked, and digested."""
    watch, count = Watch(), 0
    with open_ledger(path) as ledger, watch.running():
        for _ in ledger.sealed():
            count += 1
    return {"seconds": watch.seconds, "records": count}


def reads(path: str) -> dict[str, Any]:
    """Read the log from its first event, each entry decoded and checked."""
    watch, count = Watch(), 0
    with open_ledger(path) as ledger, watch.running():
        for _ in ledger.entries():
            count += 1
    return {"seconds": watch.seconds, "records": count}


def disk(path: str) -> dict[str, Any]:
    """Weigh a ledger, log and views made anew, beside the payloads that it stores."""
    with tempfile.TemporaryDirectory(dir=Path(path).parent) as folder:
        copy = Path(shutil.copy(path, Path(folder) / "ours.db"))
        with open_ledger(str(copy)) as ledger:
            ledger.views()
            payload = sum(len(event.state) for event in ledger.application.notifications())
        files = (held for held in Path(folder).rglob("*") if held.is_file())
        return {"file": sum(held.stat().st_size for held in files), "payload": payload}


JOBS: Final[Mapping[str, Job]] = {
    "appends": appends,
    "imports": imports,
    "audits": audits,
    "reads": reads,
    "disk": disk,
}

if __name__ == "__main__":
    serve(JOBS)
