"""The reversed part: how much of what a cell imposed was undone later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.measures.packages import Counted, at_most, package_total, package_trees
from domain.quantities import UNKNOWN, ZERO, Amount, total

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from domain.history import History
    from domain.measures.postings import Reversal
    from domain.reading import Reading


def reversed_part(
    history: History,
    members: Mapping[str, Counted],
    reversals: Iterable[Reversal],
    reading: Reading,
) -> Amount:
    """Sum what the reversals took back from the actions of one cell.

    A reversal takes its quantity if that is in the cell's unit, else an unknown part. Where it also
    names an action of that unit in another cell, its share here is not known: at most the whole.
    However many reversals name the same actions, or parts and wholes of one package, never more is
    reversed than these come to.

    Rule: docs/semantics.md#tally
    """
    claims: dict[tuple[str, ...], Amount] = {}
    for reversal in reversals:
        here = tuple(sorted(name for name, _ in reversal.named if name in members))
        if here:
            claims[here] = claims.get(here, ZERO) + _taken(reversal, members)

    def whole(names: Iterable[str]) -> int | None:
        return package_total(history, [members[name] for name in names], reading).amount.hi

    taken = []
    for together in _by_tree(history, members, claims, reading):
        named = {name for here in together for name in here}
        part = total(at_most(claims[here], whole(here)) for here in together)
        taken.append(at_most(part, whole(sorted(named))))
    return total(taken)


def _taken(reversal: Reversal, members: Mapping[str, Counted]) -> Amount:
    unit = next(members[name].unit for name, _ in reversal.named if name in members)
    if reversal.amount is None or reversal.unit != unit:
        return UNKNOWN
    is_all_here = all(name in members for name, named_unit in reversal.named if named_unit == unit)
    return reversal.amount if is_all_here else reversal.amount.possibly()


def _by_tree(
    history: History,
    members: Mapping[str, Counted],
    claims: Iterable[tuple[str, ...]],
    reading: Reading,
) -> list[list[tuple[str, ...]]]:
    """Put claims together that touch the same package tree, at once or through another claim."""
    claims = list(claims)
    trees = package_trees(history, members.values(), reading) if claims else {}
    leader = {tree: tree for tree in trees.values()}

    def leader_of(tree: str) -> str:
        while leader[tree] != tree:
            leader[tree] = leader[leader[tree]]
            tree = leader[tree]
        return tree

    for here in claims:
        for name in here[1:]:
            leader[leader_of(trees[name])] = leader_of(trees[here[0]])
    groups: dict[str, list[tuple[str, ...]]] = {}
    for here in claims:
        groups.setdefault(leader_of(trees[here[0]]), []).append(here)
    return list(groups.values())
