"""Compact arrays: who may have begun what, for one side and one way of initiating.

Of an action one thing is asked, and its answer is a conjunction over its causes: that all of it
was begun by a side (*solely*), or that none of it was (the opposite of *jointly*). So an option is
a list of nodes, its causes or constants, and an action is a list of options. They stand in one
list in an order in which causes come before effects.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from domain.causes import ActionCause, Grievance, OutsideCause
from domain.measures.roots import EXTERNAL
from domain.reading import GrievancePolicy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from domain.accounts import Option
    from domain.causes import Cause
    from domain.claims.choices import Choices

FALSE_NODE: Final = 0
OPEN_NODE: Final = 1
TRUE_NODE: Final = 2
CONSTANTS: Final = 3
"""Nodes below this are constants; action number n is node n + CONSTANTS."""

OPTION_ENDS: Final = -1
ACTION_ENDS: Final = -2


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of each action: all begun by a side; or, with `never`, nothing of it."""

    side: str
    never: bool = False

    def constant(self, sides: Iterable[str]) -> int:
        """Return the answer where the sides that began it are known."""
        held = frozenset(sides)
        is_so = self.side not in held if self.never else held == {self.side}
        return TRUE_NODE if is_so else FALSE_NODE


@dataclass(frozen=True, slots=True)
class Compact:
    """Actions by number, and their options as one flat list: see the module.

    `stream` holds nodes; OPTION_ENDS closes every option, ACTION_ENDS every action.
    """

    names: Sequence[str]
    stream: list[int]

    def actions(self) -> Iterator[tuple[tuple[int, ...], ...]]:
        """Go through the options of every action, each a tuple of nodes."""
        options: list[tuple[int, ...]] = []
        nodes: list[int] = []
        for code in self.stream:
            if code >= 0:
                nodes.append(code)
            elif code == OPTION_ENDS:
                options.append(tuple(nodes))
                nodes.clear()
            else:
                yield tuple(options)
                options.clear()


def streamed(actions: Iterable[Iterable[Iterable[int]]]) -> list[int]:
    """Return the list of actions given as options given as nodes."""
    found: list[int] = []
    for options in actions:
        for nodes in options:
            found.extend(nodes)
            found.append(OPTION_ENDS)
        found.append(ACTION_ENDS)
    return found


def compacted(
    choices: Choices, policy: GrievancePolicy, asked: Asked, actions: Iterable[str]
) -> Compact | None:
    """Return the arrays of some actions and all that they may go back to.

    None where options can form a cycle, or where words are no causes, so that an action's causes
    hang on the options of others.

    Rule: docs/semantics.md#extremal-worlds
    """
    if not choices.reading.words_as_causes:
        return None
    order = _in_order(choices, actions)
    if order is None:
        return None
    numbers = {name: number + CONSTANTS for number, name in enumerate(order)}
    writer = OptionWriter(choices, policy, asked, numbers)
    stream = streamed(
        [writer.nodes(name, option) for option in choices.options(name)] for name in order
    )
    return Compact(order, stream)


def _in_order(choices: Choices, actions: Iterable[str]) -> list[str] | None:
    """Return actions and all they may go back to, causes first; None where they form a cycle."""
    order: list[str] = []
    is_done: dict[str, bool] = {}
    for start in actions:
        waiting = [start]
        while waiting:
            name = waiting[-1]
            if name in is_done:
                waiting.pop()
                if not is_done[name]:
                    is_done[name] = True
                    order.append(name)
                continue
            is_done[name] = False
            for cause in recorded_causes(choices, name):
                if is_done.get(cause) is False:
                    return None
                if cause not in is_done:
                    waiting.append(cause)
    return order


def recorded_causes(choices: Choices, name: str) -> Iterator[str]:
    """Go through the actions that count which some option of an action names."""
    for option in choices.options(name):
        for cause in _causes(option) or ():
            if isinstance(cause, ActionCause) and choices.history.standing(cause.action):
                yield cause.action


def _causes(option: Option) -> tuple[Cause, ...] | None:
    return None if option.impossible else option.causes


@dataclass(frozen=True, slots=True)
class OptionWriter:
    """Turns options into nodes; it says of initiators what `domain.measures.roots` says."""

    choices: Choices
    policy: GrievancePolicy
    asked: Asked
    numbers: dict[str, int]

    def nodes(self, name: str, option: Option) -> list[int]:
        """Return an option of an action as nodes; a cause without a number is open."""
        causes = _causes(option)
        if causes is None:
            return [OPEN_NODE]
        is_actor = self.policy is GrievancePolicy.ACTOR
        counted = [it for it in causes if not (is_actor and isinstance(it, Grievance))]
        if not counted and (is_actor or not causes):
            sides = self.choices.history.sides(self.choices.dispute)
            acting = self.choices.history.dossiers[name].action.actors
            return [self.asked.constant(sides.sides_of(acting))]
        return [self._node(cause) for cause in counted]

    def _node(self, cause: Cause) -> int:
        sides = self.choices.history.sides(self.choices.dispute)
        if isinstance(cause, ActionCause):
            return self.numbers.get(cause.action, OPEN_NODE)
        if isinstance(cause, OutsideCause):
            return self.asked.constant({sides.side_of(cause.party)})
        is_blamed = cause.blamed and self.policy is GrievancePolicy.BLAMED
        return self.asked.constant({sides.side_of(cause.blamed) if is_blamed else EXTERNAL})
