"""Invariants: what holds of every history, whatever was recorded; each once, by its number.

Each is a pure function of histories, or of what measures came to, and raises InvariantBrokenError.
INVARIANTS are those that one history shows by itself: the audit runs them all. COMPARISONS take
two histories, or a history and its log. Numbers 9 to 14 speak of claims.

Rule: docs/semantics.md#invariants
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from domain.checks.broken import NAMES
from domain.checks.causes import check_chains, check_narrowed, check_roots
from domain.checks.logs import (
    check_forgotten,
    check_known_at,
    check_order,
    check_resumed,
    check_unconnected,
)
from domain.checks.proportions import check_budgets, check_policies, check_scale
from domain.checks.sums import check_double_entry, check_packages
from domain.findings import tallies, worlds
from domain.measures.roots import standings
from domain.variants import narrowed, reordered

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.history import History
    from domain.measures.ports import MaxFlow

MEASURED_AGAIN_MAX: Final = 10_000
"""Actions of a history on which invariants are audited that measure it a second time."""

FLOWS_MAX: Final = 2_000
"""The same for the one that also computes a flow for every side at many k."""

ENDS: Final[tuple[Literal["lo", "hi"], ...]] = ("lo", "hi")


def _check_tallies(history: History) -> None:
    for dispute, found in tallies(history).items():
        check_double_entry(found, f"dispute {dispute}")
    check_packages(history)


def _check_causes(history: History) -> None:
    for world in worlds(history):
        found = standings(world, [held.id for held in world.actions()])
        check_roots(world, found)


def _check_partition(history: History) -> None:
    for world in worlds(history):
        check_chains(world, standings(world, [held.id for held in world.actions()]))


def _check_proportions(history: History, max_flow: MaxFlow) -> None:
    for world in worlds(history):
        check_budgets(world, max_flow)
    check_scale(history, max_flow)


def _check_dates(history: History) -> None:
    for end in ENDS:
        check_narrowed(history, narrowed(history, end))


@dataclass(frozen=True, slots=True)
class Invariant:
    """One invariant that a history shows by itself; `check` raises InvariantBrokenError.

    `actions_max` is how large a history is audited for it; None: any, for its cost is that of
    reading the measures once.
    """

    number: int
    check: Callable[[History, MaxFlow], None]
    actions_max: int | None = None

    @property
    def name(self) -> str:
        """What holds, in words."""
        return NAMES[self.number]


INVARIANTS: Final[tuple[Invariant, ...]] = (
    Invariant(1, lambda history, _: check_order(history, reordered(history)), MEASURED_AGAIN_MAX),
    Invariant(5, lambda history, _: _check_tallies(history)),
    Invariant(6, lambda history, _: _check_causes(history)),
    Invariant(7, lambda history, _: _check_partition(history), MEASURED_AGAIN_MAX),
    Invariant(15, _check_proportions, FLOWS_MAX),
    Invariant(16, lambda history, _: _check_dates(history), MEASURED_AGAIN_MAX),
    Invariant(17, lambda history, _: check_policies(history), MEASURED_AGAIN_MAX),
)

COMPARISONS: Final[tuple[tuple[int, Callable[..., None]], ...]] = (
    (1, check_order),
    (2, check_resumed),
    (3, check_forgotten),
    (4, check_known_at),
    (8, check_unconnected),
    (16, check_narrowed),
)


def audit(history: History, max_flow: MaxFlow) -> tuple[int, ...]:
    """Check the invariants that the history shows by itself, and return the numbers of those.

    Of a large history those that it is not too large for. Raises InvariantBrokenError at the first
    that does not hold.

    Rule: docs/semantics.md#invariants
    """
    size = len(history.dossiers)
    chosen = tuple(
        invariant
        for invariant in INVARIANTS
        if invariant.actions_max is None or size <= invariant.actions_max
    )
    for invariant in chosen:
        invariant.check(history, max_flow)
    return tuple(invariant.number for invariant in chosen)
