"""Persons of missions: who may serve, how many, and who must leave."""

from __future__ import annotations

from typing import ClassVar, Literal

from domain.records.action import Action


class AccreditationWithdrawal(Action):
    """The actor withdraws the accreditation or exequatur of officials who may stay on as persons.

    Quantity: accreditations.
    """

    stored_name: ClassVar[str] = "action.accreditation_withdrawal"
    kind: Literal["accreditation_withdrawal"] = "accreditation_withdrawal"


class RotationDeparture(Action):
    """Term limits force people out, person by person, as their time ends.

    Quantity: persons; absent for a rule that names nobody.
    """

    stored_name: ClassVar[str] = "action.rotation_departure"
    kind: Literal["rotation_departure"] = "rotation_departure"


class LocalStaffBan(Action):
    """The actor forbids the target's missions to employ people of the host or third countries.

    Quantity: local_posts.
    """

    stored_name: ClassVar[str] = "action.local_staff_ban"
    kind: Literal["local_staff_ban"] = "local_staff_ban"


class OwnStaffWithdrawal(Action):
    """The actor takes home or dismisses its own staff: self-borne, never hostile."""

    stored_name: ClassVar[str] = "action.own_staff_withdrawal"
    kind: Literal["own_staff_withdrawal"] = "own_staff_withdrawal"
