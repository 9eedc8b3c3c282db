"""The two engines agree on every history; where one of them is broken, the place is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dates import parse_date
from domain.history import fold
from domain.records.amendments import Retracted
from domain.selection import as_of_claim
from ledger.columns.compare import first_difference_between_engines
from ledger.columns.measures import begun, escalation, packages, replies, reversing, spheres, world
from tests.examples import many
from tests.ledger.columns.coded import columns_of
from tests.making import DISPUTE, act, calls, make_history, said, two_sides
from tests.real import real_history
from tests.strategies import LONG, entry_lists, histories

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from domain.history import History
    from domain.records.entry import Entry


def check(history: History) -> None:
    with columns_of(history) as columns:
        assert first_difference_between_engines(columns, history) is None


@given(histories())
def test_both_engines_say_the_same_of_any_history(history: History) -> None:
    check(history)


@pytest.mark.slow
@many(100)
@given(histories(LONG))
def test_both_engines_say_the_same_of_long_histories(history: History) -> None:
    check(history)


@given(histories(), st.sampled_from(["2020-01-03", "2020-01-05", "2020-01", "2021"]))
def test_as_of_a_claim_both_engines_see_what_was_public_by_then(history: History, day: str) -> None:
    by = parse_date(day)
    with columns_of(history, by.hi) as columns:
        assert first_difference_between_engines(columns, as_of_claim(history, by)) is None


@pytest.mark.slow
@many(100)
@given(entry_lists())
def test_both_engines_say_the_same_at_every_position(entries: Sequence[Entry]) -> None:
    for position in range(1, len(entries) + 1, 4):
        check(fold(entries[:position]))


def test_both_engines_say_the_same_of_the_real_history() -> None:
    check(real_history())


def test_nothing_recorded_is_nothing_to_disagree_on() -> None:
    check(make_history())


def test_a_dispute_of_many_sides_is_measured_in_whole_numbers_of_any_size() -> None:
    parties = [f"X-{number}" for number in range(70)]
    acts = [
        act(f"e{number}", party, parties[number - 1], answers=[f"e{number - 1}"] if number else [])
        for number, party in enumerate(parties)
    ]
    joint = act("joint", parties[:30], parties[30:], answers=["e7", "e69", "ext:war@X-3"])
    later = act("later", parties[0], parties[1], answers=["joint", "e5"])
    check(make_history(two_sides(One=parties[:2], Two=parties[2:4]), *acts, joint, later))


def test_a_world_goes_back_into_other_disputes_and_sees_them_by_its_own_sides() -> None:
    check(
        make_history(
            two_sides(),
            two_sides("c-d", West=["USA", "GBR"], Rest=["RUS", "POL"]),
            act("far", "GBR", "RUS", answers=[], dispute="c-d"),
            act("further", "POL", "GBR", answers=["far", "ext:war@GBR"], dispute="c-d"),
            act("gone", "RUS", "USA", answers=["further"], dispute="c-d"),
            act("near", "RUS", "USA", answers=["further", "gone"]),
            act("last", "USA", ["RUS", "POL"], answers=["near", "far"]),
            act("twin", "USA", "RUS", answers=["near"], same_as=["far"]),
            said("far", "RUS", ["near"]),
            Retracted(action="gone", reason="a slip"),
        )
    )


def rich_history() -> History:
    """A history in which every rule of the measures decides something."""
    return make_history(
        two_sides(West=["USA", "GBR"], RUS=["RUS"]),
        act("start", "RUS", "USA", on="2020-01-01", answers=["ext:spies@USA"], quantity=3),
        act("blow", ["USA", "GBR"], "RUS", on="2020-01-02", answers=["start"], quantity=9),
        act("more", "USA", "RUS", on="2020-01-03", answers=["blow"], quantity=4, part_of="blow"),
        act("part", ["USA", "GBR"], "RUS", on="2020-01-03", answers=[], quantity=4, part_of="blow"),
        act("reply", "RUS", "USA", on="2020-01-04", answers=["blow", "more", "lost"], quantity=40),
        act("lost", "USA", "RUS", on="2020-01-03", answers=[]),
        act("sweep", "USA", "RUS", on="2020-01-06", answers=[], quantity="unknown"),
        act("swept", "USA", "RUS", on="2020-01-07", answers=["reply"], quantity=6, part_of="sweep"),
        act(
            "mild", "GBR", "RUS", on="2020-01-05", kind="protest", answers=["reply"], quantity=None
        ),
        act(
            "undo",
            "RUS",
            "USA",
            on="2020-02-01",
            kind="reversal",
            reverses=["reply"],
            quantity=2,
            unit="persons",
            answers=[],
        ),
        act(
            "cap",
            "RUS",
            "USA",
            on="2020-03-01",
            kind="staff_cap",
            quantity=455,
            unit="posts_ceiling",
            answers=["mild"],
        ),
        act("quid", "USA", "RUS", on="2020-04-01", answers=["quo"]),
        act("quo", "RUS", "USA", on="2020-04-01", answers=["quid"]),
        act("step", ["USA", "GBR"], "RUS", on="2020-05-01", answers=["more"], quantity=55),
        said("start", "USA", "unprovoked"),
        said("blow", "RUS", ["ext:envy@USA"], inferred=True),
        said("reply", "USA", "unprovoked"),
        calls("more", "RUS", quantity={"value": 5, "unit": "persons"}),
        Retracted(action="lost", reason="a slip"),
    )


def test_both_engines_say_the_same_where_every_rule_decides_something() -> None:
    check(rich_history())


SPOILT = {
    "an action's number": "update coded.act set lo = lo + 1, hi = hi + 1 where id = 'start'",
    "a date": "update coded.act set occurred_lo = 0, occurred_hi = 0 where id = 'mild'",
    "a link to a package": "delete from coded.tree",
    "a reversal": "delete from coded.reversed",
    "a cause": "delete from coded.cause where ending = 0",
    "a statement": "delete from coded.statement where unprovoked",
    "an action": "update coded.act set stands = false where id = 'mild'",
    "a side": "update coded.side set name = 'East' where name = 'RUS'",
    "a party of the panel": "delete from coded.side where seat = 1",
    "a dispute": "delete from coded.dispute",
}


@pytest.mark.parametrize("what", SPOILT)
def test_a_spoilt_table_is_noticed(what: str) -> None:
    history = rich_history()
    with columns_of(history) as columns:
        columns.execute(SPOILT[what])
        found = first_difference_between_engines(columns, history)
    assert found is not None
    assert found.key.startswith(DISPUTE)
    assert found.columns != found.rows


BROKEN: tuple[tuple[object, str, Callable[..., object]], ...] = (
    (begun, "_outside_of_exchanges", lambda causes, order: causes),
    (escalation, "exceeds", lambda one, other, k: np.zeros(len(one.lo), dtype=np.int64)),
    (packages, "_value", lambda whole, parts, is_present: whole),
    (packages, "_is_like", lambda held, parts, around: np.ones(len(parts), dtype=bool)),
    (replies, "equal", lambda one, other: np.zeros(len(one.lo), dtype=np.int64)),
    (reversing, "_matched", lambda reversing, keys: (keys[:0], keys[:0])),
    (spheres, "is_own_step", lambda world, sides: np.zeros(len(world.causes.node), dtype=bool)),
    (world, "_each_once", lambda causes, joint: causes.only(causes.nature < 0)),
    (world, "_actors_voices", lambda connection, ground, hearing: []),
)


@pytest.mark.parametrize(("module", "name", "broken"), BROKEN)
def test_a_broken_rule_is_noticed(
    module: object, name: str, broken: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    history = rich_history()
    monkeypatch.setattr(module, name, broken)
    with columns_of(history) as columns:
        assert first_difference_between_engines(columns, history) is not None
