"""Replies on the columns: how answers relate to what they answer, and what nobody answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from ledger.columns.measures.arrays import Flags, Ints, Masks, bits, collected
from ledger.columns.measures.reached import JOINING, RESPONSE
from ledger.columns.measures.reached import UNDETERMINED as UNKNOWN_ROLE
from ledger.columns.measures.triggers import Triggers, sums, triggers
from ledger.columns.measures.truths import FALSE, TRUE, UNDETERMINED, equal, largest, of

if TYPE_CHECKING:
    from ledger.columns.measures.facts import Facts
    from ledger.columns.measures.reached import Members, Reached
    from ledger.columns.measures.world import ColumnWorld

FIRST_DAY, LAST_DAY = -719_162, 2_932_896
"""The days that stand for an open end."""

CAME_FIRST: Final = -1
"""The shortest lag of a reply that certainly came before what it answers."""

UNBOUNDED: Final = -1
"""The longest lag where an end of the dates is open."""


@dataclass(frozen=True, slots=True)
class Lags:
    """The days from an answered action, `member`, to the reply at a place."""

    place: Ints
    member: Ints
    shortest: Ints
    longest: Ints


@dataclass(frozen=True, slots=True)
class Answers:
    """The responses and joinings that the reading counts, in no order, and truths about each."""

    node: Ints
    is_response: Flags
    is_hostile: Flags
    in_kind: Ints
    mirrored: Ints
    other_currency: Ints
    lags: Lags


@dataclass(frozen=True, slots=True)
class ColumnReplies:
    """All of the replies; hostile actions of undetermined role; and those nobody answered.

    `is_certain` says of each unanswered action whether nobody can have answered it.
    """

    answers: Answers
    undetermined: Ints
    unanswered: Ints
    is_certain: Flags


def replies(world: ColumnWorld, facts: Facts, found: Reached, held: Members) -> ColumnReplies:
    """Relate answers to what they answer; each act once, by the row that stands for it.

    Rule: docs/semantics.md#replies
    """
    ground = world.ground
    is_act = ground.row == np.arange(ground.nodes)
    chosen = ground.counts & facts.is_chosen & is_act & ~facts.is_denied
    role = found.role
    nodes = np.flatnonzero(chosen & ((role == RESPONSE) | (role == JOINING)))
    hostile = np.flatnonzero(chosen & facts.is_hostile)
    unanswered, is_certain = _unanswered(world, facts, found, held, hostile)
    return ColumnReplies(
        answers=_answers(world, facts, found, held, nodes),
        undetermined=hostile[role[hostile] == UNKNOWN_ROLE],
        unanswered=unanswered,
        is_certain=is_certain,
    )


def _answers(
    world: ColumnWorld, facts: Facts, found: Reached, held: Members, nodes: Ints
) -> Answers:
    ground = world.ground
    place_of = np.full(ground.nodes + 1, -1)
    place_of[nodes] = np.arange(len(nodes))
    asked = place_of[held.start] >= 0
    place, member = place_of[held.start[asked]], held.node[asked]
    recorded = member >= 0
    may_hold_more = found.is_open[nodes].copy()
    may_hold_more[place[~recorded]] = True
    place, member = place[recorded], member[recorded]
    there = triggers(ground, facts, place, member)
    more = np.where(may_hold_more, UNDETERMINED, FALSE)
    same_kind = facts.kind[there.node] == facts.kind[nodes][there.place]
    same_family = facts.family[there.node] == facts.family[nodes][there.place]
    in_family = np.maximum(largest(there.place, of(same_family), len(nodes)), more)
    return Answers(
        node=nodes,
        is_response=found.role[nodes] == RESPONSE,
        is_hostile=facts.is_hostile[nodes],
        in_kind=np.maximum(largest(there.place, of(same_kind), len(nodes)), more),
        mirrored=np.maximum(_mirrored(world, facts, nodes, there.only(same_kind)), more),
        other_currency=TRUE - in_family,
        lags=_lags(facts, place, member, nodes[place]),
    )


def _mirrored(world: ColumnWorld, facts: Facts, nodes: Ints, alike: Triggers) -> Ints:
    """Whether unit and quantity are those of an act, or of all acts of the kind together.

    Two without a quantity have the same one.
    """
    unit = facts.unit[nodes]
    is_bare = facts.unit[alike.node] < 0
    both_bare = largest(alike.place, of(is_bare), len(nodes))
    counted = alike.only((facts.unit[alike.node] == unit[alike.place]) & ~is_bare)
    one = equal(facts.amounts[nodes][counted.place], facts.amounts[counted.node])
    found = largest(counted.place, one, len(nodes))
    added = counted.only(facts.adds_up[counted.node])
    total = sums(world.ground, facts, added, len(nodes))
    has_any = np.bincount(added.place, minlength=len(nodes)) > 0
    whole = np.where(has_any, equal(facts.amounts[nodes], total), FALSE)
    return np.where(unit < 0, both_bare, np.maximum(found, whole))


def _lags(facts: Facts, place: Ints, cause: Ints, effect: Ints) -> Lags:
    """Return the days between; the day of an action is the reading's.

    Rule: docs/semantics.md#replies
    """
    came_first = facts.when_hi[effect] < facts.when_lo[cause]
    shortest = np.maximum(0, facts.when_lo[effect] - facts.when_hi[cause])
    is_open = (facts.when_lo[cause] == FIRST_DAY) | (facts.when_hi[effect] == LAST_DAY)
    longest = np.where(is_open, UNBOUNDED, facts.when_hi[effect] - facts.when_lo[cause])
    return Lags(place, cause, np.where(came_first, CAME_FIRST, shortest), longest)


def _unanswered(
    world: ColumnWorld, facts: Facts, found: Reached, held: Members, hostile: Ints
) -> tuple[Ints, Flags]:
    """Return the hostile actions that stand in no N(x) of an x by a side they targeted."""
    ground = world.ground
    recorded = (held.node >= 0) & ground.counts[held.start]
    start, member = held.start[recorded], held.node[recorded]
    answered_by = collected(ground.row[member], ground.acting[start], ground.nodes)
    left = hostile[(answered_by[hostile] & ground.targeted[hostile]) == 0]
    perhaps = np.zeros(len(left), dtype=bool)
    is_open = np.flatnonzero(ground.counts & found.is_open)
    for side in range(ground.sides.most):
        mask: Masks = bits(np.array([side]), is_wide=ground.sides.is_wide)[0]
        here = is_open[(ground.acting[is_open] & mask) != 0]
        last = np.full(ground.worlds, FIRST_DAY - 1)
        np.maximum.at(last, ground.world[here], facts.when_hi[here])
        is_aimed = (ground.targeted[left] & mask) != 0
        perhaps |= is_aimed & (last[ground.world[left]] >= facts.when_lo[left])
    return left, ~perhaps
