"""How long a user waits for the first answer of a cold start.

    python -m benchmarks.startup --runs 20

Each call is a process of its own; what is measured is its CPU time, user and system, with compiled
modules in place. The goals are those of the command line: 50 ms for the version, 150 ms for help,
400 ms for a projection over the example ledger.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.reporting import write_part

RUNS: Final = 20
CALLS: Final = (
    (("--version",), 50),
    (("--help",), 150),
    (("tally", "--help"), 150),
    (("initiators",), 400),
    (("tally",), 400),
    (("replies",), 400),
    (("ladder",), 400),
    (("audit",), 2_000),
)


def main() -> None:
    """Measure every call, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    runs = parser.parse_args().runs
    rows = [("call", "least, ms", "median, ms", "goal, ms")]
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder) / "example.db")
        cpu_ms("init", "--example", "--store", store)
        for call, goal in CALLS:
            on = () if any(word.startswith("--") for word in call) else ("--store", store)
            times = [cpu_ms(*call, *on) for _ in range(runs)]
            shown = f"reciprocity {' '.join(call)}"
            rows.append((shown, f"{min(times):.0f}", f"{median(times):.0f}", str(goal)))
    write_part("startup", "A cold start", ("typer", "pydantic", "eventsourcing"), rows)


def cpu_ms(*args: str) -> float:
    """Run one command and return its CPU time in milliseconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(  # noqa: S603  the words are this file's own
        [sys.executable, "-m", "cli.main", *args], capture_output=True, check=False
    )
    if done.returncode != 0:
        sys.exit(f"reciprocity {' '.join(args)}: {done.stderr.decode()}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


if __name__ == "__main__":
    main()
