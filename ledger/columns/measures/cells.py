"""Cells of the tally: the sets of actions that single figures sum, all of some disputes at once.

A cell is an account, another, a family, a kind and a unit; without a kind, or without a kind and a
family, it is a total. What no link touches is added up by the database; what packages hold, and
what reversals name, comes out row by row.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ledger.columns.measures.amounts import Amounts, from_columns
from ledger.columns.measures.arrays import Flags, Ints, fetch
from ledger.columns.measures.called import certainly_all
from ledger.columns.measures.postings import posted
from ledger.columns.measures.tables import FAMILY_NAMES, FLOWS, KIND_NAMES, NONE, STOCKS, UNIT_NAMES

if TYPE_CHECKING:
    import duckdb
    import numpy.typing as npt

    from domain.reading import Reading

_ADDED: Final = """
with posted as ({posted}),
added as (
    select by_casting, against_casting, family, kind, unit,
        count(*) as most, count(*) filter (is_certain) as least,
        {sums}
    from posted where posted.dispute between ? and ?
    group by all
)
select any_value(by_.dispute) as dispute, by_.account as by_account,
    against.account as against_account,
    coalesce(family, -1) as family, coalesce(kind, -1) as kind, unit,
    sum(most)::bigint as most, sum(least)::bigint as least, {again}
from added join coded.company by_ on by_.no = by_casting
join coded.company against on against.no = against_casting
group by grouping sets (
    (by_.account, against.account, family, kind, unit),
    (by_.account, against.account, family, unit),
    (by_.account, against.account, unit))
"""

_APART: Final = """
select posted.key, by_.account as by_account, against.account as against_account, family, kind,
    unit, lo, hi, is_open, unknown, when_lo, when_hi, is_certain
from ({posted}) posted
join coded.company by_ on by_.no = by_casting
join coded.company against on against.no = against_casting
where posted.dispute between ? and ? and (posted.is_tangled or posted.unit in {stocks})
order by posted.key
"""

SUMMED: Final = ("lo", "hi", "is_open", "unknown")
TOTALS: Final = ("kind", "family")
"""What a total leaves out, one more at a time."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells in order of `code`, with the range of how many actions each holds.

    `most` and `least` sum what no link touches: all that is possibly in the period, and what
    certainly is.
    """

    code: Ints
    dispute: Ints
    by: Ints
    against: Ints
    family: Ints
    kind: Ints
    unit: Ints
    most_actions: Ints
    least_actions: Ints
    most: Amounts
    least: Amounts

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.code)

    def totals(self) -> tuple[Ints, ...]:
        """Return for each cell the total over its kinds, and that over families too."""
        columns = {
            "by_account": self.by,
            "against_account": self.against,
            "family": self.family,
            "kind": self.kind,
            "unit": self.unit,
        }
        found = []
        for column in TOTALS:
            columns[column] = np.full(len(self), NONE)
            found.append(np.searchsorted(self.code, _codes(columns)))
        return tuple(found)

    @property
    def is_flow(self) -> Flags:
        """Whether the unit of a cell adds up."""
        return np.array([*FLOWS, False])[self.unit]


@dataclass(frozen=True, slots=True)
class Apart:
    """Postings that do not simply add up, each in a cell."""

    cell: Ints
    key: Ints
    amounts: Amounts
    when_lo: Ints
    when_hi: Ints
    is_certain: Flags

    def everywhere(self, totals: tuple[Ints, ...]) -> Apart:
        """Return each posting in its own cell and in the totals that hold that."""
        places = np.tile(np.arange(len(self.key)), 1 + len(totals))
        cells = [self.cell, *(total[self.cell] for total in totals)]
        return replace(self.only(places), cell=np.concatenate(cells))

    def only(self, which: npt.NDArray[Any]) -> Apart:
        """Return some of them."""
        return Apart(
            self.cell[which],
            self.key[which],
            self.amounts[which],
            self.when_lo[which],
            self.when_hi[which],
            self.is_certain[which],
        )


def load_cells(
    connection: duckdb.DuckDBPyConnection, reading: Reading, acts: str, first: int, last: int
) -> tuple[Cells, Apart]:
    """Load the cells of some disputes, and the postings that are told apart.

    Rule: docs/semantics.md#tally
    """
    relation = posted(reading, acts)
    filters = {"most": "not is_tangled", "least": "not is_tangled and is_certain"}
    if certainly_all(reading):
        filters.pop("least")
    sums = ", ".join(
        f"coalesce(sum({name}::bigint) filter ({kept}), 0)::bigint as {which}_{name}"
        for which, kept in filters.items()
        for name in SUMMED
    )
    again = ", ".join(
        f"sum({which}_{name})::bigint as {which}_{name}" for which in filters for name in SUMMED
    )
    span = [first, last]
    rows = fetch(connection, _ADDED.format(posted=relation, sums=sums, again=again), span)
    code = _codes(rows)
    order = np.argsort(code)
    rows = {name: held[order] for name, held in rows.items()}
    cells = Cells(
        code=code[order],
        dispute=rows["dispute"],
        by=rows["by_account"],
        against=rows["against_account"],
        family=rows["family"],
        kind=rows["kind"],
        unit=rows["unit"],
        most_actions=rows["most"],
        least_actions=rows["least"],
        most=_amounts(rows, "most"),
        least=_amounts(rows, "least" if "least" in filters else "most"),
    )
    return cells, _apart(
        cells, fetch(connection, _APART.format(posted=relation, stocks=STOCKS), span)
    )


def _amounts(rows: dict[str, npt.NDArray[Any]], which: str) -> Amounts:
    found = from_columns({name: rows[f"{which}_{name}"] for name in SUMMED})
    return Amounts(found.lo, found.hi, rows[f"{which}_is_open"] > 0, found.unknown)


def _apart(cells: Cells, rows: dict[str, npt.NDArray[Any]]) -> Apart:
    """Put each posting into its own cell."""
    return Apart(
        cell=np.searchsorted(cells.code, _codes(rows)),
        key=rows["key"],
        amounts=from_columns(rows),
        when_lo=rows["when_lo"],
        when_hi=rows["when_hi"],
        is_certain=rows["is_certain"].astype(bool),
    )


def _codes(rows: dict[str, npt.NDArray[Any]]) -> Ints:
    """Number cells so that each has one number, whatever else is there."""
    accounts = 1 << 24
    code: Ints = rows["by_account"] * accounts + rows["against_account"]
    for column, size in (
        ("family", len(FAMILY_NAMES)),
        ("kind", len(KIND_NAMES)),
        ("unit", len(UNIT_NAMES)),
    ):
        code = code * (size + 1) + rows[column] + 1
    return code
