"""A ledger is made where there is none, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.creating import LedgerExistsError, create_ledger
from ledger.store.errors import LedgerNotFoundError, NotALedgerError
from tests.making import two_sides


def test_a_new_ledger_is_open_and_empty(tmp_path: Path) -> None:
    with create_ledger(str(tmp_path / "a.db"), by="me") as ledger:
        assert ledger.application.position() == 0
        ledger.record(two_sides())
        assert next(ledger.entries()).recorded_by == "me"


def test_an_existing_one_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    create_ledger(str(path)).close()
    before = path.read_bytes()
    with pytest.raises(LedgerExistsError) as caught:
        create_ledger(str(path))
    assert caught.value.where == str(path)
    assert path.read_bytes() == before


def test_an_empty_file_becomes_one_and_another_does_not(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    create_ledger(str(tmp_path / "empty.db")).close()
    (tmp_path / "list.txt").write_text("bread, and much more of it " * 99, encoding="utf-8")
    with pytest.raises(NotALedgerError):
        create_ledger(str(tmp_path / "list.txt"))
    with pytest.raises(LedgerNotFoundError):
        create_ledger(str(tmp_path / "no" / "folder.db"))
