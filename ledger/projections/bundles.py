"""Bundles: actions joined by links that a sum must see together, and what each bundle adds to it.

A package with its parts, the rows of one act, a measure with what carries it out, and a reversal
with what it reverses belong together; all others add up one by one. So a line of the tally is the
sum of what bundles add to it, and a change touches its own bundle only.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from domain.measures.postings import posting_of, reversal_of
from domain.measures.tally import by_action
from domain.measures.tally_cells import LineKey, figure, keys_of
from domain.quantities import Amount
from domain.reading import Reading
from domain.units import Nature, unit
from ledger.projections.effects import named_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.dossiers import Dossier
    from domain.history import History
    from domain.measures.postings import Posting, Reversal
    from ledger.projections.rows import Views

JOINING: Final = ("part_of", "same_as", "reverses", "carries_out")
DEFAULT: Final = Reading()


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum that can be taken apart again: of lower and known upper bounds, open ends, unknowns."""

    lo: int = 0
    hi: int = 0
    open_ends: int = 0
    unknown: int = 0

    @classmethod
    def of(cls, amount: Amount) -> Sum:
        """Begin with one amount."""
        is_open = amount.hi is None
        return cls(amount.lo, amount.hi or 0, int(is_open), amount.unknown_parts)

    def plus(self, other: Sum, sign: int = 1) -> Sum:
        """Add, or with sign -1 take away what was added before."""
        return Sum(
            self.lo + sign * other.lo,
            self.hi + sign * other.hi,
            self.open_ends + sign * other.open_ends,
            self.unknown + sign * other.unknown,
        )

    def amount(self) -> Amount:
        """Return what it comes to."""
        return Amount(self.lo, None if self.open_ends else self.hi, self.unknown)

    def stored(self) -> list[int]:
        """Return plain data."""
        return [self.lo, self.hi, self.open_ends, self.unknown]


@dataclass(frozen=True, slots=True)
class Share:
    """What a bundle adds to one line: actions, and amounts where the unit adds up."""

    actions: int
    imposed: Sum = Sum()
    reversed: Sum = Sum()

    def plus(self, other: Share, sign: int = 1) -> Share:
        """Add a share, or with sign -1 take it away again."""
        return Share(
            self.actions + sign * other.actions,
            self.imposed.plus(other.imposed, sign),
            self.reversed.plus(other.reversed, sign),
        )

    def stored(self) -> list[object]:
        """Return plain data."""
        return [self.actions, self.imposed.stored(), self.reversed.stored()]


def restored_share(stored: list[list[int]]) -> Share:
    """Make a share again from plain data."""
    actions, imposed, taken = stored
    return Share(int(str(actions)), Sum(*imposed), Sum(*taken))


def bundle_of(history: History, views: Views, action: str) -> frozenset[str]:
    """Return the actions that an action is joined with, itself included, over links both ways."""
    found = {action}
    waiting = [action]
    while waiting:
        name = waiting.pop()
        dossier = history.dossiers.get(name)
        linked = [other for how in JOINING for other in named_in(views, name, how)]
        if dossier is not None:
            linked += _links(dossier)
        for other in linked:
            if other not in found and history.dossiers.get(other) is not None:
                found.add(other)
                waiting.append(other)
    return frozenset(found)


def bundles(history: History) -> Iterable[frozenset[str]]:
    """Partition a whole history into its bundles."""
    leader = {name: name for name in history.dossiers}

    def leader_of(name: str) -> str:
        while leader[name] != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for name, dossier in history.dossiers.items():
        for other in _links(dossier):
            if other in leader:
                leader[leader_of(other)] = leader_of(name)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name in leader:
        found[leader_of(name)].add(name)
    return [frozenset(members) for members in found.values()]


def _links(dossier: Dossier) -> tuple[str, ...]:
    """Return the actions that one names by a link of `JOINING`."""
    held = dossier.action
    package = (held.part_of,) if held.part_of else ()
    return (*package, *held.same_as, *held.reverses, *held.carries_out)


def shares(history: History, bundle: Iterable[str]) -> dict[LineKey, Share]:
    """Return what a bundle adds to each line of the tally, under the default reading.

    A reversal that belongs to another dispute takes nothing back in this one.

    Rule: docs/semantics.md#tally
    """
    cells: defaultdict[LineKey, list[Posting]] = defaultdict(list)
    reversals: defaultdict[str, list[Reversal]] = defaultdict(list)
    for name in sorted(bundle):
        dossier = history.standing(name)
        if dossier is None:
            continue
        posting = posting_of(history, dossier, DEFAULT)
        reversal = reversal_of(history, dossier, DEFAULT)
        if posting is not None:
            cells[keys_of(posting)[0]].append(posting)
        if reversal is not None:
            reversals[dossier.action.dispute].append(reversal)
    found = {}
    for key, postings in cells.items():
        share = Share(len(postings))
        if adds_up(key):
            naming = by_action(reversals[key.dispute])
            comes_to = figure(history, key.unit, postings, naming, DEFAULT)
            share = Share(
                len(postings),
                *(
                    Sum.of(part) if part else Sum()
                    for part in (comes_to.imposed, comes_to.reversed)
                ),
            )
        found[key] = share
    return found


def adds_up(key: LineKey) -> bool:
    """Whether the line's unit is one whose quantities add up."""
    return bool(key.unit) and unit(key.unit).nature is Nature.FLOW


def is_ceiling(key: LineKey) -> bool:
    """Whether the line shows a value in force."""
    return bool(key.unit) and unit(key.unit).nature is not Nature.FLOW
