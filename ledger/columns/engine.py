"""The engine of the columns: DuckDB in this process, held to what it may use.

It reads and writes Parquet files and nothing else: it loads no extension, asks no network, keeps
its own working data in memory, and what does not fit there in a folder that it is given.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

import duckdb
import msgspec

from ledger.columns.schema import json_structure

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ledger.columns.schema import Fields

Engine = duckdb.DuckDBPyConnection

MEMORY: Final = "900MB"
"""What the engine may hold at once; more goes to the folder for spilling."""

THREADS_MAX: Final = 8


def connect(spill: Path | None = None, memory: str = MEMORY) -> Engine:
    """Open an engine with empty memory; without a folder to spill to it may use no disk."""
    engine = duckdb.connect(
        config={
            "threads": min(os.cpu_count() or 1, THREADS_MAX),
            "memory_limit": memory,
            "temp_directory": str(spill) if spill else "",
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "preserve_insertion_order": False,
        }
    )
    # Segments never change: where their columns lie is read once.
    engine.execute("SET parquet_metadata_cache = true")
    return engine


def put(engine: Engine, target: str, fields: Fields, rows: Sequence[dict[str, Any]]) -> None:
    """Append rows to the table `target`, which has these fields; days are given as `date`.

    A digest is given as hex digits.
    """
    if rows:
        text = msgspec.json.encode(rows).decode()
        structure = json_structure(fields)
        replacing = "REPLACE (unhex(digest) AS digest)" if "digest" in fields else ""
        engine.execute(
            f"INSERT INTO {target} BY NAME SELECT * {replacing} FROM "
            f"(SELECT unnest(CAST(CAST(? AS JSON) AS {structure}), max_depth := 2))",
            [text],
        )
