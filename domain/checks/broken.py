"""What a broken invariant is called, and how each is named: by its number and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from domain.errors import VerificationError, require
from domain.findings import place_words

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES: Final[Mapping[int, str]] = {
    1: "the order of independent records, and repetition, change nothing",
    2: "incremental is from scratch; stopped and resumed is all at once",
    3: "recorded and retracted is never recorded",
    4: "as known at a time ignores what was recorded later",
    5: "net over all sides is zero, outstanding is never negative, packages count once",
    6: "every action has a root, and is its own exactly if nothing comes before it",
    7: "single-cause chains partition the actions, and their tallies add up",
    8: "an unconnected action changes no other",
    9: "more worlds: what is certain can only shrink, what is possible only grow",
    10: "where all accounts agree, what is possible is certain",
    11: "what is certain in mixed worlds holds in every whole account that is closed",
    12: "swapping the sides in ledger and claim leaves the verdict as it was",
    13: "the fast verdict is that of going through every world",
    14: "a crux flips the claim, and nothing smaller does",
    15: "a feasible budget keeps every ratio, grows with k, and knows no scale",
    16: "a narrower date can make an option impossible, never possible",
    17: "grievance policies change no role, tally or reply",
}


class InvariantBrokenError(VerificationError):
    """Something holds of a history that can hold of none: the code, not the history, is wrong."""


def hold(condition: object, number: int, what: str, where: str, why: str = "") -> None:
    """Raise InvariantBrokenError, with the number, what and where, unless the condition holds."""
    require(
        condition,
        InvariantBrokenError(
            f"invariant {number} is broken ({NAMES[number]}): {what}",
            where=where,
            why=why,
            hint="reciprocity doctor",
        ),
    )


def hold_equal(
    number: int, one: Mapping[Any, object], other: Mapping[Any, object], where: str = ""
) -> None:
    """Name the first place at which two mappings differ."""
    if one == other:
        return
    for place in sorted(one.keys() | other.keys(), key=str):
        before, after = one.get(place), other.get(place)
        here = place_words(place) if isinstance(place, tuple) else str(place)
        hold(
            before == after,
            number,
            "two that should be equal differ",
            f"{where}, {here}" if where else here,
            f"one has {before}, the other {after}",
        )
