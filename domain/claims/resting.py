"""Resting: how much of an answer stands on words that analysts inferred, or on silence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from domain.accounts import How
from domain.causes import ActionCause
from domain.claims.language import Budgeted, CauseOf, RootOf
from domain.claims.mentions import filters_of, leaves, predicate_of
from domain.claims.predicates import Initiated
from domain.reading import InitiatorReading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.claims.language import Test
    from domain.worlds import World

BY_SILENCE: Final = frozenset({How.INHERITED, How.SILENT})


@dataclass(frozen=True, slots=True)
class Resting:
    """In an account, the items that go back to inferred words: `items` of `total`.

    `inferred` are the actions whose causes an analyst gave in a party's place.
    """

    account: str
    items: tuple[str, ...]
    total: int
    inferred: tuple[str, ...]


def reads_causes(test: Test, initiator: InitiatorReading) -> bool:
    """Whether a test reads what actions answer: causes, roles, initiators or escalation flags.

    What it selects by kind, date or party, and whatever it counts of that, no cause can change; nor
    who acted, which is all that *directly* asks. `initiator` is for tests that do not say which.
    """
    return any(_reads_causes(leaf, initiator) for leaf in leaves(test))


def _reads_causes(form: Test, initiator: InitiatorReading) -> bool:
    if any(which.roles or which.flags or which.answers for which in filters_of(form)):
        return True
    predicate = predicate_of(form)
    if isinstance(predicate, Initiated):
        return (predicate.how or initiator) is not InitiatorReading.DIRECTLY
    return predicate is not None or isinstance(form, (RootOf, CauseOf, Budgeted))


def resting_on_silence(world: World, items: Iterable[str]) -> tuple[str, ...]:
    """Return the items of which the account whose world this is says nothing itself.

    Rule: docs/semantics.md#silence
    """
    return tuple(
        item
        for item in items
        if world.dossier(item) is not None and world.option(item).how in BY_SILENCE
    )


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
