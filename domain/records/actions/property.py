"""Premises and property of missions."""

from __future__ import annotations

from typing import ClassVar, Literal

from domain.records.action import Action


class DenialOfAccess(Action):
    """The actor bars the target from premises, places, persons or visits.

    Quantity: properties, visits or media_outlets.
    """

    stored_name: ClassVar[str] = "action.denial_of_access"
    kind: Literal["denial_of_access"] = "denial_of_access"


class PrivilegeWithdrawal(Action):
    """The actor ends a courtesy or privilege: parking, clearance, passes."""

    stored_name: ClassVar[str] = "action.privilege_withdrawal"
    kind: Literal["privilege_withdrawal"] = "privilege_withdrawal"


class PropertyClosure(Action):
    """The actor orders a consulate, annex or centre closed.

    Quantity: properties.
    """

    stored_name: ClassVar[str] = "action.property_closure"
    kind: Literal["property_closure"] = "property_closure"


class PropertySeizure(Action):
    """The actor takes possession of the target's property (VCDR articles 22 and 45).

    Quantity: properties.
    """

    stored_name: ClassVar[str] = "action.property_seizure"
    kind: Literal["property_seizure"] = "property_seizure"


class OwnPostClosure(Action):
    """The actor closes its own post: self-borne, never hostile.

    Quantity: properties.
    """

    stored_name: ClassVar[str] = "action.own_post_closure"
    kind: Literal["own_post_closure"] = "own_post_closure"
