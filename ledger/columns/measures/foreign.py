"""Actions of other disputes that a dispute's actions go back to, joined to its own.

They are few: most disputes have none, and then a node is its action's place among the loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from ledger.columns.measures.arrays import Ints, fetch, rows_of, starts_of
from ledger.columns.measures.tables import NONE

if TYPE_CHECKING:
    import duckdb

Columns = dict[str, npt.NDArray[Any]]

ACTS: Final = (
    "act.key, dispute, position, stands, acting, targeted, coalesce(row_key, act.key) as row "
    "from coded.act act left join coded.same same on same.key = act.key"
)
SAID: Final = (
    "act.key, act.dispute, act.no, act.teller, act.unprovoked, act.inferred "
    "from coded.statement act"
)
NAMED: Final = (
    "act.key, act.dispute, act.statement, act.nature, act.cause, act.ending, act.party, "
    "act.is_foreign, act.is_late from coded.cause act"
)
ORDERS: Final = {ACTS: "act.key", SAID: "act.no", NAMED: "act.statement"}


@dataclass(frozen=True, slots=True)
class Laid:
    """Acts as nodes, with their world; statements, and causes named, by node."""

    acts: Columns
    said: Columns
    named: Columns


def load_span(connection: duckdb.DuckDBPyConnection, what: str, first: int, last: int) -> Columns:
    """Load rows of the disputes from `first` to `last`."""
    sql = f"select {what} where act.dispute between ? and ? order by {ORDERS[what]}"
    return fetch(connection, sql, [first, last])


def laid_out(connection: duckdb.DuckDBPyConnection, first: int, last: int) -> Laid:
    """Load disputes, and all that their actions go back to in others, laid out by node."""
    acts, said, named = (load_span(connection, what, first, last) for what in (ACTS, SAID, NAMED))
    for held in (acts, said, named):
        held["world"] = held["dispute"] - first
    waiting = _elsewhere(connection, acts, named, first)
    if waiting:
        acts, said, named = _joined(connection, (acts, said, named), waiting, first)
        nodes = _Nodes(acts["world"], acts["key"])
        said["node"] = nodes.of(said["world"], said["key"])
        named["node"] = nodes.of(named["world"], named["key"])
        named["cause"] = nodes.of(named["world"], named["cause"])
        acts["row"] = nodes.of(acts["world"], acts["row"])
        return Laid(acts, _by_node(said), _by_node(named))
    base = int(acts["key"][0]) if len(acts["key"]) else 0
    acts["row"] = acts["row"] - base
    said["node"] = said["key"] - base
    named["node"] = named["key"] - base
    named["cause"] = np.where(named["cause"] == NONE, NONE, named["cause"] - base)
    return Laid(acts, said, named)


def _elsewhere(
    connection: duckdb.DuckDBPyConnection, acts: Columns, named: Columns, first: int
) -> set[tuple[int, int]]:
    """Return (world, action) of what is named, or stands for an act, in another dispute."""
    moved = acts["row"] != acts["key"]
    foreign = named["is_foreign"] | (named["dispute"] != named["world"] + first)
    foreign &= named["cause"] != NONE
    if not moved.any() and not foreign.any():
        return set()
    worlds = [*acts["world"][moved].tolist(), *named["world"][foreign].tolist()]
    keys = [*acts["row"][moved].tolist(), *named["cause"][foreign].tolist()]
    sql = "select key, dispute from coded.act where key in (select unnest(?))"
    disputes = dict(connection.execute(sql, [sorted(set(keys))]).fetchall())
    pairs = zip(worlds, keys, strict=True)
    return {(world, key) for world, key in pairs if disputes[key] != world + first}


def _joined(
    connection: duckdb.DuckDBPyConnection,
    laid: tuple[Columns, Columns, Columns],
    waiting: set[tuple[int, int]],
    first: int,
) -> tuple[Columns, Columns, Columns]:
    """Add, for each world, the foreign actions that it goes back to, whatever account is read."""
    seen: set[tuple[int, int]] = set()
    acts, said, named = laid
    while waiting:
        seen |= waiting
        worlds, keys = np.array(sorted(waiting), dtype=np.int64).T
        more = [_rows(connection, what, keys, worlds) for what in (ACTS, SAID, NAMED)]
        acts, said, named = (
            _with(held, found) for held, found in zip((acts, said, named), more, strict=True)
        )
        waiting = _elsewhere(connection, more[0], more[2], first) - seen
    order = np.lexsort((acts["position"], acts["world"]))
    return {name: held[order] for name, held in acts.items()}, said, named


def _rows(connection: duckdb.DuckDBPyConnection, what: str, keys: Ints, worlds: Ints) -> Columns:
    """Load the rows of actions, once for each world that sees the action."""
    sql = f"select {what} where act.key in (select unnest(?)) order by {ORDERS[what]}"
    held = fetch(connection, sql, [sorted(set(keys.tolist()))])
    order = np.argsort(held["key"], kind="stable")
    chosen, places = rows_of(starts_of(held["key"][order], int(keys.max()) + 1), keys)
    found = {name: column[order][chosen] for name, column in held.items()}
    return {**found, "world": worlds[places]}


def _with(held: Columns, more: Columns) -> Columns:
    return {name: np.concatenate([column, more[name]]) for name, column in held.items()}


def _by_node(rows: Columns) -> Columns:
    order = np.argsort(rows["node"], kind="stable")
    return {name: column[order] for name, column in rows.items()}


class _Nodes:
    """Finds the node of an action as a world sees it."""

    def __init__(self, worlds: Ints, keys: Ints) -> None:
        self._width = int(keys.max()) + 1
        codes = worlds * self._width + keys
        self._order = np.argsort(codes)
        self._codes = codes[self._order]

    def of(self, worlds: Ints, keys: Ints) -> Ints:
        """Return nodes; NONE for NONE."""
        place = np.searchsorted(self._codes, worlds * self._width + keys)
        place = np.minimum(place, len(self._order) - 1)
        return np.where(keys == NONE, NONE, self._order[place])
