"""What a person is asked of a row in conflict, and may answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Choice(StrEnum):
    """What to do with a row in conflict."""

    THEIRS = "theirs"
    """Take what the file says: it is recorded as a correction."""
    OURS = "ours"
    """Keep what the ledger says: the row counts as a conflict."""
    QUIT = "quit"
    """Go no further; what was committed stays."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A row whose id is recorded with other content, and each field as held and as given."""

    place: str
    name: str
    differing: Mapping[str, tuple[object, object]]


Review = Callable[[Conflict], Choice]
