"""The rows of the tables: what was measured, beside its peer, against its goal.

Whether a goal is met is computed from the numbers that are printed in the same row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from benchmarks.measuring import Measured

HEAD: Final = ("work", "actions", "ours", "peer", "figure", "goal", "")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; `met` is None where no goal is set, `full` is the size it is set for."""

    work: str
    actions: int
    ours: str
    peer: str = ""
    figure: str = ""
    goal: str = ""
    met: bool | None = None
    full: int = 0

    def cells(self) -> tuple[str, ...]:
        """Return the texts of the row."""
        size = f"{self.actions:,}" if self.actions else ""
        return (self.work, size, self.ours, self.peer, self.figure, self.goal, self.word)

    @property
    def word(self) -> str:
        """What became of the goal; a goal is met where it holds at the size it is set for."""
        if self.met is None:
            return ""
        if not self.met:
            return "missed"
        return "met" if self.actions >= self.full else "met at this size"


@dataclass(frozen=True, slots=True)
class Goal:
    """The number that is wanted, and the size of the history that it is wanted for."""

    limit: float
    full: int = 0

    def words(self, text: str) -> str:
        """Say what is wanted, and at which size."""
        return f"{text} at {self.full:,}" if self.full else text


def speed(
    work: str, actions: int, ours: Measured, peer: tuple[str, Measured], goal: Goal | None = None
) -> Row:
    """Compare two times for the same work, the peer's with its name.

    The figure is how fast ours is where the peer's speed is 1; the goal is the least of that.
    """
    named, beside = peer
    ratio = beside.seconds / ours.seconds
    return Row(
        work,
        actions,
        duration(ours.seconds),
        f"{duration(beside.seconds)} {named}",
        f"{ratio:.2g} of its speed" if ratio < 10 else f"{ratio:.0f} of its speed",
        goal.words(f"at least {goal.limit:g}") if goal else "",
        ratio >= goal.limit if goal else None,
        goal.full if goal else 0,
    )


def within(work: str, actions: int, ours: Measured, goal: Goal) -> Row:
    """Hold a time against the longest that is wanted, in seconds."""
    return Row(
        work,
        actions,
        duration(ours.seconds),
        goal=goal.words(f"within {duration(goal.limit)}"),
        met=ours.seconds <= goal.limit,
        full=goal.full,
    )


def memory(work: str, actions: int, ours: Measured, goal: Goal | None = None) -> Row:
    """Hold the most memory that a job took against what it may take, in MB."""
    return Row(
        work,
        actions,
        f"{ours.peak_mb:,.0f} MB",
        goal=goal.words(f"at most {goal.limit:,.0f} MB") if goal else "",
        met=ours.peak_mb <= goal.limit if goal else None,
        full=goal.full if goal else 0,
    )


def duration(seconds: float) -> str:
    """Print a time in the unit that suits it."""
    if seconds < 1e-3:
        return f"{seconds * 1e6:,.0f} us"
    if seconds < 1:
        return f"{seconds * 1e3:,.1f} ms"
    return f"{seconds:,.1f} s" if seconds < 100 else f"{seconds:,.0f} s"


def table(rows: list[Row]) -> list[tuple[str, ...]]:
    """Return the texts of a table, its heading first."""
    return [HEAD, *(row.cells() for row in rows)]
