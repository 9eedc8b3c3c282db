"""Ledgers in which nearly everything answers something, and claims of budgets over them.

Few triggers that many responses cite, packages on both sides, amounts known within bounds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from domain.claims.filters import Filter
from domain.claims.language import AllOf, AnyOf, Budgeted, Exists, If, Not
from domain.claims.verdicts import Question
from domain.measures.roles import Role
from domain.reading import GrievancePolicy
from tests.domain.claims.claims_about import PANEL, SIDES, reading_of
from tests.domain.claims.forms_about import RATIOS, any_filter, any_test
from tests.making import DISPUTE, act, make_history, said, two_sides

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from domain.claims.language import Test
    from domain.history import History
    from domain.records.base import Record

AMOUNTS: Final = (1, 1, 2, 2, 3, 3, 5, 8, 0, "unknown", "1..3", "2..6", ">=2")
ELSEWHERE: Final = ("act:out@USA", "act:out@RUS", "ext:wrong@RUS", "ext:wrong@USA", "a9")


def budget(rng: Random) -> Budgeted:
    """A budget; what half of them select may differ from world to world."""
    of = Filter()
    if rng.random() < 0.3:
        of = any_filter(rng)
    elif rng.random() < 0.3:
        of = Filter(roles=(Role.RESPONSE, *rng.choice(((), (Role.CONTINUATION,)))))
    unit = rng.choice(("persons",) * 9 + ("visas",))
    return Budgeted(by=rng.choice(("West", "RUS")), of=of, unit=unit, k=rng.choice(RATIOS))


def budget_test(rng: Random) -> Test:
    """A budget, one in four inside another test."""
    if rng.random() < 0.75:
        return budget(rng)
    one: Any = budget(rng)
    other: Any = rng.choice((budget(rng), Exists(of=any_filter(rng)), any_test(rng)))
    return rng.choice(
        (
            Not(test=one),
            AllOf(tests=(one, other)),
            AnyOf(tests=(one, other)),
            If(condition=one, then=other),
            If(condition=other, then=one),
        )
    )


def _causes(rng: Random, names: Sequence[str]) -> list[str]:
    pool = [*names] * 4 + [rng.choice(ELSEWHERE)]
    return sorted({rng.choice(pool) for _ in range(rng.choice((0, 1, 1, 2, 3)))})


def budget_history(rng: Random, most: int) -> History:
    """One side acts first, the other answers, and accounts differ about what."""
    names = [f"a{place}" for place in range(rng.randint(3, most))]
    first = len(names) // 2
    records: list[Record] = [two_sides(DISPUTE, **SIDES)]
    is_exact = rng.random() < 0.5
    amounts = [one for one in AMOUNTS if isinstance(one, int) or not is_exact]
    has_packages = rng.random() < 0.6
    for place, name in enumerate(names):
        is_first = place < first
        by, against = ("RUS", "USA") if is_first else ("USA", "RUS")
        if rng.random() < 0.1:
            by, against = against, by
        own = names[:first] if is_first else names[first:]
        fields: dict[str, Any] = {}
        if has_packages and rng.random() < 0.5:
            fields["part_of"] = rng.choice([one for one in own if one != name] or [None])
        answers = _causes(rng, names[:first]) if not is_first or rng.random() < 0.2 else []
        kind, unit = rng.choice((("expulsion", "persons"),) * 9 + (("visa_refusal", "visas"),))
        records.append(
            act(
                name,
                by,
                against,
                "2020-01-01" if rng.random() < 0.9 else "2020-01-05",
                kind=kind,
                quantity=rng.choice(amounts),
                unit=unit,
                answers="none_stated" if rng.random() < 0.05 else answers,
                **fields,
            )
        )
    for _ in range(rng.randint(1, 7)):
        told = "unprovoked" if rng.random() < 0.3 else _causes(rng, names[:first])
        records.append(said(rng.choice(names), rng.choice(("RUS", "RUS", "USA", "GBR")), told))
    return make_history(*records)


def budget_question(rng: Random, most: int) -> Question:
    """Put a claim of a budget to such a ledger."""
    history = budget_history(rng, most)
    policy = rng.choice(tuple(GrievancePolicy))
    return Question(history, DISPUTE, reading_of(rng), policy, budget_test(rng))


__all__ = ["PANEL", "budget_question"]
