"""Names close to what was typed, so that an unknown name is answered with the likely one."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

CLOSENESS_MIN = 0.6
"""difflib's ratio from which a name is worth suggesting (its own default)."""


LENGTH_MAX = 60
"""Longer words are compared by their beginning: comparing takes the square of the length."""


def _folded(text: str) -> str:
    """Give the beginning of the text without case, spaces and hyphens as underscores."""
    return text[:LENGTH_MAX].strip().casefold().replace(" ", "_").replace("-", "_")


def nearest(word: str, names: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """Give up to `limit` of the names that look most like the word, the likeliest first.

    Case, spaces, hyphens and underscores make no difference: `Staff-Cap` finds `staff_cap`.
    """
    by_fold: dict[str, str] = {}
    for name in names:
        by_fold.setdefault(_folded(name), name)
    found = get_close_matches(_folded(word), list(by_fold), n=limit, cutoff=CLOSENESS_MIN)
    return tuple(by_fold[fold] for fold in found)


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """Give "did you mean a, b or c?", or nothing where no name is close."""
    found = nearest(word, names)
    if not found:
        return ""
    *firsts, last = found
    listed = f"{', '.join(firsts)} or {last}" if firsts else last
    return f"did you mean {listed}?"
