"""Replies: how answers relate to what they answer, and what nobody answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.called import Called, called
from domain.dates import Lag, UncertainDate, lag
from domain.measures.answered import Answered, answered
from domain.measures.links import act_recorded
from domain.measures.packages import package_total
from domain.measures.roles import Role, role
from domain.measures.triggers import acts, in_unit, is_summable
from domain.selection import counted, date_of
from domain.truth import Truth, any_of, negate
from domain.worlds import World

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.dossiers import Dossier


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of a set are so, are not, and cannot be decided."""

    yes: int
    no: int
    undetermined: int


@dataclass(frozen=True, slots=True)
class LagTo:
    """The days from one answered action to the reply; `lag` None: the reply came first."""

    member: str
    lag: Lag | None


@dataclass(frozen=True, slots=True)
class Reply:
    """A response or a joining, and how it relates to its answered set.

    `in_kind`: something there is of the same kind; `mirrored`: of the same kind, unit and quantity,
    by itself or all of that kind together; `other_currency`: nothing there is of its family.
    `sides` are those that act.
    """

    action: str
    role: Role
    sides: tuple[str, ...]
    is_hostile: bool
    lags: tuple[LagTo, ...]
    in_kind: Truth
    mirrored: Truth
    other_currency: Truth


@dataclass(frozen=True, slots=True)
class SideReplies:
    """One side's hostile responses; a joint response counts for each side that acts in it.

    `joinings` are its hostile joinings, `undetermined` its hostile actions of which it is not known
    whether they answer anything; neither is in the rates.
    """

    side: str
    responses: int
    joinings: int
    undetermined: int
    in_kind: Rate
    mirrored: Rate
    other_currency: Rate


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A hostile action that no action by a side it targeted answers; `is_certain` False: perhaps.

    It is not certain where such a side did something that may have been an answer.
    """

    action: str
    by: tuple[str, ...]
    against: tuple[str, ...]
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Replies:
    """The hostile replies, the others, the counts of each side, and what went unanswered."""

    replies: tuple[Reply, ...]
    others: tuple[Reply, ...]
    by_side: tuple[SideReplies, ...]
    unanswered: tuple[Unanswered, ...]


def replies(world: World) -> Replies:
    """Go through what the reading counts, in order of time, and relate answers to what they answer.

    Each act stands there once, by the row that stands for it; what is denied does not.

    Rule: docs/semantics.md#replies
    """
    chosen = [
        held
        for held in counted(world.history, world.dispute, world.reading)
        if act_recorded(world.history, held.id) == held.id
        and not called(held, world.reading).denied
    ]
    reached = {held.id: answered(world, held.id) for held in world.actions()}
    roles = {held.id: role(world, held.id, reached[held.id]) for held in chosen}
    found = [
        reply_of(world, held, reached[held.id])
        for held in chosen
        if roles[held.id] in {Role.RESPONSE, Role.JOINING}
    ]
    hostile = [held for held in chosen if called(held, world.reading).is_hostile]
    open_to_all = [
        side
        for held in hostile
        if roles[held.id] is Role.UNDETERMINED
        for side in world.acting(held.id)
    ]
    return Replies(
        replies=tuple(reply for reply in found if reply.is_hostile),
        others=tuple(reply for reply in found if not reply.is_hostile),
        by_side=tuple(_by_side(found, open_to_all)),
        unanswered=tuple(_unanswered(world, hostile, reached)),
    )


def reply_of(world: World, dossier: Dossier, reached: Answered) -> Reply:
    """Relate one response or joining to its answered set.

    Rule: docs/semantics.md#replies
    """
    own = called(dossier, world.reading)
    held = acts(world, reached.recorded())
    there = [called(it, world.reading) for it in held]
    may_hold_more = [Truth.UNDETERMINED] if reached.has_unknown or reached.outside() else []
    same_family = any_of([Truth.of(own.family == it.family) for it in there] + may_hold_more)
    return Reply(
        action=dossier.id,
        role=role(world, dossier.id, reached),
        sides=tuple(sorted(world.acting(dossier.id))),
        is_hostile=own.is_hostile,
        lags=tuple(
            LagTo(member, lag(_when(world, member), _when(world, dossier.id)))
            for member in reached.recorded()
        ),
        in_kind=any_of([Truth.of(own.kind is it.kind) for it in there] + may_hold_more),
        mirrored=any_of([_mirrored(world, own, held), *may_hold_more]),
        other_currency=negate(same_family),
    )


def _mirrored(world: World, own: Called, held: tuple[Dossier, ...]) -> Truth:
    """Whether kind, unit and quantity are those of an act, or of all acts of the kind together.

    Two without a quantity have the same one.
    """
    alike = tuple(it for it in held if called(it, world.reading).kind is own.kind)
    if own.quantity is None:
        return Truth.of(any(called(it, world.reading).quantity is None for it in alike))
    counted_there = in_unit(world, alike, own.quantity.unit)
    amounts = [act.amount for act in counted_there]
    if is_summable(own.quantity) and counted_there:
        amounts.append(package_total(world.history, counted_there, world.reading).amount)
    return any_of(own.quantity.value.equals(amount) for amount in amounts)


def _by_side(found: Iterable[Reply], open_to_all: list[str]) -> Iterable[SideReplies]:
    hostile = [reply for reply in found if reply.is_hostile]
    sides = {side for reply in hostile for side in reply.sides} | set(open_to_all)
    for side in sorted(sides):
        own = [reply for reply in hostile if side in reply.sides]
        responses = [reply for reply in own if reply.role is Role.RESPONSE]
        yield SideReplies(
            side=side,
            responses=len(responses),
            joinings=len(own) - len(responses),
            undetermined=open_to_all.count(side),
            in_kind=_rate(reply.in_kind for reply in responses),
            mirrored=_rate(reply.mirrored for reply in responses),
            other_currency=_rate(reply.other_currency for reply in responses),
        )


def _rate(values: Iterable[Truth]) -> Rate:
    listed = list(values)
    return Rate(
        yes=listed.count(Truth.TRUE),
        no=listed.count(Truth.FALSE),
        undetermined=listed.count(Truth.UNDETERMINED),
    )


def _unanswered(
    world: World, hostile: Iterable[Dossier], reached: dict[str, Answered]
) -> Iterable[Unanswered]:
    """Go through the hostile actions that stand in no N(x) of an x by a side they targeted."""
    answered_by: dict[str, set[str]] = {}
    last_open: dict[str, date] = {}
    for name, found in reached.items():
        for action in found.recorded():
            act = act_recorded(world.history, action)
            answered_by.setdefault(act, set()).update(world.acting(name))
        if found.has_unknown:
            day = _when(world, name).hi
            last_open |= {side: max(day, last_open.get(side, day)) for side in world.acting(name)}
    for held in hostile:
        targets = world.targeted(held.id)
        if not answered_by.get(held.id, set()) & targets:
            first_day = _when(world, held.id).lo
            yield Unanswered(
                action=held.id,
                by=tuple(sorted(world.acting(held.id))),
                against=tuple(sorted(targets)),
                is_certain=all(
                    side not in last_open or last_open[side] < first_day for side in targets
                ),
            )


def _when(world: World, action: str) -> UncertainDate:
    return date_of(world.history.dossiers[action].action, world.reading.date_basis)
