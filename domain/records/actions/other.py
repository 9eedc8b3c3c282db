"""What undoes, and what fits no other kind."""

from __future__ import annotations

from typing import ClassVar, Literal

from domain.records.action import Action


class Reversal(Action):
    """The actor gives back, readmits or lifts, in part or whole; `reverses` names what.

    Quantity: what is given back; absent or in another unit, an unknown part is reversed.
    """

    stored_name: ClassVar[str] = "action.reversal"
    kind: Literal["reversal"] = "reversal"


class Other(Action):
    """An act that fits no kind: counted nowhere as hostile, and reported."""

    stored_name: ClassVar[str] = "action.other"
    kind: Literal["other"] = "other"
