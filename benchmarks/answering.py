"""Engines that answer from a ledger's history, one row each, and the jobs that measure them.

To measure another engine add its class and its row to `ENGINES`; a question that an engine has no
method for of its own is not asked of it.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final, Protocol

from benchmarks.measuring import Watch, serve
from benchmarks.more import more_actions
from domain.reading import Reading
from ledger import open_ledger
from ledger.answers.audits import Said, audit
from ledger.answers.tallies import tallies
from ledger.answers.who_initiated import who_initiated
from ledger.asking import ask

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ledger.facade import Ledger

ASKED: Final = 5
"""How often a short question is asked; its median counts."""


class Engine(Protocol):
    """What is asked of an engine over an open ledger."""

    def __init__(self, ledger: Ledger) -> None:
        """Take a ledger, and nothing of its history yet."""

    def catch_up(self) -> None:
        """Bring what is stored up to the log, from wherever it stands."""

    def tally(self, dispute: str) -> object:
        """Answer for one dispute."""

    def initiators(self, dispute: str) -> object:
        """Answer for one dispute."""

    def claim(self, dispute: str) -> object:
        """Hold a claim about every hostile action of one side against every account."""

    def tally_of_all(self) -> object:
        """Answer for every dispute."""

    def initiators_of_all(self) -> object:
        """Answer for every dispute."""


class RowEngine:
    """The views in the store, kept up row by row."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def catch_up(self) -> None:
        """Fold what is new into every view."""
        self._ledger.views()

    def tally(self, dispute: str) -> object:
        """Sum a dispute, as the command does."""
        return tallies(ask(self._ledger, Reading(dispute=dispute)))

    def initiators(self, dispute: str) -> object:
        """Count by initiator in every account, as the command does."""
        return who_initiated(self._ledger, ask(self._ledger, Reading(dispute=dispute)))

    def claim(self, dispute: str) -> object:
        """Audit a text, as the command does."""
        first, second = (party.upper() for party in dispute.split("-")[1:3])
        text = f"every hostile action by {second} initiated solely by {first}"
        return audit(self._ledger, Reading(dispute=dispute), text, Said())

    def tally_of_all(self) -> object:
        """Sum one dispute after another."""
        return [self.tally(dispute) for dispute in self._disputes()]

    def initiators_of_all(self) -> object:
        """Count one dispute after another."""
        return [self.initiators(dispute) for dispute in self._disputes()]

    def _disputes(self) -> tuple[str, ...]:
        return tuple(self._ledger.history(Reading()).disputes)


ENGINES: Final[Mapping[str, type[Engine]]] = {"rows": RowEngine}


def rebuilds(engine: str, path: str) -> dict[str, Any]:
    """Make everything that is stored from the first event; `path` has a log and nothing else."""
    if engine not in ENGINES:
        return {"missing": engine}
    watch = Watch()
    with _copied(path) as ledger, watch.running():
        ENGINES[engine](ledger).catch_up()
    return {"seconds": watch.seconds}


def catches_up(engine: str, path: str, actions: int, more: int) -> dict[str, Any]:
    """Catch up with some more actions, several times; the median counts."""
    times = []
    with _copied(path) as ledger:
        asked = ENGINES[engine](ledger)
        asked.catch_up()
        for turn in range(ASKED):
            names = [f"gen-20250101-{actions + turn * more + one:08d}" for one in range(more)]
            before = ledger.application.position()
            ledger.append(list(more_actions(names)))
            if ledger.application.position() - before != more:
                message = "not all of them were taken"
                raise ValueError(message)
            watch = Watch()
            with watch.running():
                asked.catch_up()
            times.append(watch.seconds)
    return {"seconds": median(times)}


def answers(engine: str, path: str, question: str, dispute: str = "") -> dict[str, Any]:
    """Ask one question of an engine that is open and up to date: the median of several times."""
    times = []
    with open_ledger(path) as ledger:
        asked = ENGINES[engine](ledger)
        asked.catch_up()
        method = getattr(asked, question)
        for _ in range(ASKED):
            watch = Watch()
            with watch.running():
                found = method(dispute) if dispute else method()
            del found
            times.append(watch.seconds)
    return {"seconds": median(times)}


@contextmanager
def _copied(path: str) -> Iterator[Ledger]:
    """Open a copy of a prepared ledger, for as long as it is measured."""
    with tempfile.TemporaryDirectory(dir=Path(path).parent) as folder:
        copy = shutil.copy(path, Path(folder) / "ours.db")
        with open_ledger(str(copy), by="generator") as ledger:
            yield ledger


if __name__ == "__main__":
    serve({"rebuilds": rebuilds, "catches_up": catches_up, "answers": answers})
