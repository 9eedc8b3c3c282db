"""The order of the log: what honest appends always leave behind, and a planted event does not.

Versions of a stream are dense and begin at 1, and stamps never go back. Both hold by the way
entries are written, so that a log where they do not was written by something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.errors import VerificationError, require

if TYPE_CHECKING:
    from datetime import datetime

    from domain.records.entry import Entry


class LogOutOfOrderError(VerificationError):
    """An event stands where no append would have put it."""


class LogOrder:
    """Sees entries in order of position; keeps one number a stream."""

    def __init__(self) -> None:
        self._versions: dict[str, int] = {}
        self._latest: datetime | None = None

    def see(self, entry: Entry) -> None:
        """Check that an entry follows those before it; raise LogOutOfOrderError.

        Rule: docs/semantics.md#replay
        """
        due = self._versions.get(entry.stream, 0) + 1
        require(
            entry.version == due,
            _out_of_order(entry, f"it has version {entry.version}, and {due} is due in its stream"),
        )
        require(
            self._latest is None or entry.recorded_at >= self._latest,
            _out_of_order(
                entry,
                f"it says it was recorded at {entry.recorded_at}, before the event that precedes "
                f"it, of {self._latest}",
            ),
        )
        self._versions[entry.stream] = entry.version
        self._latest = entry.recorded_at


def _out_of_order(entry: Entry, why: str) -> LogOutOfOrderError:
    return LogOutOfOrderError(
        f"event {entry.position} was not appended by this program",
        where=f"position {entry.position}, {entry.stream}",
        why=why,
        hint=f"reciprocity log --since {entry.position}",
    )
