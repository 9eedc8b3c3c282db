"""Expulsion and staff cap: the two ways of making a mission smaller, which must be counted."""

from __future__ import annotations

from typing import ClassVar, Literal

from domain.quantities import Quantity
from domain.records.action import Action


class Expulsion(Action):
    """The actor orders diplomats to leave (VCDR article 9: any time, no reasons owed).

    Quantity: people named, families not counted; unknown when the list is undisclosed, never 0.
    """

    stored_name: ClassVar[str] = "action.expulsion"
    kind: Literal["expulsion"] = "expulsion"
    quantity: Quantity


class StaffCap(Action):
    """The actor limits how many may serve (VCDR article 11).

    Quantity: posts_ceiling or visas_per_year_ceiling, the most allowed, which never adds up; or
    posts_cut, the number that must go, which does.
    """

    stored_name: ClassVar[str] = "action.staff_cap"
    kind: Literal["staff_cap"] = "staff_cap"
    quantity: Quantity
