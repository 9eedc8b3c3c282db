"""What the tests of the store share: a small record, events, other processes, other users."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import pytest
from eventsourcing.persistence import StoredEvent

from domain.records.base import Record
from domain.records.entry import Entry
from domain.records.registry import UnknownRecordTypeError
from ledger.store.factory import open_store
from ledger.store.mapper import EntryMapper
from ledger.store.store import Store
from tests.postgres import shared_cluster

STORES = ("file", "memory", pytest.param("postgres", marks=pytest.mark.postgres))
"""Every kind of store, for tests of what all of them promise."""

ROOT = Path(__file__).parents[3]
NOBODY = 65534
NOON = datetime(2026, 11, 23, 12, 0, 0, 250, tzinfo=UTC)
SALT = "0123456789abcdef" * 2


class Noted(Record):
    """The smallest record there is."""

    stored_name: ClassVar[str] = "noted"
    text: str
    count: int = 0


def load(stored_name: str, version: int, payload: Mapping[str, object], where: str) -> Record:
    """Know the one record of these tests."""
    if (stored_name, version) != ("noted", 1):
        raise UnknownRecordTypeError(f"unknown {stored_name}:{version}", where=where)
    return Noted.model_validate(dict(payload))


def mapper() -> EntryMapper:
    """Return a mapper that knows the one record of these tests."""
    return EntryMapper(load=load)


def entry(text: str = "a note", *, version: int = 1, salt: str = SALT) -> Entry:
    """Return an entry that is not stored yet."""
    return Entry("action:a", version, NOON, "ada", salt, Noted(text=text))


def event(stream: str = "action:a", version: int = 1, state: bytes = b"{}") -> StoredEvent:
    """Return a stored event that no mapper needs to read."""
    return StoredEvent(stream, version, "noted:1", state)


def new_ledger(folder: Path) -> Path:
    """Make a closed ledger with one event."""
    path = folder / "ledger.db"
    with open_store(str(path), create=True) as store:
        store.recorder.insert_events([event()])
    return path


def new_url(kind: str, folder: Path) -> str:
    """Name a store of this kind in which nothing was made yet."""
    if kind == "memory":
        return "memory:"
    return shared_cluster().url() if kind == "postgres" else str(folder / "ledger.db")


def count(store: Store) -> int:
    """Count the events of a store, page by page like everybody."""
    return len(store.recorder.select_notifications(start=None, limit=1_000_000))


def names(folder: Path) -> list[str]:
    """List a folder."""
    return sorted(path.name for path in folder.iterdir())


def run_child(script: str, *arguments: str) -> str:
    """Run a script in a process of its own and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@contextmanager
def unprivileged() -> Iterator[None]:
    """Let go of the superuser's right to write anything, if the tests run as the superuser."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
