"""Small files to bring in, and a ledger in memory to bring them into."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from domain.records.action import Action
from domain.records.base import Record, dump
from ledger.facade import Ledger, open_ledger
from ledger.imports import accounts_csv, actions_csv
from ledger.imports.report import ImportReport
from ledger.imports.run import import_files
from tests.making import DISPUTE, two_sides

ACTION = {
    "dispute": DISPUTE,
    "occurred": "2020-01-01",
    "actors": "USA",
    "targets": "RUS",
    "kind": "expulsion",
    "quantity": "1",
    "unit": "persons",
    "actor_causes": "none_stated",
    "sources": "A page | A paper | 2020-01-01 | https://example.org/page",
}


def cells(row_id: str, **given: str) -> list[str]:
    """The cells of a CSV row of an action, in the order of the columns."""
    row = {"id": row_id, **ACTION, **given}
    return [row.pop(column, "") for column in actions_csv.COLUMNS]


def line_of(*texts: str) -> str:
    """One line of CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(texts)
    return text.getvalue()


def actions(*rows: str | list[str]) -> bytes:
    """A CSV of actions: each row as its cells, or as the very text of its line."""
    lines = [row if isinstance(row, str) else line_of(*row) for row in rows]
    return "".join([line_of(*actions_csv.COLUMNS), *lines]).encode()


def numbered(count: int) -> bytes:
    """A CSV of so many actions that have nothing to do with each other."""
    return actions(*(cells(f"a-{number:04}") for number in range(count)))


def accounts(*rows: dict[str, str]) -> bytes:
    """A CSV of accounts."""
    lines = [line_of(*(row.get(column, "") for column in accounts_csv.COLUMNS)) for row in rows]
    return "".join([line_of(*accounts_csv.COLUMNS), *lines]).encode()


def jsonl(*lines: dict[str, Any] | Record | str) -> bytes:
    """A JSONL file, without stamps."""
    return "".join(
        line if isinstance(line, str) else json.dumps(_fields(line)) + "\n" for line in lines
    ).encode()


def _fields(line: dict[str, Any] | Record) -> dict[str, Any]:
    if isinstance(line, Record):
        return {"type": line.stored_name, "version": line.stored_version, **dump(line)}
    return line


@dataclass
class Clock:
    """A clock that goes on by a second whenever it is asked."""

    now: datetime = datetime(2024, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass
class Desk:
    """A folder for files, and a ledger that knows the dispute `a-b` between USA and RUS."""

    folder: Path
    ledger: Ledger = field(default_factory=lambda: new_ledger(two_sides()))

    def file(self, name: str, content: bytes) -> Path:
        """Write a file."""
        path = self.folder / name
        path.write_bytes(content)
        return path

    def bring(self, *paths: Path, **wishes: Any) -> ImportReport:
        """Import files."""
        return import_files(self.ledger, paths, **wishes)

    def records(self) -> list[Record]:
        """Everything that is recorded, in order."""
        return [entry.record for entry in self.ledger.entries()]

    def ids(self) -> list[str]:
        """The ids of the actions that are recorded, in order."""
        return [record.id for record in self.records() if isinstance(record, Action)]


def new_ledger(*records: Record, clock: Callable[[], datetime] | None = None) -> Ledger:
    """A ledger in memory that holds these records."""
    ledger = open_ledger("memory:", create=True, by="tester", clock=clock or Clock())
    for record in records:
        ledger.record(record)
    return ledger


def problem(report: ImportReport, name: str) -> str:
    """The one problem of a report, which must be an error of this name: its text."""
    [found] = report.problems
    assert type(found.error).__name__ == name, found
    assert found.error.hint, "an error without a hint"
    return f"{found.error}; {found.error.hint}"
