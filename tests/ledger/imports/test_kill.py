"""Kill -9 at random moments of an import: nothing acknowledged is lost, and the rest comes after.

A process imports; its progress lines, each of which acknowledges rows, are read as they come, and
it is killed at a moment drawn by a seed that is printed. The ledger must then open, hold all that
was acknowledged and the beginning of what a whole import records, and take the rest when the same
import is run again. Where measures are cheap, on a small file, it must also verify each time.
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
import sys
from ledger.imports import run
run.BATCH_ROWS = int(sys.argv.pop(1))
from cli.main import main
main()
"""


class Import:
    """A process that imports; `rows` is how many it has acknowledged."""

    def __init__(self, folder: Path, store: Path, batch: int) -> None:
        files = (str(folder / "dispute.toml"), str(folder / "history.csv"))
        self.rows = 0
        self.process = subprocess.Popen(
            [sys.executable, "-c", IMPORT, str(batch), "import", "--store", str(store), *files],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        with self.process.stderr as lines:
            for line in lines:
                if found := ACKNOWLEDGED.match(line):
                    self.rows = int(found[1])

    def killed_after(self, seconds: float) -> bool:
        """Kill it after a time; say whether it still ran."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.kill(self.process.pid, signal.SIGKILL)
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


def seconds_to_the_end(folder: Path, store: Path, batch: int, rows: int) -> float:
    """Import until all rows are acknowledged, and say how long that took."""
    started = time.monotonic()
    importing = Import(folder, store, batch)
    while importing.rows < rows and importing.process.poll() is None:
        assert time.monotonic() < started + MOST_SECONDS, "an import does not come to its end"
        time.sleep(0.01)
    importing.killed_after(0)
    return time.monotonic() - started


def tried(folder: Path, *, rows: int, batch: int, kills: int, verified: bool) -> list[int]:
    """Kill so many imports, ledger after ledger; return how much each was found to hold."""
    print(f"KILL_SEED={SEED}")  # noqa: T201  so that a failure can be tried again
    draw = random.Random(SEED)
    whole, ends = whole_import(folder, rows, draw)
    longest = seconds_to_the_end(folder, new_store(folder), batch, rows + 1)
    found: list[int] = []
    store = new_store(folder)
    while len(found) < kills:
        importing = Import(folder, store, batch)
        was_killed = importing.killed_after(draw.uniform(0, longest))
        with open_ledger(str(store)) as ledger:
            held = said(ledger)
            if verified:
                ledger.views()
                verify(ledger)
        assert held == whole[: len(held)], "not the beginning of a whole import"
        assert len(held) >= ends[importing.rows], "an acknowledged row is lost"
        found += [len(held)] if was_killed else []
        if held == whole:
            store = new_store(folder)
    seconds_to_the_end(folder, store, batch, rows + 1)
    with open_ledger(str(store)) as ledger:
        assert said(ledger) == whole
    return found


@pytest.mark.slow
def test_no_acknowledged_row_of_thousands_is_lost_in_fifty_kills(tmp_path: Path) -> None:
    found = tried(tmp_path, rows=2_500, batch=100, kills=50, verified=False)
    assert len(found) == 50
    # Some died before anything was written, some in the middle.
    assert len(set(found)) > 1


@pytest.mark.slow
def test_a_ledger_verifies_after_each_kill(tmp_path: Path) -> None:
    found = tried(tmp_path, rows=100, batch=5, kills=15, verified=True)
    assert len(found) == 15
