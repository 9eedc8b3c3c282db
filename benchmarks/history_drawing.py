"""Draws the records of a generated history one by one; `benchmarks/histories.py` says what and why.

Payloads are written as text, field by field in canonical order, since building and dumping models
would take a hundred times as long. A test holds every sort of line against the domain.
"""

from __future__ import annotations

from bisect import bisect
from collections import deque
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple

from benchmarks.history_tables import (
    OUTLETS,
    PARTIES,
    PARTIES_SUMMED,
    REVERSAL,
    SORTS,
    SORTS_SUMMED,
    Sort,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Draw = Callable[[], float]

FIRST_DAY: Final = date(2000, 1, 1)
DAYS: Final = 9_000
LARGEST: Final = 0.1
"""The part of all actions that belongs to the largest dispute."""
RECENT: Final = 8
"""How far back, in actions of one side, an action reaches for what it answers."""


class Row(NamedTuple):
    """One record: its stream, its version there, its stored name, and its payload.

    The payload is canonical JSON, byte for byte what the domain would store.
    """

    stream: str
    version: int
    name: str
    payload: str


class Done:
    """An action that later ones may answer, amend or undo."""

    __slots__ = ("name", "sort", "version")

    def __init__(self, name: str, sort: Sort) -> None:
        self.name = name
        self.sort = sort
        self.version = 1


class Contest:
    """One dispute as it goes on: who stands where, and what was done last."""

    __slots__ = ("day", "last", "name", "package", "sides", "turn")

    def __init__(self, name: str, sides: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
        self.name = name
        self.sides = sides
        self.last: tuple[deque[Done], deque[Done]] = (deque(maxlen=RECENT), deque(maxlen=RECENT))
        self.turn = 0
        self.package: tuple[str, int, int] | None = None
        self.day = ""

    def opening(self) -> Row:
        """Return the record that opens the dispute."""
        sides = ",".join(
            f'{{"name":"{side[0]}","parties":[{_listed(side)}]}}' for side in self.sides
        )
        title = f"{self.sides[0][0]} and {self.sides[1][0]}"
        payload = f'{{"id":"{self.name}","sides":[{sides}],"title":"{title}"}}'
        return Row(f"dispute:{self.name}", 1, "dispute_opened", payload)


def drawn(size: int, seed: int, disputes: int) -> Iterator[Row]:
    """Draw a history with so many actions, in the order in which it was recorded."""
    rng = Random(seed)
    contests = drawn_contests(disputes, rng)
    for contest in contests:
        yield contest.opening()
    summed = shares(len(contests))
    number = 0
    for step in range(DAYS):
        day = FIRST_DAY + timedelta(days=step)
        text, stamp = day.isoformat(), f"gen-{day:%Y%m%d}"
        until = size * (step + 1) // DAYS
        while number < until:
            contest = contests[bisect(summed, rng.random())]
            yield from _acted(contest, f"{stamp}-{number:08d}", text, rng.random, number)
            number += 1


def shares(number: int) -> list[float]:
    """Return the summed parts that so many disputes have, the largest first: a tenth, then less.

    Weights are 1 / (rank + shift); the shift is searched for.
    """
    low, high = 0.0, 1_000.0
    for _ in range(60):
        shift = (low + high) / 2
        weights = [1 / (rank + shift) for rank in range(1, number + 1)]
        low, high = (shift, high) if weights[0] / sum(weights) > LARGEST else (low, shift)
    total = sum(weights)
    summed = list(accumulate(weight / total for weight in weights))
    summed[-1] = 1.0
    return summed


def drawn_contests(number: int, rng: Random) -> list[Contest]:
    """Draw the disputes: two sides of one to four parties."""
    contests = []
    for rank in range(1, number + 1):
        parties: dict[str, None] = {}
        wanted = 2 + rng.choice((0, 0, 1, 2, 4))
        while len(parties) < wanted:
            parties[PARTIES[bisect(PARTIES_SUMMED, rng.random() * PARTIES_SUMMED[-1])]] = None
        named = tuple(parties)
        sides = (named[::2], named[1::2])
        first, second = sides[0][0].lower(), sides[1][0].lower()
        contests.append(Contest(f"gen-{first}-{second}-{rank:04d}", sides))
    return contests


def _acted(contest: Contest, name: str, day: str, draw: Draw, number: int) -> Iterator[Row]:
    """One action with what its targets say of it, and now and then an amendment of an older one."""
    side = contest.turn if draw() < 0.7 else 1 - contest.turn
    contest.turn = 1 - side
    own, others = contest.last[side], contest.last[1 - side]
    part, sort, links = _sorted(contest, side, draw)
    cause = _cause(contest, side, others, draw)
    actor, targets = _parties(contest, side, draw)
    quantity = _quantity(sort, draw)
    source = _source(day, number, draw)
    happened = _happened(contest, day, draw)
    public = f'"made_public":"{day}",' if draw() < 0.15 else ""
    payload = (
        f'{{"actors":["{actor}"],"cause":{cause},"confidence":"found","description":'
        f'"{actor} to {targets[0]}: {sort.kind} as reported, number {number} of the series.",'
        f'"dispute":"{contest.name}",{links[0]}"id":"{name}",{public}"occurred":"{happened}",'
        f'{part}{quantity}{links[1]}{links[2]}"sources":[{source}],"tags":["core"],'
        f'"targets":[{_listed(targets)}]}}'
    )
    done = Done(name, sort)
    yield Row(f"action:{name}", 1, f"action.{sort.kind}", payload)
    if draw() < 0.6:
        yield from _told(done, cause, others, own, targets, source, draw)
    if draw() < 0.04:
        done.version += 1
        yield _by_press(done, others, own, source, draw)
    if draw() < 0.006 and own:
        yield _amended(own, source, number, draw)
    own.append(done)


def _sorted(contest: Contest, side: int, draw: Draw) -> tuple[str, Sort, tuple[str, str, str]]:
    """Draw what sort of action comes: a part of a package, a reversal, or any."""
    own = contest.last[side]
    nothing = ("", "", "")
    if contest.package is not None and contest.package[1] == side:
        name, _, left = contest.package
        contest.package = (name, side, left - 1) if left > 1 else None
        return f'"part_of":"{name}",', _any_sort(draw), nothing
    chance = draw()
    if own and chance < 0.05:
        one = own[int(draw() * len(own))]
        if chance < 0.02:
            unit = one.sort.unit or REVERSAL.unit
            return "", Sort("reversal", unit), ("", f'"reverses":["{one.name}"],', "")
        if chance < 0.03:
            return "", one.sort, ("", "", f'"same_as":["{one.name}"],')
        if chance < 0.04:
            return "", _any_sort(draw), (f'"executes":["{one.name}"],', "", "")
        contest.package = (own[-1].name, side, 1 + int(draw() * 3))
    return "", _any_sort(draw), nothing


def _any_sort(draw: Draw) -> Sort:
    return SORTS[bisect(SORTS_SUMMED, draw() * SORTS_SUMMED[-1])]


def _parties(contest: Contest, side: int, draw: Draw) -> tuple[str, tuple[str, ...]]:
    """Draw who acts, against whom: mostly the first of each side, a third party now and then."""
    own, other = contest.sides[side], contest.sides[1 - side]
    chance = draw()
    actor = own[0] if chance < 0.85 else own[int(draw() * len(own))]
    if chance > 0.97:
        third = PARTIES[int(draw() * len(PARTIES))]
        if third not in own and third not in other:
            actor = third
    return actor, other if draw() < 0.1 else other[:1]


def _cause(contest: Contest, side: int, others: deque[Done], draw: Draw) -> str:
    """Draw what the actor says that it answers, in stored form."""
    chance = draw()
    if others and chance < 0.62:
        last = others[-1].name
        if chance < 0.50:
            return f'["{last}"]'
        older = others[int(draw() * len(others))].name
        if chance < 0.56 or older == last:
            return f'["{older}"]'
        return f'["{min(last, older)}","{max(last, older)}"]'
    if chance < 0.74:
        return f'["ext:conduct-{int(chance * 9999)}@{contest.sides[1 - side][0]}"]'
    if chance < 0.78:
        return f'["act:measure-{int(chance * 9999)}@{contest.sides[1 - side][0]}"]'
    return '"none_stated"' if chance < 0.88 else '"unknown"' if chance < 0.93 else "[]"


def _quantity(sort: Sort, draw: Draw) -> str:
    """Draw how many: small numbers mostly, now and then a large one, and not always known."""
    if not sort.unit:
        return ""
    lo = min(200, int(1 / (draw() + 0.004)))
    chance = draw()
    value: str | int = lo
    if chance > 0.7:
        value = '"unknown"' if chance < 0.8 else f'"{lo}..{lo + 1 + int(draw() * 20)}"'
        value = f'">={lo}"' if chance > 0.92 and lo else value
    return f'"quantity":{{"unit":"{sort.unit}","value":{value}}},'


def _happened(contest: Contest, day: str, draw: Draw) -> str:
    """Draw the date: the day of the report, the day of the action before it, or less exact."""
    chance = draw()
    if chance < 0.8:
        contest.day = day
        return day
    if chance < 0.92:
        return contest.day or day
    if chance < 0.96:
        return day[:7]
    return f"{day}~" if chance < 0.98 else f"{contest.day or day}/{day}"


def _source(day: str, number: int, draw: Draw) -> str:
    outlet = OUTLETS[int(draw() * len(OUTLETS))]
    return (
        f'{{"address":"https://example.org/{day}/{number}","date":"{day}",'
        f'"publisher":"{outlet}","title":"Report {number}"}}'
    )


def _told(  # noqa: PLR0913, PLR0917  all that a target can speak of
    done: Done,
    cause: str,
    others: deque[Done],
    own: deque[Done],
    targets: tuple[str, ...],
    source: str,
    draw: Draw,
) -> Iterator[Row]:
    """What each target says of the causes, and now and then that the action was something else."""
    said = _said(cause, others, own, draw)
    inferred = draw() < 0.3
    called = draw()
    for target in targets:
        done.version += 1
        account = f"analyst:compilers-for-{target}" if inferred else target
        head = f'{{"account":"{account}","action":"{done.name}",'
        basis = "inferred" if inferred else "stated"
        rest = "" if said == '"unknown"' else f',"sources":[{source}]'
        yield Row(
            f"action:{done.name}",
            done.version,
            "attributed",
            f'{head}"basis":"{basis}","causes":{said}{rest}}}',
        )
        if called < 0.04:
            done.version += 1
            basis = '"basis":"inferred",' if inferred else ""
            what = '"denied":true' if called < 0.01 else '"kind":"other"'
            yield Row(
                f"action:{done.name}",
                done.version,
                "characterised",
                f'{head}{basis}{what},"sources":[{source}]}}',
            )


def _said(cause: str, others: deque[Done], own: deque[Done], draw: Draw) -> str:
    """Draw what another than the actor says that an action answers, in stored form."""
    chance = draw()
    if chance < 0.45:
        return '"unprovoked"'
    if chance < 0.60 and others:
        return f'["{others[int(draw() * len(others))].name}"]'
    if chance < 0.68 and own:
        return f'["{own[int(draw() * len(own))].name}"]'
    if chance < 0.80 and cause != '"unknown"':
        return cause
    return '"none_stated"' if chance < 0.92 else '"unknown"'


def _by_press(done: Done, others: deque[Done], own: deque[Done], source: str, draw: Draw) -> Row:
    said = _said("[]", others, own, draw)
    return Row(
        f"action:{done.name}",
        done.version,
        "attributed",
        f'{{"account":"press:agency","action":"{done.name}","basis":"stated",'
        f'"causes":{said},"sources":[{source}]}}',
    )


def _amended(own: deque[Done], source: str, number: int, draw: Draw) -> Row:
    """Correct an action of a while ago, or retract it, after which nothing names it any more."""
    one = own[0]
    one.version += 1
    head = f'{{"action":"{one.name}",'
    if draw() < 0.25:
        own.popleft()
        body = f'{head}"reason":"found to be reported twice, number {number}"}}'
        return Row(f"action:{one.name}", one.version, "retracted", body)
    unit = one.sort.unit
    counted = f',"quantity":{{"unit":"{unit}","value":{1 + int(draw() * 100)}}}' if unit else ""
    body = (
        f'{head}"changes":{{"note":"mended by number {number}"{counted}}},'
        f'"reason":"a later report counts anew","source":{source}}}'
    )
    return Row(f"action:{one.name}", one.version, "corrected", body)


def _listed(words: tuple[str, ...]) -> str:
    return '"' + '","'.join(words) + '"'
