"""The ids of actions that an import will bring, and those that it brings more than once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.imports.bulk.digests import Digests
from ledger.imports.suggestions import NAMES_MAX

if TYPE_CHECKING:
    from collections.abc import Iterator


class Promised:
    """A collection of ids: asked for, counted, and listed only while there are few.

    `may_come_again` are ids that more than one row names as its own, or a row that may fall: of
    all others the import knows without looking that it did not write them before.
    """

    def __init__(self) -> None:
        self._digests = Digests()
        self._names: list[str] = []
        self.may_come_again: set[str] = set()

    def add(self, action: str) -> None:
        """Promise an action."""
        if not self._digests.add(action):
            self.may_come_again.add(action)
        elif len(self._names) <= NAMES_MAX:
            self._names.append(action)

    def __contains__(self, action: object) -> bool:
        return action in self._digests

    def __len__(self) -> int:
        return len(self._digests)

    def __iter__(self) -> Iterator[str]:
        """Go through the ids; only where there are few, for likely names are sought among few."""
        return iter(self._names if len(self) <= NAMES_MAX else ())
