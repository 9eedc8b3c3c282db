"""Replay by two engines: they agree, or what is wrong is named, and a hint says what mends it."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cli.errors import ExitCode
from ledger.columns import plain
from ledger.columns.folder import open_columns
from ledger.facade import open_ledger
from ledger.store.engine import sqlite
from tests.cli.example import example
from tests.cli.harness import Environ, Result, child, run

if TYPE_CHECKING:
    from ledger.columns.measures.asking import Measured
    from ledger.columns.plain import Plain

BY_COLUMNS = ("replay", "--verify", "--engine", "columns")
EVENTS = 238


@pytest.fixture(name="store")
def _store(tmp_path: Path) -> Path:
    return Path(shutil.copy(example(), tmp_path / "l.db"))


def replayed(store: Path, *args: str, env: Environ | None = None) -> Result:
    return run(*BY_COLUMNS, *args, "--store", str(store), env=env)


def fill(store: Path, until: int | None = None) -> None:
    """Bring the columns up, as an earlier run did."""
    with open_ledger(str(store)) as ledger, open_columns(ledger.store) as columns:
        columns.catch_up(until)


def row_of(store: Path, *args: str) -> dict[str, object]:
    done = replayed(store, *args, "--format", "json")
    assert done.code == ExitCode.FINE, done.err
    [row] = json.loads(done.out)["rows"]
    assert isinstance(row, dict)
    return row


def segments(store: Path) -> list[Path]:
    return sorted(store.with_name("l.db-columns").rglob("*-*.*"))


def hint(store: Path, rest: str) -> str:
    return f"Hint: reciprocity replay --store {store} --verify {rest}"


def change(store: Path, position: int) -> None:
    """Change one byte of one event, as someone with an editor of databases would."""
    raw = sqlite.connect(str(store))
    raw.execute(
        "UPDATE stored_events SET state = CAST(replace(CAST(state AS TEXT), '2024-01-01T12', "
        "'2024-01-01T11') AS BLOB) WHERE rowid = ?",
        (position,),
    )
    assert raw.total_changes == 1
    raw.commit()
    raw.close()


def test_both_engines_agree_and_it_is_said_which_answered_and_where(store: Path) -> None:
    done = replayed(store)
    assert (done.code, done.err) == (0, f"Columns and rows agree at position {EVENTS}.\n")
    assert done.out == (
        "engine: columns\n"
        f"position: {EVENTS}\n"
        "\n"
        "engine   held against  position  disputes  events as read before\n"
        "-------  ------------  --------  --------  ---------------------\n"
        f"columns  rows               {EVENTS}         1                      0\n"
    )
    assert segments(store)


def test_every_event_is_held_against_what_an_earlier_run_read(store: Path) -> None:
    fill(store)
    assert row_of(store) == {
        "engine": "columns",
        "against": "rows",
        "position": EVENTS,
        "disputes": 1,
        "events": EVENTS,
    }


def test_the_engine_without_verify_compares_too(store: Path) -> None:
    done = run("replay", "--engine", "columns", "--store", str(store))
    assert (done.code, done.err) == (0, f"Columns and rows agree at position {EVENTS}.\n")


@pytest.mark.parametrize("until", [0, 1, 60])
def test_both_engines_agree_as_known_at_a_position(store: Path, until: int) -> None:
    fill(store, 30)
    assert row_of(store, "--until", str(until))["position"] == until


def test_a_position_that_is_not_reached_is_refused(store: Path) -> None:
    done = replayed(store, "--until", "999")
    assert done.code == ExitCode.REJECTED
    assert hint(store, f"--engine columns --until {EVENTS}\n") in done.err
    assert not segments(store)


def test_an_engine_that_is_not_there_is_wrong_usage(store: Path) -> None:
    done = run("replay", "--engine", "lines", "--store", str(store))
    assert done.code == ExitCode.USAGE
    assert "'rows', 'columns'" in done.err


def test_the_engine_of_rows_is_the_default(store: Path) -> None:
    done = run("replay", "--until", "9", "--engine", "rows", "--store", str(store))
    assert done == run("replay", "--until", "9", "--store", str(store))
    assert done.code == 0
    assert not segments(store)


def test_a_ledger_in_memory_is_compared_in_a_folder_that_is_lent(tmp_path: Path) -> None:
    done = run(*BY_COLUMNS, "--store", "memory:", cwd=tmp_path)
    assert (done.code, done.err) == (0, "Columns and rows agree at position 0.\n")
    assert list(tmp_path.iterdir()) == []


def test_where_one_may_not_write_the_columns_lie_in_the_cache(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda path, mode, **_: mode != os.W_OK)
    done = replayed(store, env={"XDG_CACHE_HOME": str(tmp_path / "cache")})
    assert (done.code, segments(store)) == (0, [])
    assert list((tmp_path / "cache").rglob("manifest.json"))


def test_a_place_that_takes_no_columns_is_named(store: Path) -> None:
    place = store.with_name("l.db-columns")
    place.touch()
    done = replayed(store)
    assert done.code == ExitCode.UNAVAILABLE
    assert str(place) in done.err


@pytest.mark.parametrize("harm", ["changed", "short", "missing"])
def test_a_spoilt_segment_is_named_and_the_hint_mends_it(store: Path, harm: str) -> None:
    fill(store)
    [victim] = segments(store)
    content = victim.read_bytes()
    if harm == "missing":
        victim.unlink()
    else:
        victim.write_bytes(content[:-1] if harm == "short" else b"X" + content[1:])
    done = replayed(store)
    assert done.code == ExitCode.VERIFICATION_FAILED
    assert "the columns are not what was written, and were thrown away" in done.err
    assert f"tails/{victim.name}" in done.err
    assert hint(store, "--engine columns makes them again from the ledger\n") in done.err
    assert replayed(store, "--until", "9").code == 0
    assert len(segments(store)) == 1


def test_the_first_changed_event_is_named_with_both_digests(store: Path) -> None:
    fill(store)
    change(store, 120)
    change(store, 130)
    for _ in range(2):
        done = replayed(store)
        assert done.code == ExitCode.VERIFICATION_FAILED
        assert "Error: event 120 is not what was recorded\n" in done.err
        assert "the columns read " in done.err


@pytest.mark.parametrize("position", [1, EVENTS])
def test_an_event_that_columns_are_bound_to_is_missed_and_named_by_the_rows(
    store: Path, position: int
) -> None:
    fill(store)
    change(store, position)
    done = replayed(store)
    assert done.code == ExitCode.VERIFICATION_FAILED
    assert "the log is not the one that the columns were made from" in done.err
    rows = run("replay", "--verify", "--store", str(store))
    assert f"Error: event {position} is not what was recorded\n" in rows.err


def test_a_difference_is_named_with_what_columns_and_rows_say(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = plain.standing_rows

    def wrong(of: Measured) -> Plain:
        rows = right(of)
        key = "usa-2016-12-29-exp35"
        return {**rows, key: {**rows[key], "role": "nothing"}}

    monkeypatch.setattr("ledger.columns.compare.plain.standing_rows", wrong)
    done = replayed(store)
    assert (done.code, done.out) == (ExitCode.VERIFICATION_FAILED, "")
    assert "Error: columns and rows do not agree\n" in done.err
    assert "projection standings, key us-russia/stated-only/" in done.err
    assert f"/usa-2016-12-29-exp35, position {EVENTS}\n" in done.err
    said, _, held = done.err.partition("why: columns say ")[2].partition(", rows say ")
    assert '"role":"nothing"' in said
    assert '"role":"nothing"' not in held
    assert hint(store, "tells whether the rows are what the history comes to\n") in done.err


def test_a_broken_measure_is_noticed(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "ledger.columns.measures.world._actors_voices", lambda connection, ground, hearing: []
    )
    done = replayed(store)
    assert done.code == ExitCode.VERIFICATION_FAILED
    assert "Error: columns and rows do not agree\n" in done.err


def test_a_process_ends_without_noise_and_leaves_only_the_folder(store: Path) -> None:
    done = child(*BY_COLUMNS, "--store", str(store))
    assert (done.code, done.err) == (0, f"Columns and rows agree at position {EVENTS}.\n")
    assert {path.name for path in store.parent.glob("*columns*")} == {"l.db-columns"}
    assert {path.name for path in store.with_name("l.db-columns").iterdir()} == {
        "lock",
        "manifest.json",
        "tails",
    }
