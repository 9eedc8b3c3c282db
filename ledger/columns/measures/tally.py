"""The tally of one dispute on the columns, line by line, in names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from domain.truth import Truth
from ledger.columns.measures.called import acts, in_families, in_period
from ledger.columns.measures.figures import Figures, figures
from ledger.columns.measures.side_totals import side_totals
from ledger.columns.measures.tables import (
    FAMILY_NAMES,
    FLOWS,
    KIND_NAMES,
    NONE,
    UNCLASSIFIED,
    UNIT_NAMES,
)
from ledger.columns.measures.tally_lines import ALL, Bounds, Key, Line, NetBounds, SideSum, net_of

if TYPE_CHECKING:
    import duckdb

    from domain.reading import Reading
    from ledger.columns.measures.amounts import Amounts


@dataclass(frozen=True, slots=True)
class _Figure:
    actions: Bounds
    imposed: Bounds | None
    taken: Bounds | None = None
    outstanding: Bounds | None = None
    in_force: Truth | None = None


NOBODY: Final = Bounds(0, 0)


@dataclass(frozen=True, slots=True)
class ColumnTally:
    """All lines and totals of a dispute by key; the declared sides' sums, by side and unit.

    `exceeded` are the ids of packages less than their parts, `unclassified` those of actions that
    count nowhere.
    """

    lines: dict[Key, Line]
    side_totals: dict[tuple[str, str], SideSum]
    exceeded: tuple[str, ...]
    unclassified: tuple[str, ...]


def tally_of(connection: duckdb.DuckDBPyConnection, dispute: int, reading: Reading) -> ColumnTally:
    """Sum a dispute, by its number.

    Rule: docs/semantics.md#tally
    """
    found = figures(connection, reading, dispute, dispute)
    named = _named(connection, found, dispute)
    keys = dict.fromkeys([*named, *(key.mirrored() for key in named)])
    lines = {
        key: _line(key, *(named.get(it) or _empty(it.unit) for it in (key, key.mirrored())))
        for key in keys
    }
    is_total = found.cells.family == NONE
    packages = sorted({key for cell, key in found.exceeded if is_total[cell]})
    ids = connection.execute(
        "select id from coded.act where key in (select unnest(?::integer[])) order by id",
        [packages],
    ).fetchall()
    return ColumnTally(
        lines=lines,
        side_totals=side_totals(lines, _declared(connection, dispute)),
        exceeded=tuple(name for (name,) in ids),
        unclassified=_unclassified(connection, dispute, reading),
    )


def _declared(connection: duckdb.DuckDBPyConnection, dispute: int) -> frozenset[str]:
    rows = connection.execute(
        "select distinct name from coded.side where dispute = ?", [dispute]
    ).fetchall()
    return frozenset(name for (name,) in rows)


def _unclassified(
    connection: duckdb.DuckDBPyConnection, dispute: int, reading: Reading
) -> tuple[str, ...]:
    counts = " and ".join((*in_period(reading), in_families(reading)))
    kinds = ", ".join(map(str, UNCLASSIFIED))
    rows = connection.execute(
        f"select id from ({acts(connection, reading)}) where dispute = ? and stands "
        f"and kind in ({kinds}) and {counts} order by id",
        [dispute],
    ).fetchall()
    return tuple(name for (name,) in rows)


def _named(
    connection: duckdb.DuckDBPyConnection, found: Figures, dispute: int
) -> dict[Key, _Figure]:
    accounts = dict(
        connection.execute(
            "select account, name from coded.company where dispute = ?", [dispute]
        ).fetchall()
    )
    cells = found.cells
    return {
        Key(
            accounts[int(cells.by[cell])],
            accounts[int(cells.against[cell])],
            FAMILY_NAMES[cells.family[cell]] if cells.family[cell] != NONE else ALL,
            KIND_NAMES[cells.kind[cell]] if cells.kind[cell] != NONE else ALL,
            UNIT_NAMES[cells.unit[cell]] if cells.unit[cell] != NONE else "",
        ): _figure(found, cell)
        for cell in range(len(cells))
    }


def _figure(found: Figures, cell: int) -> _Figure:
    cells = found.cells
    actions = Bounds(int(cells.least_actions[cell]), int(cells.most_actions[cell]))
    unit = int(cells.unit[cell])
    if unit == NONE:
        return _Figure(actions, None)
    if FLOWS[unit]:
        return _Figure(
            actions,
            _bounds(found.imposed, cell),
            _bounds(found.taken, cell),
            _bounds(found.outstanding, cell),
        )
    if not found.has_value[cell]:
        return _Figure(actions, None, in_force=Truth.FALSE)
    value = _bounds(found.in_force, cell)
    is_certain = Truth.TRUE if found.is_certain[cell] else Truth.UNDETERMINED
    return _Figure(actions, value, outstanding=value, in_force=is_certain)


def _empty(unit: str) -> _Figure:
    """The figure of a cell that holds nothing."""
    if not unit:
        return _Figure(NOBODY, None)
    if FLOWS[UNIT_NAMES.index(unit)]:
        return _Figure(NOBODY, NOBODY, NOBODY, NOBODY)
    return _Figure(NOBODY, None, in_force=Truth.FALSE)


def _bounds(amounts: Amounts, row: int) -> Bounds:
    hi = None if amounts.is_open[row] else int(amounts.hi[row])
    return Bounds(int(amounts.lo[row]), hi, int(amounts.unknown[row]))


def _line(key: Key, mine: _Figure, theirs: _Figure) -> Line:
    net = None
    if mine.imposed is not None and theirs.imposed is not None and mine.taken is not None:
        net = NetBounds(0, 0) if key.by == key.against else net_of(mine.imposed, theirs.imposed)
    return Line(
        actions=mine.actions,
        imposed=mine.imposed,
        suffered=theirs.imposed,
        net=net,
        reversed=mine.taken,
        outstanding=mine.outstanding,
        in_force=mine.in_force,
    )
