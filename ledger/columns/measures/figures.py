"""Figures of the tally: what every cell comes to, in one direction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ledger.columns.measures.amounts import Amounts
from ledger.columns.measures.arrays import Flags
from ledger.columns.measures.called import acts
from ledger.columns.measures.cells import Apart, Cells, load_cells
from ledger.columns.measures.packages import package_sums, trees
from ledger.columns.measures.reversing import Reversing, load_reversing, reversed_parts

if TYPE_CHECKING:
    import duckdb

    from domain.reading import Reading
    from ledger.columns.measures.packages import Trees


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
    imposed, exceeded = _imposed(cells, flows, held, cells.most)
    taken = reversed_parts(held, flows, cells.unit, reversing, len(cells))
    if not flows.is_certain.all() or not reversing.is_certain.all() or _is_vague(cells):
        sure = flows.only(flows.is_certain)
        least, _ = _imposed(cells, sure, held, cells.least)
        certain = reversing.only(reversing.is_certain)
        least_taken = reversed_parts(held, sure, cells.unit, certain, len(cells))
        imposed, taken = least.up_to(imposed), least_taken.up_to(taken)
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


def _is_vague(cells: Cells) -> bool:
    """Whether some action is only possibly in the period."""
    return bool((cells.most_actions != cells.least_actions).any())


def _imposed(
    cells: Cells, flows: Apart, held: Trees, simple: Amounts
) -> tuple[Amounts, tuple[tuple[int, int], ...]]:
    sums = package_sums(held, flows.cell, flows.key, flows.amounts, len(cells))
    return sums.amounts.plus(simple), sums.exceeded


def _values_in_force(
    cells: Cells, stocks: Apart, reversing: Reversing
) -> tuple[Amounts, Flags, Flags]:
    """Of values that never add up, the latest not reversed; a range where it may be several.

    Rule: docs/semantics.md#stocks
    """
    is_named = np.isin(stocks.key, reversing.act)
    is_gone = np.isin(stocks.key, reversing.act[reversing.is_certain])
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
