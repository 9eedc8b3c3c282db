"""Visas: who may come."""

from __future__ import annotations

from typing import ClassVar, Literal

from domain.records.action import Action


class VisaRefusal(Action):
    """The actor refuses, or leaves unanswered, requests for visas.

    Quantity: visas.
    """

    stored_name: ClassVar[str] = "action.visa_refusal"
    kind: Literal["visa_refusal"] = "visa_refusal"


class VisaSuspension(Action):
    """The actor stops or narrows the issue of visas as a service."""

    stored_name: ClassVar[str] = "action.visa_suspension"
    kind: Literal["visa_suspension"] = "visa_suspension"
