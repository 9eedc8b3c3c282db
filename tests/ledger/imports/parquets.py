"""Parquet files made of what the tests write as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq


def of_columns(columns: Mapping[str, Any]) -> bytes:
    """A Parquet file with these columns."""
    written = io.BytesIO()
    pq.write_table(pa.table(dict(columns)), written)
    return written.getvalue()


def of_csv(content: bytes) -> bytes:
    """A Parquet file with the columns and rows of a CSV file, all of them text."""
    header, *rows = csv.reader(io.StringIO(content.decode()))
    texts = {name: [row[place] for row in rows] for place, name in enumerate(header)}
    return of_columns({name: pa.array(cells, pa.string()) for name, cells in texts.items()})
