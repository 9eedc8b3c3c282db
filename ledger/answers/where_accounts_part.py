"""Where accounts part: the actions that two accounts put to different initiators, and why."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from domain.measures.chains import divergence
from ledger.answers.standing_of import standings_asked
from ledger.answers.told import Told, told
from ledger.answers.who_initiated import hostile_of
from ledger.answers.words import action_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from domain.measures.roots import Standing
    from domain.reading import BasisOf, GrievancePolicy
    from domain.worlds import World
    from ledger.asking import Asked
    from ledger.facade import Ledger

Initiators = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Parting:
    """An action whose initiators differ between two accounts, and one place where these part.

    `one_initiators` and `other_initiators` give the words of each grievance policy. `at` is the
    action at which the two give other causes; `one` and `other` are what they say of it.
    """

    basis: BasisOf
    action: str
    line: str
    occurred: str
    one_initiators: Initiators
    other_initiators: Initiators
    at: str
    one: Told
    other: Told


def where_accounts_part(ledger: Ledger, asked: Asked) -> tuple[Parting, ...]:
    """Return, for each pair of accounts and basis, what differs and the statements that cause it.

    Rule: docs/semantics.md#chains
    """
    ids = [dossier.id for dossier in hostile_of(asked)]
    held = [(world, standings_asked(ledger, asked, world, ids)) for world in asked.worlds()]
    return tuple(
        parting
        for (one, ones), (other, others) in combinations(held, 2)
        if one.reading.bases == other.reading.bases
        for action in ids
        for parting in _partings((one, other), (ones[action], others[action]), action)
    )


def _partings(
    worlds: tuple[World, World], standing: tuple[Standing, Standing], action: str
) -> Iterator[Parting]:
    policies = worlds[0].reading.grievances
    one, other = (_initiators(each, policies) for each in standing)
    if one == other:
        return
    dossier = worlds[0].history.dossiers[action]
    for at in divergence(*worlds, action):
        yield Parting(
            basis=worlds[0].reading.bases[0],
            action=action,
            line=action_line(dossier.action),
            occurred=str(dossier.action.occurred),
            one_initiators=one,
            other_initiators=other,
            at=at,
            one=told(worlds[0], at),
            other=told(worlds[1], at),
        )


def _initiators(standing: Standing, policies: tuple[GrievancePolicy, ...]) -> Initiators:
    return tuple((policy.value, standing.under(policy).words()) for policy in policies)


def by_action(partings: tuple[Parting, ...]) -> Mapping[str, tuple[Parting, ...]]:
    """Return the partings of each action."""
    found: dict[str, list[Parting]] = {}
    for parting in partings:
        found.setdefault(parting.action, []).append(parting)
    return {action: tuple(held) for action, held in found.items()}
