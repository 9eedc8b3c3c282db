"""Denied: what stands on record against the grievances at which accounts end, for printing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.measures.denials import denied
from domain.measures.roots import RootNature
from domain.reading import GrievancePolicy
from domain.worlds import conventions_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.measures.denials import Denial
    from domain.measures.roots import Root
    from domain.worlds import World


def denied_in(world: World) -> Mapping[str, tuple[Denial, ...]]:
    """Return the grievances, as texts, that the blamed side denies; none unless blame is asked.

    Rule: docs/semantics.md#initiators
    """
    if GrievancePolicy.BLAMED not in world.reading.grievances:
        return {}
    found = denied(world.history, world.dispute, conventions_of(world.reading))
    return {str(grievance): held for grievance, held in found.items()}


def denials_of(found: Mapping[str, tuple[Denial, ...]], root: Root) -> tuple[Denial, ...]:
    """Return the denials of a root; none of a root that is no grievance."""
    return found.get(root.name, ()) if root.nature is RootNature.GRIEVANCE else ()


def denied_words(denials: Sequence[Denial]) -> str:
    """Return who denies in a few words, an analyst only for a party that does not: "denied by RUS".

    What an analyst infers is marked as the analyst's.
    """
    known = dict.fromkeys(held.account for held in denials if not held.is_inferred)
    inferred = dict.fromkeys(
        f"{held.party} (inferred by {held.account})"
        for held in denials
        if held.is_inferred and held.party not in known
    )
    whose = ", ".join((*known, *inferred))
    return f"denied by {whose}" if whose else ""
