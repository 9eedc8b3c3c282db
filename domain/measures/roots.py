"""Roots and initiators: where a chain of causes begins, and to whom that beginning is put."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from domain.causes import ActionCause, Grievance, OutsideCause
from domain.measures.exchanges import Bargain, bargains
from domain.reading import GrievancePolicy
from domain.truth import Truth
from domain.worlds import Node, UnknownCause, World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from domain.sides import Sides

EXTERNAL: Final = "external"


class RootNature(StrEnum):
    """What kind of end a path of causes comes to."""

    OPENING = "opening"
    OUTSIDE = "outside action"
    GRIEVANCE = "grievance"
    UNDETERMINED = "undetermined"
    EXCHANGE = "exchange"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, order=True)
class Root:
    """One end of the cause paths; `name` is an id, a cause's text, or ids joined by `+`."""

    nature: RootNature
    name: str


@dataclass(frozen=True, slots=True)
class Initiators:
    """I(e) under one grievance policy: sides (or `external`), and whether more may be unknown."""

    sides: frozenset[str]
    has_unknown: bool = False

    def solely(self, side: str) -> Truth:
        """Whether I = {side}."""
        if self.sides - {side}:
            return Truth.FALSE
        if self.has_unknown:
            return Truth.UNDETERMINED
        return Truth.TRUE if self.sides == {side} else Truth.FALSE

    def jointly(self, side: str) -> Truth:
        """Whether side is in I."""
        if side in self.sides:
            return Truth.TRUE
        return Truth.UNDETERMINED if self.has_unknown else Truth.FALSE

    def words(self) -> str:
        """Name who began it: a side, several joined by `+`, or undetermined."""
        known = "+".join(sorted(self.sides))
        if not self.has_unknown:
            return known
        return f"{known}+undetermined" if known else "undetermined"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an action stands in one world: its roots, and its initiators under each policy."""

    roots: frozenset[Root]
    initiators: tuple[tuple[GrievancePolicy, Initiators], ...]

    def under(self, policy: GrievancePolicy) -> Initiators:
        """Return I(e) under a grievance policy."""
        return dict(self.initiators)[policy]


def standings(
    world: World, actions: Iterable[str], known: Callable[[str], Standing | None] = lambda _: None
) -> dict[str, Standing]:
    """Compute roots and initiators of the actions, and of all that they go back to.

    `known` gives standings that are settled already; their causes are not visited again. Linear in
    causes, apart from the size of the sets of roots.

    Rule: docs/semantics.md#roots
    Rule: docs/semantics.md#initiators
    """
    found: dict[str, Standing] = {}
    settled: dict[str, Standing | None] = {}

    def is_known(action: str) -> bool:
        if action not in settled:
            settled[action] = known(action)
        return settled[action] is not None

    for bargain in bargains(world, actions, is_known):
        standing = _standing(world, bargain, lambda action: found.get(action) or settled[action])
        for member in bargain.members:
            found[member] = standing
    return found


def cause_root(node: OutsideCause | Grievance | UnknownCause) -> Root:
    """Return the root that a cause is which is no recorded action: its path ends there."""
    if isinstance(node, OutsideCause):
        return Root(RootNature.OUTSIDE, str(node))
    is_grievance = isinstance(node, Grievance)
    return Root(RootNature.GRIEVANCE if is_grievance else RootNature.UNKNOWN, str(node))


def _standing(world: World, bargain: Bargain, before: Callable[[str], Standing | None]) -> Standing:
    if any(world.causes(member) is None for member in bargain.members):
        return _undetermined(bargain)
    inside = {ActionCause(member) for member in bargain.members}
    causes = {
        node
        for member in bargain.members
        for node in world.causes(member) or ()
        if node not in inside
    }
    roots = {root for node in causes for root in _roots_of(node, before)}
    if not causes:
        nature = RootNature.EXCHANGE if bargain.is_exchange else RootNature.OPENING
        roots = {Root(nature, "+".join(bargain.members))}
    acting = frozenset(side for member in bargain.members for side in world.acting(member))
    initiators = tuple(
        (policy, _initiators(world, policy, causes, acting, before)) for policy in GrievancePolicy
    )
    return Standing(frozenset(roots), initiators)


def _undetermined(bargain: Bargain) -> Standing:
    nobody_knows = Initiators(frozenset(), has_unknown=True)
    return Standing(
        frozenset({Root(RootNature.UNDETERMINED, "+".join(bargain.members))}),
        tuple((policy, nobody_knows) for policy in GrievancePolicy),
    )


def _roots_of(node: Node, before: Callable[[str], Standing | None]) -> frozenset[Root]:
    if isinstance(node, ActionCause):
        standing = before(node.action)
        return standing.roots if standing else frozenset()
    return frozenset({cause_root(node)})


def _initiators(
    world: World,
    policy: GrievancePolicy,
    causes: set[Node],
    acting: frozenset[str],
    before: Callable[[str], Standing | None],
) -> Initiators:
    """Union over the causes; an opening, or an exchange without outside causes, is its actors'."""
    grievances = {node for node in causes if isinstance(node, Grievance)}
    others = causes - grievances
    if not causes or (policy is GrievancePolicy.ACTOR and not others):
        return Initiators(acting)
    sides: set[str] = set()
    has_unknown = False
    for node in others:
        put_to = _put_to(world, node, policy, before)
        sides |= put_to.sides
        has_unknown = has_unknown or put_to.has_unknown
    if policy is not GrievancePolicy.ACTOR:
        sides |= {blamed_for(world.sides, node, policy) for node in grievances}
    return Initiators(frozenset(sides), has_unknown)


def _put_to(
    world: World, node: Node, policy: GrievancePolicy, before: Callable[[str], Standing | None]
) -> Initiators:
    if isinstance(node, ActionCause):
        standing = before(node.action)
        if standing is not None:
            return standing.under(policy)
    if isinstance(node, OutsideCause):
        return Initiators(frozenset({world.sides.side_of(node.party)}))
    return Initiators(frozenset(), has_unknown=True)


def blamed_for(sides: Sides, grievance: Node, policy: GrievancePolicy) -> str:
    """Return the side to which a grievance is put, where it is put to anybody at all."""
    blamed = grievance.blamed if isinstance(grievance, Grievance) else ""
    if policy is GrievancePolicy.EXTERNAL or not blamed:
        return EXTERNAL
    return sides.side_of(blamed)
