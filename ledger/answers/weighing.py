"""What one action comes to in one account: role, roots, initiators, escalation, flags of law."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.measures.answered import Answered, answered
from domain.measures.escalation import escalation
from domain.measures.law import law_flags
from domain.measures.proportion import proportion
from domain.measures.roles import Role, is_grievance_led, role
from domain.measures.roots import standings
from domain.truth import Truth
from ledger.answers.told import Teller, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.worlds import World

NOT_ASKED = "does not apply"


@dataclass(frozen=True, slots=True)
class Weighed:
    """The answer of one account to one question about an action.

    `value` is the plain word (`true`, `response`, `3/2`), `detail` what it rests on. A question
    that does not arise has the value `does not apply`.
    """

    teller: Teller
    question: str
    value: str
    detail: str = ""


def weighed(world: World, action: str) -> tuple[Weighed, ...]:
    """Put every question about an action to one account.

    Rule: docs/semantics.md#roles
    """
    teller = Teller(world.name, world.reading.bases[0])
    reached = answered(world, action)
    found = (
        *_causes(world, action, reached),
        *_beginnings(world, action),
        *_escalation(world, action, reached),
        *_law(world, action),
    )
    return tuple(Weighed(teller, question, value, detail) for question, value, detail in found)


def _causes(world: World, action: str, reached: Answered) -> Iterator[tuple[str, str, str]]:
    held = told(world, action)
    yield "holds", held.words(), held.cited
    what = role(world, action, reached)
    led = what is Role.OPENING and is_grievance_led(world, action)
    yield "role", what.value, "led by a grievance" if led else ""
    members = ", ".join(str(node) for node in sorted(reached.members, key=str)) or "nothing"
    yield "answered set", members, "perhaps more: not all is known" if reached.has_unknown else ""


def _beginnings(world: World, action: str) -> Iterator[tuple[str, str, str]]:
    standing = standings(world, [action])[action]
    roots = (f"{root.name} ({root.nature})" for root in sorted(standing.roots))
    yield "roots", ", ".join(roots), ""
    for policy in world.reading.grievances:
        yield f"initiated by, grievance {policy}", standing.under(policy).words(), ""


def _escalation(world: World, action: str, reached: Answered) -> Iterator[tuple[str, str, str]]:
    found = escalation(world, action, reached)
    for name, flag in found.flags:
        against = f"against {', '.join(flag.against)}" if flag.against else ""
        step = "stepping up, " if flag.stepping_up else ""
        is_open = flag.value is not None and against
        yield f"escalation: {name}", truth_word(flag.value), f"{step}{against}" if is_open else ""
    yield "escalates, as this reading counts", truth_word(found.among(world.reading.flags)), ""
    ratio = proportion(world, action, reached)
    value = NOT_ASKED if not ratio.applies else str(ratio.ratio or Truth.UNDETERMINED.value)
    yield "proportion", value, f"to {', '.join(ratio.against)}" if ratio.against else ""


def _law(world: World, action: str) -> Iterator[tuple[str, str, str]]:
    for flag in law_flags(world, action):
        value = "not known" if flag.value is Truth.UNDETERMINED else truth_word(flag.value)
        detail = flag.detail
        if flag.overstay is not None:
            most = flag.overstay.days_max
            days = f"{flag.overstay.days_min}" + (f" to {most}" if most is not None else " or more")
            detail = f"{detail}; overstay {days} days" if detail else f"overstay {days} days"
        yield f"law: {flag.name}", value, detail


def truth_word(value: Truth | None) -> str:
    """Return a truth value in a word; None: the question does not arise."""
    return NOT_ASKED if value is None else value.value
