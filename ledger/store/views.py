"""Where projections are kept: one table from (projection, key) to a value and a position."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Final, Protocol

Changes = Mapping[tuple[str, str], str | None]
"""(projection, key) to the new value; None takes the row away."""

Positions = Mapping[tuple[str, str], int]
"""(projection, key) to the position of the event that changed it last."""


SURROGATES: Final = range(0xD800, 0xE000)
"""Code points that no text in UTF-8 holds."""

LAST: Final = 0x10FFFF


class ViewReads(Protocol):
    """Rows of text to be read."""

    def get(self, projection: str, key: str) -> str | None:
        """Return one value, or None."""

    def get_many(self, projection: str, keys: Collection[str]) -> dict[str, str]:
        """Return the values of those keys that have one."""

    def scan(self, projection: str, prefix: str = "") -> Iterator[tuple[str, str, int]]:
        """Yield key, value and position of every row whose key begins so, as of one moment.

        Keys come in code point order.
        """


class ViewStore(ViewReads, Protocol):
    """Rows of text that can be thrown away and computed again from the log."""

    def position(self) -> int:
        """Return the log position the views stand at, 0 where there are none."""

    def schema(self) -> str:
        """Return which set of projections wrote the views, "" where there are none."""

    def snapshot(self) -> AbstractContextManager[ViewReads]:
        """Let many rows be read as of one moment, at less cost than one by one."""

    def commit(
        self,
        *,
        expected: int,
        position: int,
        schema: str,
        changes: Changes,
        positions: Positions,
    ) -> bool:
        """Take the views from position `expected` to `position`, all changes in one transaction.

        Returns False and writes nothing where the views no longer stand at `expected`, or were
        written by another set of projections: a stale batch would count twice. A key without an
        entry in `positions` gets `position`.

        Rule: docs/semantics.md#replay
        """

    def reset(self) -> None:
        """Throw all views away: position 0, schema ""."""


def after_prefix(prefix: str) -> str | None:
    """Return the first text after all that begin so, by code points; None where nothing is."""
    for end in range(len(prefix), 0, -1):
        code = ord(prefix[end - 1])
        if code < LAST:
            following = SURROGATES.stop if code + 1 in SURROGATES else code + 1
            return prefix[: end - 1] + chr(following)
    return None
