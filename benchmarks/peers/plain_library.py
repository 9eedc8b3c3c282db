"""The eventsourcing library used plainly: an aggregate for each action, saved one by one.

Its SQLite module calls the interpreter's own sqlite3. Nothing here opens a ledger's file.
"""

from __future__ import annotations

import json
import tempfile
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from benchmarks.histories import history
from benchmarks.measuring import Watch, serve

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE: Final = 2_000
BATCH: Final = 1_000


class Deed(Aggregate):
    """One action, or what was said of one."""

    @event("Recorded")
    def __init__(self, name: str, payload: dict[str, Any]) -> None:
        self.name = name
        self.payload = payload


class Plain(Application[UUID]):
    """The application as it comes, but for the size of its pages."""

    log_section_size = PAGE


def save(actions: int) -> dict[str, Any]:
    """Save each record by itself, durably."""
    watch, count = Watch(), 0
    with tempfile.TemporaryDirectory() as folder:
        application = _application(Path(folder))
        for deed in _deeds(actions):
            with watch.running():
                application.save(deed)
            count += 1
    return {"seconds": watch.seconds, "records": count}


def read(actions: int) -> dict[str, Any]:
    """Select every event and decode it, page by page."""
    watch, count = Watch(), 0
    with tempfile.TemporaryDirectory() as folder:
        application = _application(Path(folder))
        deeds = _deeds(actions)
        while batch := list(islice(deeds, BATCH)):
            application.save(*batch)
        start = 1
        with watch.running():
            while page := application.notification_log.select(start, PAGE):
                for notification in page:
                    application.mapper.to_domain_event(notification)
                count += len(page)
                start = page[-1].id + 1
    return {"seconds": watch.seconds, "records": count}


def _application(folder: Path) -> Plain:
    env = {
        "PERSISTENCE_MODULE": "eventsourcing.sqlite",
        "SQLITE_DBNAME": str(folder / "plain.db"),
    }
    return Plain(env)


def _deeds(actions: int) -> Iterator[Deed]:
    return (Deed(row.name, json.loads(row.payload)) for row in history(actions))


if __name__ == "__main__":
    serve({"save": save, "read": read})
