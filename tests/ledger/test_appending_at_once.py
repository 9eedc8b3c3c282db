"""Processes that append to one file at once: all are heard, nothing twice, nothing left out."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING

import pytest

from ledger.appending import Status
from ledger.facade import open_ledger
from tests.making import act, said, two_sides

if TYPE_CHECKING:
    from pathlib import Path


def write_from_a_process_of_its_own(path: str, writer: int) -> list[int]:
    """Record ten actions of its own, and ten that every writer records."""
    with open_ledger(path, by=f"writer {writer}") as ledger:
        given = [act(f"w{writer}-{number}") for number in range(10)]
        given += [act(f"shared-{number}", answers=["a"]) for number in range(10)]
        return [ledger.append([record])[0].position for record in given]


def test_two_processes_that_write_at_once_leave_no_gap_and_no_double(tmp_path: Path) -> None:
    path = str(tmp_path / "l.db")
    with open_ledger(path, create=True, by="tester") as ledger:
        ledger.append([two_sides(), act("a")])
        with ProcessPoolExecutor(2, get_context("spawn")) as pool:
            positions = list(pool.map(write_from_a_process_of_its_own, [path] * 2, range(2)))
        entries = list(ledger.entries())
    assert [entry.position for entry in entries] == list(range(1, 33))
    assert len({entry.stream for entry in entries}) == 32
    assert positions[0][10:] == positions[1][10:]
    stamps = [entry.recorded_at for entry in entries]
    assert stamps == sorted(stamps)


def say_much(path: str, writer: int) -> list[str]:
    """Say twenty things about the one action that all the others speak of too."""
    with open_ledger(path, by=f"writer {writer}") as ledger:
        words = [said("a", f"press:w{writer}", [f"ext:n{number}"]) for number in range(20)]
        return [ledger.append([word])[0].status for word in words]


@pytest.mark.slow
def test_eight_processes_that_all_speak_of_one_action_are_all_heard(tmp_path: Path) -> None:
    path = str(tmp_path / "l.db")
    with open_ledger(path, create=True, by="tester") as ledger:
        ledger.append([two_sides(), act("a")])
        with ProcessPoolExecutor(8, get_context("spawn")) as pool:
            told = list(pool.map(say_much, [path] * 8, range(8)))
        assert told == [[Status.NEW] * 20] * 8
        assert [entry.version for entry in ledger.stream("a")] == list(range(1, 162))
        stamps = [entry.recorded_at for entry in ledger.entries()]
        assert stamps == sorted(stamps)
