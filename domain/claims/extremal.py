"""Extremal worlds: what is possible and what is certain, in one pass over compact arrays.

What is asked of an action is a conjunction over its causes, so it can only rise when one of them
does. Therefore one world is best for every action at once, and one is worst; and there is one in
which every action that can help being false is not, and as many as possible are open. For each
action the three values of it are carried along together, as one small number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from domain.claims.compact import (
    CONSTANTS,
    OPTION_ENDS,
    Asked,
    compacted,
)
from domain.claims.language import Every, No, RootOf
from domain.claims.predicates import Initiated
from domain.claims.selecting import candidates
from domain.claims.sight import Sight
from domain.reading import InitiatorReading
from domain.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from domain.claims.choices import Choices
    from domain.claims.language import Test
    from domain.reading import GrievancePolicy

VALUES: Final = 3
"""False, open, true: 0, 1, 2, as the constants of `domain.claims.compact`."""

IS_FALSE: Final = 0
IS_OPEN: Final = 1
IS_TRUE: Final = 2

Three = tuple[int, int, int]
"""An action in the best world, in the worst, and in the most open of those with least falsehood."""


def state_of(best: int, worst: int, most_open: int) -> int:
    """Return three values as one number."""
    return (best * VALUES + worst) * VALUES + most_open


def three_of(state: int) -> Three:
    """Return the three values of a number."""
    return state // (VALUES * VALUES), state // VALUES % VALUES, state % VALUES


def _both(one: Three, other: Three) -> int:
    return state_of(*(min(pair) for pair in zip(one, other, strict=True)))


def _either(one: Three, other: Three) -> int:
    """Of two options: the better, the worse, and the lower that is not false."""
    open_ones = [value for value in (one[2], other[2]) if value != IS_FALSE]
    return state_of(max(one[0], other[0]), min(one[1], other[1]), min(open_ones, default=IS_FALSE))


STATES: Final = VALUES**3
BOTH: Final = tuple(
    bytes(_both(three_of(one), three_of(other)) for other in range(STATES)) for one in range(STATES)
)
EITHER: Final = tuple(
    bytes(_either(three_of(one), three_of(other)) for other in range(STATES))
    for one in range(STATES)
)
CONSTANT_STATES: Final = tuple(state_of(value, value, value) for value in range(VALUES))
NEUTRAL: Final = state_of(IS_TRUE, IS_TRUE, IS_TRUE)
NO_OPTION: Final = state_of(IS_FALSE, IS_TRUE, IS_FALSE)


def states(stream: list[int]) -> bytearray:
    """Return the state of every node, constants first. Linear in causes.

    Rule: docs/semantics.md#extremal-worlds
    """
    found = bytearray(CONSTANT_STATES)
    both, either, add = BOTH, EITHER, found.append
    here, merged = NEUTRAL, NO_OPTION
    for code in stream:
        if code >= 0:
            here = both[here][found[code]]
        elif code == OPTION_ENDS:
            merged = either[merged][here]
            here = NEUTRAL
        else:
            add(merged)
            merged = NO_OPTION
    return found


@dataclass(frozen=True, slots=True)
class Ranked:
    """A claim that every action selected is as asked; or, with `none`, that none of them is."""

    asked: Asked
    selected: tuple[str, ...]
    none: bool = False


@dataclass(frozen=True, slots=True)
class RankForm:
    """What a test of ranks asks of each action that it speaks of; with `none`, of none of them."""

    asked: Asked
    none: bool = False


def rank_form(test: Test, initiator: InitiatorReading) -> RankForm | None:
    """Return what a test asks of ranks, or None where it tests something else.

    Only what is initiated solely or jointly, of actions that are the same in every world.
    """
    if isinstance(test, RootOf):
        return None if test.side is None or test.within is not None else RankForm(Asked(test.side))
    if not isinstance(test, (Every, No)) or not isinstance(test.holds, Initiated):
        return None
    how = test.holds.how or initiator
    if how is InitiatorReading.DIRECTLY or test.of.depends_on_the_world:
        return None
    is_jointly = how is InitiatorReading.JOINTLY
    return RankForm(
        Asked(test.holds.by, never=is_jointly), none=isinstance(test, Every) is is_jointly
    )


def ranked(choices: Choices, test: Test, sight: Sight) -> Ranked | None:
    """Return a claim as one of ranks, or None where it tests something else, or selects nothing."""
    form = rank_form(test, choices.reading.initiator)
    if form is None:
        return None
    selected: tuple[str, ...] = ()
    if isinstance(test, (Every, No)):
        selected = tuple(held.id for held in candidates(sight, test.of))
    elif isinstance(test, RootOf) and choices.history.standing(test.action) is not None:
        selected = (test.action,)
    return Ranked(form.asked, selected, form.none) if selected else None


def possible_values(
    choices: Choices, policy: GrievancePolicy, claim: Ranked
) -> frozenset[Truth] | None:
    """Return the values that a claim of ranks takes in some world; None where it is no shortcut.

    Rule: docs/semantics.md#extremal-worlds
    """
    compact = compacted(choices, policy, claim.asked, claim.selected)
    if compact is None:
        return None
    numbers = {name: number for number, name in enumerate(compact.names, start=CONSTANTS)}
    found = states(compact.stream)
    held = {found[numbers[name]] for name in claim.selected}
    return of_none(held) if claim.none else of_every(held)


def of_every(held: Iterable[int]) -> frozenset[Truth]:
    """Return what "all of them are so" can be, from the states of the actions selected."""
    threes = [three_of(state) for state in held]
    found = set()
    if all(best == IS_TRUE for best, _, _ in threes):
        found.add(Truth.TRUE)
    if any(worst == IS_FALSE for _, worst, _ in threes):
        found.add(Truth.FALSE)
    lows = {low for _, _, low in threes}
    if IS_FALSE not in lows and IS_OPEN in lows:
        found.add(Truth.UNDETERMINED)
    return frozenset(found)


def of_none(held: Iterable[int]) -> frozenset[Truth] | None:
    """Return what "none of them is so" can be; None where it takes more than extremal worlds.

    Whether it can be open where both extremal worlds decide it is no question of ranks.
    """
    threes = [three_of(state) for state in held]
    found = set()
    if all(worst == IS_FALSE for _, worst, _ in threes):
        found.add(Truth.TRUE)
    if any(best == IS_TRUE for best, _, _ in threes):
        found.add(Truth.FALSE)
    if any(_is_open([three[place] for three in threes]) for place in range(VALUES)):
        found.add(Truth.UNDETERMINED)
    elif any(_can_be_open(three) for three in threes):
        return None
    return frozenset(found)


def _is_open(values: Sequence[int]) -> bool:
    return IS_TRUE not in values and IS_OPEN in values


def _can_be_open(three: Three) -> bool:
    """Whether some world leaves the action open: the third is open where that is possible."""
    return IS_OPEN in three
