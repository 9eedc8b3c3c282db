"""Names to suggest where a row names an unknown id; a few times only, for comparing is slow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledger.projections.dossiers import DOSSIERS

if TYPE_CHECKING:
    from collections.abc import Collection

    from ledger.facade import Ledger

SUGGESTED_MAX: Final = 20
NAMES_MAX: Final = 20_000


class Suggestions:
    """The ids that a ledger holds and an import will bring; none where there are too many."""

    def __init__(self, ledger: Ledger, promised: Collection[str]) -> None:
        self._ledger = ledger
        self._promised = promised
        self._names: tuple[str, ...] | None = None
        self._asked = 0

    def __call__(self) -> tuple[str, ...]:
        """Return the names, the first few times that they are asked for."""
        self._asked += 1
        if self._asked > SUGGESTED_MAX or len(self._promised) > NAMES_MAX:
            return ()
        if self._names is None:
            self._names = self._gathered()
        return self._names

    def _gathered(self) -> tuple[str, ...]:
        names = set(self._promised)
        for key, _, _ in self._ledger.store.views.scan(DOSSIERS):
            names.add(key)
            if len(names) > NAMES_MAX:
                return ()
        return tuple(sorted(names))
