"""Triggers on the columns: what actions are compared with, each act once, as it is called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger.columns.measures.amounts import Amounts
from ledger.columns.measures.arrays import Flags, Ints, distinct
from ledger.columns.measures.packages import package_sums

if TYPE_CHECKING:
    from ledger.columns.measures.facts import Facts
    from ledger.columns.measures.ground import Ground


@dataclass(frozen=True, slots=True)
class Triggers:
    """Pairs of an action, by its place among those asked about, and an act; each pair once."""

    place: Ints
    node: Ints

    def only(self, which: Flags) -> Triggers:
        """Return some of the pairs."""
        return Triggers(self.place[which], self.node[which])


def triggers(ground: Ground, facts: Facts, places: Ints, nodes: Ints) -> Triggers:
    """Return the acts that nodes stand for, each once; what is denied counts nowhere.

    Rule: docs/semantics.md#links
    """
    width = max(ground.nodes, 1)
    codes = distinct(places * width + ground.row[nodes])
    found = Triggers(codes // width, codes % width)
    return found.only(~facts.is_denied[found.node])


def sums(ground: Ground, facts: Facts, found: Triggers, length: int) -> Amounts:
    """Sum acts of one unit at each place, packages counted once.

    Rule: docs/semantics.md#packages
    """
    keys = ground.key[found.node]
    return package_sums(facts.held, found.place, keys, facts.amounts[found.node], length).amounts
