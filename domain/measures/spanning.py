"""Packages that span a period: why sums over periods need not add up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.dates import Membership, membership
from domain.measures.packages import package_trees
from domain.measures.postings import postings_of

if TYPE_CHECKING:
    from domain.history import History
    from domain.reading import Reading


@dataclass(frozen=True, slots=True)
class Spanning:
    """A package of which one piece is in the period and another is not, or only possibly.

    `package` is the outermost one; the rest are ids of what is posted of it, itself included.
    """

    package: str
    inside: tuple[str, ...]
    possibly: tuple[str, ...]
    outside: tuple[str, ...]


def spanning(history: History, dispute: str, reading: Reading) -> tuple[Spanning, ...]:
    """Return the packages that span the bounds of the period, in order of their ids.

    Each period counts what it has of a package, at most the whole; added up, the periods may come
    to more than the package.

    Rule: docs/semantics.md#packages
    """
    if reading.period is None:
        return ()
    everything = reading.model_copy(update={"period": None})
    postings = postings_of(history, dispute, everything).posted
    members = [counted for posting in postings if (counted := posting.counted()) is not None]
    trees = package_trees(history, members, reading)
    pieces: dict[str, dict[Membership, list[str]]] = {}
    for posting in postings:
        if posting.id in trees:
            found = pieces.setdefault(trees[posting.id], {each: [] for each in Membership})
            found[membership(posting.when, reading.period)].append(posting.id)
    return tuple(
        Spanning(
            package,
            tuple(sorted(found[Membership.CERTAIN])),
            tuple(sorted(found[Membership.POSSIBLE])),
            tuple(sorted(found[Membership.NO])),
        )
        for package, found in sorted(pieces.items())
        if _spans(found)
    )


def _spans(found: dict[Membership, list[str]]) -> bool:
    """Whether a package has several pieces, some of them possibly inside and some possibly not."""
    certain, possible = len(found[Membership.CERTAIN]), len(found[Membership.POSSIBLE])
    several = certain + possible + len(found[Membership.NO])
    return several > 1 and certain + possible > 0 and certain < several
