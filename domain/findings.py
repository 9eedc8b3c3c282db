"""Findings: all that the measures say of a history, as values that can be compared.

Two histories that should mean the same are held against each other here, never row by row.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.causes import ActionCause
from domain.measures.answered import Answered, answered
from domain.measures.roles import Role, role
from domain.measures.roots import Standing, standings
from domain.measures.tally import Tally, tally
from domain.reading import BasisOf, Reading
from domain.worlds import World, default_panel, whole_account

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from domain.dossiers import Dossier
    from domain.history import History

Place = tuple[str, str, str, str]
"""Dispute, basis, account and action."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one account comes to of one action: its role, what it answers, where it began."""

    role: Role
    answered: Answered
    standing: Standing


def worlds(history: History, reading: Reading | None = None) -> Iterator[World]:
    """Go through the whole accounts of every dispute, stated only and with inferred."""
    for dispute in sorted(history.disputes):
        for account in panel(history, dispute):
            for basis in BasisOf:
                chosen = (reading or Reading()).model_copy(update={"bases": (basis,)})
                yield whole_account(history, dispute, account, chosen)


def panel(history: History, dispute: str) -> tuple[str, ...]:
    """Return the parties of the declared sides; without any, the parties that act."""
    acting = {party for held in history.in_dispute(dispute) for party in held.action.actors}
    return default_panel(history, dispute) or tuple(sorted(acting))


def findings(history: History) -> dict[Place, Finding]:
    """Return the finding of every action in every whole account."""
    found: dict[Place, Finding] = {}
    for world in worlds(history):
        actions = [held.id for held in world.actions()]
        standing = standings(world, actions)
        for action in actions:
            reached = answered(world, action)
            found[place_of(world, action)] = Finding(
                role(world, action, reached), reached, standing[action]
            )
    return found


def tallies(history: History, reading: Reading | None = None) -> dict[str, Tally]:
    """Return the tally of every dispute."""
    return {
        dispute: tally(history, dispute, reading or Reading())
        for dispute in sorted(history.disputes)
    }


def place_of(world: World, action: str) -> Place:
    """Return where a finding stands."""
    return (world.dispute, str(world.reading.bases[0]), world.name, action)


def place_words(place: Place) -> str:
    """Return a place for a reader."""
    dispute, basis, account, action = place
    return f"dispute {dispute}, account {account} ({basis}), action {action}"


def content(dossiers: Mapping[str, Dossier]) -> dict[str, Dossier]:
    """Return what dossiers say, without where in the log they say it."""
    return {
        name: replace(held, position=0, changed_at=0, version=0) for name, held in dossiers.items()
    }


def named_as_causes(dossier: Dossier) -> frozenset[str]:
    """Return the actions that any account, the actor's own included, names as causes of one."""
    said = (dossier.action.cause, *(held.causes for held in dossier.attributions))
    return frozenset(
        cause.action for one in said for cause in one.causes if isinstance(cause, ActionCause)
    )


def descending(history: History, action: str) -> frozenset[str]:
    """Return an action and all that any accounts, taken together, trace back to it."""
    effects: dict[str, list[str]] = {}
    for name, dossier in history.dossiers.items():
        for cause in named_as_causes(dossier):
            effects.setdefault(cause, []).append(name)
    found = {action}
    waiting = [action]
    while waiting:
        for effect in effects.get(waiting.pop(), ()):
            if effect not in found:
                found.add(effect)
                waiting.append(effect)
    return frozenset(found)


def is_unconnected(history: History, action: str) -> bool:
    """Whether an action names no other, and no other names it: as a cause or by a link."""

    def named(dossier: Dossier) -> frozenset[str]:
        return named_as_causes(dossier) | frozenset(dossier.action.linked_ids())

    own = named(history.dossiers[action]) - {action}
    return not own and not any(
        action in named(dossier) for name, dossier in history.dossiers.items() if name != action
    )
