"""Choices: in mixed worlds, which options the panel gives each action, and worlds not yet chosen.

A world whose choice is still open says which action it needs next: so every measure can be computed
case by case, by branching only on what it asks for, without being written a second time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.accounts import Option
from domain.worlds import World, options

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.dossiers import Dossier
    from domain.history import History
    from domain.reading import Reading


class ChoiceNeeded(Exception):  # noqa: N818  it is a question, not a fault
    """A measure asks for the cause of an action whose option is not chosen yet."""

    def __init__(self, action: str) -> None:
        super().__init__(action)
        self.action = action


class Choices:
    """The options of every action, by the accounts of a panel under one reading."""

    def __init__(
        self, history: History, dispute: str, panel: tuple[str, ...], reading: Reading
    ) -> None:
        self.history = history
        self.dispute = dispute
        self.panel = panel
        self.reading = reading
        self._options: dict[str, tuple[Option, ...]] = {}

    def options(self, action: str) -> tuple[Option, ...]:
        """Return the distinct options of an action, at least one."""
        if action not in self._options:
            self._options[action] = options(
                self.history, self.dispute, self.history.dossiers[action], self.panel, self.reading
            )
        return self._options[action]

    def is_contested(self, action: str) -> bool:
        """Whether the panel gives the action more than one option."""
        return len(self.options(action)) > 1

    def world(self, chosen: Mapping[str, int]) -> World:
        """Return the world of these choices; it raises ChoiceNeeded where one is missing."""

        def choose(dossier: Dossier) -> Option:
            held = self.options(dossier.id)
            if len(held) == 1:
                return held[0]
            if dossier.id not in chosen:
                raise ChoiceNeeded(dossier.id)
            return held[chosen[dossier.id]]

        return World(self.history, self.dispute, self.reading, choose, name="mixed")

    def place_of(self, action: str, held: Option) -> int | None:
        """Return the place of an option with the same causes, or None if there is none."""
        causes = None if held.impossible else held.causes
        for place, given in enumerate(self.options(action)):
            if given.causes == causes:
                return place
        return None
