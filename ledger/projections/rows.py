"""What a projection is: a name, rows computed from scratch, and rows changed by what is new.

A row is (key, value text, position of the entry that last changed it). The values are canonical
JSON, so that equal rows are equal texts, in memory, in SQLite and in a comparison.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from domain.canonical import canonical_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from domain.history import History
    from domain.records.entry import Entry
    from ledger.store.views import ViewStore

Rows = dict[str, object]
"""Key to value, plain JSON data."""


class Views:
    """The views as they will stand: what is stored, overlaid with what this batch changed."""

    def __init__(self, store: ViewStore) -> None:
        self._store = store
        self.changes: dict[tuple[str, str], str | None] = {}
        self.positions: dict[tuple[str, str], int] = {}

    def get(self, projection: str, key: str) -> Any:
        """Return a value, or None."""
        changed = self.changes.get((projection, key), "")
        text = self._store.get(projection, key) if changed == "" else changed
        return None if text is None else json.loads(text)

    def keys(self, projection: str, prefix: str) -> tuple[str, ...]:
        """Return the keys that begin so, in order."""
        found = {key for key, _, _ in self._store.scan(projection, prefix)}
        for (name, key), value in self.changes.items():
            if name == projection and key.startswith(prefix):
                (found.discard if value is None else found.add)(key)
        return tuple(sorted(found))

    def put(self, projection: str, key: str, value: object, position: int) -> None:
        """Change a row, or take it away with None; a row that stays as it is stays unwritten."""
        text = None if value is None else canonical_text(value)
        before = self.get(projection, key)
        if (None if before is None else canonical_text(before)) != text:
            self.changes[projection, key] = text
            self.positions[projection, key] = position


@dataclass(frozen=True, slots=True)
class Batch:
    """What is new: entries in order, and the digest of each as it is stored."""

    entries: tuple[Entry, ...]
    digests: tuple[str, ...]
    changed: dict[str, int] = field(default_factory=dict)
    """Actions whose dossier changed, each with the position that changed it last."""


class Projection(Protocol):
    """One materialised view."""

    name: str

    def update(self, batch: Batch, views: Views) -> None:
        """Change the rows that the batch touches, and no others."""

    def scratch(self, history: History, digests: Iterable[tuple[int, str]]) -> Iterator[
        tuple[str, object]
    ]:
        """Compute every row from the whole history, by the domain's own measures."""


def affected(views: Views, changed: Collection[str]) -> tuple[str, ...]:
    """Return the actions and all that descend from them, over the causes of every account."""
    seen = dict.fromkeys(changed)
    waiting = list(changed)
    while waiting:
        prefix = f"{waiting.pop()}/"
        for key in views.keys("effects", prefix):
            effect = key.removeprefix(prefix)
            if effect not in seen:
                seen[effect] = None
                waiting.append(effect)
    return tuple(seen)
