"""Ledgers for tests: clocks that stand still, salts that repeat, writers that interrupt."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from ledger.facade import Ledger
from ledger.store.factory import open_store
from tests.making import two_sides

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ledger.store.store import Store

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that shows what it is set to."""

    at: datetime = NOON

    def __call__(self) -> datetime:
        return self.at

    def forward(self, seconds: int) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass
class Salts:
    """Salts that count up; what is in `meanwhile` happens when the next one is asked for.

    A salt is asked for after the rules were checked and before anything is written: so `meanwhile`
    is what another writer does just then.
    """

    count: int = 0
    meanwhile: list[Callable[[], object]] = field(default_factory=list)

    def __call__(self) -> str:
        self.count += 1
        if self.meanwhile:
            self.meanwhile.pop(0)()
        return f"{self.count:032x}"


@dataclass
class Bench:
    """One store and the ledgers that are open on it, each a writer of its own.

    All of them are kept: a ledger that is thrown away takes its store along.
    """

    store: Store
    ledgers: list[Ledger] = field(default_factory=list)

    def open(self, clock: Clock | None = None, salts: Salts | None = None) -> Ledger:
        ledger = Ledger(self.store, by="tester", clock=clock or Clock(), salt=salts or Salts())
        self.ledgers.append(ledger)
        return ledger


def new_bench(folder: Path | None) -> Bench:
    """Make a ledger file in a folder, or, without one, a ledger in memory."""
    return Bench(open_store("memory:" if folder is None else str(folder / "l.db"), create=True))


def small_ledger(clock: Clock | None = None) -> Ledger:
    """Open a ledger in memory in which the dispute between USA and RUS is open."""
    ledger = new_bench(None).open(clock)
    ledger.record(two_sides())
    return ledger
