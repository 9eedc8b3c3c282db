"""Names again: from the numbers of the coded tables back to what is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ledger.columns.measures.arrays import and_beside
from ledger.columns.measures.roots import Namer

if TYPE_CHECKING:
    import duckdb

    from ledger.columns.measures.ground import Ground


def namer(connection: duckdb.DuckDBPyConnection, ground: Ground) -> Namer:
    """Return the names of the nodes, and of all that is named beside them."""
    away = np.unique(ground.key[~ground.is_own]).tolist()
    rows = connection.execute(
        f"select key, id from coded.act where dispute between ? and ? {and_beside(away)}",
        [ground.first, ground.first + ground.worlds - 1, *([away] if away else [])],
    ).fetchall()
    ids = dict(rows)
    named = ground.named.ending
    endings = connection.execute(
        "select ending.no, case ending.nature when 0 then ending.name "
        "else (case ending.nature when 1 then 'act:' else 'ext:' end) || ending.name "
        "|| coalesce('@' || party.name, '') end "
        "from coded.ending ending left join coded.party party on party.no = ending.party "
        "where ending.no in (select unnest(?::int[]))",
        [np.unique(named[named >= 0]).tolist()],
    ).fetchall()
    return Namer({node: ids[key] for node, key in enumerate(ground.key.tolist())}, dict(endings))
