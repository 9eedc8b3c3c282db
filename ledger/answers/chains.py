"""The chain of an action: from its roots down to what descends from it, as each account has it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from domain.measures.chains import chain, divergence
from domain.measures.roles import role
from domain.measures.roots import standings
from ledger.answers.denied import denials_of, denied_in
from ledger.answers.told import Teller, Told, told
from ledger.answers.words import action_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.measures.denials import Denial
    from domain.worlds import World
    from ledger.asking import Asked


@dataclass(frozen=True, slots=True)
class ChainRow:
    """One line of a tree: an action, a member of an exchange, or a cause that is no action.

    `nature` says what a root is, and is empty for all that descends. `told` is who put the action
    there, absent for a cause that is no action. `is_asked` marks the action that was asked about,
    `parts_from` the accounts that part from this one here, `denied` who denies a grievance.
    """

    teller: Teller
    tree: int
    depth: int
    name: str
    nature: str
    occurred: str
    line: str
    told: Told | None
    is_exchange: bool
    is_repeated: bool
    is_asked: bool
    parts_from: tuple[str, ...]
    denied: tuple[Denial, ...] = ()


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the action is in one account: its role, its roots, and who initiated it."""

    teller: Teller
    role: str
    roots: tuple[str, ...]
    initiators: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PartsAt:
    """An action on the way back at which two accounts give other causes, and what each says."""

    teller: Teller
    other: Teller
    at: str
    one_told: Told
    other_told: Told


@dataclass(frozen=True, slots=True)
class Chain:
    """The whole answer about one action."""

    action: str
    line: str
    beginnings: tuple[Beginning, ...]
    rows: tuple[ChainRow, ...]
    partings: tuple[PartsAt, ...]


def chain_of(asked: Asked, action: str) -> Chain:
    """Follow an action back to its roots and on to what descends from it, in every account.

    Rule: docs/semantics.md#chains
    """
    worlds = asked.worlds()
    partings = tuple(_partings(worlds, action))
    dossier = asked.action(action)
    return Chain(
        action=action,
        line=f"{dossier.action.occurred}, {action_line(dossier.action)}",
        beginnings=tuple(_beginning(world, action) for world in worlds),
        rows=tuple(row for world in worlds for row in _rows(world, action, partings)),
        partings=partings,
    )


def teller_of(world: World) -> Teller:
    """Return whose account a world is, and on which basis."""
    return Teller(world.name, world.reading.bases[0])


def _beginning(world: World, action: str) -> Beginning:
    standing = standings(world, [action])[action]
    return Beginning(
        teller=teller_of(world),
        role=role(world, action).value,
        roots=tuple(f"{root.name} ({root.nature})" for root in sorted(standing.roots)),
        initiators=tuple(
            (policy.value, standing.under(policy).words()) for policy in world.reading.grievances
        ),
    )


def _partings(worlds: tuple[World, ...], action: str) -> Iterator[PartsAt]:
    for one, other in combinations(worlds, 2):
        if one.reading.bases == other.reading.bases:
            for at in divergence(one, other, action):
                yield PartsAt(teller_of(one), teller_of(other), at, told(one, at), told(other, at))


def _rows(world: World, action: str, partings: tuple[PartsAt, ...]) -> Iterator[ChainRow]:
    teller = teller_of(world)
    parts: dict[str, tuple[str, ...]] = {}
    for held in partings:
        if teller in {held.teller, held.other}:
            other = held.other if held.teller == teller else held.teller
            parts[held.at] = (*parts.get(held.at, ()), other.account)
    denied = denied_in(world)
    for number, tree in enumerate(chain(world, action), start=1):
        for step in tree.steps:
            for member in step.actions or ("",):
                dossier = world.history.dossiers.get(member)
                yield ChainRow(
                    teller=teller,
                    tree=number,
                    depth=step.depth,
                    name=member or step.name,
                    nature=tree.root.nature.value if step.depth == 0 else "",
                    occurred=str(dossier.action.occurred) if dossier else "",
                    line=action_line(dossier.action) if dossier else "",
                    told=told(world, member) if member else None,
                    is_exchange=len(step.actions) > 1,
                    is_repeated=step.is_repeated,
                    is_asked=member == action,
                    parts_from=parts.get(member, ()),
                    denied=denials_of(denied, tree.root) if step.depth == 0 else (),
                )
