"""How many examples the longest property tests take: as many as CI has time for, more in a soak."""

from __future__ import annotations

import os

from hypothesis import settings

SOAK = 20


def many(examples: int) -> settings:
    """Take so many examples, twenty times as many under `make soak`."""
    is_soak = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
    return settings(max_examples=examples * (SOAK if is_soak else 1))
