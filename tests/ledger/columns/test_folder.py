"""Columns hold everything up to a position, and are made again where they do not fit the log."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from ledger.columns import catchup, compaction, manifest
from ledger.columns.checking import SegmentSpoiledError
from ledger.columns.folder import open_columns
from ledger.columns.schema import TABLES
from ledger.store.engine import sqlite
from ledger.store.factory import open_store
from tests.ledger.columns.stores import everything, rows_by_domain, store_of, stored
from tests.making import act, entries_of, said, two_sides

if TYPE_CHECKING:
    from pathlib import Path

    from domain.records.entry import Entry
    from ledger.store.store import Store

ENTRIES = entries_of(
    two_sides(),
    act("one", answers=[]),
    said("one", "RUS", "unprovoked"),
    act("two", by="RUS", against="USA", answers=["one"]),
    act("three", dispute="c-d"),
)


@pytest.fixture(params=[0, 500], ids=["runs", "tails"], autouse=True)
def events_of_a_tail(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Try everything with new events that become segments at once, and with tails."""
    monkeypatch.setattr(catchup, "TAIL_EVENTS", request.param)


def file_store(folder: Path, entries: tuple[Entry, ...] = ENTRIES) -> Store:
    return store_of(entries, str(folder / "l.db"))


def test_an_empty_ledger_has_empty_columns() -> None:
    with open_store("memory:") as store, open_columns(store) as columns:
        assert columns.catch_up() == 0
        assert not any(everything(columns).values())


def test_columns_hold_every_row_of_the_history(tmp_path: Path) -> None:
    with file_store(tmp_path) as store, open_columns(store) as columns:
        assert columns.folder == tmp_path / "l.db-columns"
        assert columns.catch_up() == len(ENTRIES)
        assert everything(columns) == rows_by_domain(ENTRIES)


def test_nothing_is_written_where_nothing_is_new(tmp_path: Path) -> None:
    with file_store(tmp_path) as store, open_columns(store) as columns:
        columns.catch_up()
        before = sorted((path, path.stat().st_mtime_ns) for path in columns.folder.rglob("*.*"))
        assert columns.catch_up() == len(ENTRIES)
        assert before == sorted(
            (path, path.stat().st_mtime_ns) for path in columns.folder.rglob("*.*")
        )


def test_another_process_reads_what_the_first_wrote(tmp_path: Path) -> None:
    with file_store(tmp_path) as store:
        with open_columns(store) as columns:
            columns.catch_up(until=3)
        with open_columns(store) as again:
            assert again.position == 3
            assert everything(again) == rows_by_domain(ENTRIES[:3])
            assert again.catch_up() == len(ENTRIES)
            assert everything(again) == rows_by_domain(ENTRIES)
            assert again.noticed == ()


def test_a_reader_sees_what_another_handle_wrote_since(tmp_path: Path) -> None:
    with file_store(tmp_path) as store, open_columns(store) as one, open_columns(store) as two:
        one.catch_up(until=2)
        two.catch_up()
        assert everything(one) == rows_by_domain(ENTRIES)
        assert one.catch_up() == len(ENTRIES)


def test_one_dispute_is_read_by_itself(tmp_path: Path) -> None:
    with file_store(tmp_path) as store, open_columns(store) as columns:
        columns.catch_up()
        with columns.connection("c-d") as engine:
            assert engine.execute("SELECT action FROM actions").fetchall() == [("three",)]
            assert engine.execute("SELECT count(*) FROM kinds").fetchall() == [(32,)]
        with columns.connection("x'y") as engine:
            assert engine.execute("FROM actions").fetchall() == []


def test_connections_neither_see_each_other_nor_leave_anything(tmp_path: Path) -> None:
    with file_store(tmp_path) as store, open_columns(store) as columns:
        columns.catch_up()
        one, two = columns.connection("a-b"), columns.connection("c-d")
        for engine in (one, two):
            engine.execute("CREATE SCHEMA coded")
            engine.execute("CREATE TABLE coded.act AS SELECT action FROM actions ORDER BY action")
        assert one.execute("FROM coded.act").fetchall() == [("one",), ("two",)]
        assert two.execute("FROM coded.act").fetchall() == [("three",)]
        one.close()
        with columns.connection() as three:
            held = three.execute("SELECT database_name FROM duckdb_databases()").fetchall()
            assert {name for (name,) in held if name[:5] == "asked"} == {"asked_2", "asked_3"}
        two.close()


def test_compaction_gives_a_large_dispute_files_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compaction, "CUT_ROWS", 3)
    monkeypatch.setattr(compaction, "TAILS_MAX", 1)
    monkeypatch.setattr(compaction, "RUNS_MAX", 1)
    many = [act(f"n{n}", dispute="large" if n % 2 else f"small-{n}") for n in range(16)]
    entries = entries_of(*many)
    with file_store(tmp_path, entries) as store, open_columns(store) as columns:
        for at in range(1, 17):
            columns.catch_up(until=at)
        assert everything(columns) == rows_by_domain(entries)
        found = json.loads((columns.folder / "manifest.json").read_text())
        own = [one for one in found["segments"] if one["path"].startswith("actions/dispute=large/")]
        base = [one for one in own if one["level"] == 2]
        assert len(base) > 1
        assert all(one["rows"] <= 3 for one in base)


@pytest.mark.parametrize("harm", ["missing", "short", "long"])
def test_a_harmed_segment_is_named_and_made_again(tmp_path: Path, harm: str) -> None:
    with file_store(tmp_path) as store:
        with open_columns(store) as columns:
            columns.catch_up()
        victim = next((tmp_path / "l.db-columns").rglob("*-*.*"))
        content = victim.read_bytes()
        if harm == "missing":
            victim.unlink()
        else:
            victim.write_bytes(content[:-1] if harm == "short" else content + b"\0")
        with open_columns(store) as again:
            assert again.position == 0
            assert victim.name in again.noticed[0]
            assert again.catch_up() == len(ENTRIES)
            assert everything(again) == rows_by_domain(ENTRIES)


def test_a_changed_byte_of_a_segment_is_named_when_verified(tmp_path: Path) -> None:
    with file_store(tmp_path) as store, open_columns(store) as columns:
        columns.catch_up()
        columns.verify()
        victim = next(columns.folder.rglob("*-*.*"))
        content = bytearray(victim.read_bytes())
        content[40] ^= 1
        victim.write_bytes(bytes(content))
        with pytest.raises(SegmentSpoiledError, match="not what was written") as caught:
            columns.verify()
        assert victim.name in caught.value.why
        columns.discard()
        assert columns.position == 0
        columns.catch_up()
        columns.verify()


def test_a_changed_byte_of_the_log_is_named_by_its_position(tmp_path: Path) -> None:
    with file_store(tmp_path) as store, open_columns(store) as columns:
        columns.catch_up()
        assert columns.first_changed_event() is None
        raw = sqlite.connect(tmp_path / "l.db")
        raw.execute(
            "UPDATE stored_events SET state = CAST(replace(CAST(state AS TEXT), 'one', 'ten') "
            "AS BLOB) WHERE rowid = 3"
        )
        raw.commit()
        raw.close()
        found = columns.first_changed_event()
        assert found is not None
        assert found.position == 3
        assert found.kept != found.recomputed


def test_a_log_that_was_cut_short_has_its_columns_made_again(tmp_path: Path) -> None:
    with file_store(tmp_path) as store, open_columns(store) as columns:
        columns.catch_up()
    (tmp_path / "l.db").unlink()
    with file_store(tmp_path, ENTRIES[:3]) as store, open_columns(store) as columns:
        assert columns.position == 0
        assert "another log" in columns.noticed[0]
        assert columns.catch_up() == 3
        assert everything(columns) == rows_by_domain(ENTRIES[:3])


def test_a_log_that_took_another_way_has_its_columns_made_again(tmp_path: Path) -> None:
    with file_store(tmp_path) as store, open_columns(store) as columns:
        columns.catch_up()
    (tmp_path / "l.db").unlink()
    others = (*ENTRIES[:4], entries_of(*[entry.record for entry in ENTRIES[:4]], act("x"))[-1])
    with file_store(tmp_path, others) as store, open_columns(store) as columns:
        assert columns.catch_up() == 5
        assert everything(columns) == rows_by_domain(others)


def test_columns_that_were_open_meanwhile_notice_it_too(tmp_path: Path) -> None:
    with file_store(tmp_path) as store, open_columns(store) as columns:
        columns.catch_up()
        raw = sqlite.connect(tmp_path / "l.db")
        raw.execute("DELETE FROM stored_events WHERE rowid > 3")
        raw.commit()
        raw.close()
        assert columns.catch_up() == 3
        assert everything(columns) == rows_by_domain(ENTRIES[:3])


def test_columns_of_another_schema_are_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with file_store(tmp_path) as store:
        with open_columns(store) as columns:
            columns.catch_up()
        monkeypatch.setattr(manifest, "SCHEMA_VERSION", 99)
        with open_columns(store) as columns:
            assert columns.position == 0


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "what's [a] *name?"
    with store_of(ENTRIES) as store, open_columns(store, folder) as columns:
        columns.catch_up()
        assert everything(columns) == rows_by_domain(ENTRIES)


def test_what_was_decoded_before_a_fault_is_not_written_after_it(tmp_path: Path) -> None:
    with file_store(tmp_path) as store, open_columns(store) as columns:
        columns.catch_up(until=2)
        raw = sqlite.connect(tmp_path / "l.db")
        raw.execute("UPDATE stored_events SET topic = 'action.unheard:1' WHERE rowid = 4")
        raw.commit()
        with pytest.raises(Exception, match="unheard"):
            columns.catch_up()
        event = stored(ENTRIES)[3]
        raw.execute("UPDATE stored_events SET topic = ? WHERE rowid = 4", (event.topic,))
        raw.commit()
        raw.close()
        assert columns.catch_up() == 5
        assert everything(columns) == rows_by_domain(ENTRIES)


def test_every_table_has_a_size(tmp_path: Path) -> None:
    with file_store(tmp_path) as store, open_columns(store) as columns:
        columns.catch_up()
        sizes = {size.table: size for size in columns.sizes()}
        assert set(sizes) == {*TABLES, "tails"}
        assert sizes["log"].rows + sizes["tails"].rows == len(ENTRIES)
        files = sum(path.stat().st_size for path in columns.folder.rglob("*-*.*"))
        assert files == sum(size.bytes for size in sizes.values())
