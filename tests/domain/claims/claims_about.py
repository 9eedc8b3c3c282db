"""Contested little ledgers, and claims that speak of them, drawn from a seed.

Drawn by `random.Random`, each choice as likely as its table says: strategies that prefer what is
small select nothing most of the time. Hypothesis draws the seed, so a failure names it.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any, Final, TypeVar

from domain.claims.verdicts import Question
from domain.reading import (
    BasisOf,
    GrievancePolicy,
    InitiatorReading,
    MembershipRule,
    Reading,
    Silence,
    StatedWhen,
)
from domain.records.amendments import Retracted
from domain.records.stocks import StockObserved
from tests.domain.claims.forms_about import ORGANS, any_test
from tests.making import DISPUTE, SOURCE, act, calls, make_history, said, two_sides

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from domain.claims.language import Test
    from domain.history import History
    from domain.records.base import Record

Value = TypeVar("Value")

PANEL: Final = ("USA", "GBR", "RUS")
SIDES: Final = {"West": ("USA", "GBR"), "RUS": ("RUS",)}
DAYS: Final = ("2020-01-01", "2020-01-02", "2020-01-05", "2020-01-01/2020-01-20", "2020-01-10")
AMOUNTS: Final = (1, 2, 2, 3, 5, 0, "unknown", "1..3", ">=2")
ELSEWHERE: Final = (
    *("act:out@USA", "act:out@RUS", "act:out@POL"),
    *("ext:wrong@USA", "ext:wrong@RUS", "ext:wrong@POL", "ext:weather"),
)
COUNTINGS: Final = (
    *(("expulsion", "persons"),) * 5,
    *(("threat", "persons"), ("visa_refusal", "persons"), ("visa_refusal", "visas")),
    *(("property_closure", "properties"), ("staff_cap", "posts_ceiling")),
    *(("protest", None), ("talks_cancelled", None), ("other", None)),
)
ACTING: Final = (
    *(("USA", "RUS"), ("RUS", "USA")) * 4,
    *(("GBR", "RUS"), ("RUS", "GBR"), ("POL", "RUS"), ("RUS", "POL")),
)


def causes(rng: Random, names: Sequence[str], *, mostly_earlier: str = "") -> list[str]:
    """Up to three causes: actions before one, or any, or what the ledger does not hold."""
    earlier = [name for name in names if name < mostly_earlier] or list(names)
    pool = earlier * 6 + list(names) + list(ELSEWHERE) + ["a9"] * (rng.random() < 0.2)
    return sorted({rng.choice(pool) for _ in range(rng.choice((0, 1, 1, 1, 2, 3)))})


def _action(rng: Random, name: str, names: Sequence[str]) -> Record:
    by, against = rng.choice(ACTING)
    kind, unit = rng.choice(COUNTINGS)
    joint = rng.choice(((), (), (), (), ("GBR",), ("USA",), ("RUS",)))
    place = int(name[1:])
    early = ("2020-01-01", "2020-01-02", "2020-01-05", "2020-01-10")[place // 2]
    fields: dict[str, Any] = {}
    if rng.random() < 0.15:
        fields["part_of"] = rng.choice([other for other in names if other != name] or [None])
    if rng.random() < 0.05:
        fields["same_as"] = [rng.choice(names)]
    if rng.random() < 0.5:
        fields["organ"] = rng.choice(ORGANS)
    return act(
        name,
        tuple(dict.fromkeys((by, *joint))),
        rng.choice((against, against, (against, "POL"))),
        early if rng.random() < 0.8 else rng.choice(DAYS),
        kind=kind,
        quantity=rng.choice(AMOUNTS) if unit else None,
        unit=unit,
        answers="none_stated" if rng.random() < 0.06 else causes(rng, names, mostly_earlier=name),
        **fields,
    )


def history_of(rng: Random, most: int = 6) -> History:
    """Up to `most` actions, of which three parties tell different things."""
    return make_history(*records_of(rng, most))


def records_of(rng: Random, most: int = 6) -> list[Record]:
    """The records of such a history, its dispute first."""
    names = [f"a{place}" for place in range(rng.randint(min(3, most), most))]
    records: list[Record] = [two_sides(DISPUTE, **SIDES)]
    records += [_action(rng, name, names) for name in names]
    for _ in range(rng.randint(2, 8)):
        name = rng.choice(names)
        words: Any = causes(rng, names, mostly_earlier=name)
        teller = rng.choice(("USA", "RUS", "USA", "RUS", "GBR"))
        told = "unprovoked" if rng.random() < 0.35 else words
        records.append(said(name, teller, told, inferred=rng.random() < 0.2))
    name = rng.choice(names)
    asides: tuple[Callable[[], Record], ...] = (
        lambda: calls(name, rng.choice(PANEL), denied=True),
        lambda: calls(name, rng.choice(PANEL), kind=rng.choice(("protest", "threat"))),
        lambda: Retracted(action=name, reason="a slip"),
        _observed,
    )
    records += [made() for made in asides if rng.random() < 0.12]
    return records


def _observed() -> StockObserved:
    return StockObserved.model_validate(
        {
            "id": "s1",
            "teller": "USA",
            "whose": "RUS",
            "where": "USA",
            "quantity": {"value": 2, "unit": "posts"},
            "on": "2019-12-31",
            "sources": [SOURCE],
        }
    )


def reading_of(rng: Random) -> Reading:
    """Any reading, with the defaults most often."""
    changes: dict[str, tuple[object, ...]] = {
        "stated": tuple(StatedWhen),
        "silence": (Silence.UNDETERMINED,),
        "initiator": tuple(InitiatorReading),
        "k": (Fraction(1, 2), Fraction(2)),
        "kinds_by": ("other", "USA"),
        "words_as_causes": (False,),
        "membership": tuple(MembershipRule),
    }
    fields = {name: rng.choice(held) for name, held in changes.items() if rng.random() < 0.2}
    return Reading.model_validate({**fields, "bases": (rng.choice(tuple(BasisOf)),)})


def question(seed: int, most: int = 6, test: Callable[[Random], Test] = any_test) -> Question:
    """Put a claim to a contested ledger under any reading and policy."""
    rng = Random(seed)
    history = history_of(rng, most)
    policy = rng.choice(tuple(GrievancePolicy))
    return Question(history, DISPUTE, reading_of(rng), policy, test(rng))
