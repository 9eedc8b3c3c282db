"""Answers found the slow and obvious way, to hold the product's against.

Nothing here shares code with what it checks: causes are texts, sets are enumerated path by path,
subset by subset, and cycles are found by closing reachability.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations
from typing import TYPE_CHECKING

from domain.worlds import UnknownCause, World

if TYPE_CHECKING:
    from domain.history import History
    from domain.sides import Sides


@dataclass(frozen=True)
class Told:
    """A world in texts: causes `id`, `act:x@P`, `ext:x@P`, `?id`; None where undetermined."""

    causes: Mapping[str, frozenset[str] | None]
    acting: Mapping[str, frozenset[str]]
    targeted: Mapping[str, frozenset[str]]
    sides: Sides

    def side_blamed(self, text: str) -> str | None:
        """The side of the party behind an `@`, if there is one."""
        return self.sides.side_of(text.partition("@")[2]) if "@" in text else None


def told(world: World) -> Told:
    """Write a world down in texts."""
    names = [dossier.id for dossier in world.actions()]
    side_of = world.sides.side_of
    actions = {name: world.history.dossiers[name].action for name in names}
    return Told(
        causes={
            name: None
            if (nodes := world.causes(name)) is None
            else frozenset(f"?{it}" if isinstance(it, UnknownCause) else str(it) for it in nodes)
            for name in names
        },
        acting={n: frozenset(side_of(party) for party in a.actors) for n, a in actions.items()},
        targeted={n: frozenset(side_of(party) for party in a.targets) for n, a in actions.items()},
        sides=world.sides,
    )


def account(
    history: History,
    sides: Sides,
    name: str,
    teller: str,
    *,
    with_inferred: bool = True,
    last: bool = True,
    inherit: bool = True,
) -> frozenset[str] | None:
    """A(teller, name) in texts, None where undetermined or impossible; straight from the page."""
    dossier = history.dossiers[name]
    action = dossier.action

    def spoken(who: str) -> list[str] | str | None:
        heard = [action.cause.stored()] if who in action.actors else []
        heard += [said.causes.stored() for said in dossier.attributions if said.account == who]
        heard = [it for it in heard if isinstance(it, list) or it == "unprovoked"]
        if not heard and with_inferred and ":" not in who:
            return spoken(f"analyst:compilers-for-{who}")
        return (heard[-1] if last else heard[0]) if heard else None

    def of(text: str, own: frozenset[str]) -> bool:
        if "@" in text:
            return sides.side_of(text.partition("@")[2]) in own
        doer = history.dossiers.get(text)
        return doer is not None and any(sides.side_of(p) in own for p in doer.action.actors)

    speaking = [said for party in action.actors if (said := spoken(party)) is not None]
    actors = {text for said in speaking if not isinstance(said, str) for text in said}
    party = teller.replace("analyst:compilers-for-", "")
    own = frozenset() if ":" in party else frozenset([sides.side_of(party)])
    heard = spoken(teller)
    causes: set[str] | None
    if heard is None:
        silent = not inherit or not speaking
        blamed = {text for text in actors if text.startswith("ext:") and of(text, own)}
        causes = None if silent else actors - blamed
    elif isinstance(heard, str):
        whose = own or frozenset(sides.side_of(p) for p in action.targets)
        causes = {text for text in actors if not of(text, whose)}
    else:
        causes = set(heard)
    for text in causes or ():
        cause = history.dossiers.get(text)
        if cause and cause.retracted is None and cause.action.occurred.lo > action.occurred.hi:
            return None
    return None if causes is None else frozenset(causes)


def is_own(world: Told, text: str, start: str) -> bool:
    """Whether a cause is an action that the sides of `start` did alone."""
    if text in world.acting:
        return not world.acting[text] - world.acting[start]
    return text.startswith("act:") and world.side_blamed(text) in world.acting[start]


def paths(world: Told, start: str) -> Iterable[tuple[str, ...]]:
    """Every path from an action back through its own side's actions, to its end or a repetition."""
    waiting: list[tuple[str, ...]] = [(start,)]
    while waiting:
        path = waiting.pop()
        yield path
        if len(path) > 1 and (not is_own(world, path[-1], start) or path[-1] not in world.acting):
            continue
        waiting += [(*path, text) for text in world.causes[path[-1]] or () if text not in path[1:]]


def answered(world: Told, start: str) -> tuple[frozenset[str], bool]:
    """N(start) and whether it may hold more: the ends of all paths that are by other sides."""
    found, unknown = set(), False
    for path in paths(world, start):
        end = path[-1]
        own = len(path) == 1 or is_own(world, end, start)
        unknown |= end.startswith("?") or (own and world.causes.get(end, frozenset()) is None)
        if not own and not end.startswith(("?", "ext:")):
            found.add(end)
    return frozenset(found), unknown


def role(world: Told, start: str) -> str:
    """The role, as the page words it."""
    causes = world.causes[start]
    members, unknown = answered(world, start)
    sides = {
        member: world.acting.get(member, frozenset([world.side_blamed(member)]))
        for member in members
    }
    if causes is not None and any(acting & world.targeted[start] for acting in sides.values()):
        return "response"
    if causes is None or unknown:
        return "undetermined"
    if members:
        return "joining"
    return "continuation" if any(is_own(world, text, start) for text in causes) else "opening"


def reachability(world: Told) -> dict[str, set[str]]:
    """For each action all that it goes back to, closed step by step (Warshall)."""
    reach = {name: {name} | set(causes or ()) for name, causes in world.causes.items()}
    for middle, further in reach.items():
        for found in reach.values():
            found.update(further if middle in found else ())
    return reach


def bargain(world: Told, name: str) -> frozenset[str]:
    """The action and all that it is a condition of and that is a condition of it."""
    reach = reachability(world)
    return frozenset(other for other in reach if other in reach[name] and name in reach[other])


def exchanges(world: Told) -> set[frozenset[str]]:
    """All exchanges: bargains of several, and actions that name themselves."""
    found = {bargain(world, name) for name in world.causes}
    return {
        members
        for members in found
        if len(members) > 1 or any(name in (world.causes[name] or ()) for name in members)
    }


def begun(world: Told, name: str, policy: str) -> tuple[frozenset[str], frozenset[str], bool]:
    """R(name), the known part of I(name) under a policy, and whether more may be unknown."""
    roots: set[str] = set()
    sides: set[str] = set()
    unknown = False
    for step in reachability(world)[name] & set(world.causes):
        members = bargain(world, step)
        inner = frozenset[str]().union(*(world.causes[it] or () for it in members))
        outer = inner - members
        if any(world.causes[it] is None for it in members):
            unknown = True
            roots.add(step)
            continue
        if not outer:
            roots.add("+".join(sorted(members)))
        roots |= {text.strip("?") for text in outer if text not in world.causes}
        unknown |= any(text.startswith("?") for text in outer)
        grievances = {text for text in outer if text.startswith("ext:")}
        if not outer or (policy == "actor" and outer == grievances):
            sides |= frozenset[str]().union(*(world.acting[it] for it in members))
        sides |= {world.side_blamed(text) or "" for text in outer if text.startswith("act:")}
        if policy == "blamed":
            sides |= {world.side_blamed(text) or "external" for text in grievances}
        if policy == "external" and grievances:
            sides.add("external")
    return frozenset(roots), frozenset(sides), unknown


def subsets(items: Iterable[str]) -> Iterable[tuple[str, ...]]:
    """Every subset but the empty one, the smallest first."""
    listed = sorted(items)
    return chain.from_iterable(combinations(listed, n) for n in range(1, len(listed) + 1))


@dataclass(frozen=True)
class Claims:
    """A budget by hand: what each response needs and cites, how many each trigger has.

    `package` puts triggers in packages; a package that nobody cites is in `amounts` too, where it
    bounds its parts.
    """

    needs: Mapping[str, int]
    cites: Mapping[str, frozenset[str]]
    amounts: Mapping[str, int]
    package: Mapping[str, str]

    def justified(self, cited: frozenset[str], k: Fraction) -> Fraction:
        """K times what these triggers come to together, no package more than its whole."""

        def worth(name: str) -> int:
            if name in cited:
                return self.amounts[name]
            parts = sum(worth(part) for part, whole in self.package.items() if whole == name)
            is_package = name in self.package.values()
            return min(parts, self.amounts[name]) if is_package else 0

        return k * sum(worth(name) for name in self.amounts if name not in self.package)

    def over(self, k: Fraction) -> tuple[Fraction, frozenset[str]]:
        """The largest shortfall of any set of responses, and the smallest set that has it.

        By Rado's generalisation of Hall's theorem all needs can be met at once if and only if every
        set of responses needs no more than its triggers justify together.
        """
        worst, smallest = Fraction(0), frozenset[str]()
        for group in subsets(self.needs):
            cited = frozenset[str]().union(*(self.cites[name] for name in group))
            lack = sum(self.needs[name] for name in group) - self.justified(cited, k)
            if lack > worst:
                worst, smallest = lack, frozenset(group)
        return worst, smallest
