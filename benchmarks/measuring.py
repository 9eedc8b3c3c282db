"""Runs each measured job in a process of its own, so that its time and its memory are its own.

A module of jobs ends in `serve(JOBS)`; `measure(module, job, ...)` runs one of them from outside.
A job is given plain data and returns plain data; what it times it says in `seconds`. The peak is
that of the process itself as the kernel kept it, or, where it has workers of its own, the highest
sum over all of them that was seen.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Job = Callable[..., dict[str, Any]]

ROOT: Final = Path(__file__).parent.parent
SAMPLED_EVERY_S: Final = 0.05
KIB: Final = 1024


class JobFailedError(Exception):
    """A measured job ended with an error."""


@dataclass(slots=True)
class Watch:
    """Adds up the time that is spent inside `with watch.running():`."""

    seconds: float = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count the time from here to the end of the block."""
        start = perf_counter()
        try:
            yield
        finally:
            self.seconds += perf_counter() - start


@dataclass(frozen=True, slots=True)
class Measured:
    """What a job came to: its own time, the most memory it held, and all that it found."""

    seconds: float
    peak_mb: float
    found: dict[str, Any] = field(default_factory=dict)

    @property
    def is_there(self) -> bool:
        """Whether there was anything to measure: what does not exist yet is not."""
        return not self.found.get("missing")


def measure(module: str, job: str, **given: object) -> Measured:
    """Run a job in a new process; raise JobFailedError."""
    with tempfile.TemporaryFile() as out:
        command = [sys.executable, "-m", module, job, json.dumps(given)]
        child = subprocess.Popen(command, stdout=out, cwd=ROOT)  # noqa: S603  our own modules
        watcher = _Watcher(child.pid)
        watcher.start()
        child.wait()
        watcher.stop()
        if child.returncode:
            message = f"{module} {job} ended with {child.returncode}"
            raise JobFailedError(message)
        out.seek(0)
        found = json.loads(out.read().splitlines()[-1])
    own = found.pop("peak_kib") / KIB
    return Measured(found.get("seconds", 0.0), max(own, watcher.peak_mb), found)


def medians(rounds: int, *jobs: tuple[str, str, dict[str, object]]) -> list[Measured]:
    """Run several jobs in turn, so many rounds, and return the median run of each.

    In turn, so that what else the machine does in the meantime falls on all of them.
    """
    runs: list[list[Measured]] = [[] for _ in jobs]
    for _ in range(rounds):
        for place, (module, job, given) in enumerate(jobs):
            runs[place].append(measure(module, job, **given))
    return [_median(each) for each in runs]


def _median(runs: list[Measured]) -> Measured:
    middle = median(run.seconds for run in runs)
    return min(runs, key=lambda run: abs(run.seconds - middle))


def serve(jobs: Mapping[str, Job]) -> None:
    """Run the job that the command line names, and print what it found as one line of JSON."""
    found = jobs[sys.argv[1]](**json.loads(sys.argv[2]))
    print(json.dumps(found | {"peak_kib": _peak_kib()}))


def _peak_kib() -> int:
    """Return the most memory that this process ever held.

    On Linux getrusage() counts in what the process that started this one held, for a started
    process shares its starter's memory for a moment; the high-water mark of its own does not.
    """
    try:
        text = Path("/proc/self/status").read_text(encoding="utf-8")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("VmHWM:"))


class _Watcher(threading.Thread):
    """Adds up, again and again, what a process and its own workers hold in memory."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak_mb = 0.0
        self._pid = pid
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.wait(SAMPLED_EVERY_S):
            family = _family(self._pid)
            if len(family) > 1:
                self.peak_mb = max(self.peak_mb, sum(map(_proportional_kib, family)) / KIB)

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _family(pid: int) -> list[int]:
    """Name a process and all that it started."""
    try:
        lists = Path(f"/proc/{pid}/task").glob("*/children")
        children = [int(word) for each in lists for word in each.read_text().split()]
    except OSError:
        return [pid]
    return [pid, *(one for child in children for one in _family(child))]


def _proportional_kib(pid: int) -> int:
    """Return what a process holds, pages that it shares with others counted in part."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")), 0)
