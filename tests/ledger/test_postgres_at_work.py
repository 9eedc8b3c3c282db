"""A history in a database comes to the same as in a file: imported in bulk, and as columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.histories import write
from ledger.columns.folder import open_columns
from ledger.facade import Ledger
from ledger.imports.run import import_files
from ledger.store.factory import open_store
from tests.ledger.columns.stores import everything
from tests.ledger.imports.ways import WAYS, going
from tests.ledger.ledgers import Clock, Salts
from tests.postgres import shared_cluster

if TYPE_CHECKING:
    from pathlib import Path

    from ledger.store.raw import RawEvent

ACTIONS = 2_000


def brought(url: str, file: Path) -> Ledger:
    """Import a file in bulk, in batches of few hundred rows, into a new ledger."""
    ledger = Ledger(open_store(url, create=True), by="tester", clock=Clock(), salt=Salts())
    with going(WAYS[1], piece_bytes=50_000, piece_rows=300):
        report = import_files(ledger, [file])
    assert not report.problems
    return ledger


def log_of(ledger: Ledger) -> list[RawEvent]:
    found: list[RawEvent] = []
    while page := ledger.store.raw.page(found[-1][0] if found else 0, rows=700):
        found += page
    return found


@pytest.mark.postgres
def test_a_history_in_a_database_is_the_one_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "history.jsonl"
    write(file, ACTIONS)
    with (
        brought(str(tmp_path / "l.db"), file) as here,
        brought(shared_cluster().url(), file) as there,
        open_columns(here.store, tmp_path / "here") as columns_here,
        open_columns(there.store, tmp_path / "there") as columns_there,
    ):
        assert len(log_of(here)) > ACTIONS
        assert log_of(here) == log_of(there)
        assert columns_here.catch_up() == columns_there.catch_up() == len(log_of(here))
        assert everything(columns_here) == everything(columns_there)
        streams = {event[1]: None for event in log_of(here)}
        assert here.store.streams(streams) == there.store.streams(streams)
        # What comes later is brought in from where they stand.
        later = [entry.record for entry in here.entries(0, 1)]
        assert [one.append(later)[0].position for one in (here, there)] == [1, 1]
        assert columns_there.catch_up() == columns_here.catch_up()
