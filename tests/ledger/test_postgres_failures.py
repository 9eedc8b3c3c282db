"""Servers that crash under load, and importers that come at once: nothing lost, nothing twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread

import pytest

from domain.errors import StoreUnavailableError
from ledger.facade import open_ledger
from ledger.replay import verify
from ledger.store.factory import open_store
from tests.cli.harness import child, run
from tests.ledger.store.support import ROOT
from tests.making import two_sides
from tests.postgres import Cluster, shared_cluster

pytestmark = pytest.mark.postgres

WRITERS = 8
CRASHES = 3
BETWEEN_S = 1.2

# Eight processes that append until they are told to stop: an action, then its retraction. What the
# ledger acknowledged is printed; what it said it could not do is tried again, as a user would.
WRITE = """
import os, sys, time
from ledger.facade import open_ledger
from domain.errors import StoreUnavailableError
from domain.records.amendments import Retracted
from tests.making import act

url, stop, writers = sys.argv[1], sys.argv[2], int(sys.argv[3])
name = next((n for n in range(1, writers) if os.fork() == 0), 0)
lines = []
with open_ledger(url, by=f"writer {name}") as ledger:
    number = 0
    while not os.path.exists(stop):
        number += 1
        action = f"w{name}-{number}"
        for record in (act(action), Retracted(action=action, reason="a test")):
            while True:
                try:
                    outcome = ledger.append([record])[0]
                except StoreUnavailableError as error:
                    lines.append(f"error {type(error).__name__} {error.why[:200]}")
                    time.sleep(0.05)
                else:
                    break
            lines.append(f"{outcome.status} {action} {outcome.position}")
sys.stdout.write("\\n".join(lines) + "\\n")
sys.stdout.flush()
if name == 0:
    for _ in range(1, writers):
        os.wait()
"""


class Tail:
    """A reader that follows the log by position while others write."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.seen: list[tuple[int, str, int]] = []
        self.is_over = Event()
        self.thread = Thread(target=self._follow)
        self.thread.start()

    def _follow(self) -> None:
        with open_store(self.url) as store:
            while True:
                is_last = self.is_over.is_set()
                after = self.seen[-1][0] if self.seen else 0
                try:
                    page = store.recorder.select_notifications(
                        after, 1_000, inclusive_of_start=False
                    )
                except StoreUnavailableError:
                    continue
                self.seen += [(n.id, str(n.originator_id), n.originator_version) for n in page]
                if is_last and not page:
                    return
                time.sleep(0.001)

    def finish(self) -> list[tuple[int, str, int]]:
        self.is_over.set()
        self.thread.join(30)
        return self.seen


@pytest.fixture
def cluster() -> Cluster:
    return shared_cluster()


def written_while_it_crashes(cluster: Cluster, url: str, stop: Path) -> list[str]:
    """Run the writers, crash the server under them, and return what they say."""
    writers = subprocess.Popen(
        [sys.executable, "-c", WRITE, url, str(stop), str(WRITERS)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    with open_store(url) as store:
        while (store.recorder.max_notification_id() or 0) < 10 * WRITERS:
            assert writers.poll() is None
            time.sleep(0.02)
    for _ in range(CRASHES):
        time.sleep(BETWEEN_S)
        cluster.crash_and_restart()
    time.sleep(BETWEEN_S)
    stop.touch()
    said, _ = writers.communicate(timeout=60)
    assert writers.returncode == 0
    return said.splitlines()


def test_a_server_that_crashes_under_eight_writers_loses_and_doubles_nothing(
    cluster: Cluster, tmp_path: Path
) -> None:
    url = cluster.url()
    with open_ledger(url, create=True) as ledger:
        ledger.record(two_sides())
    tail = Tail(url)
    said = written_while_it_crashes(cluster, url, tmp_path / "stop")
    seen = tail.finish()
    with open_store(url) as store:
        page = store.recorder.select_notifications(start=None, limit=1_000_000)
        log = [(held.id, str(held.originator_id), held.originator_version) for held in page]
    # Every writer was told of each record exactly once that it is new, and where it stands.
    told = Counter(line.partition(" ")[0] for line in said)
    assert set(told) == {"new"}, [line for line in said if not line.startswith("new")][:5]
    acknowledged = {
        (int(position), f"action:{action}") for _, action, position in map(str.split, said)
    }
    assert acknowledged == {(position, stream) for position, stream, _ in log[1:]}
    assert told["new"] == len(log) - 1
    versions: dict[str, list[int]] = {}
    for _, stream, version in log:
        versions.setdefault(stream, []).append(version)
    assert {tuple(found) for found in versions.values()} == {(1,), (1, 2)}
    assert seen == log
    with open_ledger(url) as ledger:
        assert verify(ledger) == log[-1][0]


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped history as one file with its stamps."""
    folder = tmp_path_factory.mktemp("history")
    done = run("init", "--example", "--store", "h.db", cwd=folder)
    assert done.code == 0, done.err
    done = run("export", "--to", "jsonl", "-o", "h.jsonl", "--store", "h.db", cwd=folder)
    assert done.code == 0, done.err
    return folder / "h.jsonl"


@pytest.mark.parametrize("flags", [(), ("--restore",)], ids=["import", "restore"])
def test_two_importers_of_the_same_file_at_once_bring_it_once(
    cluster: Cluster, history: Path, tmp_path: Path, flags: tuple[str, ...]
) -> None:
    url = cluster.url()
    open_ledger(url, create=True).close()
    words = ("import", str(history), *flags, "--format", "json", "--store", url)
    with ThreadPoolExecutor() as pool:
        runs = list(pool.map(lambda _: child(*words, cwd=tmp_path), range(2)))
    lines = [json.loads(line) for line in history.read_text(encoding="utf-8").splitlines()]
    with open_ledger(url) as ledger:
        streams = Counter(entry.stream for entry in ledger.entries())
        assert streams.total() == len(lines)
        assert verify(ledger) == ledger.application.position()
    # An import takes what the other brought as the same; of a history with its stamps one wins.
    assert 0 in {done.code for done in runs}, [done.err for done in runs]
    if not flags:
        assert [done.code for done in runs] == [0, 0], [done.err for done in runs]
    again = child(*words, cwd=tmp_path)
    assert again.code == 0, again.err
    with open_ledger(url) as ledger:
        assert sum(1 for _ in ledger.entries()) == len(lines)


def test_a_process_that_is_killed_leaves_no_lock(cluster: Cluster) -> None:
    url = cluster.url()
    with open_ledger(url, create=True) as ledger:
        ledger.record(two_sides())
        killed = subprocess.Popen(
            [sys.executable, "-c", HOLD, url], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert killed.stdout is not None
        assert killed.stdout.readline() == "held\n"
        os.kill(killed.pid, 9)
        killed.wait(10)
        killed.stdout.close()
        assert ledger.append([two_sides("c-d")])[0].position == 2


HOLD = """
import sys, time
from eventsourcing.persistence import StoredEvent
from ledger.store.factory import open_store

def guard(read):
    print("held", flush=True)
    time.sleep(60)

with open_store(sys.argv[1]) as store:
    store.recorder.insert_events([StoredEvent("a", 1, "noted:1", b"{}")], guard=guard)
"""
