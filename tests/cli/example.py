"""The real history in a ledger file, made once a run, with times and salts that never change."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from domain.records.action import Action
from domain.records.stocks import StockObserved
from ledger.facade import open_ledger
from tests.cli.harness import run
from tests.real import real_records

if TYPE_CHECKING:
    from tests.cli.harness import Result

RECORDED_AT: Final = datetime(2024, 1, 1, 12, tzinfo=UTC)
SOURCE: Final = {"title": "A page", "publisher": "A paper", "date": "2017-07-28"}


def stocks() -> tuple[StockObserved, ...]:
    """Observations of posts, so that there is something to compare; made up for tests."""
    return tuple(
        StockObserved.model_validate(
            {
                "id": name,
                "teller": "RUS",
                "whose": whose,
                "where": where,
                "quantity": {"value": value, "unit": "posts"},
                "on": "2017-07-28",
                "sources": [SOURCE],
            }
        )
        for name, whose, where, value in (
            ("posts-rus-in-usa", "RUS", "USA", 455),
            ("posts-usa-in-rus", "USA", "RUS", 1210),
        )
    )


@cache
def example() -> Path:
    """The file of a ledger that holds the real history, its views caught up."""
    folder = Path(tempfile.mkdtemp(prefix="reciprocity-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "example.db"
    records = (*real_records(), *stocks())
    actions = {record.id for record in records if isinstance(record, Action)}
    with open_ledger(str(path), create=True, by="tester", clock=lambda: RECORDED_AT) as ledger:
        ledger.append(records, promised=actions)
        ledger.views()
    return path


def asked(*args: str, tty: bool = False) -> Result:
    """Run a command on the example ledger."""
    return run(*args, env={"RECIPROCITY_STORE": str(example())}, tty=tty)
