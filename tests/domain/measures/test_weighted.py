"""The weighted tally: on a named scale, each package once, and nothing unknown as zero."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Protocol

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dates import parse_date
from domain.measures.weighted import Weight, WeightedLine, weighted
from domain.reading import Reading
from domain.scales import GOLDSTEIN, PLOVER, Scale, scale_from_mapping
from tests.domain.measures.cells import bites
from tests.domain.measures.contests import ALL_TIME, YEAR_2020, contests, history_of
from tests.making import DISPUTE, act, make_history
from tests.real import DISPUTE as REAL
from tests.real import real_history

if TYPE_CHECKING:
    from domain.history import History
    from domain.records.action import Action

BY_NUMBER = scale_from_mapping(
    {"name": "mine", "source": "a test", "weights": {"expulsion": -2, "rotation_departure": 1.5}}
)
BY_QUANTITY = replace(BY_NUMBER, name="mine times quantity", magnitude="quantity")
SCALES = (BY_NUMBER, BY_QUANTITY, GOLDSTEIN)


def weigh(*actions: Action, scale: Scale = BY_NUMBER, reading: Reading = ALL_TIME) -> WeightedLine:
    """The line of the USA against Russia."""
    lines = weighted(make_history(*actions), DISPUTE, reading, scale)
    return next(line for line in lines if (line.by, line.against) == ("USA", "RUS"))


def exactly(weight: float) -> Weight:
    return Weight(weight, weight)


# --- by hand


def test_each_action_weighs_its_kind_once_whatever_its_size() -> None:
    line = weigh(act("a", quantity=755), act("b", quantity=1), act("c", "RUS", "USA", quantity=1))
    assert (line.imposed, line.suffered, line.net) == (exactly(-4), exactly(-2), exactly(-2))
    assert (line.scale, line.weighed) == ("mine", 2)


def test_a_scale_that_multiplies_sees_the_size() -> None:
    line = weigh(act("a", quantity=755), act("b", quantity=1), scale=BY_QUANTITY)
    assert line.imposed == exactly(-1512)


def test_what_the_scale_does_not_know_is_named_and_is_not_zero() -> None:
    line = weigh(act("a"), act("b", kind="visa_refusal"))
    assert (line.imposed, line.weighed, line.without_weight) == (exactly(-2), 1, ("b",))


def test_a_scale_that_multiplies_names_what_has_no_quantity_that_adds_up() -> None:
    scale = replace(BY_QUANTITY, weights=(("staff_cap", -6.0), ("treaty_suspension", -6.0)))
    cap = act("a", kind="staff_cap", unit="posts_ceiling", quantity=455)
    line = weigh(cap, act("b", kind="treaty_suspension"), scale=scale)
    assert (line.imposed, line.without_quantity) == (exactly(0), ("a", "b"))
    assert line.without_weight == ()
    assert weigh(cap, scale=replace(scale, magnitude="none")).imposed == exactly(-6)


def test_a_package_weighs_once_and_its_parts_do_not() -> None:
    parts = [
        act("a", quantity=3, part_of="p"),
        act("b", kind="rotation_departure", quantity=2, part_of="p"),
    ]
    assert weigh(act("p", quantity=9), *parts).imposed == exactly(-2)
    assert weigh(act("p", quantity=9), *parts, scale=BY_QUANTITY).imposed == exactly(-18)


def test_a_package_of_unknown_size_weighs_at_least_its_parts() -> None:
    rows = [act("p", quantity="unknown"), act("a", quantity=3, part_of="p")]
    assert weigh(*rows, scale=BY_QUANTITY).imposed == Weight(None, -6)


def test_parts_without_their_package_weigh_at_most_its_whole() -> None:
    package = act("p", quantity=4, on="2019-01-01")
    rows = [package, act("a", quantity=3, part_of="p"), act("b", quantity=3, part_of="p")]
    assert weigh(*rows, scale=BY_QUANTITY, reading=YEAR_2020).imposed == exactly(-8)


def test_an_unknown_quantity_has_no_bound_on_one_end() -> None:
    rows = [act("a", quantity=2), act("b", kind="rotation_departure", quantity="unknown")]
    assert weigh(*rows, scale=BY_QUANTITY).imposed == Weight(-4, None)


def test_a_weight_of_zero_is_zero_even_of_an_unknown_number() -> None:
    scale = replace(BY_QUANTITY, weights=(("expulsion", 0.0),))
    assert weigh(act("a", quantity="unknown"), scale=scale).imposed == exactly(0)


def test_what_is_possibly_in_the_period_makes_a_range() -> None:
    rows = [act("a", on="2020-01-01"), act("b", on="2020-12~"), act("c", on="2021-12-31")]
    assert weigh(*rows, reading=YEAR_2020).imposed == Weight(-4, -2)
    more = act("d", kind="rotation_departure", on="2020-12~")
    assert weigh(*rows, more, reading=YEAR_2020).imposed == Weight(-4, -0.5)


def test_a_package_possibly_in_the_period_may_take_its_parts_with_it() -> None:
    rows = [
        act("p", kind="rotation_departure", on="2020-12~"),
        act("a", on="2020-05", part_of="p"),
        act("b", on="2020-06", part_of="p"),
    ]
    assert weigh(*rows, reading=YEAR_2020).imposed == Weight(-4, 1.5)


def test_what_a_side_bears_of_its_own_nets_to_zero() -> None:
    recall = act("a", kind="recall", unit="persons")
    (line,) = weighted(make_history(recall), DISPUTE, ALL_TIME, PLOVER)
    assert (line.by, line.against) == ("USA", "USA")
    assert (line.imposed, line.suffered, line.net) == (exactly(-6), exactly(-6), exactly(0))


def test_words_and_reversals_are_not_in_the_tally_and_so_not_weighed() -> None:
    rows = [act("a", kind="threat", unit="persons"), act("b", kind="reversal")]
    assert weighted(make_history(*rows), DISPUTE, ALL_TIME, GOLDSTEIN) == ()


def test_declared_sides_come_first() -> None:
    rows = [act("a", "POL", "RUS"), act("b", "RUS", "USA"), act("c", kind="recall", unit="persons")]
    lines = weighted(make_history(*rows), DISPUTE, ALL_TIME, GOLDSTEIN)
    assert [(line.by, line.against) for line in lines] == [
        ("USA", "RUS"),
        ("RUS", "USA"),
        ("USA", "USA"),
        ("RUS", "POL"),
        ("POL", "RUS"),
    ]


# --- the real history, weighed by hand

CORE = Reading(period=parse_date("2016-12-29/2023-12-31"))

# kind: how many rows by the USA against Russia and by Russia against the USA, no row that is part
# of another of the same unit: the list of 55 stands for 3 more rows, two closures for 2 entries
COUNTS = {
    "expulsion": (8, 5),
    "rotation_departure": (4, 2),
    "local_staff_ban": (0, 1),
    "staff_cap": (0, 3),
    "visa_refusal": (6, 3),
    "visa_suspension": (4, 0),
    "denial_of_access": (2, 3),
    "property_closure": (3, 1),
    "privilege_withdrawal": (0, 1),
    "designation": (6, 3),
    "travel_restriction": (2, 2),
    "talks_cancelled": (0, 1),
    "organisation_ban": (0, 1),
    "treaty_suspension": (0, 1),
}


@pytest.mark.parametrize("scale", [GOLDSTEIN, PLOVER], ids=lambda scale: scale.name)
def test_the_real_history_weighs_what_a_hand_counts(scale: Scale) -> None:
    lines = weighted(real_history(), REAL, CORE, scale)
    for place, pair in enumerate((("USA", "RUS"), ("RUS", "USA"))):
        line = next(line for line in lines if (line.by, line.against) == pair)
        weights = [(scale.weight(kind) or 0) * counts[place] for kind, counts in COUNTS.items()]
        assert line.imposed == exactly(sum(weights))
        assert line.weighed == sum(counts[place] for counts in COUNTS.values())
        assert line.without_weight == ()


# --- checks, each of which a broken twin fails


class Weighing(Protocol):
    """`weighted`, or a broken twin of it."""

    def __call__(
        self, history: History, dispute: str, reading: Reading, scale: Scale, /
    ) -> tuple[WeightedLine, ...]: ...


def check_double_entry(weighing: Weighing, actions: tuple[Action, ...]) -> None:
    for scale, reading in product(SCALES, (ALL_TIME, YEAR_2020)):
        lines = weighing(history_of(*actions), DISPUTE, reading, scale)
        by_pair = {(line.by, line.against): line for line in lines}
        for line in lines:
            mirrored = by_pair.get((line.against, line.by))
            assert mirrored is not None
            assert line.suffered == mirrored.imposed
            assert (line.net.lo, line.net.hi) == (
                None if mirrored.net.hi is None else -mirrored.net.hi,
                None if mirrored.net.lo is None else -mirrored.net.lo,
            )


def check_that_every_outcome_is_in_the_range(
    weighing: Weighing, actions: tuple[Action, ...]
) -> None:
    """Whatever turns out to have been in the period weighs within the range that was given."""
    by_year = [action for action in actions if "~" in str(action.occurred)][:3]
    lines = {
        (line.by, line.against): line
        for line in weighing(history_of(*actions), DISPUTE, YEAR_2020, BY_NUMBER)
    }
    for outcome in product(("2020-12-01", "2021-01-01"), repeat=len(by_year)):
        dates = {action.id: day for action, day in zip(by_year, outcome, strict=True)}
        known = tuple(
            action.model_copy(update={"occurred": parse_date(dates[action.id])})
            if action.id in dates
            else action
            for action in actions
        )
        for line in weighing(history_of(*known), DISPUTE, YEAR_2020, BY_NUMBER):
            whole = lines[line.by, line.against].imposed
            assert whole.lo is not None
            assert whole.hi is not None
            assert line.imposed.lo is not None
            assert line.imposed.hi is not None
            assert whole.lo <= line.imposed.lo <= line.imposed.hi <= whole.hi


def check_that_every_row_is_accounted_for_once(
    weighing: Weighing, actions: tuple[Action, ...]
) -> None:
    alone = tuple(action.model_copy(update={"part_of": None}) for action in actions)
    rows: Counter[tuple[str, str]] = Counter()
    for line in weighing(history_of(*alone), DISPUTE, ALL_TIME, BY_NUMBER):
        rows[line.by, line.against] = line.weighed + len(line.without_weight)
        assert line.imposed.is_exact
    for line in weighing(history_of(*alone), DISPUTE, ALL_TIME, BY_QUANTITY):
        unweighed = {*line.without_weight, *line.without_quantity}
        assert line.weighed + len(unweighed) == rows[line.by, line.against]


def forgetting_who_suffered(
    history: History, dispute: str, reading: Reading, scale: Scale
) -> tuple[WeightedLine, ...]:
    lines = weighted(history, dispute, reading, scale)
    return tuple(replace(line, suffered=exactly(0)) for line in lines)


def taking_the_lower_end(
    history: History, dispute: str, reading: Reading, scale: Scale
) -> tuple[WeightedLine, ...]:
    lines = weighted(history, dispute, reading, scale)
    return tuple(replace(line, imposed=Weight(line.imposed.lo, line.imposed.lo)) for line in lines)


def forgetting_what_has_no_weight(
    history: History, dispute: str, reading: Reading, scale: Scale
) -> tuple[WeightedLine, ...]:
    lines = weighted(history, dispute, reading, scale)
    if scale.magnitude == "none":
        return lines
    return tuple(replace(line, without_weight=()) for line in lines)


@given(contests())
def test_every_weight_stands_twice(actions: tuple[Action, ...]) -> None:
    check_double_entry(weighted, actions)


@given(contests())
def test_the_range_holds_whatever_turns_out_to_be_in_the_period(
    actions: tuple[Action, ...],
) -> None:
    check_that_every_outcome_is_in_the_range(weighted, actions)


@given(contests())
def test_every_row_is_weighed_or_named(actions: tuple[Action, ...]) -> None:
    check_that_every_row_is_accounted_for_once(weighted, actions)


@given(contests(), st.integers(1, 9))
def test_a_scale_twice_as_heavy_weighs_twice_as_much(
    actions: tuple[Action, ...], factor: int
) -> None:
    heavy = replace(
        BY_QUANTITY, weights=tuple((kind, factor * weight) for kind, weight in BY_QUANTITY.weights)
    )
    history = history_of(*actions)
    lines = weighted(history, DISPUTE, YEAR_2020, BY_QUANTITY)
    for one, other in zip(lines, weighted(history, DISPUTE, YEAR_2020, heavy), strict=True):
        for end in ("lo", "hi"):
            bound, scaled = getattr(one.imposed, end), getattr(other.imposed, end)
            assert scaled == (None if bound is None else factor * bound)


def test_broken_weighings_are_caught() -> None:
    bites(check_double_entry, forgetting_who_suffered, contests())
    bites(check_that_every_outcome_is_in_the_range, taking_the_lower_end, contests())
    bites(check_that_every_row_is_accounted_for_once, forgetting_what_has_no_weight, contests())
