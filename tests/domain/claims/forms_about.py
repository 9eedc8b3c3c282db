"""Claims of every form about the actions a0, a1, ... of a contested little ledger."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any, Final

from domain.claims.filters import Filter
from domain.claims.language import (
    AllOf,
    AnyOf,
    Budgeted,
    CauseOf,
    Compare,
    Comparison,
    Count,
    Every,
    Exists,
    If,
    KindOf,
    No,
    Not,
    NotExists,
    Number,
    RootOf,
    Stock,
    Sum,
    Term,
    Test,
)
from domain.claims.predicates import Answers, Initiated, IsAnswered, Manner, Predicate, Within
from domain.dates import parse_date
from domain.measures.roles import Role
from domain.reading import EscalationFlag, InitiatorReading, MembershipRule

if TYPE_CHECKING:
    from collections.abc import Callable

SIDES: Final = ("West", "RUS", "West", "RUS", "West", "RUS", "West", "RUS", "POL", "external")
IDS: Final = ("a0", "a1", "a2", "a3", "a4", "a9")
PERIODS: Final = ("2020-01-01", "2020-01", "2020-01-03/..", "../2020-01-05", "2019")
RATIOS: Final = (Fraction(1), Fraction(1), Fraction(1, 2), Fraction(2), Fraction(7, 3))
UNITS: Final = ("persons", "persons", "visas", "properties")
KINDS: Final = ("expulsion", "visa_refusal", "threat", "protest")
CAUSES: Final = ("a0", "a1", "ext:wrong", "ext:wrong@RUS", "act:out@USA")
ORGANS: Final = ("executive", "court")
GRIEVANCES: Final = ("ext:wrong", "ext:wrong@USA", "ext:weather", "ext:nothing")


def plain_filter(rng: Random) -> Filter:
    """A filter that selects the same in every world, mostly by one field or two."""
    fields: dict[str, Callable[[], object]] = {
        "kinds": lambda: rng.sample(KINDS, 2),
        "families": lambda: ("mission_staff", "visas"),
        "polarities": lambda: (rng.choice(("hostile", "hostile", "words")),),
        "actors": lambda: (rng.choice(SIDES),),
        "targets": lambda: (rng.choice(SIDES),),
        "period": lambda: parse_date(rng.choice(PERIODS)),
        "membership": lambda: rng.choice(tuple(MembershipRule)),
        "before": lambda: rng.choice(IDS),
        "after": lambda: rng.choice(IDS),
        "until": lambda: rng.choice(IDS),
        "ids": lambda: rng.sample(IDS, 3),
    }
    chosen = {name: made() for name, made in fields.items() if rng.random() < _WEIGHT[name]}
    return Filter.model_validate(chosen)


_WEIGHT: Final = {
    "kinds": 0.1,
    "families": 0.05,
    "polarities": 0.2,
    "actors": 0.3,
    "targets": 0.1,
    "period": 0.05,
    "membership": 0.05,
    "before": 0.03,
    "after": 0.03,
    "until": 0.03,
    "ids": 0.1,
}


def any_filter(rng: Random) -> Filter:
    """A filter; what half of them select differs from world to world, or is left open."""
    found = plain_filter(rng)
    if rng.random() < 0.5:
        return found
    worldly: dict[str, Callable[[], object]] = {
        "roles": lambda: tuple(rng.sample(tuple(Role), rng.choice((1, 2)))),
        "flags": lambda: tuple(rng.sample(tuple(EscalationFlag), rng.choice((1, 2, 4)))),
        "answers": lambda: tuple(rng.sample(IDS, 2)),
        "organs": lambda: (rng.choice(ORGANS),),
    }
    names = [name for name in worldly if rng.random() < 0.4] or ["roles"]
    return found.model_copy(update={name: worldly[name]() for name in names})


def _manner(rng: Random) -> Manner:
    if rng.random() < 0.5:
        return Manner()
    return Manner(
        within_days=rng.choice((None, 0, 5, 30)),
        mirrored=rng.random() < 0.3,
        in_kind=rng.random() < 0.5,
    )


def initiated(rng: Random) -> Initiated:
    """Whose initiative something is, in any way of reading it."""
    return Initiated(by=rng.choice(SIDES), how=rng.choice((None, None, *InitiatorReading)))


def predicate(rng: Random) -> Predicate:
    """A predicate of any form."""
    forms: tuple[Callable[[], Predicate], ...] = (
        lambda: initiated(rng),
        lambda: initiated(rng),
        lambda: Answers(
            what=rng.choice((None, any_filter(rng), Filter())),
            grievances=tuple(rng.sample(GRIEVANCES, rng.choice((0, 0, 1, 2)))),
            only=rng.random() < 0.5,
            manner=_manner(rng),
        ),
        lambda: IsAnswered(by=rng.choice(SIDES), manner=_manner(rng)),
        lambda: Within(k=rng.choice(RATIOS)),
    )
    return rng.choice(forms)()


def _term(rng: Random) -> Term:
    forms: tuple[Callable[[], Term], ...] = (
        lambda: Number(value=rng.choice((0, 1, 1, 2, 2, 3, 5))),
        lambda: Count(of=any_filter(rng)),
        lambda: Count(of=any_filter(rng)),
        lambda: Sum(of=any_filter(rng), units=tuple(rng.sample(("persons", "visas"), 1))),
        lambda: Sum(of=any_filter(rng), units=("persons", "visas")),
        lambda: Stock(
            unit="posts",
            whose=rng.choice(("RUS", "RUS", "USA")),
            where="USA",
            on=parse_date(rng.choice(("2020", "2020", "2019-06-01"))),
        ),
    )
    return rng.choice(forms)()


def comparison(rng: Random) -> Compare:
    """A comparison of counts, sums, stocks and numbers."""
    return Compare(
        left=rng.choice((Count(of=any_filter(rng)), _term(rng))),
        how=rng.choice(tuple(Comparison)),
        times=rng.choice(RATIOS),
        right=_term(rng),
    )


def plain_test(rng: Random) -> Test:
    """A test of any form that holds no other."""
    account = rng.choice((None, "USA", "RUS"))
    within = rng.choice((None, None, parse_date(rng.choice(PERIODS))))
    action = rng.choice(IDS[:4])
    forms: tuple[Callable[[], Test], ...] = (
        *(lambda: Every(of=any_filter(rng), holds=predicate(rng)),) * 3,
        lambda: Every(of=plain_filter(rng), holds=initiated(rng)),
        *(lambda: No(of=any_filter(rng), holds=predicate(rng)),) * 2,
        lambda: Exists(of=any_filter(rng)),
        lambda: NotExists(of=any_filter(rng)),
        *(lambda: comparison(rng),) * 3,
        lambda: Budgeted(
            by=rng.choice(SIDES), of=any_filter(rng), unit=rng.choice(UNITS), k=rng.choice(RATIOS)
        ),
        lambda: RootOf(action=action, side=rng.choice(SIDES), within=within),
        lambda: RootOf(action=action, is_action=rng.choice(IDS), within=within),
        lambda: CauseOf(action=action, includes=rng.choice(CAUSES), account=account),
        lambda: KindOf(action=action, kind=rng.choice(KINDS), account=account),
    )
    return rng.choice(forms)()


def any_test(rng: Random) -> Test:
    """A test of any form, one in four holding others."""
    if rng.random() < 0.75:
        return plain_test(rng)
    parts: Any = tuple(plain_test(rng) for _ in range(rng.choice((2, 2, 3))))
    forms: tuple[Callable[[], Test], ...] = (
        lambda: AllOf(tests=parts),
        lambda: AnyOf(tests=parts),
        lambda: Not(test=AnyOf(tests=parts)),
        lambda: If(condition=parts[0], then=parts[1]),
    )
    return rng.choice(forms)()
