"""What stands in the way of an answer: causes that come too late, that are gone, or do not fit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.causes import ActionCause
from domain.datability import undatable
from domain.dates import certainly_before
from domain.worlds import UnknownCause
from ledger.answers.told import Teller

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.worlds import World
    from ledger.asking import Asked


class Nature(StrEnum):
    """What is the matter with an action's causes in an account."""

    IMPOSSIBLE = "impossible"
    DANGLING = "dangling"
    UNDATABLE = "undatable"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """An action whose causes cannot be followed in some accounts, and the causes at fault."""

    nature: Nature
    action: str
    causes: tuple[str, ...]
    tellers: tuple[Teller, ...]

    def words(self) -> str:
        """Return what is the matter, in whose account, in one sentence."""
        whose = ", ".join(dict.fromkeys(teller.account for teller in self.tellers))
        causes = ", ".join(self.causes)
        if self.nature is Nature.IMPOSSIBLE:
            what = f"comes certainly before {causes}, which it is said to answer: undetermined"
        elif self.nature is Nature.DANGLING:
            what = f"answers {causes}, retracted or missing: what that answered is not known"
        else:
            what = f"cannot have been after all that it goes back to ({causes} at the earliest)"
        return f"{self.action} {what}, in the account of {whose}"


def obstacles_in(asked: Asked, actions: Iterable[str]) -> tuple[Obstacle, ...]:
    """Return what is in the way of the actions, in any account, on the paths they go back to.

    Rule: docs/semantics.md#impossible
    """
    found: dict[tuple[Nature, str, tuple[str, ...]], list[Teller]] = {}
    for world in asked.worlds():
        teller = Teller(world.name, world.reading.bases[0])
        for obstacle in _in_world(world, actions):
            found.setdefault(obstacle, []).append(teller)
    return tuple(
        Obstacle(nature, action, causes, tuple(tellers))
        for (nature, action, causes), tellers in sorted(found.items())
    )


def _in_world(
    world: World, actions: Iterable[str]
) -> Iterator[tuple[Nature, str, tuple[str, ...]]]:
    before = _gone_back_to(world, actions)
    for action in before:
        late = _late(world, action)
        if late:
            yield Nature.IMPOSSIBLE, action, late
        gone = tuple(
            str(node) for node in world.causes(action) or () if isinstance(node, UnknownCause)
        )
        if gone:
            yield Nature.DANGLING, action, gone
    for held in undatable(world):
        if held.action in before:
            yield Nature.UNDATABLE, held.action, (held.earliest.isoformat(),)


def _gone_back_to(world: World, actions: Iterable[str]) -> dict[str, None]:
    found = dict.fromkeys(actions)
    waiting = list(found)
    while waiting:
        for node in world.causes(waiting.pop()) or ():
            if isinstance(node, ActionCause) and node.action not in found:
                found[node.action] = None
                waiting.append(node.action)
    return found


def _late(world: World, action: str) -> tuple[str, ...]:
    """Return the causes of an impossible option that come certainly after the action."""
    picked = world.option(action)
    if not picked.impossible:
        return ()
    own = world.history.dossiers[action].action.occurred
    named = (cause for cause in picked.causes or () if isinstance(cause, ActionCause))
    return tuple(
        cause.action
        for cause in named
        if (dossier := world.dossier(cause.action)) is not None
        and certainly_before(own, dossier.action.occurred)
    )
