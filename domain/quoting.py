"""How an error shows a text that somebody else wrote: short, in quotes, harmless on a terminal."""

from __future__ import annotations

from typing import Final

LONGEST_SHOWN: Final = 60
"""Characters of a refused text that an error repeats."""


def quoted(text: str) -> str:
    """Return the text in quotes, control characters escaped, cut after `LONGEST_SHOWN`."""
    if len(text) > LONGEST_SHOWN:
        return f"{text[:LONGEST_SHOWN]!r}... ({len(text)} characters)"
    return repr(text)
