"""Digests: one for every stored event, so that a changed byte is found where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.history import History
    from ledger.projections.rows import Batch, Row, Views

NAME = "digests"


def key(position: int) -> str:
    """Return the key of a position; keys in order of text are positions in order."""
    return f"{position:012d}"


class Digests:
    """Position to digest of the stored event.

    Rule: docs/semantics.md#digests
    """

    name = NAME

    def update(self, batch: Batch, views: Views) -> None:
        """Add the digests of what is new."""
        for sealed in batch.sealed:
            position = sealed.entry.position
            views.put(NAME, key(position), sealed.digest, position)

    def scratch(self, history: History, sealed: Iterable[tuple[int, str]]) -> Iterator[Row]:
        """Digest every stored event again."""
        del history
        for position, digest in sealed:
            yield key(position), digest
