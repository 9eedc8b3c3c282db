"""A desk to record at: a folder with a small ledger, and commands run in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain.records.base import dump
from ledger.facade import open_ledger
from tests.cli.harness import Environ, Result, run
from tests.making import act, two_sides

if TYPE_CHECKING:
    from domain.records.base import Record

SOURCE = "A page | A paper | 2020-01-01 | https://example.org/page"
FIRST = "usa-2016-12-29-expulsion"
EXPULSION = (
    *("add", "expulsion", "--by", "USA", "--against", "RUS", "--on", "2016-12-29"),
    *("--quantity", "35", "--source", SOURCE),
)
"""All that an action needs but its cause."""
STORE = "reciprocity.db"


@dataclass(frozen=True, slots=True)
class Desk:
    """A folder with a ledger in it."""

    folder: Path

    def __call__(
        self,
        *args: str,
        input: str | None = None,  # noqa: A002 - as the harness has it
        env: Environ | None = None,
        tty: bool = False,
    ) -> Result:
        """Run a command in the folder."""
        return run(*args, cwd=self.folder, input=input, env=env, tty=tty)

    def row(self, *args: str) -> dict[str, Any]:
        """Run a command that must go well, and return the one row that it prints."""
        done = self(*args, "--format", "json")
        assert done.code == 0, done.err
        [row] = json.loads(done.out)["rows"]
        assert isinstance(row, dict)
        return row

    def records(self) -> list[tuple[str, dict[str, object]]]:
        """All that is recorded: stored name and payload, in order."""
        with open_ledger(str(self.folder / STORE), read_only=True) as ledger:
            return [(one.record.stored_name, dump(one.record)) for one in ledger.entries()]

    def last(self) -> dict[str, Any]:
        """The payload of the last record."""
        return self.records()[-1][1]


def desk_with(folder: Path, *records: Record) -> Desk:
    """Make a ledger that holds these records."""
    with open_ledger(str(folder / STORE), create=True, by="tester") as ledger:
        for record in records:
            ledger.record(record)
    return Desk(folder)


def small_desk(folder: Path) -> Desk:
    """Make a ledger with one dispute, `a-b` between USA and RUS, and one action in it."""
    return desk_with(folder, two_sides(), act(FIRST, on="2016-12-29", quantity=35))
