"""Packages on the columns: what sets of actions come to, each package counted once in each set.

Which package around an action is the nearest one like it does not depend on the set that is summed.
So the trees are built once, and any number of sets is summed together, the innermost parts first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ledger.columns.measures.amounts import Amounts, from_columns, nothing
from ledger.columns.measures.arrays import Flags, Ints, distinct, fetch, is_among
from ledger.columns.measures.called import AS_THE_ACTOR
from ledger.columns.measures.tables import NONE

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb


@dataclass(frozen=True, slots=True)
class Trees:
    """The actions that are in packages or hold parts, by ascending `key`, as a forest.

    `parent` is the place of the nearest package around it with the same actors, targets and unit;
    `depth` how many there are; `root` the outermost's place.
    """

    key: Ints
    amounts: Amounts
    parent: Ints
    depth: Ints
    root: Ints

    def places(self, keys: Ints) -> Ints:
        """Return where actions stand in the trees; NONE for those that are in none."""
        if not len(self.key):
            return np.full(len(keys), NONE)
        found = np.minimum(np.searchsorted(self.key, keys), len(self.key) - 1)
        return np.where(self.key[found] == keys, found, NONE)

    def root_keys(self, keys: Ints) -> Ints:
        """Return the outermost package like each action, or itself; by key."""
        places = self.places(keys)
        if not len(self.key):
            return keys
        return np.where(places == NONE, keys, self.key[self.root[places]])


@dataclass(frozen=True, slots=True)
class Sums:
    """What sets come to, and packages less than their parts, as (set, key of the package)."""

    amounts: Amounts
    exceeded: tuple[tuple[int, int], ...] = ()


def trees(
    connection: duckdb.DuckDBPyConnection,
    acts: str,
    first: int,
    last: int,
    beside: Sequence[int] = (),
) -> Trees:
    """Load the packages that hold actions of some disputes, and all around them.

    `acts` is the relation of actions as they are called; `beside` are keys of further actions. As
    the actors call them the trees are coded.

    Rule: docs/semantics.md#packages
    """
    if acts != AS_THE_ACTOR:
        return _built(connection, acts, _links(connection, first, last, beside))
    rows = fetch(
        connection,
        "select key, lo, hi, is_open, unknown, parent, depth, root from coded.tree "
        "where root in (select root from coded.tree where dispute between ? and ? "
        "or key in (select unnest(?::integer[]))) order by key",
        [first, last, list(beside)],
    )
    return _of_keys(rows["key"], from_columns(rows), rows["parent"], rows["depth"], rows["root"])


def code_trees(connection: duckdb.DuckDBPyConnection) -> None:
    """Code the packages around every action, as the actors call them.

    What is in such a tree, or reversed, is tangled: a sum cannot simply add it.
    """
    links = dict(connection.execute("select key, package from coded.package").fetchall())
    held = _built(connection, AS_THE_ACTOR, links)
    in_tree = held.parent >= 0
    in_tree[held.parent[in_tree]] = True
    named = {
        "key": held.key[in_tree],
        "parent": np.where(held.parent >= 0, held.key[held.parent], NONE)[in_tree],
        "depth": held.depth[in_tree],
        "root": held.key[held.root][in_tree],
    }
    connection.register("found_trees", named)
    connection.execute(
        "create or replace table coded.tree as "
        "select found.*, act.dispute, act.lo, act.hi, act.is_open, act.unknown "
        "from found_trees found join coded.act act on act.key = found.key order by found.key"
    )
    connection.unregister("found_trees")
    connection.execute(
        "update coded.act set is_tangled = true where key in "
        "(select key from coded.tree union all select act from coded.reversed)"
    )


def _of_keys(keys: Ints, amounts: Amounts, parent: Ints, depth: Ints, root: Ints) -> Trees:
    """Make trees of keys in the place of places."""
    inside = np.where(parent >= 0, np.searchsorted(keys, parent), NONE)
    return Trees(keys, amounts, inside, depth, np.searchsorted(keys, root))


def _built(connection: duckdb.DuckDBPyConnection, acts: str, links: dict[int, int]) -> Trees:
    """Build trees of the links from an action to the package directly around it."""
    keys = np.array(sorted({*links, *links.values()}), dtype=np.int64)
    if not len(keys):
        empty = np.zeros(0, dtype=np.int64)
        return Trees(empty, nothing(0), empty, empty, empty)
    held = fetch(
        connection,
        "select act.key, by_.company as actors, at_.company as targets, unit, lo, hi, is_open, "
        f"unknown, denied from ({acts}) act "
        "join coded.company by_ on by_.no = act.acting "
        "join coded.company at_ on at_.no = act.targeted "
        "where act.key in (select unnest(?::integer[])) order by act.key",
        [keys.tolist()],
    )
    around = np.full(len(keys), NONE)
    around[np.searchsorted(keys, list(links))] = np.searchsorted(keys, list(links.values()))
    parent = around.copy()
    while True:
        unlike = np.flatnonzero(parent >= 0)
        unlike = unlike[~_is_like(held, unlike, parent[unlike])]
        if not len(unlike):
            break
        parent[unlike] = around[parent[unlike]]
    depth, root = _depth(parent)
    return Trees(keys, from_columns(held), parent, depth, root)


def _links(
    connection: duckdb.DuckDBPyConnection, first: int, last: int, beside: Sequence[int]
) -> dict[int, int]:
    """Return the package directly around each of some actions, and around packages."""
    rows = connection.execute(
        "select package.key, package.package from coded.package "
        "join coded.act act on act.key = package.key where act.dispute between ? and ?",
        [first, last],
    ).fetchall()
    links = dict(rows)
    beyond = set(beside)
    while True:
        beyond = (beyond | {package for _, package in rows}) - set(links)
        if not beyond:
            return links
        rows = connection.execute(
            "select key, package from coded.package where key in (select unnest(?::integer[]))",
            [sorted(beyond)],
        ).fetchall()
        links.update(rows)
        beyond = set()


def _is_like(held: dict[str, Ints], parts: Ints, packages: Ints) -> Flags:
    """Whether packages have the actors, targets and unit of their parts, and count at all."""
    found: Flags = (held["unit"][packages] >= 0) & ~held["denied"][packages].astype(bool)
    for column in ("actors", "targets", "unit"):
        found &= held[column][parts] == held[column][packages]
    return found


def _depth(parent: Ints) -> tuple[Ints, Ints]:
    """Return how many packages are around each, and the outermost."""
    depth = np.zeros(len(parent), dtype=np.int64)
    root = np.arange(len(parent))
    while True:
        inner = np.flatnonzero(parent[root] >= 0)
        if not len(inner):
            return depth, root
        root[inner] = parent[root[inner]]
        depth[inner] += 1


def package_sums(held: Trees, sets: Ints, keys: Ints, amounts: Amounts, length: int) -> Sums:
    """Sum sets of actions: pairs of a set, below `length`, and an action with what it counts.

    No pair is given twice.

    Rule: docs/semantics.md#packages
    """
    places = held.places(keys)
    alone = places == NONE
    found = amounts[alone].summed(sets[alone], length)
    if alone.all():
        return Sums(found)
    inner, exceeded = _tree_sums(held, sets[~alone], places[~alone], length)
    return Sums(found.plus(inner), exceeded)


def _tree_sums(
    held: Trees, sets: Ints, places: Ints, length: int
) -> tuple[Amounts, tuple[tuple[int, int], ...]]:
    width = len(held.key)
    present = np.sort(sets * width + places)
    codes = _with_packages_around(held, present)
    is_present = is_among(codes, present)
    place, of_set = codes % width, codes // width
    parent = held.parent[place]
    outer = np.searchsorted(codes, of_set * width + np.maximum(parent, 0))
    whole = held.amounts[place]
    parts = nothing(len(codes))
    total = nothing(length)
    exceeded: list[tuple[int, int]] = []
    for depth in range(int(held.depth[place].max()), -1, -1):
        here = np.flatnonzero(held.depth[place] == depth)
        comes_to = _value(whole[here], parts[here], is_present[here])
        less = here[~whole.is_open[here] & (parts.lo[here] > whole.hi[here])]
        exceeded += zip(of_set[less].tolist(), held.key[place[less]].tolist(), strict=True)
        inside = parent[here] >= 0
        parts = parts.plus(comes_to[inside].summed(outer[here[inside]], len(codes)))
        total = total.plus(comes_to[~inside].summed(of_set[here[~inside]], length))
    return total, tuple(exceeded)


def _value(whole: Amounts, parts: Amounts, is_present: Flags) -> Amounts:
    """The whole where it is known, else at least the parts; without the package, the parts."""
    lo = np.maximum(whole.lo, parts.lo)
    lo = np.where(whole.is_open, lo, np.minimum(lo, whole.hi))
    known = Amounts(lo, whole.hi, whole.is_open, whole.unknown).without_exact_unknowns()
    return known.where(is_present, parts.at_most(whole))


def _with_packages_around(held: Trees, codes: Ints) -> Ints:
    """Add to pairs of set and place the packages around each, as far as they go."""
    width = len(held.key)
    waiting = codes
    while len(waiting):
        parent = held.parent[waiting % width]
        outer = distinct((waiting // width * width + parent)[parent >= 0])
        waiting = outer[~is_among(outer, codes)]
        codes = np.sort(np.concatenate([codes, waiting])) if len(waiting) else codes
    return codes
