"""Connections of one engine, each with a database of its own to put what it works out.

They share the engine's memory and threads, and see neither each other's views nor tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import duckdb

if TYPE_CHECKING:
    from ledger.columns.engine import Engine

SHARED: Final = "memory.main"
"""Where every connection finds the tables that were made for all."""


class Connections:
    """Opens connections, and clears away after those that were closed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._opened: list[tuple[str, Engine]] = []
        self._count = 0

    def opened(self) -> Engine:
        """Return a new connection; the caller closes it."""
        self._clear()
        cursor = self._engine.cursor()
        self._count += 1
        name = f"asked_{self._count}"
        cursor.execute(f"ATTACH ':memory:' AS {name}")
        cursor.execute(f"USE {name}")
        self._opened.append((name, cursor))
        return cursor

    def close(self) -> None:
        """Close every connection."""
        for _, cursor in self._opened:
            cursor.close()
        self._clear()

    def _clear(self) -> None:
        kept = []
        for name, cursor in self._opened:
            if is_closed(cursor):
                self._engine.execute(f"DETACH {name}")
            else:
                kept.append((name, cursor))
        self._opened = kept


def is_closed(connection: Engine) -> bool:
    """Tell whether a connection was closed."""
    try:
        connection.cursor().close()
    except duckdb.ConnectionException:
        return True
    return False
