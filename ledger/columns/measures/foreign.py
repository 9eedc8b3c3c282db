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

ACTS: Final = "key, dispute, position, stands, acting, targeted from coded.act"
SAID: Final = "key, dispute, no, teller, unprovoked, inferred from coded.statement"
NAMED: Final = (
    "key, dispute, statement, nature, cause, ending, party, is_foreign, is_late from coded.cause"
)
ORDERS: Final = {ACTS: "key", SAID: "no", NAMED: "statement"}


@dataclass(frozen=True, slots=True)
class Laid:
    """Acts as nodes, with their world; statements, and causes named, by node."""

    acts: Columns
    said: Columns
    named: Columns


def load_span(connection: duckdb.DuckDBPyConnection, what: str, first: int, last: int) -> Columns:
    """Load rows of the disputes from `first` to `last`."""
    sql = f"select {what} where dispute between ? and ? order by {ORDERS[what]}"
    return fetch(connection, sql, [first, last])


def laid_out(connection: duckdb.DuckDBPyConnection, first: int, last: int) -> Laid:
    """Load disputes, and all that their actions go back to in others, laid out by node."""
    acts, said, named = (load_span(connection, what, first, last) for what in (ACTS, SAID, NAMED))
    for held in (acts, said, named):
        held["world"] = held["dispute"] - first
    if named["is_foreign"].any():
        acts, said, named = _joined(connection, acts, said, named)
        nodes = _Nodes(acts["world"], acts["key"])
        said["node"] = nodes.of(said["world"], said["key"])
        named["node"] = nodes.of(named["world"], named["key"])
        named["cause"] = nodes.of(named["world"], named["cause"])
        return Laid(acts, _by_node(said), _by_node(named))
    base = int(acts["key"][0]) if len(acts["key"]) else 0
    said["node"] = said["key"] - base
    named["node"] = named["key"] - base
    named["cause"] = np.where(named["cause"] == NONE, NONE, named["cause"] - base)
    return Laid(acts, said, named)


def _joined(
    connection: duckdb.DuckDBPyConnection, acts: Columns, said: Columns, named: Columns
) -> tuple[Columns, Columns, Columns]:
    """Add, for each world, the foreign actions that it goes back to, whatever account is read."""
    seen: set[tuple[int, int]] = set()
    own = named["is_foreign"]
    waiting = set(zip(named["world"][own].tolist(), named["cause"][own].tolist(), strict=True))
    home = dict(zip(acts["world"].tolist(), acts["dispute"].tolist(), strict=True))
    while waiting:
        pairs = sorted(waiting)
        seen |= waiting
        keys = np.array([key for _, key in pairs], dtype=np.int64)
        worlds = np.array([world for world, _ in pairs], dtype=np.int64)
        acts = _with(acts, _rows(connection, ACTS, keys, worlds))
        said = _with(said, _rows(connection, SAID, keys, worlds))
        found = _rows(connection, NAMED, keys, worlds)
        named = _with(named, found)
        held = found["cause"] != NONE
        causes = found["cause"][held].tolist()
        disputes = _disputes(connection, causes)
        waiting = {
            (world, cause)
            for world, cause in zip(found["world"][held].tolist(), causes, strict=True)
            if disputes[cause] != home[world]
        } - seen
    order = np.lexsort((acts["position"], acts["world"]))
    return {name: held[order] for name, held in acts.items()}, said, named


def _rows(connection: duckdb.DuckDBPyConnection, what: str, keys: Ints, worlds: Ints) -> Columns:
    """Load the rows of actions, once for each world that sees the action."""
    sql = f"select {what} where key in (select unnest(?)) order by {ORDERS[what]}"
    held = fetch(connection, sql, [sorted(set(keys.tolist()))])
    order = np.argsort(held["key"], kind="stable")
    chosen, places = rows_of(starts_of(held["key"][order], int(keys.max()) + 1), keys)
    found = {name: column[order][chosen] for name, column in held.items()}
    return {**found, "world": worlds[places]}


def _disputes(connection: duckdb.DuckDBPyConnection, keys: list[int]) -> dict[int, int]:
    sql = "select key, dispute from coded.act where key in (select unnest(?))"
    return dict(connection.execute(sql, [sorted(set(keys))]).fetchall()) if keys else {}


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
