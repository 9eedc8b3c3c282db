"""The views in memory: the same promises as in a file, for tests and short looks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from threading import RLock

from ledger.store.views import Changes, Positions, ViewReads


class MemoryViews:
    """The view store of one process; see ViewStore for what its methods promise."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._rows: defaultdict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
        self._position = 0
        self._schema = ""

    def position(self) -> int:
        """Return the log position the views stand at."""
        return self._position

    def schema(self) -> str:
        """Return which set of projections wrote the views."""
        return self._schema

    @contextmanager
    def snapshot(self) -> Iterator[ViewReads]:
        """Read rows while nobody changes them."""
        with self._lock:
            yield self

    def get(self, projection: str, key: str) -> str | None:
        """Return one value, or None."""
        with self._lock:
            row = self._rows[projection].get(key)
        return None if row is None else row[0]

    def get_many(self, projection: str, keys: Collection[str]) -> dict[str, str]:
        """Return the values of those keys that have one."""
        with self._lock:
            rows = self._rows[projection]
            return {key: rows[key][0] for key in keys if key in rows}

    def scan(self, projection: str, prefix: str = "") -> Iterator[tuple[str, str, int]]:
        """Yield the rows whose key begins so, as they are when the scan begins."""
        with self._lock:
            found = sorted(
                (key, value, position)
                for key, (value, position) in self._rows[projection].items()
                if key.startswith(prefix)
            )
        yield from found

    def commit(
        self,
        *,
        expected: int,
        position: int,
        schema: str,
        changes: Changes,
        positions: Positions,
    ) -> bool:
        """Take the views from `expected` to `position`, or return False and write nothing."""
        with self._lock:
            if self._position != expected or self._schema not in {"", schema}:
                return False
            self._position, self._schema = position, schema
            for (projection, key), value in changes.items():
                if value is None:
                    self._rows[projection].pop(key, None)
                else:
                    changed_at = positions.get((projection, key), position)
                    self._rows[projection][key] = (value, changed_at)
        return True

    def reset(self) -> None:
        """Throw all views away."""
        with self._lock:
            self._rows.clear()
            self._position, self._schema = 0, ""
