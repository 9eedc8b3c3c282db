"""Endings: when an action was undone, and whether it outlasted what it answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.called import called
from domain.dates import Lag
from domain.dossiers import Dossier
from domain.kinds import Kind, Polarity
from domain.measures.answered import Answered
from domain.measures.links import act_recorded
from domain.quantities import ZERO
from domain.selection import date_of, in_order_of_time
from domain.truth import Truth
from domain.worlds import World

REVERSAL: Final = "reversal"


@dataclass(frozen=True, slots=True)
class Ended:
    """Whether an action ended by the time all it answers was reversed; None: does not arise.

    `overstay` is how many days longer it lasted, where it did: without an upper bound if no end of
    it is recorded.
    """

    value: Truth | None
    detail: str = ""
    overstay: Lag | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day on which something may have happened."""

    lo: date
    hi: date


Reversals = Mapping[str, Sequence[Dossier]]


def reversals(world: World) -> Reversals:
    """Return for each act the actions that undo it, in order of time; linear in actions."""
    undone: dict[str, list[Dossier]] = {}
    for held in sorted(world.actions(), key=lambda it: in_order_of_time(it.action, world.reading)):
        own = called(held, world.reading)
        if own.kind.name == REVERSAL and not own.denied:
            for name in held.action.reverses:
                if world.dossier(name) is not None:
                    undone.setdefault(act_recorded(world.history, name), []).append(held)
    return undone


def can_be_undone(kind: Kind) -> Truth:
    """Whether a later act can put back what this kind takes away; not known of a catch-all kind.

    Rule: docs/semantics.md#law-flags
    """
    return Truth.of(kind.can_be_undone) if says_what_was_done(kind) else Truth.UNDETERMINED


def says_what_was_done(kind: Kind) -> bool:
    """Whether the kind alone says what was done: all do but retaliation and other."""
    return kind.rung is not None or kind.polarity is Polarity.CONCILIATORY


def ended_in_time(world: World, action: str, reached: Answered, undone: Reversals) -> Ended:
    """Say whether an action was reversed by the date on which what it answers was.

    While a recorded trigger is in force the question does not arise, nor where there is none, nor
    for an action whose kind cannot be undone. Where the answered set holds more than the ledger
    does, it is not known. (ILC article 53: countermeasures end once the other side complies.)

    Rule: docs/semantics.md#law-flags
    """
    kind = called(world.history.dossiers[action], world.reading).kind
    ends = {name: end_of(world, name, undone) for name in reached.recorded()}
    if can_be_undone(kind) is Truth.FALSE or None in ends.values():
        return Ended(None)
    if reached.has_unknown or reached.outside():
        return Ended(Truth.UNDETERMINED, "not all that it answers is known")
    others = {name: end for name, end in ends.items() if end is not None}
    if not others:
        return Ended(None)
    detail = ", ".join(f"{name} reversed by {end.id}" for name, end in others.items())
    days = [_day(world, end) for end in others.values()]
    own_end = end_of(world, action, undone)
    if own_end is None:
        return Ended(Truth.FALSE, f"{detail}; not reversed itself", Lag(0, None))
    return _compared(
        _day(world, own_end),
        Span(max(day.lo for day in days), max(day.hi for day in days)),
        f"{detail}; itself by {own_end.id}",
    )


def end_of(world: World, action: str, undone: Reversals) -> Dossier | None:
    """Return the action that undid the last of another; None while it is in force.

    A reversal undoes the whole unless it says how much, in the other's unit: then it counts as the
    end once all such parts together are certainly no less than the whole.
    """
    act = act_recorded(world.history, action)
    whole = called(world.history.dossiers[act], world.reading).quantity
    parts = ZERO
    for held in undone.get(act, ()):
        part = called(held, world.reading).quantity
        if whole is None or part is None or part.unit != whole.unit:
            return held
        parts += part.value
        if whole.value.exceeds(parts) is Truth.FALSE:
            return held
    return None


def _compared(own: Span, others: Span, detail: str) -> Ended:
    if own.hi <= others.lo:
        return Ended(Truth.TRUE, detail)
    if own.lo <= others.hi:
        return Ended(Truth.UNDETERMINED, detail)
    is_bounded = own.hi != date.max and others.lo != date.min
    longest = (own.hi - others.lo).days if is_bounded else None
    return Ended(Truth.FALSE, detail, Lag((own.lo - others.hi).days, longest))


def _day(world: World, dossier: Dossier) -> Span:
    when = date_of(dossier.action, world.reading.date_basis)
    return Span(when.lo, when.hi)
