"""The reversed part on the columns: how much of what cells imposed was undone later.

A claim is what the reversals that name the same acts of a cell say together that they took back.
Claims that touch the same package, at once or through another, are bounded together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ledger.columns.measures.amounts import Amounts, from_columns, nothing
from ledger.columns.measures.arrays import Flags, Ints, distinct, fetch
from ledger.columns.measures.packages import package_sums
from ledger.columns.measures.postings import reversals

if TYPE_CHECKING:
    import duckdb

    from domain.reading import Reading
    from ledger.columns.measures.cells import Apart
    from ledger.columns.measures.packages import Trees


@dataclass(frozen=True, slots=True)
class Reversing:
    """Reversals, one row for each posted act that one names, ordered by the act.

    `unit` and `amounts` are the reversal's own; `named` counts the acts that it names, and `alike`
    those of them in the unit of this one.
    """

    reversal: Ints
    act: Ints
    alike: Ints
    named: Ints
    unit: Ints
    amounts: Amounts
    is_certain: Flags

    def only(self, which: Flags) -> Reversing:
        """Return some of the rows."""
        return Reversing(
            self.reversal[which],
            self.act[which],
            self.alike[which],
            self.named[which],
            self.unit[which],
            self.amounts[which],
            self.is_certain[which],
        )


def load_reversing(
    connection: duckdb.DuckDBPyConnection, reading: Reading, acts: str, first: int, last: int
) -> Reversing:
    """Load the reversals of some disputes."""
    rows = fetch(
        connection,
        f"select * from ({reversals(reading, acts, first, last)}) order by act, reversal",
    )
    return Reversing(
        rows["reversal"],
        rows["act"],
        rows["alike"],
        rows["named"],
        rows["unit"],
        from_columns(rows),
        rows["is_certain"].astype(bool),
    )


def reversed_parts(
    held: Trees, apart: Apart, units: Ints, reversing: Reversing, length: int
) -> Amounts:
    """Return how much of each cell was taken back; `units` are the cells'.

    Rule: docs/semantics.md#tally
    """
    rows, places = _matched(reversing, apart.key)
    if not len(rows):
        return nothing(length)
    cell, act, amounts = apart.cell[places], reversing.act[rows], apart.amounts[places]
    (cells, _), which = _numbered(cell, reversing.reversal[rows])
    taken = _taken(reversing, rows, which, units[cells])
    (_, _), claim = _numbered(cell, _named_together(which, act)[which])
    claim_of_pair = np.zeros(len(cells), dtype=np.int64)
    claim_of_pair[which] = claim
    group = _grouped(cell, claim, held.root_keys(act))
    claimed = taken.summed(claim_of_pair, int(claim.max()) + 1)
    part = claimed.at_most(_whole(held, claim, act, amounts))
    group_of_claim, cell_of_group = (np.zeros(int(it.max()) + 1, np.int64) for it in (claim, group))
    group_of_claim[claim] = group
    cell_of_group[group] = cell
    parts = part.summed(group_of_claim, len(cell_of_group))
    return parts.at_most(_whole(held, group, act, amounts)).summed(cell_of_group, length)


def _matched(reversing: Reversing, keys: Ints) -> tuple[Ints, Ints]:
    """Return the rows of reversals that name the postings, and which posting each names."""
    first = np.searchsorted(reversing.act, keys)
    counts = np.searchsorted(reversing.act, keys, side="right") - first
    places = np.repeat(np.arange(len(keys)), counts)
    before = np.cumsum(counts) - counts
    return np.arange(len(places)) - before[places] + first[places], places


def _numbered(first: Ints, second: Ints) -> tuple[tuple[Ints, Ints], Ints]:
    """Number pairs of numbers; return the pairs in order, and the number of each row's."""
    width = int(second.max()) + 1
    rows = first * width + second
    codes = distinct(rows)
    return (codes // width, codes % width), np.searchsorted(codes, rows)


def _taken(reversing: Reversing, rows: Ints, which: Ints, units: Ints) -> Amounts:
    """What each reversal takes back in each cell: unknown unless it counts in the cell's unit.

    Where it names an act of that unit in another cell too, its share here may be nothing.
    """
    first = np.zeros(len(units), dtype=np.int64)
    first[which] = rows
    said = reversing.amounts[first]
    is_counted = (reversing.unit[first] >= 0) & (reversing.unit[first] == units)
    one = np.ones(len(units), dtype=np.int64)
    unknown = Amounts(one * 0, one * 0, one > 0, one)
    here = np.bincount(which, minlength=len(units))
    is_all_here = here == reversing.alike[first]
    return said.where(is_all_here, said.possibly()).where(is_counted, unknown)


def _named_together(which: Ints, acts: Ints) -> Ints:
    """Name the set of acts that each pair of a cell and a reversal has in common.

    One act is its own name; sets of several have names of their own.
    """
    counts = np.bincount(which)
    names = np.zeros(len(counts), dtype=np.int64)
    names[which] = acts
    several: dict[int, list[int]] = {}
    is_several = counts[which] > 1
    for pair, act in zip(which[is_several].tolist(), acts[is_several].tolist(), strict=True):
        several.setdefault(pair, []).append(act)
    known: dict[tuple[int, ...], int] = {}
    beyond = int(acts.max()) + 1
    for pair, held in several.items():
        names[pair] = beyond + known.setdefault(tuple(sorted(held)), len(known))
    return names


def _grouped(cell: Ints, claim: Ints, roots: Ints) -> Ints:
    """Number the groups of claims that touch the same package tree, at once or through others."""
    (_, _), tree = _numbered(cell, roots)
    leader = list(range(int(tree.max()) + 1))

    def leader_of(one: int) -> int:
        while leader[one] != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    first = np.zeros(int(claim.max()) + 1, dtype=np.int64)
    first[claim] = tree
    apart = first[claim] != tree
    for one, other in zip(first[claim][apart].tolist(), tree[apart].tolist(), strict=True):
        leader[leader_of(one)] = leader_of(other)
    if not apart.any():
        return tree
    found: Ints = np.array([leader_of(one) for one in range(len(leader))])[tree]
    return found


def _whole(held: Trees, sets: Ints, acts: Ints, amounts: Amounts) -> Amounts:
    """What the acts named in each set come to, each once."""
    width = int(acts.max()) + 1
    rows = sets * width + acts
    order = np.argsort(rows)
    rows = rows[order]
    first = order[np.append([True], rows[1:] != rows[:-1])]
    length = int(sets.max()) + 1
    return package_sums(held, sets[first], acts[first], amounts[first], length).amounts
