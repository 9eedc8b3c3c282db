"""Sight: one world as a claim looks at it, with measures computed once and remembered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from domain.called import Called, called
from domain.measures.answered import Answered, answered
from domain.measures.escalation import Escalation, escalation
from domain.measures.roles import Role, role
from domain.measures.roots import Initiators, Standing, standings
from domain.truth import Truth
from domain.worlds import World, whole_account

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.dossiers import Dossier
    from domain.measures.ports import MaxFlow
    from domain.reading import GrievancePolicy


@dataclass(slots=True)
class Sight:
    """A world under one grievance policy; `max_flow` is asked for where a budget is claimed."""

    world: World
    policy: GrievancePolicy
    max_flow: Callable[[], MaxFlow]
    _answered: dict[str, Answered] = field(default_factory=dict)
    _roles: dict[str, Role] = field(default_factory=dict)
    _escalations: dict[str, Escalation] = field(default_factory=dict)
    _standings: dict[str, Standing] = field(default_factory=dict)
    _accounts: dict[str, World] = field(default_factory=dict)

    def dossier(self, action: str) -> Dossier | None:
        """Return the dossier of an action that counts, or None."""
        return self.world.dossier(action)

    def called(self, dossier: Dossier) -> Called:
        """Return the action by the words of the teller whose kinds count."""
        return called(dossier, self.world.reading)

    def answered(self, action: str) -> Answered:
        """Return N(e)."""
        if action not in self._answered:
            self._answered[action] = answered(self.world, action)
        return self._answered[action]

    def role(self, action: str) -> Role:
        """Return the role of an action."""
        if action not in self._roles:
            self._roles[action] = role(self.world, action, self.answered(action))
        return self._roles[action]

    def escalation(self, action: str) -> Escalation:
        """Return the escalation flags of an action."""
        if action not in self._escalations:
            self._escalations[action] = escalation(self.world, action, self.answered(action))
        return self._escalations[action]

    def initiators(self, action: str) -> Initiators:
        """Return I(e) under the policy."""
        return self.standing(action).under(self.policy)

    def standing(self, action: str) -> Standing:
        """Return the roots of an action, and its initiators under each policy."""
        if action not in self._standings:
            self._standings |= standings(self.world, [action], self._standings.get)
        return self._standings[action]

    def account(self, teller: str) -> World:
        """Return the whole account of a teller, for what a claim says to hold in it."""
        if teller not in self._accounts:
            self._accounts[teller] = whole_account(
                self.world.history, self.world.dispute, teller, self.world.reading
            )
        return self._accounts[teller]

    def is_meant(self, parties: tuple[str, ...], names: tuple[str, ...]) -> bool:
        """Whether one of the parties, or its side, is among the names."""
        sides = self.world.sides
        return any(party in names or sides.side_of(party) in names for party in parties)


def decided(value: object, *, unless: bool = False) -> Truth:
    """Return the truth value of something decided; undetermined where `unless` holds and it is not.

    What is found true stays true whatever else may be unknown.
    """
    if value:
        return Truth.TRUE
    return Truth.UNDETERMINED if unless else Truth.FALSE
