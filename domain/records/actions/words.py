"""Words: rungs 0 to 2. They impose nothing, and may still be causes."""

from __future__ import annotations

from typing import ClassVar, Literal

from domain.records.action import Action


class Statement(Action):
    """The actor says how it sees things, or that it will not act."""

    stored_name: ClassVar[str] = "action.statement"
    kind: Literal["statement"] = "statement"


class Proposal(Action):
    """The actor offers or announces something that is not carried out by this act.

    Quantity: what is offered, in any unit.
    """

    stored_name: ClassVar[str] = "action.proposal"
    kind: Literal["proposal"] = "proposal"


class Consultation(Action):
    """The parties meet or negotiate; a joint act of all who take part."""

    stored_name: ClassVar[str] = "action.consultation"
    kind: Literal["consultation"] = "consultation"


class Demand(Action):
    """The actor asks the target to do something, with no consequence named."""

    stored_name: ClassVar[str] = "action.demand"
    kind: Literal["demand"] = "demand"


class Protest(Action):
    """The actor objects formally, by note or summons."""

    stored_name: ClassVar[str] = "action.protest"
    kind: Literal["protest"] = "protest"


class LegalAction(Action):
    """The actor sues, or starts another proceeding."""

    stored_name: ClassVar[str] = "action.legal_action"
    kind: Literal["legal_action"] = "legal_action"


class SymbolicAct(Action):
    """The actor shows something without taking anything away: a flag, a street name."""

    stored_name: ClassVar[str] = "action.symbolic_act"
    kind: Literal["symbolic_act"] = "symbolic_act"


class Threat(Action):
    """The actor announces a hostile step on a condition or for a date.

    Quantity: what is threatened, in any unit; it posts nothing to the tally.
    """

    stored_name: ClassVar[str] = "action.threat"
    kind: Literal["threat"] = "threat"
