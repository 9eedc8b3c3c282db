"""What the rules of appending may look up: the log as it stands, with what is about to be added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from domain.claims.claim import Claim, ClaimRecorded, claim_after
from domain.dossiers import Dossier, amended, opened
from domain.history import Dispute, dispute_after
from domain.parties import check_party, is_known
from domain.records.action import Action
from domain.records.subjects import DisputeOpened

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence

    from domain.records.entry import Entry


class Log(Protocol):
    """Where streams are read from: the application, or the transaction of a writer."""

    def stream(self, stream: str) -> tuple[Entry, ...]:
        """Return the entries of a stream, oldest first; empty where there is none."""

    def entries_of(self, streams: Sequence[str]) -> dict[str, list[Entry]]:
        """Return the entries of many streams; an empty list where there is none."""


class Context:
    """Streams read once from the log and kept, with the entries that are about to follow.

    `promised` are ids of actions that the same import will bring; `names` lists ids to suggest
    where an unknown one is named.
    """

    def __init__(
        self,
        log: Log,
        promised: Container[str] = (),
        names: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        self._log = log
        self.names = names
        self._streams: dict[str, list[Entry]] = {}
        self._dossiers: dict[str, tuple[int, Dossier]] = {}
        self._promised = promised

    def stream(self, stream: str) -> list[Entry]:
        """Return the entries of a stream, those about to be added included."""
        if stream not in self._streams:
            self._streams[stream] = list(self._log.stream(stream))
        return self._streams[stream]

    def fetch(self, streams: Iterable[str]) -> None:
        """Read streams that will be asked for, in one go."""
        wanted = [stream for stream in streams if stream not in self._streams]
        self._streams |= self._log.entries_of(wanted)

    def looked_at(self) -> frozenset[str]:
        """Return the streams that were read, those that are not there included."""
        return frozenset(self._streams)

    def add(self, entry: Entry) -> None:
        """Count an entry that is about to be written as if it were."""
        self.stream(entry.stream).append(entry)

    def dossier(self, action: str) -> Dossier | None:
        """Return an action with every account of it, or None; amendments fold as they are added."""
        entries = self.stream(f"action:{action}")
        if not entries or not isinstance(entries[0].record, Action):
            return None
        folded, dossier = self._dossiers.get(action) or (1, opened(entries[0]))
        for entry in entries[folded:]:
            dossier = amended(dossier, entry)
        self._dossiers[action] = (len(entries), dossier)
        return dossier

    def has_dispute(self, dispute: str) -> bool:
        """Whether a dispute was opened."""
        entries = self.stream(f"dispute:{dispute}")
        return bool(entries) and isinstance(entries[0].record, DisputeOpened)

    def dispute(self, dispute: str) -> Dispute | None:
        """Return a dispute with its latest sides, or None."""
        held: Dispute | None = None
        for entry in self.stream(f"dispute:{dispute}"):
            if held is None and not isinstance(entry.record, DisputeOpened):
                return None
            held = dispute_after(held, entry)
        return held

    def claim(self, claim: str) -> Claim | None:
        """Return a claim as it stands, or None."""
        held: Claim | None = None
        for entry in self.stream(f"claim:{claim}"):
            if held is None and not isinstance(entry.record, ClaimRecorded):
                return None
            held = claim_after(held, entry)
        return held

    def is_promised(self, action: str) -> bool:
        """Whether the same import brings this action."""
        return action in self._promised

    def check_party(self, code: str) -> None:
        """Refuse a party that is neither a state nor registered; raise UnknownPartyError."""
        if not is_known(code) and not self.stream(f"party:{code}"):
            check_party(code)
