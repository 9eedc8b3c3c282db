"""Which rows of a stream will be taken, decided as early as can be, in memory for the few.

`survey.py` remembers of every row what it brings and needs. Here a row is settled at once, and
forgotten, where all that it needs is in the ledger or brought by settled rows; most rows of a
history told in its order are. A row that waits for a later one is settled when that comes. What is
left at the end (rows that need what never comes, rows that need each other, rows that stand before
what they need first) is decided by the rules of `survey.py`, and comes out the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledger.imports.bulk.promised import Promised
from ledger.imports.survey import ACTION, Found, Survey, close, conclude, fallen, taken

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledger.imports.survey import Key

WAITING_MOST: Final = 10_000
"""So many rows wait before circles are looked for among them."""

APART: Final = -1
"""In place of a row's number: the key was needed first before it was brought, or its first bringer
may go in a later sweep."""


class EarlySurvey:
    """Takes rows one by one, by their number, and says in the end what becomes of them.

    Of a key that is not simply settled `_coming` says which row brought it first, and waits, or
    that it stands APART: rows that need it first must know that order.
    """

    def __init__(self) -> None:
        self.promised = Promised()
        self._subjects: set[Key] = set()
        self._coming: dict[Key, int] = {}
        self._waiters: dict[Key, list[int]] = {}
        self._unmet: dict[int, set[Key]] = {}
        self._waiting_most = WAITING_MOST
        self._found = Found()

    def unread(self, action: str, place: str) -> None:
        """Note which action a row would have brought that cannot even be read."""
        self._found.unread[action] = place

    def settles(self, brings: Sequence[Key], needs: Iterable[Key], first: Iterable[Key]) -> bool:
        """Settle a row at once, and forget it, where that can be; say whether it was."""
        for key in needs:
            if not self._is_settled(key):
                return False
        if self._coming and any(key in self._coming for keys in (first, brings) for key in keys):
            return False
        self._settle(brings)
        return True

    def refuse(self, number: int, brings: tuple[Key, ...], place: str) -> None:
        """Note a row that a rule refuses, whatever else comes."""
        self._found.refused.add(number)
        self._remember(number, brings, place)

    def take(
        self,
        number: int,
        brings: tuple[Key, ...],
        needs: frozenset[Key],
        first: frozenset[Key],
        place: str,
    ) -> None:
        """Take a row that is not settled at once; `first` are needs that must be there before."""
        unmet = {key for key in needs if not self._is_settled(key)}
        first = frozenset(key for key in first if key in unmet or key in self._coming)
        self._remember(number, brings, place)
        if not unmet and not first:
            self._settle(brings)
            return
        self._found.needs[number] = needs
        if first:
            self._found.needs_first[number] = first
        if any(key not in unmet or self._coming.get(key, APART) == APART for key in first):
            self._set_apart((*brings, *first))
            return
        for key in brings:
            if not self._is_settled(key):
                self._coming.setdefault(key, number)
        self._unmet[number] = unmet
        for key in unmet:
            self._waiters.setdefault(key, []).append(number)
        if len(self._unmet) > self._waiting_most:
            self._settle_circles()
            self._waiting_most = max(WAITING_MOST, 2 * len(self._unmet))

    def concluded(self, rows: int) -> Survey:
        """Decide the rows that are left, by the rules for them all."""
        found = self._found
        for number, needs in found.needs.items():
            found.needs[number] = frozenset(key for key in needs if not self._is_settled(key))
        for number, first in found.needs_first.items():
            found.needs_first[number] = frozenset(
                key for key in first if key in self._coming or not self._is_settled(key)
            )
        sweep = conclude(found)
        for action in taken(found):
            self.promised.add(action)
        named = (name for keys in found.brings.values() for kind, name in keys if kind == ACTION)
        self.promised.may_come_again.update(named)
        return Survey(rows, self.promised, sweep, fallen(found, self.promised))

    def _settle(self, brings: Sequence[Key]) -> None:
        """Settle a row, and then what waited for it alone."""
        settled = [brings]
        while settled:
            for key in settled.pop():
                if key[0] == ACTION:
                    self.promised.add(key[1])
                else:
                    self._subjects.add(key)
                for number in self._waiters.pop(key, ()) if self._waiters else ():
                    unmet = self._unmet[number]
                    unmet.discard(key)
                    if not unmet:
                        settled.append(self._released(number))

    def _settle_circles(self) -> None:
        """Settle rows that wait for nothing but each other, and what waits for these."""
        waiting = Found(
            brings={number: self._found.brings.get(number, ()) for number in self._unmet},
            needs={number: frozenset(unmet) for number, unmet in self._unmet.items()},
        )
        close(waiting)
        for number, brings in waiting.brings.items():
            if number not in waiting.refused:
                self._settle(brings)

    def _released(self, number: int) -> tuple[Key, ...]:
        """Stop waiting with a row; return what it brings where that is settled by it."""
        del self._unmet[number]
        found = self._found
        brings = found.brings.get(number, ())
        if any(key in self._coming for key in found.needs_first.get(number, ())):
            # What it needs first came otherwise than from the row that seemed to bring it.
            self._set_apart(brings)
            return ()
        del found.needs[number]
        found.needs_first.pop(number, None)
        own = [key for key in brings if self._coming.get(key) == number]
        for key in own:
            del self._coming[key]
        if not any(key in self._coming for key in brings):
            found.brings.pop(number, None)
            found.places.pop(number, None)
        return brings

    def _set_apart(self, keys: Iterable[Key]) -> None:
        for key in keys:
            if key in self._coming or not self._is_settled(key):
                self._coming[key] = APART

    def _remember(self, number: int, brings: tuple[Key, ...], place: str) -> None:
        if brings:
            self._found.brings[number] = brings
            self._found.places[number] = place

    def _is_settled(self, key: Key) -> bool:
        return key[1] in self.promised if key[0] == ACTION else key in self._subjects
