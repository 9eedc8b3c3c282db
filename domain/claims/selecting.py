"""Selecting: which actions a filter selects in a world, certainly, possibly, or not at all."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from domain.causes import ActionCause, OutsideCause
from domain.claims.filters import Filter
from domain.claims.sight import Sight, decided
from domain.dates import Membership, certainly_before, membership
from domain.measures.roles import Role
from domain.reading import EscalationFlag, MembershipRule
from domain.selection import date_of, in_order_of_time
from domain.truth import Truth, all_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.dates import UncertainDate
    from domain.dossiers import Dossier


def selected(sight: Sight, which: Filter) -> tuple[tuple[str, Truth], ...]:
    """Return the actions that a filter selects or may select, in order of time.

    Rule: docs/semantics.md#filters
    """
    found = []
    for dossier in candidates(sight, which):
        chosen = depends(sight, which, dossier)
        if chosen is not Truth.FALSE:
            found.append((dossier.id, chosen))
    return tuple(found)


def candidates(sight: Sight, which: Filter) -> tuple[Dossier, ...]:
    """Return the actions that pass what is the same in every world, in order of time.

    An action of which nobody recorded the organ may pass, whatever organ is asked for.
    """
    world = sight.world
    passed = [held for held in _looked_at(sight, which) if _passes(sight, which, held)]
    return tuple(sorted(passed, key=lambda held: in_order_of_time(held.action, world.reading)))


def _looked_at(sight: Sight, which: Filter) -> Iterator[Dossier]:
    """Go through the actions of the disputes; where ids are named, through those alone."""
    disputes = which.disputes or (sight.world.dispute,)
    if not which.ids:
        for dispute in dict.fromkeys(disputes):
            yield from sight.world.history.in_dispute(dispute)
    for name in dict.fromkeys(which.ids):
        named = sight.dossier(name)
        if named is not None and named.action.dispute in disputes:
            yield named


def is_selected(sight: Sight, which: Filter, dossier: Dossier | None) -> Truth:
    """Say whether one action is selected; None stands for one that the ledger does not hold."""
    disputes = which.disputes or (sight.world.dispute,)
    if dossier is None or dossier.action.dispute not in disputes:
        return Truth.FALSE
    return depends(sight, which, dossier) if _passes(sight, which, dossier) else Truth.FALSE


def may_select(sight: Sight, which: Filter, dossier: Dossier) -> bool:
    """Whether an action passes what is the same in every world."""
    disputes = which.disputes or (sight.world.dispute,)
    return dossier.stands and dossier.action.dispute in disputes and _passes(sight, which, dossier)


def outside_is_selected(sight: Sight, which: Filter, cause: OutsideCause) -> Truth:
    """Say whether a filter means an outside action: of it nothing is known but who acted.

    It has no id and no links, so whatever is asked for by these is another action.
    """
    if which.actors and not sight.is_meant((cause.party,), which.actors):
        return Truth.FALSE
    if which.ids or which.reverses or which.executes:
        return Truth.FALSE
    known = {"actors", "membership"}
    is_open = any(getattr(which, name) for name in Filter.model_fields if name not in known)
    reading = sight.world.reading
    return decided(not (is_open or reading.period or reading.families), unless=True)


def _passes(sight: Sight, which: Filter, dossier: Dossier) -> bool:
    action = dossier.action
    tests = (
        not which.ids or action.id in which.ids,
        not which.actors or sight.is_meant(action.actors, which.actors),
        not which.targets or sight.is_meant(action.targets, which.targets),
        not which.tags or bool(set(which.tags) & set(action.tags)),
        not which.organs or action.organ is None or action.organ in which.organs,
        not which.reverses or bool(set(which.reverses) & set(action.reverses)),
        not which.executes or bool(set(which.executes) & set(action.executes)),
    )
    return all(tests) and _is_of_kind(sight, which, dossier) and _is_in_time(sight, which, dossier)


def _is_of_kind(sight: Sight, which: Filter, dossier: Dossier) -> bool:
    name = sight.called(dossier)
    families = sight.world.reading.families
    return (
        not name.denied
        and (not which.kinds or name.kind.name in which.kinds)
        and (not which.families or name.family in which.families)
        and (not families or name.family in families)
        and (not which.polarities or name.kind.polarity in which.polarities)
    )


def _is_in_time(sight: Sight, which: Filter, dossier: Dossier) -> bool:
    reading = sight.world.reading
    when = date_of(dossier.action, reading.date_basis)
    rule = which.membership or reading.membership
    inside = {Membership.CERTAIN}
    if rule is MembershipRule.POSSIBLE:
        inside.add(Membership.POSSIBLE)
    periods = [period for period in (which.period, reading.period) if period is not None]
    if any(membership(when, period) not in inside for period in periods):
        return False
    return all(
        _is_placed(sight, when, name, place)
        for name, place in (
            (which.before, Place.BEFORE),
            (which.after, Place.AFTER),
            (which.until, Place.UNTIL),
        )
        if name is not None
    )


class Place(StrEnum):
    """Where an action stands to another one that a filter names."""

    BEFORE = "before"
    AFTER = "after"
    UNTIL = "until"


def _is_placed(sight: Sight, when: UncertainDate, name: str, place: Place) -> bool:
    named = sight.dossier(name)
    if named is None:
        return False
    other = date_of(named.action, sight.world.reading.date_basis)
    if place is Place.BEFORE:
        return certainly_before(when, other)
    return certainly_before(other, when) is (place is Place.AFTER)


def depends(sight: Sight, which: Filter, dossier: Dossier) -> Truth:
    """Say whether a candidate passes what differs from world to world: role, flags, answers.

    An organ that nobody recorded leaves it undetermined in every world.
    """
    is_open = bool(which.organs) and dossier.action.organ is None
    return all_of((decided(not is_open, unless=True), *_worldly(sight, which, dossier.id)))


def _counting(sight: Sight, flags: tuple[EscalationFlag, ...]) -> tuple[EscalationFlag, ...]:
    """Return the flags that are named; where all are, those that count by the reading."""
    return sight.world.reading.flags if set(flags) == set(EscalationFlag) else flags


def _worldly(sight: Sight, which: Filter, action: str) -> Iterator[Truth]:
    if which.roles:
        role = sight.role(action)
        may_be = role is Role.UNDETERMINED
        yield decided(role in which.roles, unless=may_be)
    if which.flags:
        raised = sight.escalation(action).among(_counting(sight, which.flags))
        yield Truth.FALSE if raised is None else raised
    if which.answers:
        reached = sight.answered(action)
        named = any(ActionCause(name) in reached.members for name in which.answers)
        may_be = any(may_answer(sight, action, name) for name in which.answers)
        yield decided(named, unless=reached.has_unknown and may_be)


def may_answer(sight: Sight, action: str, answered: str) -> bool:
    """Whether what is not known of an action's causes may be another action, by their dates.

    Nothing answers what certainly comes after it. Of one that does not count nothing is known.

    Rule: docs/semantics.md#impossible
    """
    one, other = sight.dossier(action), sight.dossier(answered)
    if one is None or other is None:
        return True
    return not certainly_before(one.action.occurred, other.action.occurred)
