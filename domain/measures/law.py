"""Flags of law: facts that a reader of the law would check first. Never conclusions.

Source: Articles on Responsibility of States for Internationally Wrongful Acts (International Law
Commission, 2001), articles 49 to 54, on countermeasures; Vienna Convention on Diplomatic Relations
(1961), articles 9, 11, 22, 45 and 47.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.called import Called, called
from domain.dates import Lag, certainly_before
from domain.measures.answered import Answered, answered
from domain.measures.endings import (
    Reversals,
    can_be_undone,
    ended_in_time,
    reversals,
    says_what_was_done,
)
from domain.measures.proportion import proportion
from domain.measures.purpose import purpose_stated
from domain.measures.roles import Role, role
from domain.selection import date_of
from domain.truth import Truth
from domain.worlds import World

if TYPE_CHECKING:
    from domain.records.action import Action


class LawFlagName(StrEnum):
    """What is asked of each action."""

    CAUSE_PRECEDES = "cause precedes"
    ANSWERS_WHO_ACTED = "answers who acted"
    PURPOSE_STATED = "purpose stated at the time"
    NOTICE_GIVEN = "notice given"
    COMMENSURATE = "commensurate"
    REVERSIBLE = "reversible"
    ENDED_IN_TIME = "ended in time"
    TOUCHES_PROTECTED = "touches protected"


@dataclass(frozen=True, slots=True)
class LawFlag:
    """One fact about one action: `value` None where the question does not arise.

    `detail` says in a few words what it rests on; `overstay` is how long an action outlasted what
    it answered, only where it did.
    """

    name: LawFlagName
    value: Truth | None
    detail: str = ""
    overstay: Lag | None = None


def law_flags(world: World, action: str, undone: Reversals | None = None) -> tuple[LawFlag, ...]:
    """Check an action in one world, question by question, in the order of `LawFlagName`.

    `undone` is `reversals(world)`, for callers that check many actions.

    Rule: docs/semantics.md#law-flags
    """
    dossier = world.history.dossiers[action]
    own = called(dossier, world.reading)
    reached = answered(world, action)
    purpose = purpose_stated(dossier, world.reading)
    ended = ended_in_time(world, action, reached, reversals(world) if undone is None else undone)
    return (
        _cause_precedes(world, dossier.action, reached),
        _answers_who_acted(role(world, action, reached)),
        LawFlag(LawFlagName.PURPOSE_STATED, purpose.value, purpose.detail),
        _notice_given(dossier.action),
        _commensurate(world, action, reached),
        LawFlag(LawFlagName.REVERSIBLE, can_be_undone(own.kind), own.kind.name),
        LawFlag(LawFlagName.ENDED_IN_TIME, ended.value, ended.detail, ended.overstay),
        _touches_protected(own),
    )


def _cause_precedes(world: World, action: Action, reached: Answered) -> LawFlag:
    """Whether all that it answers certainly came before it (ILC articles 49, 52).

    One that certainly came after decides against; an outside action has no date.
    """
    name = LawFlagName.CAUSE_PRECEDES
    if not reached.members and not reached.has_unknown:
        return LawFlag(name, None)
    when = date_of(action, world.reading.date_basis)
    dates = {
        member: date_of(world.history.dossiers[member].action, world.reading.date_basis)
        for member in reached.recorded()
    }
    after = [member for member, date in dates.items() if certainly_before(when, date)]
    if after:
        return LawFlag(name, Truth.FALSE, f"after it: {', '.join(after)}")
    unsure = [member for member, date in dates.items() if not certainly_before(date, when)]
    unsure += [str(node) for node in reached.outside()]
    if reached.has_unknown:
        unsure.append("what is not known")
    if unsure:
        return LawFlag(name, Truth.UNDETERMINED, f"not decided: {', '.join(unsure)}")
    return LawFlag(name, Truth.TRUE, ", ".join(dates))


def _answers_who_acted(what: Role) -> LawFlag:
    """Whether it is aimed at a party that acted, not at a third one (ILC article 49)."""
    values = {
        Role.RESPONSE: Truth.TRUE,
        Role.JOINING: Truth.FALSE,
        Role.UNDETERMINED: Truth.UNDETERMINED,
    }
    return LawFlag(LawFlagName.ANSWERS_WHO_ACTED, values.get(what), what.value)


def _notice_given(action: Action) -> LawFlag:
    """Whether it took effect at least a day after it was made public (ILC article 52)."""
    name = LawFlagName.NOTICE_GIVEN
    public, effective = action.made_public or action.occurred, action.effective
    if effective is None:
        return LawFlag(name, Truth.UNDETERMINED, "no date of effect is recorded")
    detail = f"public {public}, effective {effective}"
    if certainly_before(public, effective):
        return LawFlag(name, Truth.TRUE, detail)
    is_too_soon = effective.hi <= public.lo
    return LawFlag(name, Truth.FALSE if is_too_soon else Truth.UNDETERMINED, detail)


def _commensurate(world: World, action: str, reached: Answered) -> LawFlag:
    """Whether r(e) <= k (ILC article 51)."""
    found = proportion(world, action, reached)
    k = world.reading.k
    detail = f"{found.ratio} to {k}" if found.ratio is not None else ""
    return LawFlag(LawFlagName.COMMENSURATE, found.within(k), detail)


def _touches_protected(own: Called) -> LawFlag:
    """Whether its kind touches protected premises or persons (VCDR articles 22, 29, 30)."""
    name, protects = LawFlagName.TOUCHES_PROTECTED, own.kind.protects
    if not says_what_was_done(own.kind):
        return LawFlag(name, Truth.UNDETERMINED, own.kind.name)
    return LawFlag(name, Truth.of(protects), protects)
