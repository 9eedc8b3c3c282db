"""Resting: how much of an answer stands on words that analysts inferred."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.causes import ActionCause

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.worlds import World


@dataclass(frozen=True, slots=True)
class Resting:
    """In an account, the items that go back to inferred words: `items` of `total`.

    `inferred` are the actions whose causes an analyst gave in a party's place.
    """

    account: str
    items: tuple[str, ...]
    total: int
    inferred: tuple[str, ...]


def resting_on_inferred(world: World, items: Iterable[str]) -> Resting:
    """Say which items have an inferred cause on the paths that they go back on, their own first.

    Rule: docs/semantics.md#matrix
    """
    asked = tuple(items)
    resting = []
    inferred: dict[str, None] = {}
    for item in asked:
        before = [action for action in _gone_back_to(world, item) if world.option(action).inferred]
        if before:
            resting.append(item)
            inferred |= dict.fromkeys(before)
    return Resting(world.name, tuple(resting), len(asked), tuple(inferred))


def _gone_back_to(world: World, item: str) -> tuple[str, ...]:
    if world.dossier(item) is None:
        return ()
    found = {item: None}
    waiting = [item]
    while waiting:
        for node in world.causes(waiting.pop()) or ():
            if isinstance(node, ActionCause) and node.action not in found:
                found[node.action] = None
                waiting.append(node.action)
    return tuple(found)
