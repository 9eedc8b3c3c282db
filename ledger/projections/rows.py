"""What a projection is: rows computed from scratch, and rows changed by what is new.

A row is (key, value, position of the entry that last changed it). Values are kept as canonical
JSON, so that equal rows are equal texts: in memory, in SQLite, and where they are compared.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from domain.canonical import canonical_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from domain.history import History
    from domain.records.entry import Entry
    from ledger.store.views import ViewReads

Row = tuple[str, object]


@dataclass(frozen=True, slots=True)
class Sealed:
    """An entry as it was stored, with the digest of its stored form."""

    entry: Entry
    digest: str


class Views:
    """The views as they will stand: what is stored, overlaid with what this batch changed.

    A row is read from the store once at most; where the views are `empty`, never.
    """

    def __init__(self, stored: ViewReads, *, empty: bool = False) -> None:
        self._stored = stored
        self._is_empty = empty
        self._read: dict[tuple[str, str], str | None] = {}
        self._scanned: dict[tuple[str, str], frozenset[str]] = {}
        self.changes: dict[tuple[str, str], str | None] = {}
        self.positions: dict[tuple[str, str], int] = {}
        self._changed: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        """The changed keys of a projection by what stands before their first `/`."""

    def get(self, projection: str, key: str) -> Any:  # noqa: ANN401  JSON as it was put in
        """Return a value as plain data, or None."""
        text = self._text(projection, key)
        return None if text is None else json.loads(text)

    def _text(self, projection: str, key: str) -> str | None:
        row = projection, key
        if row in self.changes:
            return self.changes[row]
        if self._is_empty:
            return None
        if row not in self._read:
            self._read[row] = self._stored.get(projection, key)
        return self._read[row]

    def keys(self, projection: str, prefix: str = "") -> tuple[str, ...]:
        """Return the keys that begin so, in order."""
        found = set(self._stored_keys(projection, prefix))
        for key in self._changed_keys(projection, prefix):
            if key.startswith(prefix):
                is_gone = self.changes[projection, key] is None
                (found.discard if is_gone else found.add)(key)
        return tuple(sorted(found))

    def _stored_keys(self, projection: str, prefix: str) -> frozenset[str]:
        if self._is_empty:
            return frozenset()
        asked = projection, prefix
        if asked not in self._scanned:
            rows = {
                (projection, key): value for key, value, _ in self._stored.scan(projection, prefix)
            }
            self._read |= rows
            self._scanned[asked] = frozenset(key for _, key in rows)
        return self._scanned[asked]

    def _changed_keys(self, projection: str, prefix: str) -> Iterator[str]:
        head, slash, _ = prefix.partition("/")
        if slash:
            yield from self._changed.get((projection, head), ())
            return
        for (name, _), keys in self._changed.items():
            if name == projection:
                yield from keys

    def put(self, projection: str, key: str, value: object, position: int) -> None:
        """Change a row, or take it away with None; a row that stays as it is is not written."""
        text = None if value is None else canonical_text(value)
        if text != self._text(projection, key):
            self.changes[projection, key] = text
            self._changed[projection, key.partition("/")[0]].add(key)
            self.positions[projection, key] = position


@dataclass(frozen=True, slots=True)
class Batch:
    """What is new, and which actions and disputes it changed, each at its last position."""

    sealed: tuple[Sealed, ...]
    before: Mapping[str, Any]
    """Dossiers of the changed actions as they stood before the batch; None for new ones."""
    history: History
    """The history after the batch; dossiers are looked up as they are asked for."""
    actions: Mapping[str, int]
    disputes: Mapping[str, int]


class Projection(Protocol):
    """One materialised view: `update` from what is new, `scratch` from the whole history."""

    name: str

    def update(self, batch: Batch, views: Views) -> None:
        """Change the rows that the batch touches, and no others."""

    def scratch(self, history: History, sealed: Iterable[tuple[int, str]]) -> Iterator[Row]:
        """Compute every row by the domain's own measures; `sealed` gives position and digest."""
