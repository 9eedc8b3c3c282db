"""The recorder tests that the library ships, run against our recorders."""

from __future__ import annotations

import shutil
import tempfile
import threading
from uuid import uuid4

import pytest
from eventsourcing.persistence import ApplicationRecorder
from eventsourcing.tests import persistence as shipped

from ledger.store.factory import open_store
from ledger.store.memory import LedgerMemoryRecorder
from tests.postgres import shared_cluster


def join_others(known: set[threading.Thread]) -> None:
    """Wait for every thread that was started since."""
    for thread in set(threading.enumerate()) - known:
        thread.join(10)


class TextIds:
    """Streams have names here, where the library's tests would use UUIDs."""

    def new_originator_id(self) -> str:
        return f"action:{uuid4()}"


class InFile(TextIds):
    """A new ledger file for each test."""

    def create_recorder(self) -> ApplicationRecorder:
        folder = tempfile.mkdtemp()
        store = open_store(f"{folder}/ledger.db", create=True)
        # Last in, first out. Some tests leave threads that are still reading for a moment.
        self.addCleanup(shutil.rmtree, folder)  # type: ignore[attr-defined]
        self.addCleanup(store.close)  # type: ignore[attr-defined]
        self.addCleanup(join_others, set(threading.enumerate()))  # type: ignore[attr-defined]
        return store.recorder


class InMemory(TextIds):
    """A new log in memory for each test."""

    def create_recorder(self) -> LedgerMemoryRecorder:
        return LedgerMemoryRecorder()


class TestFileRecorder(InFile, shipped.ApplicationRecorderTestCase):
    """As the library's own SQLite recorder, and no subscriptions either."""


class TestFileRecorderKeepsWritersApart(InFile, shipped.NonInterleavingNotificationIDsBaseCase):
    """Positions of one write stand together."""


class TestMemoryRecorder(InMemory, shipped.ApplicationRecorderTestCase[LedgerMemoryRecorder]):
    """As the library's own recorder in memory."""

    def test_insert_subscribe(self) -> None:
        self.optional_test_insert_subscribe()


class TestMemoryRecorderKeepsWritersApart(InMemory, shipped.NonInterleavingNotificationIDsBaseCase):
    """Positions of one write stand together."""


class InDatabase(TextIds):
    """A new schema in the server of these tests for each test."""

    def create_recorder(self) -> ApplicationRecorder:
        store = open_store(shared_cluster().url(), create=True)
        self.addCleanup(store.close)  # type: ignore[attr-defined]
        self.addCleanup(join_others, set(threading.enumerate()))  # type: ignore[attr-defined]
        return store.recorder


@pytest.mark.postgres
class TestDatabaseRecorder(InDatabase, shipped.ApplicationRecorderTestCase):
    """As the library's own PostgreSQL recorder, but for subscriptions."""


@pytest.mark.postgres
class TestDatabaseRecorderKeepsWritersApart(
    InDatabase, shipped.NonInterleavingNotificationIDsBaseCase
):
    """Positions of one write stand together."""
