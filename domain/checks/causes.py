"""Invariants 6, 7 and 16: roots, chains, and options that dates make impossible."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from domain.checks.broken import hold
from domain.findings import panel, place_of, place_words, worlds
from domain.measures.exchanges import exchanges
from domain.measures.roots import RootNature
from domain.measures.tally import tally
from domain.quantities import total
from domain.worlds import options

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.history import History
    from domain.measures.roots import Standing
    from domain.measures.tally_cells import LineKey
    from domain.quantities import Amount
    from domain.worlds import World

OWN_ROOTS: Final = frozenset({RootNature.OPENING, RootNature.UNDETERMINED, RootNature.EXCHANGE})


def check_roots(world: World, found: Mapping[str, Standing]) -> None:
    """6: roots are never empty, and own roots are exactly where nothing comes before."""
    own: set[str] = set()
    for bargain in exchanges(world, [held.id for held in world.actions()]):
        inside = set(bargain.members)
        named = {str(node) for member in inside for node in world.causes(member) or ()}
        own |= set() if named - inside else inside
    for held in world.actions():
        where = place_words(place_of(world, held.id))
        roots = found[held.id].roots
        hold(roots, 6, "an action has no root", where)
        is_own = any(root.nature in OWN_ROOTS and held.id in root.name.split("+") for root in roots)
        causes = world.causes(held.id)
        begins = not causes or held.id in own
        hold(is_own == begins, 6, "an action is its own root, or is not", where, f"{causes}")


def check_chains(world: World, found: Mapping[str, Standing]) -> None:
    """7: where no action has two causes, nor is in a package, each has one root; tallies add up.

    `found` covers the actions of the dispute and all that they go back to, in other disputes too.
    """
    history, dispute, held = world.history, world.dispute, list(world.actions())
    if any(one.action.part_of or one.action.same_as for one in held) or any(
        len(world.causes(name) or ()) > 1 for name in found
    ):
        return
    chains: defaultdict[str, set[str]] = defaultdict(set)
    for one in held:
        names = [f"{root.nature} {root.name}" for root in found[one.id].roots]
        hold(len(names) == 1, 7, "an action is in several chains", one.id, ", ".join(names))
        chains[names[0]].add(one.id)
    sums: defaultdict[LineKey, list[Amount]] = defaultdict(list)
    for members in chains.values():
        alone = {name: history.dossiers[name] for name in sorted(members)}
        for line in tally(replace(history, dossiers=alone), dispute, world.reading).lines:
            if line.imposed is not None and line.net is not None:
                sums[line.key].append(line.imposed)
    for line in tally(history, dispute, world.reading).lines:
        if line.imposed is not None and line.net is not None:
            where = f"dispute {dispute}, account {world.name}, {line.key}"
            there = total(sums[line.key])
            hold(there == line.imposed, 7, "the chains' tallies do not add up", where)


def check_narrowed(wide: History, narrow: History) -> None:
    """16: `narrow` has the same records with narrower days of occurrence."""
    for before, after in zip(worlds(wide), worlds(narrow), strict=True):
        accounts = panel(wide, before.dispute)
        for held in before.actions():
            where = place_words(place_of(before, held.id))
            was, stays = before.option(held.id).impossible, after.option(held.id).impossible
            hold(stays or not was, 16, "an impossible option became possible", where)
            then, now = (
                {one.causes for one in options(history, before.dispute, dossier, accounts, reading)}
                for history, dossier, reading in (
                    (wide, held, before.reading),
                    (narrow, narrow.dossiers[held.id], after.reading),
                )
            )
            hold(now - {None} <= then, 16, "an option of mixed worlds appeared", where)
