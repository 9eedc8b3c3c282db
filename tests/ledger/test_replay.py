"""The replay proves what is stored, and names the first thing that was changed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from domain.canonical import canonical_bytes
from domain.checks.broken import InvariantBrokenError
from domain.errors import VerificationError
from ledger.facade import Ledger, open_ledger
from ledger.known_at import PositionAheadError
from ledger.log_order import LogOutOfOrderError
from ledger.projections.table import PROJECTIONS
from ledger.replay import ReplayDiffersError, first_difference, replay, verify
from ledger.store.engine import sqlite
from tests.cli.claims_example import real_claims
from tests.cli.harness import run
from tests.real import real_records

if TYPE_CHECKING:
    from collections.abc import Iterator

RECORDS = (*real_records(), *real_claims()[:3])
NAMES = tuple(projection.name for projection in PROJECTIONS)


def filled(url: str) -> Ledger:
    ledger = open_ledger(url, create=True, by="tester")
    promised = {record.stream().removeprefix("action:") for record in RECORDS}
    ledger.append(RECORDS, promised=promised)
    ledger.views()
    return ledger


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pristine") / "ledger.db"
    filled(str(path)).close()
    return path


@pytest.fixture
def copy(pristine: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(pristine, tmp_path / "ledger.db"))


@pytest.fixture
def real() -> Iterator[Ledger]:
    with filled("memory:") as ledger:
        yield ledger


def tamper(path: Path, statement: str, *values: object) -> int:
    """Change the file as someone with an editor of databases would; return the rows changed."""
    connection = sqlite.connect(str(path))
    try:
        changed = connection.execute(statement, values).rowcount
        connection.commit()
    finally:
        connection.close()
    return changed


def test_an_untouched_ledger_verifies(copy: Path) -> None:
    with open_ledger(str(copy)) as ledger:
        assert verify(ledger) == len(RECORDS)


def test_verify_is_silent_on_an_untouched_ledger(copy: Path) -> None:
    result = run("replay", "--verify", "--store", str(copy))
    assert (result.code, result.out, result.err) == (0, "", "")


@pytest.mark.parametrize("shift", [-1, -5, 1, 300])
def test_a_moved_position_of_the_views_is_named(copy: Path, shift: int) -> None:
    last = len(RECORDS)
    assert tamper(copy, "UPDATE views_position SET position = position + ?", shift) == 1
    with open_ledger(str(copy)) as ledger:
        found = first_difference(ledger)
    assert found is not None
    assert (found.projection, found.stored, found.recomputed) == (
        "views_position",
        str(last + shift),
        str(last),
    )
    result = run("replay", "--verify", "--store", str(copy))
    assert result.code == 4
    assert "views_position" in result.err


@pytest.mark.parametrize("projection", NAMES)
def test_a_changed_row_of_any_projection_is_named(copy: Path, projection: str) -> None:
    with open_ledger(str(copy)) as ledger:
        rows = list(ledger.store.views.scan(projection))
    key, value, position = rows[len(rows) // 2]
    changed = tamper(
        copy,
        "UPDATE views SET value = ? WHERE projection = ? AND key = ?",
        value.replace(value[-2], "x"),
        projection,
        key,
    )
    assert changed == 1
    with open_ledger(str(copy)) as ledger:
        found = first_difference(ledger)
    assert found is not None
    assert (found.projection, found.key) == (projection, key)
    assert found.recomputed == value
    assert found.stored != value
    assert found.position in {position, int(key) if key.isdecimal() else position}


@pytest.mark.parametrize("projection", NAMES)
def test_a_row_taken_out_of_any_projection_is_named(copy: Path, projection: str) -> None:
    with open_ledger(str(copy)) as ledger:
        key = next(iter(ledger.store.views.scan(projection)))[0]
    tamper(copy, "DELETE FROM views WHERE projection = ? AND key = ?", projection, key)
    with open_ledger(str(copy)) as ledger:
        found = first_difference(ledger)
    assert found is not None
    assert (found.projection, found.key, found.stored) == (projection, key, None)


@pytest.mark.parametrize("projection", NAMES)
def test_a_row_put_into_any_projection_is_named(copy: Path, projection: str) -> None:
    tamper(copy, "INSERT INTO views VALUES (?, ?, ?, ?)", projection, "zzz", '"planted"', 7)
    with open_ledger(str(copy)) as ledger:
        found = first_difference(ledger)
    assert found is not None
    assert (found.projection, found.key, found.recomputed) == (projection, "zzz", None)


SLOW = pytest.mark.slow


@pytest.mark.parametrize(
    "position", [2, 236, pytest.param(1, marks=SLOW), pytest.param(117, marks=SLOW)]
)
def test_any_changed_byte_of_a_stored_event_is_named_at_its_position(
    copy: Path, position: int
) -> None:
    connection = sqlite.connect(str(copy))
    state = connection.execute(
        "SELECT state FROM stored_events WHERE rowid = ?", (position,)
    ).fetchone()[0]
    connection.close()
    for at in range(0, len(state), max(1, len(state) // 12)):
        changed = state[:at] + bytes([state[at] ^ 1]) + state[at + 1 :]
        tamper(copy, "UPDATE stored_events SET state = ? WHERE rowid = ?", changed, position)
        with open_ledger(str(copy)) as ledger:
            found = first_difference(ledger)
        assert found is not None
        assert (found.projection, found.position) == ("digests", position)
    tamper(copy, "UPDATE stored_events SET state = ? WHERE rowid = ?", state, position)
    with open_ledger(str(copy)) as ledger:
        verify(ledger)


@pytest.mark.parametrize(
    ("column", "value"),
    [("originator_id", "action:other"), ("originator_version", 9), ("topic", "retracted:1")],
)
def test_a_changed_name_version_or_stream_is_named(copy: Path, column: str, value: object) -> None:
    tamper(copy, f"UPDATE stored_events SET {column} = ? WHERE rowid = 40", value)
    with open_ledger(str(copy)) as ledger:
        found = first_difference(ledger)
    assert found is not None
    assert (found.projection, found.position) == ("digests", 40)


def test_an_event_taken_out_is_named(copy: Path) -> None:
    tamper(copy, "DELETE FROM stored_events WHERE rowid = 40")
    with open_ledger(str(copy)) as ledger:
        found = first_difference(ledger)
    assert found is not None
    assert (found.projection, found.position, found.recomputed) == ("digests", 40, None)


def test_the_command_names_the_difference_and_leaves_with_4(copy: Path) -> None:
    tamper(copy, "UPDATE stored_events SET state = state || x'20' WHERE rowid = 40")
    result = run("replay", "--verify", "--store", str(copy))
    assert result.code == 4
    assert result.out == ""
    assert "digests" in result.err
    assert "position 40" in result.err
    assert "Hint:" in result.err


def test_a_replay_may_stop_anywhere(real: Ledger) -> None:
    for until in (0, 1, 100, 236):
        assert replay(real, until).position == until


def test_equal_histories_have_equal_content_keys(copy: Path, real: Ledger) -> None:
    """Salts and stamps differ from ledger to ledger, and with them the digests: all else agrees."""
    with open_ledger(str(copy)) as other:
        here, there = replay(real), replay(other)
    assert here.rows[1:] == there.rows[1:]
    assert here.rows[0] != there.rows[0]


def test_a_position_that_is_not_there_is_refused(real: Ledger) -> None:
    with pytest.raises(PositionAheadError):
        replay(real, len(RECORDS) + 1)


def test_what_differs_is_a_failed_verification() -> None:
    assert issubclass(ReplayDiffersError, VerificationError)


def test_an_invariant_that_the_history_breaks_is_named(
    real: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("domain.checks.causes.exchanges", lambda *_: ())
    with pytest.raises(InvariantBrokenError, match=r"invariant 6 .*its own root"):
        verify(real)


@pytest.mark.parametrize(
    ("version", "at"),
    [(77, "2099-01-01T00:00:00.000000Z"), (1, "2020-01-01T00:00:00.000000Z")],
    ids=["a version that is not due", "a stamp that goes back"],
)
def test_a_forged_event_at_the_end_of_the_log_is_named(copy: Path, version: int, at: str) -> None:
    """A stream that begins at version 77, or an event older than the one before it."""
    last = len(RECORDS)
    connection = sqlite.connect(str(copy))
    topic, state = connection.execute(
        "SELECT topic, state FROM stored_events WHERE originator_id LIKE 'action:%' LIMIT 1"
    ).fetchone()
    connection.close()
    forged = json.loads(state)
    forged["at"] = at
    forged["record"]["id"] = "rus-2014-forged"
    tamper(
        copy,
        "INSERT INTO stored_events VALUES (?, 'action:rus-2014-forged', ?, ?, ?)",
        last + 1,
        version,
        topic,
        canonical_bytes(forged),
    )
    with open_ledger(str(copy)) as ledger, pytest.raises(LogOutOfOrderError) as caught:
        verify(ledger)
    assert f"position {last + 1}" in caught.value.where
