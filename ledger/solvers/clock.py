"""How long a question may take, by the clock of the machine."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.claims.ports import Left


def patience(seconds: float) -> Left:
    """Start the time of one question; implements `domain.claims.ports.Patience`."""
    end = monotonic() + seconds
    return lambda: end - monotonic()
