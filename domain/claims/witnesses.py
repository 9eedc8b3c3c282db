"""Witnesses: one world in which a contested claim holds, and one in which it fails.

They are a whole account and what its crux makes of it, so they differ in as little as may be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.causes import ActionCause
from domain.claims.choices import Choices
from domain.claims.crux import Change, cruxes
from domain.claims.judging import Item, judge
from domain.claims.mentions import mentions
from domain.claims.sight import Sight
from domain.truth import Truth
from domain.worlds import World, whole_account

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.accounts import Option
    from domain.claims.crux import Crux
    from domain.claims.verdicts import Question, Solvers
    from domain.dossiers import Dossier


@dataclass(frozen=True, slots=True)
class Witness:
    """A mixed world in which a test has a value: an account's, but for some changes.

    `items` are what it is decided on there. `rests_on` are the contested actions that the items of
    that value go back to, each with the option that the world picks.
    """

    value: Truth
    account: str
    changes: tuple[Change, ...]
    items: tuple[Item, ...]
    rests_on: tuple[tuple[str, Option], ...]


def witnesses(
    asked: Question, panel: tuple[str, ...], solvers: Solvers, known: Iterable[Crux] = ()
) -> tuple[Witness, ...]:
    """Return a world in which a test is true and one in which it is false, as far as found.

    `known` are cruxes of the same question that need not be sought again; those of the panel's
    accounts are, one after the other, where they show too little.

    Rule: docs/semantics.md#witnesses
    """
    choices = Choices(asked.history, asked.dispute, panel, asked.reading)
    search = _Search(asked, choices, solvers)
    found: dict[Truth, Witness] = {}
    for crux in _each_crux(asked, panel, solvers, known):
        for witness in search.of_crux(crux):
            found.setdefault(witness.value, witness)
        if {Truth.TRUE, Truth.FALSE} <= set(found):
            break
    return tuple(found[value] for value in (Truth.TRUE, Truth.FALSE) if value in found)


def _each_crux(
    asked: Question, panel: tuple[str, ...], solvers: Solvers, known: Iterable[Crux]
) -> Iterator[Crux]:
    yield from known
    for account in panel:
        yield from cruxes(asked, account, panel, solvers)


@dataclass(frozen=True, slots=True)
class _Search:
    asked: Question
    choices: Choices
    solvers: Solvers

    def of_crux(self, crux: Crux) -> Iterator[Witness]:
        """Give the account's own world, then what the first smallest set of changes makes of it."""
        for changes in ((), *crux.ties[:1]):
            held = self._witness(crux.account, changes)
            if held is not None:
                yield held

    def _witness(self, account: str, changes: tuple[Change, ...]) -> Witness | None:
        """Judge a world; None where it is no mixed world, or decides nothing."""
        asked = self.asked
        base = whole_account(asked.history, asked.dispute, account, asked.reading)
        instead = {change.action: change.instead for change in changes}
        outside: list[str] = []

        def choose(dossier: Dossier) -> Option:
            held = instead.get(dossier.id) or base.option(dossier.id)
            if self.choices.place_of(dossier.id, held) is None:
                outside.append(dossier.id)
            return held

        world = World(asked.history, asked.dispute, asked.reading, choose, name=account)
        judged = judge(Sight(world, asked.policy, self.solvers.max_flow), asked.test)
        if judged.value is Truth.UNDETERMINED:
            return None
        deciding = [item for item in judged.items if item.value is judged.value]
        rests_on = self._contested(world, [item.action for item in deciding or judged.items])
        if outside:
            return None
        return Witness(judged.value, account, changes, judged.items, rests_on)

    def _contested(self, world: World, items: Iterable[str]) -> tuple[tuple[str, Option], ...]:
        """Return the contested actions that items go back to, or that the test names."""
        waiting = list(items) or list(mentions(self.asked.test).subjects)
        found = {name: None for name in waiting if world.dossier(name) is not None}
        waiting = list(found)
        while waiting:
            for node in world.causes(waiting.pop()) or ():
                if isinstance(node, ActionCause) and node.action not in found:
                    found[node.action] = None
                    waiting.append(node.action)
        return tuple(
            (name, world.option(name)) for name in sorted(found) if self.choices.is_contested(name)
        )
