"""Wherever a process ends, the next one finds the columns as they were or as they became."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ledger.columns import catchup, compaction, sweeping
from ledger.columns.folder import Columns, open_columns
from ledger.columns.lock import writing
from ledger.store.errors import DiskFullError, StoreLockedError
from tests.ledger.columns.stores import rows_by_domain, rows_in, store_of
from tests.making import act, entries_of, said, two_sides

ROOT = Path(__file__).parents[3]
ENTRIES = entries_of(
    two_sides(),
    *(act(f"n{n}", answers=[], dispute=f"d-{n % 3}") for n in range(12)),
    *(said(f"n{n}", "RUS", "unprovoked") for n in range(12)),
)
CATCH_UP = """
import sys
from ledger.columns.folder import open_columns
from ledger.store.factory import open_store
with open_store(sys.argv[1], read_only=True) as store, open_columns(store) as columns:
    for until in range(0, 40, 3):
        columns.catch_up(until)
    print(columns.catch_up())
"""


class CrashError(Exception):
    """The process ends here."""


def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every few events make a segment, and every few segments a compaction."""
    monkeypatch.setattr(compaction, "TAILS_MAX", 2)
    monkeypatch.setattr(compaction, "RUNS_MAX", 1)
    monkeypatch.setattr(compaction, "CUT_ROWS", 4)
    monkeypatch.setattr(catchup, "RUN_EVENTS", 5)
    monkeypatch.setattr(catchup, "TAIL_EVENTS", 3)


def check(columns: Columns, at: int) -> None:
    with columns.stored() as engine:
        assert rows_in(engine, "stored_") == rows_by_domain(ENTRIES[:at])
    columns.verify()


def crashing_at(count: int, original: object, error: Exception) -> object:
    """Return a function that raises at its `count`-th call instead of doing anything."""
    calls = iter(range(1, 10**6))

    def called(*args: object) -> object:
        if next(calls) == count:
            raise error
        return original(*args)  # type: ignore[operator]

    return called


def test_a_process_that_ends_anywhere_leaves_a_whole_position(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small(monkeypatch)
    flush = os.fsync
    crashes = 0
    with store_of(ENTRIES, str(tmp_path / "l.db")) as store:
        for count in range(1, 400, 11):
            folder = tmp_path / f"columns-{count}"
            try:
                with monkeypatch.context() as patch, open_columns(store, folder) as columns:
                    patch.setattr(os, "fsync", crashing_at(count, flush, CrashError()))
                    for until in (2, 4, 9, 11, 13, 15, 25):
                        columns.catch_up(until)
                break
            except CrashError:
                crashes += 1
            with open_columns(store, folder) as after:
                assert after.noticed == ()
                check(after, after.position)
                assert after.catch_up() == len(ENTRIES)
                check(after, len(ENTRIES))
                named = {folder / one.path for one in after.segments()}
                assert named <= set(folder.rglob("*-*.*"))
                assert not list(folder.rglob("*.partial"))
    assert crashes > 2


def test_a_full_disk_is_named_and_what_was_there_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store_of(ENTRIES, str(tmp_path / "l.db")) as store, open_columns(store) as columns:
        columns.catch_up(until=5)
        full = OSError(28, "No space left on device")
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", crashing_at(1, os.fsync, full))
            with pytest.raises(DiskFullError):
                columns.catch_up()
        check(columns, 5)
        columns.catch_up()
        check(columns, len(ENTRIES))


def test_what_a_crash_left_is_swept_and_what_retired_is_kept_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small(monkeypatch)
    with store_of(ENTRIES, str(tmp_path / "l.db")) as store:
        with open_columns(store) as columns:
            columns.catch_up(until=8)
            left = columns.folder / "actions" / "7-9.99.parquet"
            left.write_bytes(b"left over")
            with columns.stored() as reader:
                columns.catch_up()
                assert rows_in(reader, "stored_") == rows_by_domain(ENTRIES[:8])
        with open_columns(store) as columns:
            columns.catch_up()
            assert not left.exists()
            held = {columns.folder / one.path for one in columns.segments()}
            assert held < set(columns.folder.rglob("*-*.*"))
            spilled = columns.folder / "spill" / "x" / "duckdb_temp.tmp"
            spilled.parent.mkdir(parents=True)
            spilled.write_bytes(b"spilled")
            monkeypatch.setattr(sweeping, "KEPT_S", -1.0)
        with open_columns(store) as columns:
            columns.catch_up()
            assert spilled.exists()
            monkeypatch.setattr(sweeping, "SPILL_KEPT_S", -1.0)
        with open_columns(store) as columns:
            columns.catch_up()
            held = {columns.folder / one.path for one in columns.segments()}
            assert held == set(columns.folder.rglob("*-*.*"))
            assert not spilled.exists()
            check(columns, len(ENTRIES))


def test_a_second_writer_waits_and_then_says_for_whom(tmp_path: Path) -> None:
    with (
        writing(tmp_path),
        pytest.raises(StoreLockedError, match="another process"),
        writing(tmp_path, wait_s=0.05),
    ):
        pass
    with writing(tmp_path, wait_s=0.0):
        pass


@pytest.mark.slow
def test_processes_that_catch_up_at_once_make_each_row_once(tmp_path: Path) -> None:
    url = str(tmp_path / "l.db")
    with store_of(ENTRIES, url) as store:
        command = [sys.executable, "-c", CATCH_UP, url]
        running = [
            subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(3)
        ]
        assert [one.communicate(timeout=120)[0] for one in running] == ["25\n"] * 3
        with open_columns(store) as columns:
            check(columns, len(ENTRIES))


@pytest.mark.slow
def test_a_killed_process_leaves_a_whole_position(tmp_path: Path) -> None:
    url = str(tmp_path / "l.db")
    with store_of(ENTRIES, url) as store:
        for wait_s in (0.6, 0.8, 1.0, 1.2, 1.4):
            running = subprocess.Popen(
                [sys.executable, "-c", CATCH_UP, url], cwd=ROOT, stdout=subprocess.PIPE
            )
            try:
                running.communicate(timeout=wait_s)
            except subprocess.TimeoutExpired:
                running.kill()
                running.communicate()
            with open_columns(store) as columns:
                assert columns.noticed == ()
                check(columns, columns.position)
        with open_columns(store) as columns:
            columns.catch_up()
            check(columns, len(ENTRIES))
