"""Restrictions on persons, media and organisations, and listings."""

from __future__ import annotations

from typing import ClassVar, Literal

from domain.records.action import Action


class TravelRestriction(Action):
    """The actor limits where the target's people may go (VCDR article 26).

    Quantity: persons, where they are counted.
    """

    stored_name: ClassVar[str] = "action.travel_restriction"
    kind: Literal["travel_restriction"] = "travel_restriction"


class MediaRestriction(Action):
    """The actor restricts the work of the target's media.

    Quantity: media_outlets.
    """

    stored_name: ClassVar[str] = "action.media_restriction"
    kind: Literal["media_restriction"] = "media_restriction"


class OrganisationBan(Action):
    """The actor bans organisations that the target funds or runs.

    Quantity: organisations.
    """

    stored_name: ClassVar[str] = "action.organisation_ban"
    kind: Literal["organisation_ban"] = "organisation_ban"


class Designation(Action):
    """The actor puts persons, bodies, outlets or states on a list with consequences.

    Quantity: designations, media_outlets, states or acts.
    """

    stored_name: ClassVar[str] = "action.designation"
    kind: Literal["designation"] = "designation"
