"""A set of many names in little memory: 8 bytes of each, in a table of open addresses.

A set of ten million texts takes more than a gigabyte; this takes at most 16 bytes a name (twice
that for a moment while it grows). That an unknown name is taken for one of n known ones has
probability n / 2^64: less than 10^-12 for ten million. The key is random in each process and
secret, so that nobody can choose names that are taken for each other.
"""

from __future__ import annotations

import secrets
from array import array
from typing import Final

WORD_BYTES: Final = 8
WORD: Final = (1 << 64) - 1
SLOTS_FIRST: Final = 1 << 10
LOAD: Final = 2 / 3
"""The share of slots in use beyond which the table is doubled."""


class Digests:
    """Names that can be added and asked for, and not be listed."""

    def __init__(self) -> None:
        self._key = secrets.token_hex(WORD_BYTES)
        self._slots = _empty(SLOTS_FIRST)
        self._count = 0

    def add(self, name: str) -> bool:
        """Add a name; say whether it is new."""
        word = hash(self._key + name) & WORD or 1
        place = self._place(word)
        if self._slots[place]:
            return False
        self._slots[place] = word
        self._count += 1
        if self._count > LOAD * len(self._slots):
            self._grow()
        return True

    def _place(self, word: int) -> int:
        slots = self._slots
        mask = len(slots) - 1
        place = word & mask
        while (found := slots[place]) and found != word:
            place = (place + 1) & mask
        return place

    def _grow(self) -> None:
        words, self._slots = self._slots, _empty(2 * len(self._slots))
        for word in words:
            if word:
                self._slots[self._place(word)] = word

    def __contains__(self, name: object) -> bool:
        return bool(self._slots[self._place(hash(f"{self._key}{name}") & WORD or 1)])

    def __len__(self) -> int:
        return self._count


def _empty(slots: int) -> array[int]:
    return array("Q", bytes(WORD_BYTES)) * slots
