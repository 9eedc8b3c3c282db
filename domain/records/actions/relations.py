"""Relations between governments: talks, ambassadors, treaties, and the end of relations."""

from __future__ import annotations

from typing import ClassVar, Literal

from domain.records.action import Action


class TalksCancelled(Action):
    """The actor calls off a meeting or a round of talks.

    Quantity: meetings.
    """

    stored_name: ClassVar[str] = "action.talks_cancelled"
    kind: Literal["talks_cancelled"] = "talks_cancelled"


class Recall(Action):
    """The actor calls its own head of mission home: hostile, borne by the actor (VCDR article 45).

    Quantity: persons.
    """

    stored_name: ClassVar[str] = "action.recall"
    kind: Literal["recall"] = "recall"


class TreatySuspension(Action):
    """The actor suspends a treaty with the target."""

    stored_name: ClassVar[str] = "action.treaty_suspension"
    kind: Literal["treaty_suspension"] = "treaty_suspension"


class BreakingRelations(Action):
    """The actor ends diplomatic relations (VCDR article 45)."""

    stored_name: ClassVar[str] = "action.breaking_relations"
    kind: Literal["breaking_relations"] = "breaking_relations"
