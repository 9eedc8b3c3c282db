"""Histories put into the engine without files, for tests of the measures over columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.columns.engine import Engine, connect, put
from ledger.columns.flatten import Row, flatten
from ledger.columns.measures.coding import code_history
from ledger.columns.schema import TABLES, definition

if TYPE_CHECKING:
    from datetime import date

    from domain.history import History

Tables = dict[str, list[Row]]


def coded(tables: Tables, as_of: date | None = None) -> Engine:
    """Put rows into tables, and code them."""
    engine = connect()
    for name, fields in TABLES.items():
        engine.execute(f"CREATE TABLE {name} {definition(fields)}")
        put(engine, name, fields, tables.get(name, []))
    code_history(engine, as_of)
    return engine


def tables_of(history: History) -> Tables:
    """Lay out a history as it stands: what was replaced is not there."""
    tables: Tables = {name: [] for name in TABLES}
    for dossier in history.dossiers.values():
        for (table, _), row in flatten(dossier).items():
            tables[table].append({**row, "changed_at": dossier.changed_at})
    for dispute in history.disputes.values():
        sides = [{"name": it.name, "parties": list(it.parties)} for it in dispute.sides.sides]
        row = {"dispute": dispute.id, "changed_at": dispute.changed_at, "sides": sides}
        tables["sides"].append(row)
    return tables


def columns_of(history: History, as_of: date | None = None) -> Engine:
    """Code a history as it stands, or what of it was public by a day."""
    return coded(tables_of(history), as_of)
