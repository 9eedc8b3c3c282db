"""Replies: how the answers of each side relate to what they answer, in each account."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING, Final

from domain.called import called
from domain.measures.replies import Rate, Replies, SideReplies, replies
from domain.measures.roles import Role
from ledger.answers.told import Teller
from ledger.answers.words import action_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.dates import Lag
    from domain.measures.replies import Reply
    from domain.scales import Scale
    from domain.worlds import World
    from ledger.asking import Asked

NO_RATE: Final = Rate(0, 0, 0)


@dataclass(frozen=True, slots=True)
class SideRow:
    """One side's hostile replies in one account, and what the others left unanswered of it.

    `unanswered` counts its hostile actions that no side they target answers, `perhaps` those of
    which that is not certain. `days` are the shortest and the longest lag; None: not known.
    """

    teller: Teller
    side: str
    responses: int
    joinings: int
    undetermined: int
    in_kind: Rate
    mirrored: Rate
    other_currency: Rate
    unanswered: int
    perhaps: int
    days_min: int | None
    days_max: int | None


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """One response or joining, and how it relates to what it answers.

    `weight` is that of its kind on a scale, `answered_weight` that of the kinds it answers, added;
    None: no scale was asked, or it has no weight for one of them.
    """

    teller: Teller
    action: str
    occurred: str
    line: str
    sides: tuple[str, ...]
    role: str
    is_hostile: bool
    lags: tuple[tuple[str, str], ...]
    in_kind: str
    mirrored: str
    other_currency: str
    weight: float | None
    answered_weight: float | None


@dataclass(frozen=True, slots=True)
class UnansweredRow:
    """One hostile action that no side it targets answers; `is_certain` false: perhaps one does."""

    teller: Teller
    action: str
    occurred: str
    line: str
    by: tuple[str, ...]
    against: tuple[str, ...]
    is_certain: bool


@dataclass(frozen=True, slots=True)
class ReplyRates:
    """The whole answer, account by account."""

    tellers: tuple[Teller, ...]
    sides: tuple[SideRow, ...]
    replies: tuple[ReplyRow, ...]
    unanswered: tuple[UnansweredRow, ...]


def reply_rates(asked: Asked, scale: Scale | None = None) -> ReplyRates:
    """Relate the answers to what they answer, in every account; with a scale, weigh both.

    Rule: docs/semantics.md#replies
    """
    worlds = [(world, replies(world)) for world in asked.worlds()]
    return ReplyRates(
        tellers=tuple(_teller(world) for world, _ in worlds),
        sides=tuple(row for world, found in worlds for row in _sides(world, found)),
        replies=tuple(
            _reply(world, reply, scale)
            for world, found in worlds
            for reply in (*found.replies, *found.others)
        ),
        unanswered=tuple(row for world, found in worlds for row in _unanswered(world, found)),
    )


def lag_words(lag: Lag | None) -> str:
    """Return a lag for a reader: "3 days", "0 to 16 days", "2 days or more", "before it"."""
    if lag is None:
        return "before it"
    if lag.days_max is None:
        return f"{lag.days_min} days or more"
    if lag.days_min == lag.days_max:
        return "1 day" if lag.days_min == 1 else f"{lag.days_min} days"
    return f"{lag.days_min} to {lag.days_max} days"


def _teller(world: World) -> Teller:
    return Teller(world.name, world.reading.bases[0])


def _sides(world: World, found: Replies) -> Iterator[SideRow]:
    """Go through the sides that reply or are left unanswered, the declared ones first."""
    held = {row.side: row for row in found.by_side}
    declared = world.sides.declared
    others = {side for row in found.unanswered for side in row.by} | held.keys()
    for side in (*declared, *sorted(others - set(declared))):
        row = held.get(side) or SideReplies(side, 0, 0, 0, NO_RATE, NO_RATE, NO_RATE)
        own = [one.is_certain for one in found.unanswered if side in one.by]
        lags = tuple(_lags(found, side))
        yield SideRow(
            teller=_teller(world),
            side=side,
            responses=row.responses,
            joinings=row.joinings,
            undetermined=row.undetermined,
            in_kind=row.in_kind,
            mirrored=row.mirrored,
            other_currency=row.other_currency,
            unanswered=own.count(True),
            perhaps=own.count(False),
            days_min=min((lag.days_min for lag in lags), default=None),
            days_max=_longest(lags),
        )


def _lags(found: Replies, side: str) -> Iterator[Lag]:
    """Go through the lags of a side's hostile responses to what they answer."""
    for reply in found.replies:
        if side in reply.sides and reply.role is Role.RESPONSE:
            yield from (held.lag for held in reply.lags if held.lag is not None)


def _longest(lags: tuple[Lag, ...]) -> int | None:
    known = [lag.days_max for lag in lags if lag.days_max is not None]
    return max(known) if known and len(known) == len(lags) else None


def _reply(world: World, reply: Reply, scale: Scale | None) -> ReplyRow:
    action = world.history.dossiers[reply.action].action
    return ReplyRow(
        teller=_teller(world),
        action=reply.action,
        occurred=str(action.occurred),
        line=action_line(action),
        sides=reply.sides,
        role=reply.role.value,
        is_hostile=reply.is_hostile,
        lags=tuple((held.member, lag_words(held.lag)) for held in reply.lags),
        in_kind=reply.in_kind.value,
        mirrored=reply.mirrored.value,
        other_currency=reply.other_currency.value,
        weight=_weight(world, (reply.action,), scale),
        answered_weight=_weight(world, [held.member for held in reply.lags], scale),
    )


def _weight(world: World, actions: Sequence[str], scale: Scale | None) -> float | None:
    """Add the weights of the kinds of these actions; None where one has none."""
    if scale is None or not actions:
        return None
    kinds = [called(world.history.dossiers[name], world.reading).kind.name for name in actions]
    known = [weight for kind in kinds if (weight := scale.weight(kind)) is not None]
    return fsum(known) if len(known) == len(kinds) else None


def _unanswered(world: World, found: Replies) -> Iterator[UnansweredRow]:
    for row in found.unanswered:
        action = world.history.dossiers[row.action].action
        yield UnansweredRow(
            teller=_teller(world),
            action=row.action,
            occurred=str(action.occurred),
            line=action_line(action),
            by=row.by,
            against=row.against,
            is_certain=row.is_certain,
        )
