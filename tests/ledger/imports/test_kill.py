"""Kill -9 at random moments of an import: nothing acknowledged is lost, and the rest comes after.

A process imports; its progress lines, each of which acknowledges rows, are read as they come, and
it is killed at a moment drawn by a seed that is printed. The ledger must then open, hold all that
was acknowledged and the beginning of what a whole import records, and take the rest when the same
import is run again. Where measures are cheap, on a small file, it must also verify each time.

The moments are spread over the import: its batches are parted into strata, one kill after another
is meant for the next stratum, and how many batches go before it is drawn within the stratum. The
process commits one batch more at most, for each needs leave, so that no kill comes too late.
"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from itertools import accumulate, groupby
from pathlib import Path

import pytest

from domain.history import History
from ledger.exports.jsonl import line_of
from ledger.facade import Ledger, open_ledger
from ledger.imports import run
from ledger.imports.run import import_files
from ledger.replay import verify
from tests.ledger.imports.desk import actions, cells
from tests.ledger.imports.ways import WAYS

ROOT = Path(__file__).parents[3]
SEED = int(os.environ.get("KILL_SEED", "0")) or random.SystemRandom().randrange(1, 1 << 32)
MOST_SECONDS = 240
DISPUTE = """
[[dispute]]
id = "a-b"
title = "A contest"
sides = [{ name = "USA", parties = ["USA"] }, { name = "RUS", parties = ["RUS"] }]
"""
ACKNOWLEDGED = re.compile(rb"^(\d+) of \d+ rows:")
STAMP = re.compile(r'"recorded_at": .*?"salt": "[0-9a-f]+", ')
IMPORT = """
import os
import sys
from ledger.imports import run
from ledger.imports.bulk import run as bulk_run, tasks
run.BATCH_ROWS = int(sys.argv.pop(1))
run.BULK_BYTES = 0 if sys.argv.pop(1) == "in bulk" else 1 << 40
bulk_run.BATCHES_AT_ONCE = 1
tasks.PIECE_ROWS = 50
flushed, written = run._Run._flush, bulk_run.BulkImport._write

# One byte is leave for one batch more; where nobody gives any, all have leave.
def flush_with_leave(self):
    had_rows = bool(self._batch)
    flushed(self)
    had_rows and os.read(0, 1)

def write_with_leave(*args, **kwargs):
    written(*args, **kwargs)
    os.read(0, 1)

run._Run._flush = flush_with_leave
bulk_run.BulkImport._write = write_with_leave
from cli.main import main
main()
"""
STRATA = 8
STRATUM_BATCHES = 3


class Import:
    """A process that imports; `rows` is how many it has acknowledged.

    With `leave` it commits so many batches and waits; else it goes to its end.
    """

    def __init__(
        self, folder: Path, store: Path, batch: int, way: str, leave: int | None = None
    ) -> None:
        files = (str(folder / "dispute.toml"), str(folder / "history.csv"))
        options = (str(batch), way, "import", "--store", str(store))
        self.rows = 0
        self.process = subprocess.Popen(
            [sys.executable, "-c", IMPORT, *options, *files],
            stdin=subprocess.DEVNULL if leave is None else subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        if self.process.stdin is not None and leave is not None:
            self.process.stdin.write(b"." * (leave - 1))
            self.process.stdin.flush()
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        with self.process.stderr as lines:
            for line in lines:
                if found := ACKNOWLEDGED.match(line):
                    self.rows = int(found[1])

    def acknowledges(self, rows: int) -> None:
        """Wait until it has acknowledged so many rows, or has ended."""
        deadline = time.monotonic() + MOST_SECONDS
        while self.rows < rows and self.process.poll() is None:
            assert time.monotonic() < deadline, "an import does not come to its end"
            time.sleep(0.001)

    def killed_after(self, seconds: float) -> bool:
        """Kill it after a time; say whether it still ran."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.kill(self.process.pid, signal.SIGKILL)
        if self.process.stdin is not None:
            self.process.stdin.close()
        self.reader.join()
        return self.process.wait() == -signal.SIGKILL


def history(rows: int, draw: random.Random) -> bytes:
    """A file of actions that answer each other, forward and backward, with accounts of them."""
    made = []
    for number in range(rows):
        # Chains are short: it is the import that is tried here, not the measures.
        near = range(number - number % 5, min(rows, number - number % 5 + 5))
        causes = {f"a-{draw.choice(near):05}" for _ in range(draw.randrange(3))}
        sides = ("USA", "RUS") if number % 2 else ("RUS", "USA")
        made.append(
            cells(
                f"a-{number:05}",
                actors=sides[0],
                targets=sides[1],
                quantity=str(draw.randrange(1, 90)),
                actor_causes=";".join(sorted(causes)) or "nothing",
                target_causes=draw.choice(["unprovoked", "none_stated", ""]),
                target_basis="stated",
                part_of=f"a-{draw.choice(near):05}" if draw.random() < 0.1 else "",
            )
        )
    return actions(*made)


def said(ledger: Ledger) -> list[str]:
    """The export, as far as it does not tell when and with which salt something was recorded."""
    return [
        STAMP.sub("", line_of(entry, seq)) for seq, entry in enumerate(ledger.entries(), start=1)
    ]


def whole_import(folder: Path, rows: int, draw: random.Random) -> tuple[list[str], list[int]]:
    """Write the files; return what their import says, and where in it each row ends."""
    (folder / "dispute.toml").write_text(DISPUTE, encoding="utf-8")
    (folder / "history.csv").write_bytes(history(rows, draw))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run._Run, "_history", lambda _: History())
        with open_ledger("memory:", create=True, by="whole") as ledger:
            import_files(ledger, [folder / "dispute.toml", folder / "history.csv"])
            streams = [entry.stream for entry in ledger.entries()]
            lengths = [len(list(entries)) for _, entries in groupby(streams)]
            return said(ledger), [0, *accumulate(lengths)]


def new_store(folder: Path) -> Path:
    store = folder / f"ledger-{len(list(folder.glob('*.db')))}.db"
    open_ledger(str(store), create=True).close()
    return store


def to_the_end(folder: Path, store: Path, batch: int, rows: int, way: str) -> tuple[float, float]:
    """Import until all rows are acknowledged; return the seconds to the first batch and in all."""
    started = time.monotonic()
    importing = Import(folder, store, batch, way)
    importing.acknowledges(1)
    first = time.monotonic() - started
    importing.acknowledges(rows)
    importing.killed_after(0)
    return first, time.monotonic() - started


def tried(
    folder: Path, *, rows: int, batch: int, kills: int, verified: bool, way: str = WAYS[0]
) -> list[int]:
    """Kill so many imports, ledger after ledger; return how much each was found to hold."""
    print(f"KILL_SEED={SEED}")  # noqa: T201  so that a failure can be tried again
    draw = random.Random(SEED)
    whole, ends = whole_import(folder, rows, draw)
    start, longest = to_the_end(folder, new_store(folder), batch, rows + 1, way)
    a_batch = (longest - start) * batch / rows
    found: list[int] = []
    store = new_store(folder)
    while len(found) < kills:
        stratum = len(found) % STRATA
        before = stratum * STRATUM_BATCHES + draw.randrange(STRATUM_BATCHES - 1)
        store = store if stratum else new_store(folder)
        importing = Import(folder, store, batch, way, leave=before + 1)
        importing.acknowledges(before * batch)
        assert importing.killed_after(draw.uniform(0, 2 * a_batch if before else start))
        with open_ledger(str(store)) as ledger:
            held = said(ledger)
            if verified:
                ledger.views()
                verify(ledger)
        assert held == whole[: len(held)], "not the beginning of a whole import"
        assert len(held) >= ends[importing.rows], "an acknowledged row is lost"
        assert ends[before * batch] <= len(held) <= ends[(before + 1) * batch], "not where meant"
        found.append(len(held))
    to_the_end(folder, store, batch, rows + 1, way)
    with open_ledger(str(store)) as ledger:
        assert said(ledger) == whole
    return found


@pytest.mark.slow
def test_no_acknowledged_row_of_thousands_is_lost_in_fifty_kills(tmp_path: Path) -> None:
    found = tried(tmp_path, rows=2_500, batch=100, kills=50, verified=False)
    assert len(found) == 50
    # Each round of strata alone gives as many places as there are strata.
    assert len(set(found)) > 5


@pytest.mark.slow
def test_a_ledger_verifies_after_each_kill(tmp_path: Path) -> None:
    found = tried(tmp_path, rows=125, batch=5, kills=15, verified=True)
    assert len(found) == 15
    assert len(set(found)) > 5


@pytest.mark.slow
def test_no_acknowledged_row_is_lost_where_an_import_with_workers_is_killed(tmp_path: Path) -> None:
    found = tried(tmp_path, rows=2_500, batch=100, kills=16, verified=False, way=WAYS[1])
    assert len(found) == 16
    assert len(set(found)) > 5
