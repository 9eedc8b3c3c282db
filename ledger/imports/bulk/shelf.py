"""What the ledger holds of the actions, disputes and parties that rows name: asked for by batch."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from domain.parties import is_known

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from eventsourcing.persistence import Notification

    from ledger.application import LedgerApplication

ACTION_TOPIC: Final = "action."
STANDING_CHANGES: Final = {"retracted": False, "reinstated": True}


class Held(Enum):
    """What the ledger holds under the id of an action."""

    STANDS = "stands"
    RETRACTED = "retracted"
    ABSENT = "absent"


class Shelf:
    """Streams in their stored form, looked up many at once and kept until the next batch.

    Disputes and parties are never taken away, so that those that were found once are known for
    good.
    """

    def __init__(self, application: LedgerApplication) -> None:
        self._application = application
        self._streams: dict[str, list[Notification]] = {}
        self._disputes: set[str] = set()
        self._parties: set[str] = set()
        self._sets_of_parties: set[tuple[str, ...]] = set()
        self._absent: set[str] = set()

    def fetch(self, actions: Collection[str]) -> None:
        """Forget the last batch, and look up the streams of these actions."""
        self._absent.clear()
        self._streams = {}
        if actions:
            self._streams = self._application.streams([f"action:{name}" for name in actions])

    def events_of(self, stream: str) -> Sequence[Notification]:
        """Return what was fetched of a stream; empty where there is nothing."""
        return self._streams.get(stream, ())

    def held(self, action: str) -> Held:
        """Say what was fetched of an action."""
        events = self.events_of(f"action:{action}")
        if not events or not events[0].topic.startswith(ACTION_TOPIC):
            return Held.ABSENT
        stands = True
        for event in events:
            stands = STANDING_CHANGES.get(event.topic.rpartition(":")[0], stands)
        return Held.STANDS if stands else Held.RETRACTED

    def knows_dispute(self, dispute: str) -> bool:
        """Whether a dispute was opened."""
        if dispute in self._disputes:
            return True
        return self._finds(f"dispute:{dispute}", dispute, self._disputes)

    def unknown_parties(self, parties: tuple[str, ...]) -> list[str]:
        """Name those that are neither states nor registered."""
        if parties in self._sets_of_parties:
            return []
        unknown = [party for party in parties if not self._knows_party(party)]
        if not unknown:
            self._sets_of_parties.add(parties)
        return unknown

    def _knows_party(self, party: str) -> bool:
        if party in self._parties:
            return True
        if f"party:{party}" in self._absent:
            return False
        if not is_known(party):
            return self._finds(f"party:{party}", party, self._parties)
        self._parties.add(party)
        return True

    def _finds(self, stream: str, name: str, known: set[str]) -> bool:
        """Whether there is such a stream; asked once for each batch, and once for all if so."""
        if stream in self._absent:
            return False
        found = bool(self._application.streams([stream]))
        (known if found else self._absent).add(name if found else stream)
        return found
