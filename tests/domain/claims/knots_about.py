"""Ledgers in which everything happens on one day and anything may answer anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from domain.claims.filters import Filter
from domain.claims.language import AllOf, AnyOf, Every, If, No, Not, RootOf
from domain.claims.predicates import Initiated
from domain.claims.verdicts import Question
from domain.measures.roles import Role
from domain.reading import GrievancePolicy, InitiatorReading
from tests.domain.claims.claims_about import ELSEWHERE, PANEL, SIDES, reading_of
from tests.domain.claims.forms_about import any_test, plain_filter
from tests.making import DISPUTE, act, make_history, said, two_sides

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from domain.claims.language import Test
    from domain.history import History
    from domain.records.base import Record

ACTING: Final = (
    *(("USA", "RUS"), ("RUS", "USA")) * 3,
    *(("GBR", "RUS"), ("POL", "RUS"), (("USA", "RUS"), "POL")),
)
WAYS: Final = (InitiatorReading.SOLELY, InitiatorReading.SOLELY, InitiatorReading.JOINTLY)


def initiative(rng: Random) -> Test:
    """A claim of who initiated some actions, or whose the root of one is."""
    side = rng.choice(("West", "RUS", "POL", "external"))
    if rng.random() < 0.3:
        return RootOf(action=rng.choice(("a0", "a1", "a2")), side=side)
    of = plain_filter(rng)
    if rng.random() < 0.3:
        of = Filter(roles=(rng.choice(tuple(Role)),))
    holds = Initiated(by=side, how=rng.choice(WAYS))
    return rng.choice((Every, Every, No))(of=of, holds=holds)


def initiative_test(rng: Random) -> Test:
    """Such a claim, one in four inside another test."""
    one: Any = initiative(rng)
    if rng.random() < 0.75:
        return one  # type: ignore[no-any-return]
    other: Any = rng.choice((initiative(rng), any_test(rng)))
    return rng.choice(
        (
            Not(test=one),
            AllOf(tests=(one, other)),
            AnyOf(tests=(one, other)),
            If(condition=one, then=other),
        )
    )


def _causes(rng: Random, names: Sequence[str], elsewhere: float) -> list[str]:
    found = {rng.choice(names) for _ in range(rng.choice((0, 1, 1, 1, 2, 2, 3)))}
    if rng.random() < elsewhere:
        found.add(rng.choice((*ELSEWHERE, "a9")))
    return sorted(found)


def knot_history(rng: Random, most: int) -> History:
    """Actions of one day; the fewer causes lie elsewhere, the more exchanges are closed."""
    names = [f"a{place}" for place in range(rng.randint(3, most))]
    elsewhere = rng.choice((0.0, 0.1, 0.3))
    records: list[Record] = [two_sides(DISPUTE, **SIDES)]
    for name in names:
        by, against = rng.choice(ACTING)
        kind = rng.choice(("expulsion", "expulsion", "expulsion", "threat", "statement"))
        is_silent = rng.random() < 0.05
        answers = "none_stated" if is_silent else _causes(rng, names, elsewhere)
        unit = "persons" if kind == "expulsion" else None
        records.append(
            act(
                name,
                by,
                against,
                kind=kind,
                quantity=1 if unit else None,
                unit=unit,
                answers=answers,
            )
        )
    for _ in range(rng.randint(2, 9)):
        told: Any = "unprovoked" if rng.random() < 0.2 else _causes(rng, names, elsewhere)
        records.append(said(rng.choice(names), rng.choice(("RUS", "USA", "GBR")), told))
    return make_history(*records)


def knot_question(rng: Random, most: int) -> Question:
    """Put a claim of initiative to such a ledger."""
    history = knot_history(rng, most)
    policy = rng.choice(tuple(GrievancePolicy))
    return Question(history, DISPUTE, reading_of(rng), policy, initiative_test(rng))


__all__ = ["PANEL", "knot_question"]
