"""Worlds: for every action one of the options that some account gives it.

A whole account is one teller believed throughout; a mixed world takes each action's cause from any
teller of the panel. Measures see a world only through this class.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.accounts import Conventions, How, Option, Setting, option, voice
from domain.called import called
from domain.causes import ActionCause, Cause, Grievance, OutsideCause
from domain.kinds import Polarity
from domain.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from domain.dossiers import Dossier
    from domain.history import History
    from domain.sides import Sides


@dataclass(frozen=True, slots=True, order=True)
class UnknownCause:
    """A cause of which it is not known what it was: the action named is retracted or missing."""

    action: str

    def __str__(self) -> str:
        """The id that is named."""
        return self.action


Node = ActionCause | OutsideCause | Grievance | UnknownCause


class World:
    """One choice of causes for every action of a dispute, under one reading.

    `choose` gives an action's option; answers are remembered, for a world never changes.
    """

    def __init__(
        self,
        history: History,
        dispute: str,
        reading: Reading,
        choose: Callable[[Dossier], Option],
        *,
        name: str,
    ) -> None:
        self.history = history
        self.dispute = dispute
        self.sides: Sides = history.sides(dispute)
        self.reading = reading
        self.name = name
        self._choose = choose
        self._options: dict[str, Option] = {}
        self._causes: dict[str, tuple[Node, ...] | None] = {}

    def dossier(self, action: str) -> Dossier | None:
        """Return the dossier of an action that counts; None if unknown or retracted."""
        return self.history.standing(action)

    def actions(self) -> Iterator[Dossier]:
        """Go through the actions of the dispute that count, in the order they were recorded."""
        return self.history.in_dispute(self.dispute)

    def option(self, action: str) -> Option:
        """Return the option that this world picks for an action that counts."""
        if action not in self._options:
            self._options[action] = self._choose(self.history.dossiers[action])
        return self._options[action]

    def causes(self, action: str) -> tuple[Node, ...] | None:
        """Return the causes of an action in this world, resolved; None where undetermined.

        An impossible option is undetermined; a cause that is retracted or missing is unknown; where
        words cannot be causes, a link to words becomes the words' own causes.

        Rule: docs/semantics.md#worlds
        """
        if action not in self._causes:
            picked = self.option(action)
            self._causes[action] = (
                self._resolved(action, picked.causes)
                if picked.causes is not None and not picked.impossible
                else None
            )
        return self._causes[action]

    def _resolved(self, action: str, causes: tuple[Cause, ...]) -> tuple[Node, ...]:
        """Replace causes that are missing, and words where they cannot be causes."""
        found: set[Node] = set()
        passed = {action} if self._is_transparent(action) else set()
        waiting = list(causes)
        while waiting:
            cause = waiting.pop()
            if not isinstance(cause, ActionCause):
                found.add(cause)
            elif self.dossier(cause.action) is None:
                found.add(UnknownCause(cause.action))
            elif not self._is_transparent(cause.action):
                found.add(cause)
            elif cause.action not in passed:
                passed.add(cause.action)
                picked = self.option(cause.action)
                if picked.causes is None or picked.impossible:
                    found.add(UnknownCause(cause.action))
                else:
                    waiting += picked.causes
        return tuple(sorted(found, key=_in_order))

    def _is_transparent(self, action: str) -> bool:
        """Whether an action is words, by the teller whose kinds count, and words are no causes."""
        if self.reading.words_as_causes:
            return False
        row = called(self.history.dossiers[action], self.reading).kind
        return row.polarity is Polarity.WORDS

    def acting(self, action: str) -> frozenset[str]:
        """Return the sides that act in an action."""
        return self.sides.sides_of(self.history.dossiers[action].action.actors)

    def targeted(self, action: str) -> frozenset[str]:
        """Return the sides that an action targets."""
        return self.sides.sides_of(self.history.dossiers[action].action.targets)


def _in_order(node: Node) -> tuple[str, str]:
    return (type(node).__name__, str(node))


def conventions_of(reading: Reading) -> Conventions:
    """Return the part of a reading that decides what accounts hold; its first basis counts."""
    return Conventions(reading.bases[0], reading.stated, reading.silence)


def whole_account(history: History, dispute: str, account: str, reading: Reading) -> World:
    """Return the world in which one teller is believed throughout.

    Rule: docs/semantics.md#worlds
    """
    setting = Setting(history, history.sides(dispute), conventions_of(reading))

    def choose(dossier: Dossier) -> Option:
        return option(setting, dossier, account)

    return World(history, dispute, reading, choose, name=account)


def options(
    history: History, dispute: str, dossier: Dossier, panel: tuple[str, ...], reading: Reading
) -> tuple[Option, ...]:
    """Return the distinct options that the panel gives an action, for mixed worlds.

    Impossible options are left out. A silent actor adds the option undetermined, whoever else
    speaks; so does no option at all.

    Rule: docs/semantics.md#worlds
    """
    conventions = conventions_of(reading)
    setting = Setting(history, history.sides(dispute), conventions)
    found: dict[tuple[Cause, ...] | None, Option] = {}
    for account in panel:
        given = option(setting, dossier, account)
        if not given.impossible:
            found.setdefault(given.causes, given)
    actor_is_silent = all(
        voice(dossier, party, conventions) is None for party in dossier.action.actors
    )
    if actor_is_silent or not found:
        found.setdefault(None, Option(None, dossier.action.actors[0], How.SILENT))
    return tuple(found.values())


def default_panel(history: History, dispute: str) -> tuple[str, ...]:
    """Return the parties of the declared sides: whose accounts are heard by default."""
    return tuple(party for side in history.sides(dispute).sides for party in side.parties)
