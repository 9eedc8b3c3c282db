"""Ranks kept: the extremal states of actions, action by action, so that they can be resumed.

A state hangs on an action's own options and on the states of what these name. Where options can
form a cycle nothing is kept of its members, nor of what goes back to them: that is a solver's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from domain.causes import ActionCause
from domain.claims.choices import AllOptions
from domain.claims.compact import CONSTANTS, OptionWriter, recorded_causes
from domain.claims.extremal import BOTH, CONSTANT_STATES, EITHER, NEUTRAL, NO_OPTION
from domain.measures.exchanges import bargains
from domain.reading import GrievancePolicy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from domain.claims.choices import Choices
    from domain.claims.compact import Asked

States = tuple[int, ...]
"""The state under each grievance policy, in their order; none where options may form a cycle."""

ROUND: Final[States] = ()


def ranks(
    choices: Choices,
    asked: Asked,
    actions: Iterable[str],
    known: Callable[[str], States | None] = lambda _: None,
) -> dict[str, States]:
    """Return the states of actions, and of all that they may go back to.

    `known` gives states that are settled already; what lies before these is not visited.

    Rule: docs/semantics.md#extremal-worlds
    """
    kept = _Kept(choices, asked)

    def is_known(action: str) -> bool:
        if action not in kept.states:
            settled = known(action)
            if settled is not None:
                kept.keep(action, settled)
        return action in kept.states

    def named(action: str) -> Iterable[ActionCause]:
        return map(ActionCause, recorded_causes(choices, action))

    found = {}
    for bargain in bargains(AllOptions(choices, named), actions, is_known):
        for member in bargain.members:
            state = ROUND if bargain.is_exchange else kept.evaluated(member)
            kept.keep(member, state)
            found[member] = state
    return found


class _Kept:
    """States by action, and by number under each policy, as options speak of them."""

    def __init__(self, choices: Choices, asked: Asked) -> None:
        self.states: dict[str, States] = {}
        self._choices = choices
        self._numbers: dict[str, int] = {}
        self._by_number = [list(CONSTANT_STATES) for _ in GrievancePolicy]
        self._writers = [
            OptionWriter(choices, policy, asked, self._numbers) for policy in GrievancePolicy
        ]

    def keep(self, action: str, states: States) -> None:
        self.states[action] = states
        self._numbers[action] = CONSTANTS + len(self._numbers)
        for place, held in enumerate(self._by_number):
            held.append(states[place] if states else NEUTRAL)

    def evaluated(self, action: str) -> States:
        if any(self.states[cause] == ROUND for cause in recorded_causes(self._choices, action)):
            return ROUND
        return tuple(
            self._merged(action, writer, held)
            for writer, held in zip(self._writers, self._by_number, strict=True)
        )

    def _merged(self, action: str, writer: OptionWriter, held: list[int]) -> int:
        merged = NO_OPTION
        for option in self._choices.options(action):
            here = NEUTRAL
            for node in writer.nodes(action, option):
                here = BOTH[here][held[node]]
            merged = EITHER[merged][here]
        return merged
