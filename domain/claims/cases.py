"""Cases: a function of a world, for all worlds at once, by branching on what it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from domain.claims.choices import ChoiceNeeded, Choices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from domain.worlds import World

Result = TypeVar("Result")


class TooManyCasesError(Exception):
    """A function depends on more choices than can be gone through one by one."""

    said = "it depends on more than can be gone through, at {}"

    @property
    def why(self) -> str:
        """What keeps a test from being decided."""
        return self.said.format(*self.args)


@dataclass(frozen=True, slots=True)
class Case(Generic[Result]):
    """In every world with these choices the function has this value."""

    chosen: tuple[tuple[str, int], ...]
    value: Result


def cases(
    choices: Choices,
    function: Callable[[World], Result],
    *,
    most: int,
    given: Mapping[str, int] | None = None,
) -> Iterator[Case[Result]]:
    """Go through the cases of a function: they exclude each other, and one of them always holds.

    `given` are choices made beforehand. Raises TooManyCasesError beyond `most` cases.
    """
    waiting: list[dict[str, int]] = [dict(given or {})]
    found = 0
    while waiting:
        chosen = waiting.pop()
        try:
            value = function(choices.world(chosen))
        except ChoiceNeeded as needed:
            count = len(choices.options(needed.action))
            waiting += [{**chosen, needed.action: place} for place in reversed(range(count))]
            if len(waiting) + found > most:
                raise TooManyCasesError(needed.action) from None
            continue
        found += 1
        yield Case(tuple(sorted(chosen.items())), value)
