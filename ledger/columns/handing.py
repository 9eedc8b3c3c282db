"""Handing raw events over to the engine: as buffers of Arrow, without an object for each value.

`pyarrow.array` would do it too, and load pandas on the way.
"""

from __future__ import annotations

from array import array
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledger.columns.engine import Engine
    from ledger.store.raw import RawEvent

FEW: Final = 2_000
"""Up to so many events are handed over one by one, which needs no pyarrow."""

PART: Final = 6_000
"""Events that one thread of the engine takes at once."""

NAMES: Final = ("position", "stream", "version", "topic", "state")
TYPES: Final = ("BIGINT", "VARCHAR", "INTEGER", "VARCHAR", "VARCHAR")


def hand_over(engine: Engine, events: Sequence[RawEvent]) -> None:
    """Show events to the engine as the view `told`, until the next are shown.

    Raises UnicodeDecodeError or ArrowInvalid for a state that is not text.
    """
    columns = tuple(zip(*events, strict=True))
    if len(events) <= FEW:
        states = [state.decode() for state in columns[4]]
        fields = ", ".join(
            f"unnest(?::{kind}[]) AS {name}" for name, kind in zip(NAMES, TYPES, strict=True)
        )
        engine.execute(
            f"CREATE OR REPLACE TEMP TABLE few AS SELECT {fields}",
            [*map(list, columns[:4]), states],
        )
        engine.execute("CREATE OR REPLACE TEMP VIEW told AS FROM few")
        return
    engine.register("many", _as_arrow(columns))
    engine.execute("CREATE OR REPLACE TEMP VIEW told AS FROM many")


def _as_arrow(columns: tuple[tuple[Any, ...], ...]) -> Any:  # noqa: ANN401  pyarrow has no types
    import pyarrow as pa  # noqa: PLC0415  only long logs need it

    def numbers(values: Iterable[int], code: str, kind: Any) -> Any:  # noqa: ANN401
        held = array(code, values)
        return pa.Array.from_buffers(kind, len(held), [None, pa.py_buffer(held)])

    def texts(joined: bytes, lengths: Iterable[int]) -> Any:  # noqa: ANN401
        ends = array("i", accumulate(lengths, initial=0))
        held = [None, pa.py_buffer(ends), pa.py_buffer(joined)]
        made = pa.Array.from_buffers(pa.string(), len(ends) - 1, held)
        made.validate(full=True)
        return made

    positions, streams, versions, topics, states = columns
    arrays = [
        numbers(positions, "q", pa.int64()),
        texts("".join(streams).encode(), _lengths(streams)),
        numbers(versions, "i", pa.int32()),
        texts("".join(topics).encode(), _lengths(topics)),
        texts(b"".join(states), map(len, states)),
    ]
    table = pa.Table.from_arrays(arrays, names=list(NAMES))
    return pa.Table.from_batches(table.to_batches(max_chunksize=PART))


def _lengths(texts: Sequence[str]) -> Iterable[int]:
    """Return how many bytes each text has in UTF-8."""
    if all(map(str.isascii, texts)):
        return map(len, texts)
    return (len(text.encode()) for text in texts)
