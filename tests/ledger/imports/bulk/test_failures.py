"""What can befall an import in bulk: no room, and another that brings the same at the same time."""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ledger.facade import open_ledger
from ledger.replay import verify
from tests.ledger.imports.test_kill import IMPORT, ROOT, said, whole_import
from tests.ledger.imports.ways import WAYS

pytestmark = pytest.mark.slow

ROWS = 3_000
DISK_BYTES = 32 << 20
ROOM_BYTES = 1_200_000
"""Less than the ledger takes, and more than its first batches."""


def started(folder: Path, store: Path) -> subprocess.Popen[bytes]:
    """An import in bulk, by workers, in batches of 100 rows."""
    files = (str(folder / "dispute.toml"), str(folder / "history.csv"))
    return subprocess.Popen(
        [sys.executable, "-c", IMPORT, "100", WAYS[1], "import", "--store", str(store), *files],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


@contextmanager
def small_disk(folder: Path) -> Iterator[Path | None]:
    """A file system with little room beside its file `filler`; None where none may be mounted."""
    place = folder / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        yield None
        return
    try:
        (place / "filler").write_bytes(bytes(DISK_BYTES - ROOM_BYTES))
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("how", ["a small disk", "a limit of the size of files"])
def test_where_the_disk_is_full_what_was_acknowledged_stays_and_the_rest_comes_later(
    tmp_path: Path, how: str
) -> None:
    whole, ends = whole_import(tmp_path, ROWS, random.Random(5))
    with small_disk(tmp_path) as disk:
        is_limited = how.startswith("a limit") or disk is None
        place = tmp_path if is_limited or disk is None else disk
        store = place / "ledger.db"
        open_ledger(str(store), create=True).close()
        importing = started(tmp_path, store)
        if is_limited:
            # Long before anything is written: no file of this process grows beyond it.
            limit = (ROOM_BYTES, resource.RLIM_INFINITY)
            resource.prlimit(importing.pid, resource.RLIMIT_FSIZE, limit)
        _, told = importing.communicate(timeout=240)
        assert importing.returncode == 5, told
        assert b"Traceback" not in told
        assert b"hint" in told.lower()
        acknowledged = [int(line.split()[0]) for line in told.splitlines() if b" rows: " in line]
        with open_ledger(str(store)) as ledger:
            held = said(ledger)
        assert held == whole[: len(held)]
        assert ends[acknowledged[-1]] <= len(held) < len(whole)
        (place / "filler").unlink(missing_ok=True)
        _, told = started(tmp_path, store).communicate(timeout=240)
        with open_ledger(str(store)) as ledger:
            assert said(ledger) == whole, told


def test_two_imports_of_one_file_at_once_bring_every_row_once(tmp_path: Path) -> None:
    whole, _ = whole_import(tmp_path, ROWS, random.Random(6))
    store = tmp_path / "ledger.db"
    open_ledger(str(store), create=True).close()
    both = [started(tmp_path, store) for _ in range(2)]
    told = [one.communicate(timeout=240)[1] for one in both]
    assert [one.returncode for one in both] == [0, 0], told
    new = [int(line.split(b" new")[0].split()[-1]) for text in told for line in last_line(text)]
    assert sum(new) == ROWS + 1
    with open_ledger(str(store)) as ledger:
        assert said(ledger) == whole
        ledger.views()
        verify(ledger)


def last_line(told: bytes) -> Iterator[bytes]:
    """The line that sums up."""
    yield next(line for line in reversed(told.splitlines()) if b" rows: " in line)
