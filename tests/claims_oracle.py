"""Claims answered the slow and obvious way: every world is made and judged, one after the other.

Nothing here knows of cases, formulas or extremal worlds: only of options, worlds and `judge`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from math import prod
from typing import TYPE_CHECKING

from domain.accounts import Option
from domain.claims.judging import judge
from domain.claims.sight import Sight
from domain.truth import Truth
from domain.worlds import World, options, whole_account
from ledger.solvers.flow import NetworkxFlow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from domain.claims.verdicts import Question
    from domain.dossiers import Dossier

Changed = frozenset[tuple[str, str]]
"""Which actions change, and to which causes, as text."""


@dataclass(frozen=True)
class Ledger:
    """A question with the options of every action that counts."""

    asked: Question
    options: Mapping[str, tuple[Option, ...]]

    @property
    def worlds(self) -> int:
        return prod(len(held) for held in self.options.values())

    def world(self, chosen: Mapping[str, Option]) -> World:
        def choose(dossier: Dossier) -> Option:
            return chosen[dossier.id]

        asked = self.asked
        return World(asked.history, asked.dispute, asked.reading, choose, name="mixed")

    def value(self, chosen: Mapping[str, Option]) -> Truth:
        return judge(self._sight(self.world(chosen)), self.asked.test).value

    def in_account(self, account: str) -> Truth:
        return judge(self._sight(self.account(account)), self.asked.test).value

    def account(self, account: str) -> World:
        asked = self.asked
        return whole_account(asked.history, asked.dispute, account, asked.reading)

    def _sight(self, world: World) -> Sight:
        return Sight(world, self.asked.policy, NetworkxFlow)


def ledger_of(asked: Question, panel: tuple[str, ...]) -> Ledger:
    held = {
        name: options(asked.history, asked.dispute, dossier, panel, asked.reading)
        for name, dossier in asked.history.dossiers.items()
        if dossier.stands
    }
    return Ledger(asked, held)


def all_worlds(ledger: Ledger) -> Iterator[dict[str, Option]]:
    names = list(ledger.options)
    for picked in product(*ledger.options.values()):
        yield dict(zip(names, picked, strict=True))


def values_taken(ledger: Ledger) -> set[Truth]:
    """Return the values that the test takes in some world."""
    return {ledger.value(chosen) for chosen in all_worlds(ledger)}


def smallest_changes(ledger: Ledger, account: str, target: Truth) -> set[Changed]:
    """Return every smallest set of changes that gives the test a value, from one account's world.

    What the account itself holds of an action stays as it is unless it changes, even where that is
    none of the panel's options.
    """
    base = ledger.account(account)
    held = {name: base.option(name) for name in ledger.options}
    for size in range(1, len(held) + 1):
        found = set()
        for names in combinations(held, size):
            others = [
                [one for one in ledger.options[name] if one.causes != settled(held[name])]
                for name in names
            ]
            for picked in product(*others):
                changes = dict(zip(names, picked, strict=True))
                if ledger.value({**held, **changes}) is target:
                    found.add(changed(changes))
        if found:
            return found
    return set()


def settled(option: Option) -> object:
    """Return what an option comes to: an impossible one is undetermined."""
    return None if option.impossible else option.causes


def changed(changes: Mapping[str, Option]) -> Changed:
    return frozenset((name, words(option)) for name, option in changes.items())


def words(option: Option) -> str:
    causes = settled(option)
    return "undetermined" if causes is None else ";".join(sorted(map(str, option.causes or ())))
