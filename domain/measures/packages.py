"""Packages: an announced whole and its parts, counted once wherever a set of actions is summed.

Nothing is subtracted and nothing is remembered between sums: the same rule is applied afresh to
each set of actions that one printed cell sums. So a total over kinds may be below the sum of its
rows, and a package that spans two periods counts in both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from domain.called import called
from domain.errors import require
from domain.measures.links import package_links
from domain.quantities import ZERO, Amount, UnitsDoNotMixError, total
from domain.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from domain.dossiers import Dossier
    from domain.history import History

AS_RECORDED: Final = Reading()


@dataclass(frozen=True, slots=True)
class Counted:
    """One action as a sum sees it: how many, by whom, against whom, inside which package."""

    id: str
    amount: Amount
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    unit: str
    part_of: str | None = None


@dataclass(frozen=True, slots=True)
class Exceeded:
    """A package whose recorded whole is less than what its recorded parts come to."""

    package: str
    whole: Amount
    parts: Amount


@dataclass(frozen=True, slots=True)
class PackageTotal:
    """What a set of actions sums to, and how each of them counted.

    `counted` are the ids that count in their own right, `detail` those that a package in the set
    already holds; both in the order of the set. `values` says how much each of `counted` comes to
    by itself: their sum is more than `amount` only where a package outside the set bounds them.
    """

    amount: Amount
    counted: tuple[str, ...]
    detail: tuple[str, ...]
    exceeded: tuple[Exceeded, ...]
    values: tuple[Amount, ...] = ()


Likeness = tuple[frozenset[str], frozenset[str], str]


@dataclass(slots=True)
class _Node:
    """An action of the set, or a package around one; `package` is the nearest one like it."""

    whole: Amount
    is_present: bool
    like: Likeness
    package: str | None = None
    parts: Amount = ZERO

    def value(self) -> Amount:
        """The whole where it is known, else at least the parts; without the package, the parts.

        In both cases at most the whole.
        """
        if not self.is_present:
            return at_most(self.parts, self.whole.hi)
        lo, hi = max(self.whole.lo, self.parts.lo), self.whole.hi
        lo = lo if hi is None else min(lo, hi)
        return Amount(lo, hi, 0 if lo == hi else self.whole.unknown_parts)


def package_total(
    history: History, members: Iterable[Counted], reading: Reading = AS_RECORDED
) -> PackageTotal:
    """Sum the actions of one printed cell, each package once.

    A part is detail if its package is in the set with the same actors, targets and unit; one that
    differs in these counts alone. The package counts its whole if that is known, else at least the
    sum of its parts there. Parts without their package in the set: their sum, at most the whole.
    Packages inside packages follow the same rule from the inside out; between a part and its
    package, steps of other actors, targets or units are passed over. The more actions, the larger
    the sum, lower and upper bound alike. `reading` says whose word counts for the whole of a
    package outside the set.

    Raises UnitsDoNotMixError where the set holds more than one unit.

    Rule: docs/semantics.md#packages
    """
    present = {member.id: member for member in members}
    units = sorted({member.unit for member in present.values()})
    require(
        len(units) <= 1,
        UnitsDoNotMixError(
            f"{' and '.join(units)} do not add up",
            why="different units never add",
            hint="reciprocity tally shows each unit by itself",
        ),
    )
    nodes = _forest(history, present, reading)
    exceeded = []
    for name in parts_first(nodes):
        node = nodes[name]
        if node.whole.hi is not None and node.parts.lo > node.whole.hi:
            exceeded.append(Exceeded(name, node.whole, node.parts))
        if node.package is not None:
            nodes[node.package].parts += node.value()
    detail = frozenset(name for name in present if _present_around(nodes, name))
    counted = tuple(name for name in present if name not in detail)
    return PackageTotal(
        amount=total(node.value() for node in nodes.values() if node.package is None),
        counted=counted,
        detail=tuple(name for name in present if name in detail),
        exceeded=tuple(sorted(exceeded, key=lambda found: found.package)),
        values=tuple(nodes[name].value() for name in counted),
    )


def package_trees(
    history: History, members: Iterable[Counted], reading: Reading = AS_RECORDED
) -> dict[str, str]:
    """Return, for each action, the outermost package around it that is like it; or itself.

    Two actions of the same tree are never summed without regard to each other. The members may be
    of several units.
    """
    nodes = _forest(history, {member.id: member for member in members}, reading)
    roots: dict[str, str] = {}
    for name in reversed(parts_first(nodes)):
        around = nodes[name].package
        roots[name] = name if around is None else roots[around]
    return {name: roots[name] for name, node in nodes.items() if node.is_present}


def packages_present(
    history: History, members: Iterable[Counted], reading: Reading = AS_RECORDED
) -> dict[str, tuple[str, ...]]:
    """Return, for each action, the packages of the set that hold it, the innermost first.

    An action that has any is detail. The members may be of several units.
    """
    nodes = _forest(history, {member.id: member for member in members}, reading)
    return {name: _present_around(nodes, name) for name, node in nodes.items() if node.is_present}


@dataclass(frozen=True, slots=True)
class Whole:
    """How many an action or a package around one comes to, and the nearest package like it."""

    amount: Amount
    package: str | None


def wholes(
    history: History, members: Iterable[Counted], reading: Reading = AS_RECORDED
) -> dict[str, Whole]:
    """Return the actions and all packages around them that a sum of any of them looks at."""
    nodes = _forest(history, {member.id: member for member in members}, reading)
    return {name: Whole(node.whole, node.package) for name, node in nodes.items()}


def at_most(amount: Amount, most: int | None) -> Amount:
    """Return the amount, bounded from above by what it cannot exceed (None: no bound)."""
    if most is None:
        return amount
    lo = min(amount.lo, most)
    hi = most if amount.hi is None else min(amount.hi, most)
    return Amount(lo, hi, 0 if lo == hi else amount.unknown_parts)


def counted_of(dossier: Dossier, reading: Reading) -> Counted | None:
    """Return the action as a sum sees it, by the words that count; None without a quantity."""
    quantity = called(dossier, reading).quantity
    if quantity is None:
        return None
    action = dossier.action
    return Counted(
        dossier.id, quantity.value, action.actors, action.targets, quantity.unit, action.part_of
    )


def _forest(history: History, present: dict[str, Counted], reading: Reading) -> dict[str, _Node]:
    """Put the actions and the packages around them in trees: each below the nearest like it."""
    nodes = {
        name: _Node(member.amount, is_present=True, like=_likeness(member))
        for name, member in present.items()
    }
    links = package_links(history, {name: member.part_of for name, member in present.items()})
    waiting = [name for name in nodes if name in links]
    while waiting:
        name = waiting.pop()
        around = links.get(name)
        while around is not None and nodes[name].package is None:
            if around not in nodes:
                absent = _absent(history.dossiers[around], nodes[name].like, reading)
                if absent is not None:
                    nodes[around] = absent
                    waiting.append(around)
            if around in nodes and nodes[around].like == nodes[name].like:
                nodes[name].package = around
            around = links.get(around)
    return nodes


def _absent(package: Dossier, like: Likeness, reading: Reading) -> _Node | None:
    """Return a package outside the set that bounds parts like these, or None."""
    counted = counted_of(package, reading)
    if counted is None or _likeness(counted) != like or called(package, reading).denied:
        return None
    return _Node(counted.amount, is_present=False, like=like)


def _likeness(member: Counted) -> Likeness:
    return (frozenset(member.actors), frozenset(member.targets), member.unit)


def parts_first(nodes: Mapping[str, _Node] | Mapping[str, Whole]) -> Sequence[str]:
    """Order the nodes so that every part comes before its package."""
    open_parts = dict.fromkeys(nodes, 0)
    for node in nodes.values():
        if node.package is not None:
            open_parts[node.package] += 1
    ordered = [name for name, parts in open_parts.items() if parts == 0]
    for name in ordered:
        package = nodes[name].package
        if package is not None:
            open_parts[package] -= 1
            if open_parts[package] == 0:
                ordered.append(package)
    return ordered


def _present_around(nodes: dict[str, _Node], name: str) -> tuple[str, ...]:
    """Return the packages around an action that are themselves in the set."""
    found = []
    around = nodes[name].package
    while around is not None:
        found += [around] if nodes[around].is_present else []
        around = nodes[around].package
    return tuple(found)
