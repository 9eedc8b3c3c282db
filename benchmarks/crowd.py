"""Several processes append to one ledger, also to one action, while a reader follows the log.

Counted is what must never be: an error, a record that was acknowledged and is not there, a gap in
the versions of an action, and an entry that the reader missed.
"""

from __future__ import annotations

import multiprocessing
import tempfile
from collections import defaultdict
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.histories import history, lines
from benchmarks.measuring import Watch, serve
from benchmarks.more import more_actions
from benchmarks.peers.postgres_cluster import binaries, cluster
from domain.records.accounts import Attributed
from ledger import open_ledger
from ledger.appending import Status
from ledger.imports.run import import_files
from ledger.store.errors import UnsupportedStoreError

if TYPE_CHECKING:
    from multiprocessing.queues import Queue

SHARED: Final = "gen-20250101-shared"
PATIENCE_S: Final = 120.0


def crowd(writers: int, each: int, store: str = "sqlite") -> dict[str, Any]:
    """Let so many processes append so many actions each, and as many words about one action."""
    with tempfile.TemporaryDirectory() as folder:
        if store == "sqlite":
            return _crowded(folder, str(Path(folder) / "ours.db"), writers, each)
        if binaries() is None:
            return {"missing": "PostgreSQL"}
        with cluster() as address:
            try:
                return _crowded(folder, address, writers, each)
            except UnsupportedStoreError:
                return {"missing": "a store in PostgreSQL"}


def _crowded(folder: str, url: str, writers: int, each: int) -> dict[str, Any]:
    _prepare(folder, url, each)
    spawned = multiprocessing.get_context("spawn")
    told: Queue[tuple[str, ...]] = spawned.Queue()
    crew = [spawned.Process(target=write, args=(url, one, each, told)) for one in range(writers)]
    watch, seen, after = Watch(), [], 0
    with open_ledger(url) as ledger:
        with watch.running():
            for process in crew:
                process.start()
            while any(process.is_alive() for process in crew):
                found = [entry.position for entry in ledger.entries(after)]
                seen += found
                after = found[-1] if found else after
        said = [told.get(timeout=PATIENCE_S) for _ in crew]
        seen += [entry.position for entry in ledger.entries(after)]
        every = list(ledger.entries())
    versions = defaultdict(list)
    for entry in every:
        versions[entry.stream].append(entry.version)
    held = {entry.stream for entry in every}
    return {
        "seconds": watch.seconds,
        "records": 2 * writers * each,
        "errors": sum(one[0] == "error" for one in said),
        "lost": sum(
            f"action:{name}" not in held for one in said if one[0] == "done" for name in one[1:]
        ),
        "gaps": sum(found != list(range(1, len(found) + 1)) for found in versions.values()),
        "missed": len({entry.position for entry in every} ^ set(seen)),
        "why": next((one[1] for one in said if one[0] == "error"), ""),
    }


def _prepare(folder: str, url: str, each: int) -> None:
    opening = Path(folder) / "opening.jsonl"
    rows = (row for row in history(each) if row.name == "dispute_opened")
    opening.write_text("".join(islice(lines(rows), 10_000)), encoding="utf-8")
    with open_ledger(url, create=True, by="generator") as ledger:
        import_files(ledger, [opening])
        ledger.append(list(more_actions([SHARED])))


def write(url: str, one: int, each: int, told: Queue[tuple[str, ...]]) -> None:
    """Append actions of one's own and words about the shared one, in turn; say what was taken."""
    names = [f"gen-20250101-{one:02d}-{number:06d}" for number in range(each)]
    try:
        with open_ledger(url, by=f"writer-{one}") as ledger:
            for action in more_actions(names):
                said = Attributed.model_validate(
                    {
                        "action": SHARED,
                        "account": "press:agency",
                        "causes": "unprovoked",
                        "basis": "stated",
                        "note": action.stream(),
                    }
                )
                for record in (action, said):
                    outcome = ledger.append([record])[0]
                    if outcome.status is not Status.NEW:
                        told.put(("error", str(outcome.error or outcome.status)))
                        return
        told.put(("done", *names))
    except Exception as error:  # noqa: BLE001  whatever it is, it must be told
        told.put(("error", repr(error)))


if __name__ == "__main__":
    serve({"crowd": crowd})
