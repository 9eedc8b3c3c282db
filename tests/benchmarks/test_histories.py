"""Generated histories are the real thing: every line comes in, as the domain would dump it."""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from itertools import groupby, islice
from typing import TYPE_CHECKING

import pytest
from eventsourcing.persistence import Notification

from benchmarks.histories import disputes_for, finished, history, lines, write, write_csv
from benchmarks.history_drawing import LARGEST, shares
from domain.canonical import canonical_text
from domain.records.accounts import Attributed, Characterised
from domain.records.action import Action
from domain.records.registry import dump_record
from ledger import open_ledger
from ledger.application import LedgerApplication
from ledger.imports import actions_csv, jsonl
from ledger.imports.run import import_files
from ledger.store.factory import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.history_drawing import Row
    from domain.records.base import Record

SIZE = 2_000
DIGEST = "c01665bc6ad2681c9d3974c7e1152104f8bb9600fbbf340d6ebcbd14b03a2ce8"


@pytest.fixture(scope="module")
def rows() -> tuple[Row, ...]:
    return tuple(history(SIZE))


@pytest.fixture(scope="module")
def records(rows: tuple[Row, ...]) -> tuple[Record, ...]:
    read = list(jsonl.read("generated", io.BytesIO("".join(lines(rows)).encode())))
    assert not [row.error for row in read if row.error is not None]
    return tuple(record for row in read for record in row.records)


def test_every_line_is_what_the_domain_would_dump(
    rows: tuple[Row, ...], records: tuple[Record, ...]
) -> None:
    for row, record in zip(rows, records, strict=True):
        assert canonical_text(dump_record(record)) == row.payload
        assert (record.stored_name, record.stream()) == (row.name, row.stream)


def test_versions_count_on_within_each_stream(rows: tuple[Row, ...]) -> None:
    seen: Counter[str] = Counter()
    for row in rows:
        seen[row.stream] += 1
        assert row.version == seen[row.stream]


def test_the_importer_takes_every_line_as_new(tmp_path: Path) -> None:
    write(tmp_path / "h.jsonl", 200)
    with open_ledger("memory:", create=True) as ledger:
        found = import_files(ledger, [tmp_path / "h.jsonl"])
    assert found.counts.new == sum(1 for _ in history(200))
    assert found.problems == ()


def test_actions_as_csv_come_in_beside_their_disputes_as_toml(tmp_path: Path) -> None:
    paths = [tmp_path / "h.toml", tmp_path / "h.csv"]
    for path in paths:
        write(path, 200)
    with open_ledger("memory:", create=True) as ledger:
        found = import_files(ledger, paths)
    assert found.counts.new == 200 + disputes_for(200)


def test_finished_rows_are_what_the_store_would_hold(rows: tuple[Row, ...]) -> None:
    with open_store("memory:", create=True) as store:
        application = LedgerApplication(store)
        for position, stream, version, topic, state in islice(finished(rows), 500):
            row = Notification(
                id=position,
                originator_id=stream,
                originator_version=version,
                topic=topic,
                state=state,
            )
            again = application.stored(application.entry(row))
            found = (again.originator_id, again.originator_version, again.topic, again.state)
            assert found == (stream, version, topic, state)


def test_the_csv_says_the_same_of_actions_and_targets(
    rows: tuple[Row, ...], records: tuple[Record, ...]
) -> None:
    text = io.StringIO()
    write_csv(rows, text)
    again = [
        list(row.records)
        for row in actions_csv.read("generated", io.BytesIO(text.getvalue().encode()))
    ]
    given = [
        [record for record in group if is_in_csv(record)]
        for stream, group in groupby(records, key=lambda record: record.stream())
    ]
    given = [group for group in given if group and isinstance(group[0], Action)]
    for from_csv, from_lines in zip(again, given, strict=True):
        key = type(from_csv[0]).__name__
        assert sorted(map(str, from_csv)) == sorted(map(str, from_lines)), key


def is_in_csv(record: Record) -> bool:
    if isinstance(record, Characterised):
        return not record.denied
    if isinstance(record, Attributed):
        return not record.account.startswith("press:")
    return isinstance(record, Action)


def test_the_same_seed_gives_the_same_bytes_and_another_does_not() -> None:
    def digest(seed: int) -> str:
        found = hashlib.sha256()
        for line in islice(lines(history(6_000, seed)), 10_000):
            found.update(line.encode())
        return found.hexdigest()

    assert digest(1) == DIGEST
    assert digest(2) != DIGEST


def test_the_largest_dispute_is_a_tenth_of_all() -> None:
    for number in (20, 200, 2_000):
        assert shares(number)[0] == pytest.approx(LARGEST, abs=1e-6)
    sizes = Counter(
        row.payload.partition('"dispute":"')[2].partition('"')[0]
        for row in history(20_000)
        if row.name.startswith("action.")
    )
    most = sizes.most_common()
    assert 0.09 < most[0][1] / 20_000 < 0.11
    assert most[-1][1] < most[0][1] / 20


def test_histories_hold_every_sort_of_difficulty(records: tuple[Record, ...]) -> None:
    names = Counter(record.stored_name for record in records)
    actions = [record for record in records if isinstance(record, Action)]
    told = [record for record in records if isinstance(record, Attributed)]
    amounts = [str(action.quantity.value) for action in actions if action.quantity]
    assert len(actions) == SIZE
    assert min(names["corrected"], names["characterised"], names["action.reversal"]) > 3
    assert names["retracted"] > 0
    assert sum("unprovoked" in record.causes.stored() for record in told) > SIZE / 10
    assert sum(record.account.startswith("analyst:") for record in told) > SIZE / 10
    assert amounts.count("unknown") > SIZE / 50
    assert sum(".." in amount for amount in amounts) > SIZE / 50
    assert sum(action.part_of is not None for action in actions) > 3
    assert sum(action.occurred.lo != action.occurred.hi for action in actions) > SIZE / 50
    days = Counter((action.dispute, action.occurred.text) for action in actions)
    assert sum(times > 1 for times in days.values()) > SIZE / 50
