"""An entry: one record as the ledger holds it, with its place and stamp."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from domain.records.base import Record


@dataclass(frozen=True, slots=True)
class Entry:
    """A record, when the ledger learned of it, from whom, and where it stands.

    `recorded_at` is UTC and never decreases with `position`. `salt` is 32 hex digits of
    randomness, so that a digest reveals nothing of the content. `position` is 0 until stored.

    Rule: docs/semantics.md#two-times
    """

    stream: str
    version: int
    recorded_at: datetime
    recorded_by: str
    salt: str
    record: Record
    position: int = 0
