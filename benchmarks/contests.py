"""Generated contests: who did what, and what each of two sides says that it answered.

One description of a contest becomes compact arrays directly, so that a million actions fit, or for
small sizes a history of real records; a test holds the verdicts of both against each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any, Final

from domain.claims.compact import CONSTANTS, FALSE_NODE, TRUE_NODE, Compact, streamed
from domain.history import fold
from domain.records.accounts import Attributed
from domain.records.entry import Entry
from domain.records.registry import load_record
from domain.records.subjects import DisputeOpened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.history import History
    from domain.records.base import Record

DISPUTE: Final = "a-b"
SIDES: Final = ("USA", "RUS")
NEAR: Final = 40
"""How far back an action reaches for what it answers."""
FEW: Final = 3
"""A response answers triggers that are so near to its own place among them, and no more of them."""

CALLED_UNPROVOKED: Final = 0.4
SOURCE: Final = {"title": "Generated", "publisher": "The benchmark", "date": "2020-01-01"}

Told = tuple[int, ...]
"""What a teller says an action answers: numbers of actions; nothing, it is an opening."""


@dataclass(frozen=True, slots=True)
class Deed:
    """An action by one of the two sides, as its actor tells it, and as the other side does."""

    by: int
    own: Told
    other: Told
    persons: int = 1

    @property
    def options(self) -> tuple[Told, ...]:
        """What can be believed of it: one thing, or two where it is contested."""
        return (self.own,) if self.own == self.other else (self.own, self.other)


def contest(size: int, *, contested: float, seed: int) -> list[Deed]:
    """Draw a contest: each side answers the other, and each calls part of that unprovoked.

    The first side opens now and then by its own account too, the second never does.
    """
    rng = Random(seed)
    last: tuple[list[int], list[int]] = ([], [])
    deeds = []
    for number in range(size):
        by = number % 2
        near = last[1 - by][-NEAR:]
        wanted = rng.choice((1, 1, 1, 2))
        opens = not near or (by == 0 and rng.random() < 1 / NEAR)
        own = () if opens else tuple(sorted(set(rng.choices(near, k=wanted))))
        other = own
        if own and rng.random() < contested:
            other = () if rng.random() < 1 / 2 else (rng.choice(near),)
        deeds.append(Deed(by, own, other))
        last[by].append(number)
    return deeds


def compact_of(deeds: list[Deed], side: int = 0) -> Compact:
    """Return the arrays for "solely initiated by a side"."""
    names = [f"e{number}" for number in range(len(deeds))]
    return Compact(names, streamed(nodes_of(deed, side) for deed in deeds))


def nodes_of(deed: Deed, side: int = 0) -> list[list[int]]:
    """Return the options of an action as nodes."""
    opening = TRUE_NODE if deed.by == side else FALSE_NODE
    return [[node + CONSTANTS for node in told] or [opening] for told in deed.options]


def held_by(deeds: list[Deed], teller: int) -> list[int]:
    """Return the number of the option that a teller holds of every action."""
    return [0 if deed.by == teller or len(deed.options) == 1 else 1 for deed in deeds]


def debts(responses: int, *, seed: int) -> list[Deed]:
    """Draw triggers by the first side, and twice as many responses, about all of them contested.

    By its actor's words a response answers one or two triggers, by the other side's another one, or
    none. Triggers are of 2 to 20 persons, responses of 1 to 8.
    """
    rng = Random(seed)
    triggers = responses // 2
    deeds = [Deed(0, (), (), rng.randint(2, 20)) for _ in range(triggers)]
    for number in range(responses):
        near = [max(0, min(triggers - 1, number // 2 + rng.randint(-FEW, FEW))) for _ in range(FEW)]
        other = () if rng.random() < CALLED_UNPROVOKED else (near[-1],)
        deeds.append(Deed(1, tuple(sorted(set(near[:2]))), other, rng.randint(1, 8)))
    return deeds


def knot(size: int, *, seed: int) -> list[Deed]:
    """Draw actions of one day, each of which answers any two others, or by the other side one."""
    rng = Random(seed)
    deeds = []
    for number in range(size):
        own = tuple(sorted({rng.randrange(size) for _ in range(2)}))
        other = () if rng.random() < 1 / 10 else (rng.randrange(size),)
        deeds.append(Deed(number % 2, own, other))
    return deeds


def history_of(deeds: list[Deed], *, one_day: bool = False) -> History:
    """Return the contest as a history of real records."""
    return fold(_stamped(records_of(deeds, one_day=one_day)))


def records_of(deeds: list[Deed], *, one_day: bool = False) -> Iterator[Record]:
    """Return the contest as records, the dispute first."""
    sides = [{"name": name, "parties": [name]} for name in SIDES]
    yield DisputeOpened.model_validate({"id": DISPUTE, "title": "A contest", "sides": sides})
    for number, deed in enumerate(deeds):
        day = date(1000, 1, 1) + timedelta(days=0 if one_day else number)
        payload: dict[str, Any] = {
            "id": f"e{number}",
            "dispute": DISPUTE,
            "actors": [SIDES[deed.by]],
            "targets": [SIDES[1 - deed.by]],
            "occurred": day.isoformat(),
            "cause": [f"e{cause}" for cause in deed.own],
            "quantity": {"value": deed.persons, "unit": "persons"},
            "sources": [SOURCE],
        }
        yield load_record("action.expulsion", 1, payload, payload["id"])
        if deed.other != deed.own:
            yield Attributed.model_validate(
                {
                    "action": f"e{number}",
                    "account": SIDES[1 - deed.by],
                    "causes": [f"e{cause}" for cause in deed.other],
                    "basis": "stated",
                }
            )


def _stamped(records: Iterator[Record]) -> Iterator[Entry]:
    versions: dict[str, int] = {}
    at = datetime(2024, 1, 1, tzinfo=UTC)
    for position, record in enumerate(records, start=1):
        stream = record.stream()
        versions[stream] = versions.get(stream, 0) + 1
        yield Entry(stream, versions[stream], at, "benchmark", "00" * 16, record, position)
