"""Worlds as verdicts see them while they are kept up: standings are looked up, not computed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from domain.claims.sight import Sight
from domain.measures.roots import Initiators, standings
from domain.roles import Role
from ledger.projections.standings import NAME as STANDINGS
from ledger.projections.standings import prefix_of, restored_standing, worlds_of
from ledger.projections.verdicts_rows import POLICIES
from ledger.solvers.flow import NetworkxFlow

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.history import History
    from domain.measures.roots import Standing
    from domain.reading import GrievancePolicy
    from domain.worlds import World
    from ledger.projections.rows import Views

Sights = dict["GrievancePolicy", Sight]


def _nothing(_: str) -> Any:  # noqa: ANN401  a row as stored
    return None


@dataclass(slots=True)
class StoredSight(Sight):
    """A world of which it is stored where its actions stand.

    Actions of other disputes have no such rows in it: of these it is computed.
    """

    row_of: Callable[[str], Any] = field(default=_nothing)

    def role(self, action: str) -> Role:
        """Return the role of an action."""
        if action not in self._roles:
            row = self.row_of(action)
            self._roles[action] = Role(row["role"]) if row else Sight.role(self, action)
        return self._roles[action]

    def initiators(self, action: str) -> Initiators:
        """Return I(e) under the policy."""
        row = self.row_of(action)
        if row is None:
            return Sight.initiators(self, action)
        found = row["initiators"][self.policy]
        return Initiators(frozenset(found["sides"]), found["unknown"])

    def standing(self, action: str) -> Standing:
        """Return the roots of an action, and its initiators under each policy."""
        if action not in self._standings:
            known = self._known(action)
            found = {action: known} if known else standings(self.world, [action], self._known)
            self._standings |= found
        return self._standings[action]

    def _known(self, action: str) -> Standing | None:
        if action in self._standings:
            return self._standings[action]
        row = self.row_of(action)
        return restored_standing(row) if row else None


def stored_sights(history: History, dispute: str, views: Views) -> tuple[Sights, ...]:
    """Return every account's world on each basis, under each policy, with what is stored of it."""

    def sights(world: World) -> Sights:
        prefix = prefix_of(world)
        return _under_each_policy(
            StoredSight(
                world,
                POLICIES[0],
                NetworkxFlow,
                row_of=lambda action: views.get(STANDINGS, prefix + action),
            )
        )

    return tuple(map(sights, worlds_of(history, dispute)))


def sights_of(history: History, dispute: str) -> tuple[Sights, ...]:
    """Return every account's world on each basis, under each policy: all of it computed."""
    return tuple(
        _under_each_policy(Sight(world, POLICIES[0], NetworkxFlow))
        for world in worlds_of(history, dispute)
    )


def _under_each_policy(sight: Sight) -> Sights:
    """Return a world under each policy; what is measured in it is the same, and measured once."""
    return {policy: replace(sight, policy=policy) for policy in POLICIES}
