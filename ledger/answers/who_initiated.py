"""Who initiated: to whom each account puts the beginnings of the hostile actions, and which.

Each account stands beside the others, stated only and with inferred, under each grievance policy.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from domain.called import called
from domain.measures.postings import account_of
from domain.measures.roots import EXTERNAL, Root, RootNature
from domain.reading import GrievancePolicy, InitiatorReading
from domain.truth import Truth
from ledger.answers.denied import denials_of, denied_in
from ledger.answers.standing_of import standings_asked
from ledger.answers.told import Teller

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from domain.dossiers import Dossier
    from domain.measures.denials import Denial
    from domain.measures.roots import Initiators, Standing
    from domain.worlds import World
    from ledger.asking import Asked
    from ledger.facade import Ledger

SEVERAL: Final = "several together"
UNDETERMINED: Final = "undetermined"
LAST: Final = (EXTERNAL, SEVERAL, UNDETERMINED)


@dataclass(frozen=True, slots=True)
class Count:
    """How many hostile actions one account puts to one initiator, under one grievance policy.

    `initiator` is a side, `external`, `several together` or `undetermined`. `ids` name them.
    """

    teller: Teller
    grievances: GrievancePolicy
    initiator: str
    actions: int
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RootCount:
    """A root, by whom and when where it is recorded, and the hostile actions that go back to it.

    A hostile action that is its own root is one of them. `denied` says who denies a grievance.
    """

    teller: Teller
    root: Root
    by: str
    when: str
    actions: int
    ids: tuple[str, ...]
    denied: tuple[Denial, ...] = ()


@dataclass(frozen=True, slots=True)
class WhoInitiated:
    """The whole answer.

    `acted` counts the hostile actions by the side, or sides, that did them; `initiators` are the
    names under which they are counted, in the order to print them.
    """

    hostile: int
    acted: tuple[tuple[str, int], ...]
    tellers: tuple[Teller, ...]
    initiators: tuple[str, ...]
    counts: tuple[Count, ...]
    roots: tuple[RootCount, ...]


def who_initiated(ledger: Ledger, asked: Asked) -> WhoInitiated:
    """Count the hostile actions that the reading selects, by initiator; and their roots.

    Rule: docs/semantics.md#initiators
    """
    hostile = hostile_of(asked)
    ids = [dossier.id for dossier in hostile]
    counts: list[Count] = []
    roots: list[RootCount] = []
    tellers = []
    for world in asked.worlds():
        teller = Teller(world.name, world.reading.bases[0])
        standing = standings_asked(ledger, asked, world, ids)
        tellers.append(teller)
        for policy in asked.reading.grievances:
            named = _named(world, ids, standing, policy)
            counts += [
                Count(teller, policy, name, len(named[name]), tuple(named[name]))
                for name in _in_order(asked, named)
            ]
        roots += _roots(world, teller, ids, standing)
    acted = Counter(account_of(asked.sides, dossier.action.actors) for dossier in hostile)
    ranks = {side: rank for rank, side in enumerate(asked.sides.declared)}
    return WhoInitiated(
        hostile=len(ids),
        acted=tuple(sorted(acted.items(), key=lambda it: (ranks.get(it[0], len(ranks)), it[0]))),
        tellers=tuple(tellers),
        initiators=_in_order(asked, {count.initiator for count in counts}),
        counts=tuple(counts),
        roots=tuple(sorted(roots, key=lambda row: (-row.actions, row.root.name))),
    )


def hostile_of(asked: Asked) -> tuple[Dossier, ...]:
    """Return the hostile actions that the reading counts, by date."""
    return tuple(
        dossier for dossier in asked.counted() if called(dossier, asked.reading).is_hostile
    )


def _named(
    world: World, ids: Sequence[str], standing: Mapping[str, Standing], policy: GrievancePolicy
) -> dict[str, list[str]]:
    """Put the actions under the names of those who initiated them, as the reading counts."""
    found: dict[str, list[str]] = {side: [] for side in world.sides.declared}
    for name in ids:
        put_to = standing[name].under(policy)
        for initiator in names_of(world, name, put_to):
            found.setdefault(initiator, []).append(name)
    return found


def _in_order(asked: Asked, names: Collection[str]) -> tuple[str, ...]:
    """Order names: declared sides, third sides, then what is put to no one side."""
    declared = [side for side in asked.sides.declared if side in names]
    third = sorted(set(names) - {*declared, *LAST})
    return (*declared, *third, *(name for name in LAST if name in names))


def names_of(world: World, action: str, put_to: Initiators) -> tuple[str, ...]:
    """Return under whom an action is counted: one name if solely, else perhaps several.

    *Solely*: the side alone at the root. *Jointly*: every side at the root. *Directly*: every side
    that acts, whatever the root.

    Rule: docs/semantics.md#initiators
    """
    if world.reading.initiator is InitiatorReading.DIRECTLY:
        return tuple(sorted(world.acting(action)))
    if world.reading.initiator is InitiatorReading.JOINTLY:
        known = tuple(sorted(put_to.sides))
        return (*known, UNDETERMINED) if put_to.has_unknown else known
    for side in put_to.sides:
        if put_to.solely(side) is Truth.TRUE:
            return (side,)
    return (SEVERAL,) if len(put_to.sides) > 1 else (UNDETERMINED,)


def _roots(
    world: World, teller: Teller, ids: Iterable[str], standing: Mapping[str, Standing]
) -> list[RootCount]:
    found: dict[Root, list[str]] = {}
    for name in ids:
        for root in standing[name].roots:
            found.setdefault(root, []).append(name)
    denied = denied_in(world)
    return [
        RootCount(
            teller,
            root,
            *_whose(world, root),
            len(held),
            tuple(held),
            denied=denials_of(denied, root),
        )
        for root, held in found.items()
    ]


def _whose(world: World, root: Root) -> tuple[str, str]:
    """Return by whom a root is, or who is blamed for it, and when it was; empty if not known."""
    if root.nature in {RootNature.OPENING, RootNature.UNDETERMINED, RootNature.EXCHANGE}:
        actions = [world.history.dossiers[name].action for name in root.name.split("+")]
        parties = [party for action in actions for party in action.actors]
        return account_of(world.sides, parties), "; ".join(str(a.occurred) for a in actions)
    party = root.name.partition("@")[2]
    return (world.sides.side_of(party) if party else ""), ""
