"""Escalation: the four ways in which a hostile action can go further than what it answers.

The flags are kept apart; which of them count is part of the reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from domain.called import Called, called
from domain.causes import ActionCause, OutsideCause
from domain.measures.answered import Answered, answered
from domain.measures.packages import package_total
from domain.measures.roles import Role, role
from domain.measures.triggers import acts, in_unit, is_summable
from domain.quantities import UNKNOWN
from domain.reading import EscalationFlag
from domain.truth import Truth, any_of
from domain.worlds import Node, World

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.dossiers import Dossier


@dataclass(frozen=True, slots=True)
class Flag:
    """One flag of one action; `value` None means that it does not apply.

    `stepping_up` says that the action was compared with its own side's steps; `against` names what
    it was compared with, ids and the texts of outside actions, in order.
    """

    value: Truth | None
    stepping_up: bool = False
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Escalation:
    """The four flags of one action in one world, in the order of `EscalationFlag`."""

    flags: tuple[tuple[EscalationFlag, Flag], ...]

    def flag(self, name: EscalationFlag) -> Flag:
        """Return one of the four."""
        return dict(self.flags)[name]

    def among(self, names: Iterable[EscalationFlag]) -> Truth | None:
        """Whether one of these flags is true; None where none of them applies."""
        values = [value for name in names if (value := self.flag(name).value) is not None]
        return any_of(values) if values else None


@dataclass(frozen=True, slots=True)
class _Compared:
    """What an action is compared with; `is_open` says that there may be more than is known.

    What is denied by the teller whose kinds count is left out; where that leaves nothing of what
    was answered, there is nothing known to compare with, and the set is open.
    `outside_sides` are those that did the outside actions there: all that is known of these.
    """

    held: tuple[Dossier, ...]
    outside_sides: frozenset[str]
    is_open: bool
    stepping_up: bool
    names: tuple[str, ...]

    def missing(self) -> Truth:
        """Whether something is certainly not in the set, given that it is not among `held`."""
        return Truth.UNDETERMINED if self.is_open else Truth.TRUE


NOTHING_APPLIES: Final = Escalation(tuple((name, Flag(None)) for name in EscalationFlag))
NOTHING_KNOWN: Final = Escalation(
    tuple((name, Flag(Truth.UNDETERMINED)) for name in EscalationFlag)
)
AN_OPENING: Final = Escalation(
    tuple(
        (name, Flag(Truth.TRUE if name is EscalationFlag.OPENING else None))
        for name in EscalationFlag
    )
)


def escalation(world: World, action: str, reached: Answered | None = None) -> Escalation:
    """Say in which ways a hostile action escalates; nothing applies to any other.

    (a) *opening*; (b) *vertical*: its rung is above every rung in N(e); (c) *over-response*: more
    than k times the sum of the same unit in N(e); (d) *horizontal*: a family that is not in N(e),
    or a target side that neither acted nor was a target there. A continuation with an empty N(e) is
    compared with its own side's direct steps: *stepping up*. To an opening only (a) applies; where
    the role is undetermined all four are.

    Rule: docs/semantics.md#escalation
    """
    own = called(world.history.dossiers[action], world.reading)
    if not own.is_hostile:
        return NOTHING_APPLIES
    reached = reached or answered(world, action)
    what = role(world, action, reached)
    if what is Role.UNDETERMINED:
        return NOTHING_KNOWN
    if what is Role.OPENING:
        return AN_OPENING
    compared = _compared(world, reached)
    values = {
        EscalationFlag.OPENING: Truth.FALSE,
        EscalationFlag.VERTICAL: _vertical(world, own, compared),
        EscalationFlag.OVER_RESPONSE: _over_response(world, own, compared),
        EscalationFlag.HORIZONTAL: _horizontal(world, action, own, compared),
    }
    return Escalation(
        tuple(
            (name, Flag(values[name], compared.stepping_up, compared.names))
            for name in EscalationFlag
        )
    )


def _compared(world: World, reached: Answered) -> _Compared:
    stepping_up = not reached.members
    nodes: tuple[Node, ...] = reached.own_steps if stepping_up else tuple(reached.members)
    recorded = [node.action for node in nodes if isinstance(node, ActionCause)]
    held = acts(world, recorded)
    all_denied = bool(recorded) and not held
    outside = (node.party for node in nodes if isinstance(node, OutsideCause))
    return _Compared(
        held=held,
        outside_sides=world.sides.sides_of(outside),
        is_open=reached.has_unknown or len(recorded) < len(nodes) or all_denied,
        stepping_up=stepping_up,
        names=tuple(sorted(str(node) for node in nodes)),
    )


def _vertical(world: World, own: Called, compared: _Compared) -> Truth:
    """Above every rung there: decided against by one that is as high, left open by one unknown."""
    if own.rung is None:
        return Truth.UNDETERMINED
    rungs = [called(held, world.reading).rung for held in compared.held]
    if any(rung is not None and rung >= own.rung for rung in rungs):
        return Truth.FALSE
    return Truth.UNDETERMINED if None in rungs else compared.missing()


def _over_response(world: World, own: Called, compared: _Compared) -> Truth:
    """More than k times the sum of the same unit; threats count there, ceilings never."""
    if own.quantity is None or not is_summable(own.quantity):
        return Truth.FALSE
    triggers = in_unit(world, compared.held, own.quantity.unit)
    if not triggers and not compared.stepping_up:
        return Truth.UNDETERMINED if compared.is_open else Truth.FALSE
    limit = package_total(world.history, triggers, world.reading).amount
    if compared.is_open:
        limit += UNKNOWN
    return own.quantity.value.exceeds(limit, world.reading.k)


def _horizontal(world: World, action: str, own: Called, compared: _Compared) -> Truth:
    """Into a family, or against a side, that has no part there."""
    families = {called(held, world.reading).family for held in compared.held}
    parties = {
        party for held in compared.held for party in held.action.actors + held.action.targets
    }
    is_new_family = Truth.FALSE if own.family in families else compared.missing()
    drawn_in = world.targeted(action) - world.sides.sides_of(parties) - compared.outside_sides
    return any_of([is_new_family, compared.missing() if drawn_in else Truth.FALSE])
