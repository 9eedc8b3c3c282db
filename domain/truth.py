"""Three truth values: what the records decide, and what they leave open.

Silence, an unknown number or an uncertain date make a statement undetermined, never false. The
connectives are strong Kleene logic (S. C. Kleene, Introduction to Metamathematics, 1952, section
64): a value is decided as soon as the decided parts suffice, whatever the open ones turn out to be.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterable


class Truth(StrEnum):
    """True, false, or not decided by what is known."""

    TRUE = "true"
    FALSE = "false"
    UNDETERMINED = "undetermined"

    @classmethod
    def of(cls, value: object) -> Truth:
        """Return the truth value of something that is decided."""
        return cls.TRUE if value else cls.FALSE

    def __bool__(self) -> NoReturn:
        """Refuse to be a condition: `if truth` would take "false" for true.

        Raises TypeError; say `truth is Truth.TRUE` instead.
        """
        message = "a Truth has three values: compare it with `is Truth.TRUE`"
        raise TypeError(message)


def all_of(values: Iterable[Truth]) -> Truth:
    """Return true if all are, false if one is false, else undetermined; of nothing: true."""
    found = set(values)
    if Truth.FALSE in found:
        return Truth.FALSE
    return Truth.UNDETERMINED if Truth.UNDETERMINED in found else Truth.TRUE


def any_of(values: Iterable[Truth]) -> Truth:
    """Return true if one is, false if all are false, else undetermined; of nothing: false."""
    found = set(values)
    if Truth.TRUE in found:
        return Truth.TRUE
    return Truth.UNDETERMINED if Truth.UNDETERMINED in found else Truth.FALSE


def negate(value: Truth) -> Truth:
    """Return the opposite; what is undetermined stays so."""
    if value is Truth.UNDETERMINED:
        return value
    return Truth.FALSE if value is Truth.TRUE else Truth.TRUE
