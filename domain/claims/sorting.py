"""Sorting by gain: counts to which every contested action contributes by itself.

Where each part of two counts or sums hangs on one contested action at most, and nothing is known
only within bounds, their difference is a sum of one number for each contested action. The most it
can be is the sum of the largest; the fewest changes that bring it to a bound are those that gain
most.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from domain.claims.language import Compare, Comparison
from domain.claims.linear import case_groups
from domain.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from domain.claims.cases import Case
    from domain.claims.compiling import ClaimFormula
    from domain.claims.language import Test
    from domain.quantities import Amount

Place = tuple[str, int]
"""An action and the number of the option that it changes to."""

BOUNDS: Final = {
    (Comparison.MORE, Truth.TRUE): (1, 1),
    (Comparison.MORE, Truth.FALSE): (-1, 0),
    (Comparison.AT_LEAST, Truth.TRUE): (1, 0),
    (Comparison.AT_LEAST, Truth.FALSE): (-1, 1),
    (Comparison.LESS, Truth.TRUE): (-1, 1),
    (Comparison.LESS, Truth.FALSE): (1, 0),
    (Comparison.AT_MOST, Truth.TRUE): (-1, 0),
    (Comparison.AT_MOST, Truth.FALSE): (1, 1),
}
"""Which sign of the difference must reach which bound for a comparison to have a value."""


@dataclass(frozen=True, slots=True)
class Smallest:
    """The smallest sets of changes; `steps` is their size, None where no changes are enough."""

    steps: int | None
    ties: tuple[tuple[Place, ...], ...] = ()
    is_complete: bool = True


@dataclass(frozen=True, slots=True)
class Difference:
    """Left less right, in whole numbers: what is settled, and what each contested action adds."""

    how: Comparison
    settled: int
    by_option: Mapping[str, Mapping[int, int]]

    def can_be(self, value: Truth) -> bool:
        """Whether some world gives the comparison this value; it is never undetermined."""
        if value is Truth.UNDETERMINED:
            return False
        sign, bound = BOUNDS[self.how, value]
        most = sum(max(sign * one for one in held.values()) for held in self.by_option.values())
        return sign * self.settled + most >= bound

    def smallest(self, value: Truth, held: Mapping[str, int], most: int) -> Smallest:
        """Return the fewest changes of what is held that give the comparison a value.

        Rule: docs/semantics.md#crux
        """
        sign, bound = BOUNDS[self.how, value]
        missing = bound - sign * self.settled
        gains: list[tuple[int, Place]] = []
        for name, options in self.by_option.items():
            now = sign * options[held[name]]
            missing -= now
            best = max(options, key=lambda place: sign * options[place])
            if sign * options[best] > now:
                gains.append((sign * options[best] - now, (name, best)))
        gains.sort(key=lambda gain: (-gain[0], gain[1]))
        steps, reached = 0, 0
        while reached < missing and steps < len(gains):
            reached += gains[steps][0]
            steps += 1
        if reached < missing:
            return Smallest(None)
        ties = tuple(_ties(gains, steps, missing, most + 1))
        return Smallest(steps, ties[:most], is_complete=len(ties) <= most)


def _ties(
    gains: Sequence[tuple[int, Place]], steps: int, missing: int, most: int
) -> Iterator[tuple[Place, ...]]:
    """Go through the sets of so many gains that reach what is missing, the largest gains first.

    No branch is entered that the largest gains still open to it could not complete.
    """
    sums = [0]
    for gain, _ in gains:
        sums.append(sums[-1] + gain)
    found = 0
    waiting: list[tuple[int, int, int, Chain]] = [(0, steps, missing, None)]
    while waiting and found < most:
        place, left, still, chain = waiting.pop()
        if place + left > len(gains) or sums[place + left] - sums[place] < still:
            continue
        if left == 0:
            found += 1
            yield tuple(_unchained(chain))
            continue
        gain, change = gains[place]
        waiting.append((place + 1, left, still, chain))
        waiting.append((place + 1, left - 1, still - gain, (change, chain)))


Chain = tuple[Place, "Chain"] | None


def _unchained(chain: Chain) -> Iterator[Place]:
    while chain is not None:
        yield chain[0]
        chain = chain[1]


def difference(formula: ClaimFormula, test: Test) -> Difference | None:
    """Return a comparison as a sum over contested actions, or None where it is none.

    Raises TooManyCasesError, TimedOutError.
    """
    if not isinstance(test, Compare) or test.how is Comparison.EQUAL:
        return None
    settled = 0
    by_option: defaultdict[str, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    terms = ((test.left, test.times.denominator), (test.right, -test.times.numerator))
    for term, factor in terms:
        for group in case_groups(formula, term):
            if not _is_one_exact(group):
                return None
            for one in group:
                amount = factor * (one.value.lo if one.value else 0)
                if one.chosen:
                    name, place = one.chosen[0]
                    by_option[name][place] += amount
                else:
                    settled += amount
    return Difference(test.how, settled, by_option)


def _is_one_exact(group: Sequence[Case[Amount | None]]) -> bool:
    """Whether the cases hang on one action at most, and every amount is exact."""
    names = {name for one in group for name, _ in one.chosen}
    return len(names) <= 1 and all(one.value is not None and one.value.is_exact for one in group)
