"""How deep tests stand one inside another, how many one claim joins, and how far both may go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from domain.claims.language import AllOf, AnyOf, If, Not
from domain.errors import InputError, require

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from domain.claims.language import Test

NESTING_MAX: Final = 200
"""So deep a test is still read, printed, stored and judged without trouble anywhere."""

TESTS_MAX: Final = 100
"""So many tests, that are made of no others, one claim may join: each is judged for itself."""

Value = TypeVar("Value")


class ClaimTooDeepError(InputError):
    """Tests, or brackets, stand one inside another more than `NESTING_MAX` deep."""


class ClaimTooLongError(InputError):
    """A claim joins more than `TESTS_MAX` tests."""


def parts(test: Test) -> tuple[Test, ...]:
    """Return the tests that a test is made of, in order; none for most."""
    if isinstance(test, (AllOf, AnyOf)):
        return test.tests
    if isinstance(test, Not):
        return (test.test,)
    return (test.condition, test.then) if isinstance(test, If) else ()


def nesting(test: Test) -> int:
    """Say how many tests stand one inside another, at the deepest place; 1 for a plain one."""
    deepest = 0
    layer: tuple[Test, ...] = (test,)
    while layer:
        deepest += 1
        layer = tuple(part for held in layer for part in parts(held))
    return deepest


def folded(test: Test, join: Callable[[Test, Sequence[Value]], Value]) -> Value:
    """Compute a value for a test from the values of those that it is made of, innermost first.

    Goes from test to test in a list, so that no depth is too deep for the interpreter.
    """
    listed = [test]
    for held in listed:
        listed.extend(parts(held))
    values: list[Value] = []
    taken = 0
    for held in reversed(listed):
        count = len(parts(held))
        inner = values[taken : taken + count]
        taken += count
        values.append(join(held, inner[::-1]))
    return values[-1]


def too_deep(where: str = "") -> ClaimTooDeepError:
    """Make the error that says how deep a claim may be."""
    return ClaimTooDeepError(
        f"the claim is nested more than {NESTING_MAX} deep",
        where=where,
        why="a reader could not follow it",
        hint="say it in several claims: reciprocity claim add --help",
    )


def checked_nesting(test: Test) -> Test:
    """Give the test back; raise ClaimTooDeepError if it is too deep."""
    require(nesting(test) <= NESTING_MAX, too_deep())
    return test


def checked_length(test: Test, where: str = "") -> Test:
    """Give the test back; raise ClaimTooLongError if it joins too many tests.

    What is stored already is not held to it: it stays readable.
    """
    listed = [test]
    for held in listed:
        listed.extend(parts(held))
    joined = sum(1 for held in listed if not parts(held))
    require(
        joined <= TESTS_MAX,
        ClaimTooLongError(
            f"the claim joins {joined} tests, more than {TESTS_MAX}",
            where=where,
            why="each is judged for itself, and together they could not be decided in time",
            hint="say it in several claims: reciprocity claim add --help",
        ),
    )
    return test
