"""Arrays: columns of numbers as they come out of DuckDB, and a few ways to follow them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Masks = npt.NDArray[Any]
"""Sets as bits: 64-bit words where they fit, else whole numbers of any size."""


def fetch(
    connection: duckdb.DuckDBPyConnection, sql: str, values: Sequence[object] = ()
) -> dict[str, npt.NDArray[Any]]:
    """Return the columns of an answer, whole numbers as 64-bit ones."""
    found = connection.execute(sql, list(values)).fetchnumpy()
    return {
        name: held.astype(np.int64) if held.dtype.kind in "iu" else held
        for name, held in found.items()
    }


def and_beside(keys: Sequence[int]) -> str:
    """Return the condition that adds actions by their keys to those of some disputes.

    Where there are none it is empty: an alternative would keep the database from passing over the
    other disputes.
    """
    return "or key in (select unnest(?::integer[]))" if keys else ""


def bits(numbers: Ints, *, is_wide: bool) -> Masks:
    """Return one bit for each number."""
    if is_wide:
        return np.array([1 << int(number) for number in numbers], dtype=object)
    return np.left_shift(np.int64(1), numbers)


def no_bits(length: int, *, is_wide: bool) -> Masks:
    """Return empty sets."""
    return np.zeros(length, dtype=object if is_wide else np.int64)


def distinct(numbers: Ints) -> Ints:
    """Return the numbers in order, each once; by sorting, which for many is fastest."""
    ordered = np.sort(numbers)
    if not len(ordered):
        return ordered
    found: Ints = ordered[np.append([True], ordered[1:] != ordered[:-1])]
    return found


def is_among(numbers: Ints, ordered: Ints) -> Flags:
    """Say which numbers stand among others that are in order."""
    if not len(ordered):
        return np.zeros(len(numbers), dtype=bool)
    places = np.minimum(np.searchsorted(ordered, numbers), len(ordered) - 1)
    found: Flags = ordered[places] == numbers
    return found


def collected(places: Ints, values: Masks, length: int) -> Masks:
    """Return the union of the sets at each place."""
    found = np.zeros(length, dtype=values.dtype)
    np.bitwise_or.at(found, places, values)
    return found


def starts_of(ordered: Ints, length: int) -> Ints:
    """Return where the run of each number begins in an ordered array, and where the last ends."""
    return np.searchsorted(ordered, np.arange(length + 1))


def rows_of(starts: Ints, wanted: Ints) -> tuple[Ints, Ints]:
    """Return all rows of the wanted numbers, and the place in `wanted` that each belongs to."""
    first, last = starts[wanted], starts[wanted + 1]
    counts = last - first
    places = np.repeat(np.arange(len(wanted)), counts)
    before = np.cumsum(counts) - counts
    return np.arange(len(places)) - before[places] + first[places], places
