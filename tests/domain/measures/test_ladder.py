"""The ladder: rungs by date, and how high each side has gone."""

from __future__ import annotations

from hypothesis import given

from domain.dates import parse_date
from domain.measures.ladder import Rung, ladder
from domain.reading import Reading
from domain.records.action import Action
from tests.domain.measures.contests import contests, history_of
from tests.making import DISPUTE, act, calls, make_history
from tests.real import DISPUTE as REAL
from tests.real import real_history

READING = Reading()


def climbed(*actions: Action, reading: Reading = READING) -> list[tuple[str, int, tuple[str, ...]]]:
    """The id, rung and sides that went higher, of each step."""
    steps = ladder(make_history(*actions), DISPUTE, reading)
    return [(step.id, step.rung, step.higher) for step in steps]


def test_steps_are_listed_by_date_with_who_went_higher() -> None:
    rows = [
        act("c", "RUS", "USA", "2020-03-01", kind="property_seizure", unit="properties"),
        act("b", "USA", "RUS", "2020-02-01"),
        act("a", "USA", "RUS", "2020-01-01", kind="threat"),
        act("d", "USA", "RUS", "2020-04-01", kind="visa_refusal"),
    ]
    assert climbed(*rows) == [
        ("a", 2, ("USA",)),
        ("b", 5, ("USA",)),
        ("c", 6, ("RUS",)),
        ("d", 3, ()),
    ]


def test_the_highest_rung_of_each_acting_side_so_far_is_given() -> None:
    rows = [
        act("a", "USA", "RUS", "2020-01-01"),
        act("b", ["RUS", "USA"], "POL", "2020-02-01", kind="demand"),
    ]
    last = ladder(make_history(*rows), DISPUTE, READING)[-1]
    assert last == Rung(
        when=parse_date("2020-02-01"),
        sides=("RUS", "USA"),
        rung=1,
        kind="demand",
        id="b",
        highest=(("RUS", 1), ("USA", 5)),
        higher=("RUS",),
    )


def test_a_self_borne_step_is_listed_and_raises_nobody() -> None:
    rows = [
        act("a", on="2020-01-01", kind="own_post_closure", unit="properties"),
        act("b", on="2020-02-01", kind="visa_refusal"),
    ]
    assert climbed(*rows) == [("a", 5, ()), ("b", 3, ("USA",))]


def test_what_has_no_rung_is_left_out() -> None:
    assert climbed(act("a", kind="reversal"), act("b", kind="other")) == []


def test_a_retaliation_stands_on_the_rung_that_it_chose() -> None:
    row = act("a", kind="retaliation", rung=6, answers=["act:x@RUS"])
    assert climbed(row) == [("a", 6, ("USA",))]


def test_a_row_that_repeats_another_is_left_out() -> None:
    assert climbed(act("a"), act("b", same_as=["a"])) == [("a", 5, ("USA",))]


def test_the_reading_may_give_a_kind_another_rung() -> None:
    assert climbed(act("a"), reading=Reading(rungs=(("expulsion", 8),))) == [("a", 8, ("USA",))]


def test_the_kind_is_the_tellers_whose_word_counts() -> None:
    closure = act("a", kind="denial_of_access", unit="properties")
    history = make_history(closure, calls("a", "RUS", kind="property_seizure"))
    theirs = Reading(kinds_by="RUS")
    assert [step.rung for step in ladder(history, DISPUTE, READING)] == [3]
    assert [step.rung for step in ladder(history, DISPUTE, theirs)] == [6]


def test_a_denied_step_is_none_for_the_denier() -> None:
    history = make_history(act("a"), calls("a", "RUS", denied=True))
    assert ladder(history, DISPUTE, Reading(kinds_by="RUS")) == ()


def test_only_what_is_in_the_period_is_listed() -> None:
    rows = [act("a", on="2019-05-05"), act("b", on="2020-05-05"), act("c", on="2020-12~")]
    assert climbed(*rows, reading=Reading(period=parse_date("2020"))) == [("b", 5, ("USA",))]


@given(contests())
def test_a_side_is_as_high_as_the_highest_step_before(actions: tuple[Action, ...]) -> None:
    """Recomputed for each step from all steps up to it."""
    steps = ladder(history_of(*actions), DISPUTE, READING)
    for place, step in enumerate(steps):
        before = [held for held in steps[: place + 1] if held.kind != "own_post_closure"]
        for side in step.sides:
            rungs = [held.rung for held in before if side in held.sides]
            assert dict(step.highest).get(side) == max(rungs, default=None)
            assert (side in step.higher) == (
                step in before and rungs.index(max(rungs)) == len(rungs) - 1
            )
    assert [step.when.lo for step in steps] == sorted(step.when.lo for step in steps)


def test_in_the_real_history_both_sides_went_highest_in_sanctions() -> None:
    reading = Reading(period=parse_date("2016-12-29/2023-12-31"))
    steps = ladder(real_history(), REAL, reading)
    new_heights = [(step.id, step.rung, side) for step in steps for side in step.higher]
    assert [held for held in new_heights if held[2] in {"USA", "RUS"}] == [
        ("usa-2016-12-29-compounds", 3, "USA"),
        ("usa-2016-12-29-designations", 7, "USA"),
        ("rus-2016-12-30-proposal", 0, "RUS"),
        ("rus-2017-06-21-cancel", 3, "RUS"),
        ("rus-2017-07-28-cap455", 5, "RUS"),
        ("rus-2017-12-05-media", 7, "RUS"),
    ]
