"""The rows of the tails, as tables of the engine that every connection reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.columns.engine import put
from ledger.columns.schema import TABLES, definition
from ledger.columns.tails import STORED, TAILS, read_tail

if TYPE_CHECKING:
    from pathlib import Path

    from ledger.columns.engine import Engine
    from ledger.columns.manifest import Manifest


class TailTables:
    """Tables named `<prefix>_<table>`, filled tail by tail as they come.

    Where tails are gone since they became segments, new tables are begun. Those before stay for
    one more such change, for the connections that still read them.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._held: set[str] = set()
        self._number = 0
        self._begin()

    def shown(self, manifest: Manifest, folder: Path) -> str:
        """Return the prefix of tables that hold the tails of this manifest, and perhaps later."""
        tails = manifest.of(TAILS)
        if not self._held <= {tail.path for tail in tails}:
            self._number += 1
            self._begin()
        for tail in tails:
            if tail.path not in self._held:
                for table, rows in read_tail(folder, tail).items():
                    put(self._engine, f"{self._prefix}_{table}", STORED[table], rows)
                self._held.add(tail.path)
        return self._prefix

    @property
    def _prefix(self) -> str:
        return f"tails_{self._number}"

    def _begin(self) -> None:
        self._held = set()
        for table, fields in TABLES.items():
            self._engine.execute(f"CREATE TABLE {self._prefix}_{table} {definition(fields)}")
            if self._number > 1:
                self._engine.execute(f"DROP TABLE tails_{self._number - 2}_{table}")
