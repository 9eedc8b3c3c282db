"""Choices: in mixed worlds, which options the panel gives each action, and worlds not yet chosen.

A world whose choice is still open says which action it needs next: so every measure can be computed
case by case, by branching only on what it asks for, without being written a second time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.accounts import Option
from domain.worlds import World, options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from domain.causes import ActionCause, Cause
    from domain.dossiers import Dossier
    from domain.history import History
    from domain.reading import Reading


class ChoiceNeeded(Exception):  # noqa: N818  it is a question, not a fault
    """A measure asks for the cause of an action whose option is not chosen yet."""

    def __init__(self, action: str) -> None:
        super().__init__(action)
        self.action = action


class Choices:
    """The options of every action, by the accounts of a panel under one reading.

    With a `base`, what that world holds is among them, even where no option of the panel says so:
    a cause that cannot be, or an account that is not of the panel.
    """

    def __init__(
        self,
        history: History,
        dispute: str,
        panel: tuple[str, ...],
        reading: Reading,
        base: World | None = None,
    ) -> None:
        self.history = history
        self.dispute = dispute
        self.panel = panel
        self.reading = reading
        self._base = base
        self._options: dict[str, tuple[Option, ...]] = {}

    def options(self, action: str) -> tuple[Option, ...]:
        """Return the distinct options of an action, at least one."""
        if action not in self._options:
            dossier = self.history.dossiers[action]
            given = options(self.history, self.dispute, dossier, self.panel, self.reading)
            self._options[action] = given + self._only_in_base(action, given)
        return self._options[action]

    def _only_in_base(self, action: str, given: tuple[Option, ...]) -> tuple[Option, ...]:
        if self._base is None:
            return ()
        held = self._base.option(action)
        return () if any(one.causes == _settled(held) for one in given) else (held,)

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
        """Return the place of an option that comes to the same, or None if there is none."""
        for place, given in enumerate(self.options(action)):
            if _settled(given) == _settled(held):
                return place
        return None


def _settled(option: Option) -> tuple[Cause, ...] | None:
    """Return what an option comes to: one that is impossible is undetermined."""
    return None if option.impossible else option.causes


class AllOptions(World):
    """A world of all options at once, to go back along: its causes are recorded actions alone.

    `named` gives those that some option of an action names.
    """

    def __init__(self, choices: Choices, named: Callable[[str], Iterable[ActionCause]]) -> None:
        super().__init__(
            choices.history,
            choices.dispute,
            choices.reading,
            lambda dossier: choices.options(dossier.id)[0],
            name="all options",
        )
        self._named = named

    def causes(self, action: str) -> tuple[ActionCause, ...]:
        """Return the recorded actions that some option names."""
        return tuple(self._named(action))
