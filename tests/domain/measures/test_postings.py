"""Postings: what enters the tally, on whose account, and what does not."""

from __future__ import annotations

import pytest

from domain.dates import parse_date
from domain.kinds import KINDS, Bearer, Polarity
from domain.measures.postings import Posting, account_of, posting_of, postings_of, reversal_of
from domain.quantities import Amount
from domain.reading import MembershipRule, Reading
from domain.records.action import Action
from domain.records.amendments import Retracted
from tests.making import DISPUTE, act, calls, make_history, two_sides

READING = Reading()
IN_2020 = Reading(period=parse_date("2020"))


def posted(*actions: Action, reading: Reading = READING) -> dict[str, Posting]:
    return {row.id: row for row in postings_of(make_history(*actions), DISPUTE, reading).posted}


@pytest.mark.parametrize("row", KINDS, ids=lambda row: row.name)
def test_each_kind_posts_by_its_polarity_to_whoever_bears_it(row: object) -> None:
    kind = next(each for each in KINDS if each is row)
    quantity = {"unit": kind.units[0]} if kind.units else {}
    more = {"rung": 4, "answers": ["act:x@RUS"]} if kind.name == "retaliation" else {}
    found = posted(act("a", kind=kind.name, **quantity, **more))  # type: ignore[arg-type]
    if kind.polarity not in {Polarity.HOSTILE, Polarity.SELF_BORNE}:
        assert found == {}
    elif kind.borne_by is Bearer.ACTOR or kind.polarity is Polarity.SELF_BORNE:
        assert (found["a"].by, found["a"].against) == ("USA", "USA")
    else:
        assert (found["a"].by, found["a"].against) == ("USA", "RUS")


def test_what_carries_out_or_repeats_posts_nothing() -> None:
    rows = [
        act("a"),
        act("b", carries_out=["a"]),
        act("c", same_as=["a"]),
        act("d", "RUS", carries_out=["nowhere", "a"]),
    ]
    assert list(posted(*rows)) == ["a"]


def test_what_carries_out_a_measure_that_stands_no_more_posts_by_itself() -> None:
    gone = Retracted(action="a", reason="mistake")
    rows = (act("a"), act("b", "RUS", carries_out=["a"]), act("c", "RUS", carries_out=["nowhere"]))
    history = make_history(*rows, gone)
    assert [row.id for row in postings_of(history, DISPUTE, READING).posted] == ["b", "c"]
    either = make_history(*rows, act("d"), act("e", carries_out=["a", "d"]), gone)
    assert [row.id for row in postings_of(either, DISPUTE, READING).posted] == ["b", "c", "d"]


def test_of_two_rows_that_name_each_other_one_posts() -> None:
    assert list(posted(act("a", same_as=["b"]), act("b", same_as=["a"]))) == ["a"]


def test_a_row_that_repeats_a_retracted_one_posts() -> None:
    rows = (act("a"), act("b", same_as=["a"]), Retracted(action="a", reason="mistake"))
    history = make_history(*rows)
    assert [row.id for row in postings_of(history, DISPUTE, READING).posted] == ["b"]


def test_a_denied_action_posts_nothing_where_the_deniers_word_counts() -> None:
    history = make_history(act("a"), calls("a", "RUS", denied=True))
    assert posting_of(history, history.dossiers["a"], READING) is not None
    theirs = Reading(kinds_by="RUS")
    assert posting_of(history, history.dossiers["a"], theirs) is None


def test_the_quantity_is_the_tellers_whose_word_counts() -> None:
    history = make_history(act("a"), calls("a", "RUS", quantity={"value": 9, "unit": "persons"}))
    theirs = posting_of(history, history.dossiers["a"], Reading(kinds_by="RUS"))
    assert theirs is not None
    assert theirs.amount == Amount.exact(9)


def test_membership_decides_what_is_certain() -> None:
    rows = [act("a", on="2020-05"), act("b", on="2020-12~"), act("c", on="2021-05")]
    found = posted(*rows, reading=IN_2020)
    assert {name: row.is_certain for name, row in found.items()} == {"a": True, "b": False}
    either = Reading(period=parse_date("2020"), membership=MembershipRule.POSSIBLE)
    assert posted(*rows, reading=either)["b"].is_certain


def test_a_joint_account_names_declared_sides_first_and_each_once() -> None:
    sides = make_history(two_sides(West=["USA", "GBR"], East=["RUS"])).sides(DISPUTE)
    assert account_of(sides, ["POL", "GBR", "RUS", "USA", "CHN"]) == "West+East+CHN+POL"


def test_a_reversal_names_the_posted_actions_it_undoes() -> None:
    rows = [
        act("a"),
        act("words", kind="threat", unit="persons"),
        act("again", same_as=["a"]),
        act("r", kind="reversal", unit="persons", quantity=3, reverses=["again", "words", "a"]),
    ]
    (reversal,) = postings_of(make_history(*rows), DISPUTE, READING).reversals
    assert reversal.named == (("a", "persons"),)
    assert (reversal.unit, reversal.amount) == ("persons", Amount.exact(3))


def test_a_reversal_of_a_row_that_repeats_another_undoes_the_act() -> None:
    rows = [act("a"), act("b", same_as=["a"]), act("r", kind="reversal", reverses=["b"])]
    (reversal,) = postings_of(make_history(*rows), DISPUTE, READING).reversals
    assert reversal.named == (("a", "persons"),)


@pytest.mark.parametrize(
    "row",
    [
        act("r", kind="reversal"),
        act("r", kind="reversal", reverses=["words"]),
        act("r", kind="reversal", reverses=["nowhere"]),
        act("r", kind="reversal", reverses=["a"], carries_out=["a"]),
        act("r", kind="reversal", reverses=["a"], on="2025-01-01"),
        act("r", kind="statement", reverses=["a"]),
    ],
)
def test_what_undoes_nothing_that_is_posted_is_no_reversal(row: Action) -> None:
    history = make_history(act("a"), act("words", kind="threat", unit="persons"), row)
    assert reversal_of(history, history.dossiers["r"], IN_2020) is None


def test_a_denied_reversal_reverses_nothing_for_the_denier() -> None:
    rows = (act("a"), act("r", kind="reversal", reverses=["a"]), calls("r", "RUS", denied=True))
    history = make_history(*rows)
    assert reversal_of(history, history.dossiers["r"], READING) is not None
    assert reversal_of(history, history.dossiers["r"], Reading(kinds_by="RUS")) is None
