"""Escalation on the columns: how hostile actions go further than what they answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from domain.reading import EscalationFlag
from ledger.columns.measures.amounts import Amounts
from ledger.columns.measures.arrays import Flags, Ints, Masks, collected
from ledger.columns.measures.ground import ACTION
from ledger.columns.measures.reached import CONTINUATION, OPENING
from ledger.columns.measures.reached import UNDETERMINED as UNKNOWN_ROLE
from ledger.columns.measures.triggers import Triggers, sums, triggers
from ledger.columns.measures.truths import (
    DOES_NOT_APPLY,
    FALSE,
    TRUE,
    UNDETERMINED,
    exceeds,
    largest,
)

if TYPE_CHECKING:
    from fractions import Fraction

    from ledger.columns.measures.facts import Facts
    from ledger.columns.measures.reached import Members, Reached
    from ledger.columns.measures.world import ColumnWorld


@dataclass(frozen=True, slots=True)
class Escalations:
    """The four flags of the nodes in `node`, as numbers of `truths`.

    `pairs` are what each was compared with, by place in `node`: a node, or an ending.
    """

    node: Ints
    opening: Ints
    vertical: Ints
    over_response: Ints
    horizontal: Ints
    stepping_up: Flags
    pairs: Compared

    def flag(self, name: EscalationFlag) -> Ints:
        """Return one of the four."""
        return {
            EscalationFlag.OPENING: self.opening,
            EscalationFlag.VERTICAL: self.vertical,
            EscalationFlag.OVER_RESPONSE: self.over_response,
            EscalationFlag.HORIZONTAL: self.horizontal,
        }[name]


@dataclass(frozen=True, slots=True)
class Compared:
    """What actions are compared with, by place: a node, or, where that is NONE, an ending."""

    place: Ints
    node: Ints
    ending: Ints
    sides: Masks


def escalations(
    world: ColumnWorld, facts: Facts, found: Reached, held: Members, k: Fraction
) -> Escalations:
    """Work out the flags of every hostile action that counts.

    Rule: docs/semantics.md#escalation
    """
    ground = world.ground
    nodes = np.flatnonzero(ground.counts & facts.is_hostile)
    role = found.role[nodes]
    steps_up = role == CONTINUATION
    pairs = _compared(world, held, nodes, found)
    is_open = found.is_open[nodes].copy()
    is_open[pairs.place[pairs.node < 0]] = True
    acts = pairs.node >= 0
    there = triggers(ground, facts, pairs.place[acts], pairs.node[acts])
    missing = np.where(is_open, UNDETERMINED, TRUE)
    flags = (
        _vertical(facts, nodes, there, missing),
        _over_response(world, facts, nodes, there, (steps_up, is_open, k)),
        _horizontal(world, facts, nodes, there, (pairs, missing)),
    )
    applies = (role != OPENING) & (role != UNKNOWN_ROLE)
    elsewhere = np.where(role == OPENING, DOES_NOT_APPLY, UNDETERMINED)
    vertical, over_response, horizontal = (np.where(applies, it, elsewhere) for it in flags)
    opening = np.select([role == OPENING, role == UNKNOWN_ROLE], [TRUE, UNDETERMINED], FALSE)
    return Escalations(
        nodes, opening, vertical, over_response, horizontal, steps_up & applies, pairs
    )


def _compared(world: ColumnWorld, held: Members, nodes: Ints, found: Reached) -> Compared:
    """The answered sets; for a continuation its own direct steps."""
    place_of = np.full(world.ground.nodes, -1)
    place_of[nodes] = np.arange(len(nodes))
    causes, role = world.causes, found.role[nodes]
    is_continued = np.zeros(world.ground.nodes, dtype=bool)
    is_continued[nodes[role == CONTINUATION]] = True
    is_compared = np.zeros(world.ground.nodes, dtype=bool)
    is_compared[nodes[(role != OPENING) & (role != UNKNOWN_ROLE)]] = True
    met = is_compared[held.start] & ~is_continued[held.start]
    steps = is_continued[causes.node] & found.is_own_step
    return Compared(
        place=place_of[np.concatenate([held.start[met], causes.node[steps]])],
        node=np.concatenate(
            [held.node[met], np.where(causes.nature == ACTION, causes.cause, -1)[steps]]
        ),
        ending=np.concatenate([held.ending[met], causes.ending[steps]]),
        sides=np.concatenate([held.sides[met], causes.sides[steps]]),
    )


def _vertical(facts: Facts, nodes: Ints, there: Triggers, missing: Ints) -> Ints:
    """Above every rung there: decided against by one as high, left open by one unknown."""
    own, others = facts.rung[nodes], facts.rung[there.node]
    as_high = largest(there.place, np.where(others >= own[there.place], TRUE, FALSE), len(nodes))
    vague = largest(there.place, np.where(others < 0, TRUE, FALSE), len(nodes))
    return np.select(
        [own < 0, (as_high == TRUE), vague == TRUE], [UNDETERMINED, FALSE, UNDETERMINED], missing
    )


def _over_response(
    world: ColumnWorld,
    facts: Facts,
    nodes: Ints,
    there: Triggers,
    setting: tuple[Flags, Flags, Fraction],
) -> Ints:
    """More than k times the sum of the same unit; threats count there, ceilings never."""
    steps_up, is_open, k = setting
    unit = facts.unit[nodes]
    same = there.only((facts.unit[there.node] == unit[there.place]) & facts.adds_up[there.node])
    limit = sums(world.ground, facts, same, len(nodes))
    limit = Amounts(
        limit.lo, np.where(is_open, 0, limit.hi), limit.is_open | is_open, limit.unknown
    )
    more = exceeds(facts.amounts[nodes], limit, (k.numerator, k.denominator))
    has_trigger = np.bincount(same.place, minlength=len(nodes)) > 0
    without = np.where(is_open, UNDETERMINED, FALSE)
    more = np.where(has_trigger | steps_up, more, without)
    return np.where(facts.adds_up[nodes], more, FALSE)


def _horizontal(
    world: ColumnWorld,
    facts: Facts,
    nodes: Ints,
    there: Triggers,
    setting: tuple[Compared, Ints],
) -> Ints:
    """Into a family, or against a side, that has no part there."""
    pairs, missing = setting
    ground = world.ground
    is_same = facts.family[there.node] == facts.family[nodes][there.place]
    has_family = largest(there.place, np.where(is_same, TRUE, FALSE), len(nodes)) == TRUE
    sides = ground.acting[there.node] | ground.targeted[there.node]
    part = collected(there.place, sides, len(nodes))
    outside = pairs.node < 0
    part = part | collected(pairs.place[outside], pairs.sides[outside], len(nodes))
    is_drawn_in = (ground.targeted[nodes] & ~part) != 0
    family, side = np.where(has_family, FALSE, missing), np.where(is_drawn_in, missing, FALSE)
    return np.maximum(family, side)
