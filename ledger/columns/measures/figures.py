"""Figures of the tally: what every cell comes to, in one direction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ledger.columns.measures.amounts import Amounts
from ledger.columns.measures.arrays import Flags, Ints, distinct, is_among
from ledger.columns.measures.called import acts, certainly_all
from ledger.columns.measures.cells import Apart, Cells, load_cells
from ledger.columns.measures.packages import Trees, package_sums, trees
from ledger.columns.measures.reversing import Reversing, load_reversing, reversed_parts
from ledger.columns.measures.tables import NONE

if TYPE_CHECKING:
    import duckdb

    from domain.reading import Reading


@dataclass(frozen=True, slots=True)
class Figures:
    """The cells of some disputes and what each comes to.

    `imposed`, `taken` and `outstanding` count where the unit adds up; elsewhere `in_force` is the
    value in force, `has_value` whether there is one, and `is_certain` whether one surely is.
    `exceeded` are packages less than their parts, as (cell, key).
    """

    cells: Cells
    imposed: Amounts
    taken: Amounts
    outstanding: Amounts
    in_force: Amounts
    has_value: Flags
    is_certain: Flags
    exceeded: tuple[tuple[int, int], ...]


def figures(
    connection: duckdb.DuckDBPyConnection, reading: Reading, first: int, last: int
) -> Figures:
    """Sum every cell of the disputes from `first` to `last`.

    Rule: docs/semantics.md#tally
    """
    named = acts(connection, reading)
    cells, apart = load_cells(connection, reading, named, first, last)
    held = trees(connection, named, first, last)
    reversing = load_reversing(connection, reading, named, first, last)
    adds = cells.is_flow[apart.cell]
    flows, stocks = apart.only(adds), apart.only(~adds)
    summing = _Summing(cells, cells.totals(), held)
    imposed, taken, exceeded = summing.of(flows, reversing, cells.most)
    if not certainly_all(reading):
        sure, certain = flows.only(flows.is_certain), reversing.only(reversing.is_certain)
        least, least_taken, _ = summing.of(sure, certain, cells.least)
        imposed, taken = least.up_to(imposed), least_taken.up_to(taken)
    stocks = stocks.everywhere(summing.totals)
    in_force, has_value, is_certain = _values_in_force(cells, stocks, reversing)
    return Figures(
        cells=cells,
        imposed=imposed,
        taken=taken,
        outstanding=imposed.reduced_by(taken),
        in_force=in_force,
        has_value=has_value,
        is_certain=is_certain,
        exceeded=exceeded,
    )


@dataclass(frozen=True, slots=True)
class _Summing:
    """How cells are summed: what lies within one cell once, for it and for its totals."""

    cells: Cells
    totals: tuple[Ints, ...]
    held: Trees

    def of(
        self, flows: Apart, reversing: Reversing, simple: Amounts
    ) -> tuple[Amounts, Amounts, tuple[tuple[int, int], ...]]:
        """Return imposed, taken and the packages exceeded; `simple` is what no link touches."""
        spans = self._spans(flows, reversing)
        within = self._summed(flows.only(~spans), reversing)
        across = self._summed(flows.only(spans).everywhere(self.totals), reversing)
        own = np.arange(len(self.cells))
        own = own[self.cells.kind != NONE]
        imposed, taken = (
            self._with_totals(one, own).plus(other)
            for one, other in zip(within[:2], across[:2], strict=True)
        )
        exceeded = [*across[2]]
        for cell, package in within[2]:
            exceeded += [(int(total[cell]), package) for total in self.totals]
        return imposed.plus(simple), taken, tuple(exceeded)

    def _spans(self, flows: Apart, reversing: Reversing) -> Flags:
        """Whether a posting is seen together with one of another cell: by package, or reversal."""
        bundle = self.held.root_keys(flows.key)
        named = distinct(bundle)
        which = np.searchsorted(named, bundle)
        first = np.zeros(len(named), dtype=np.int64)
        first[which] = flows.cell
        is_apart = np.zeros(len(named), dtype=bool)
        is_apart[which[first[which] != flows.cell]] = True
        several = np.sort(self.held.root_keys(reversing.act[reversing.named > 1]))
        spans: Flags = is_apart[which] | is_among(bundle, several)
        return spans

    def _summed(
        self, flows: Apart, reversing: Reversing
    ) -> tuple[Amounts, Amounts, tuple[tuple[int, int], ...]]:
        length = len(self.cells)
        sums = package_sums(self.held, flows.cell, flows.key, flows.amounts, length)
        taken = reversed_parts(self.held, flows, self.cells.unit, reversing, length)
        return sums.amounts, taken, sums.exceeded

    def _with_totals(self, amounts: Amounts, own: Ints) -> Amounts:
        """Add what stands in cells of one kind to the totals over them."""
        found = amounts
        for total in self.totals:
            found = found.plus(amounts[own].summed(total[own], len(self.cells)))
        return found


def _values_in_force(
    cells: Cells, stocks: Apart, reversing: Reversing
) -> tuple[Amounts, Flags, Flags]:
    """Of values that never add up, the latest not reversed; a range where it may be several.

    Rule: docs/semantics.md#stocks
    """
    is_named = is_among(stocks.key, reversing.act)
    is_gone = is_among(stocks.key, reversing.act[reversing.is_certain])
    sure = stocks.is_certain & ~is_named
    newest = np.full(len(cells), NEVER)
    np.maximum.at(newest, stocks.cell[sure], stocks.when_lo[sure])
    left = ~is_gone & (stocks.when_hi >= newest[stocks.cell])
    cell, amounts = stocks.cell[left], stocks.amounts[left]
    has_value = np.zeros(len(cells), dtype=bool)
    has_value[cell] = True
    lo = np.full(len(cells), np.iinfo(np.int64).max)
    hi, is_open, unknown = (np.zeros(len(cells), dtype=np.int64) for _ in range(3))
    np.minimum.at(lo, cell, amounts.lo)
    np.maximum.at(hi, cell, amounts.hi)
    np.maximum.at(is_open, cell, amounts.is_open.astype(np.int64))
    np.maximum.at(unknown, cell, amounts.unknown)
    value = Amounts(np.where(has_value, lo, 0), np.where(is_open > 0, 0, hi), is_open > 0, unknown)
    return value.without_exact_unknowns(), has_value, newest > NEVER


NEVER = np.iinfo(np.int64).min
"""Before any day."""
