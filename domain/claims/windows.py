"""Windows: a world in which chains are followed back only through a period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.causes import ActionCause
from domain.dates import Membership, membership
from domain.selection import date_of
from domain.worlds import Node, World

if TYPE_CHECKING:
    from domain.accounts import Option
    from domain.dates import UncertainDate


class Window(World):
    """A world whose recorded causes count only where they are certainly in the period.

    An action whose causes all lie outside it begins its chain there.
    """

    def __init__(self, world: World, period: UncertainDate) -> None:
        super().__init__(world.history, world.dispute, world.reading, self._unused, name=world.name)
        self._world = world
        self._period = period

    @staticmethod
    def _unused(dossier: object) -> Option:
        raise LookupError(dossier)

    def option(self, action: str) -> Option:
        """Return the option of the world that is looked into."""
        return self._world.option(action)

    def causes(self, action: str) -> tuple[Node, ...] | None:
        """Return the causes that are in the period, and those that no date places."""
        found = self._world.causes(action)
        return None if found is None else tuple(node for node in found if self._is_in(node))

    def _is_in(self, node: Node) -> bool:
        named = self.dossier(node.action) if isinstance(node, ActionCause) else None
        if named is None:
            return True
        when = date_of(named.action, self.reading.date_basis)
        return membership(when, self._period) is Membership.CERTAIN


def within(world: World, period: UncertainDate) -> World:
    """Return a world as a period shows it."""
    return Window(world, period)
