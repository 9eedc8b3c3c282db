"""Accounts: who is heard, what silence means, what "unprovoked" removes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.accounts import Conventions, How, Option, Setting, option
from domain.history import History
from domain.reading import BasisOf, Silence, StatedWhen
from domain.records.amendments import Retracted
from domain.records.base import Record
from tests import oracles
from tests.making import DISPUTE, act, make_history, said, two_sides
from tests.small_worlds import TELLERS, histories

STATED = Conventions(basis=BasisOf.STATED_ONLY)


def held(*records: Record, teller: str, conventions: Conventions = STATED) -> Option:
    """What a teller holds of the action `own`."""
    history = make_history(*records)
    setting = Setting(history, history.sides(DISPUTE), conventions)
    return option(setting, history.dossiers["own"], teller)


def texts(found: Option) -> set[str] | None:
    return None if found.causes is None else {str(cause) for cause in found.causes}


THEIRS = act("theirs", "RUS", "USA", answers=[])
FRIENDS = act("friends", "POL", "USA", answers=[])
EARLIER = act("earlier", "USA", "RUS", answers=[])
JOINT = act("joint", ["RUS", "POL"], "USA", answers=[])
OWN = act(
    "own",
    answers=[
        "theirs",
        "friends",
        "earlier",
        "joint",
        "act:out@RUS",
        "act:out@POL",
        "ext:wrong@RUS",
        "ext:wrong@POL",
        "ext:weather",
    ],
)
ALL = (THEIRS, FRIENDS, EARLIER, JOINT, OWN)


def test_the_actors_own_word_is_the_records_cause() -> None:
    found = held(*ALL, teller="USA")
    assert found.how is How.OWN
    assert texts(found) == {str(cause) for cause in OWN.cause.causes}


def test_unprovoked_removes_what_the_tellers_side_did_or_is_blamed_for_and_nothing_else() -> None:
    found = held(*ALL, said("own", "RUS", "unprovoked"), teller="RUS")
    assert found.how is How.UNPROVOKED
    assert texts(found) == {"friends", "earlier", "act:out@POL", "ext:wrong@POL", "ext:weather"}


def test_unprovoked_speaks_of_the_whole_side_of_the_teller() -> None:
    sides = two_sides(DISPUTE, USA=["USA"], East=["RUS", "POL"])
    found = held(sides, *ALL, said("own", "RUS", "unprovoked"), teller="RUS")
    assert texts(found) == {"earlier", "ext:weather"}


def test_unprovoked_answers_nothing_where_the_actor_is_silent() -> None:
    found = held(act("own"), said("own", "RUS", "unprovoked"), teller="RUS")
    assert (found.causes, found.how) == ((), How.UNPROVOKED)


def test_unprovoked_by_a_teller_of_no_side_speaks_of_the_targets() -> None:
    found = held(*ALL, said("own", "press:wire", "unprovoked"), teller="press:wire")
    assert texts(found) == {"friends", "earlier", "act:out@POL", "ext:wrong@POL", "ext:weather"}


def test_an_analyst_who_infers_for_a_party_stands_where_it_does() -> None:
    analyst = "analyst:compilers-for-POL"
    found = held(*ALL, said("own", "POL", "unprovoked", inferred=True), teller=analyst)
    assert texts(found) == {
        "theirs",
        "earlier",
        "act:out@RUS",
        "ext:wrong@RUS",
        "ext:weather",
    }


def test_a_stance_leaves_the_causes_alone() -> None:
    stance = said("own", "RUS", "none_stated", stance="unjustified")
    assert texts(held(*ALL, stance, teller="RUS")) == texts(held(*ALL, teller="RUS"))


def test_the_silent_inherit_but_silence_is_no_confession() -> None:
    found = held(*ALL, teller="RUS")
    assert (found.how, found.teller) == (How.INHERITED, "USA")
    assert texts(found) == {str(cause) for cause in OWN.cause.causes} - {"ext:wrong@RUS"}


def test_what_a_silent_account_leaves_out_is_marked_as_nobodys_word() -> None:
    assert held(*ALL, teller="RUS").silent == "RUS"
    assert held(*ALL, teller="USA").silent == ""
    assert held(THEIRS, act("own", answers=["theirs"]), teller="RUS").silent == ""


def test_one_party_of_a_side_does_not_confess_for_another() -> None:
    sides = two_sides(DISPUTE, USA=["USA"], East=["RUS", "POL"])
    found = held(sides, *ALL, teller="POL")
    assert {"ext:wrong@RUS", "ext:wrong@POL"} & (texts(found) or set()) == set()


def test_a_silent_medium_has_no_side_that_could_confess() -> None:
    found = held(*ALL, teller="press:wire")
    assert texts(found) == {str(cause) for cause in OWN.cause.causes}


def test_the_silent_leave_it_undetermined_where_the_reading_says_so() -> None:
    silent = Conventions(BasisOf.STATED_ONLY, silence=Silence.UNDETERMINED)
    assert held(*ALL, teller="RUS", conventions=silent).causes is None
    assert held(*ALL, teller="USA", conventions=silent).causes is not None


@pytest.mark.parametrize("word", ["none_stated", "unknown"])
def test_a_silent_actor_leaves_nothing_to_inherit(word: str) -> None:
    for teller in ("USA", "RUS"):
        found = held(act("own", answers=word), teller=teller)
        assert (found.causes, found.how, found.teller) == (None, How.SILENT, teller)


def test_an_actor_that_speaks_later_is_heard_and_inherited() -> None:
    spoken = said("own", "USA", ["theirs"])
    assert texts(held(THEIRS, act("own"), spoken, teller="USA")) == {"theirs"}
    assert texts(held(THEIRS, act("own"), spoken, teller="RUS")) == {"theirs"}


def test_a_word_that_disputes_is_silence() -> None:
    found = held(*ALL, said("own", "RUS", "disputed"), teller="RUS")
    assert found.how is How.INHERITED


def test_a_joint_act_answers_what_any_of_its_actors_says() -> None:
    own = act("own", ["USA", "GBR"], "RUS")
    found = held(
        own, said("own", "USA", ["act:a@RUS"]), said("own", "GBR", ["act:b@RUS"]), teller="RUS"
    )
    assert texts(found) == {"act:a@RUS", "act:b@RUS"}


def test_a_silent_partner_in_a_joint_act_inherits_like_anybody_else() -> None:
    own = act("own", ["USA", "GBR"], "RUS")
    found = held(own, said("own", "USA", ["act:a@RUS", "ext:wrong@GBR"]), teller="GBR")
    assert (texts(found), found.how) == ({"act:a@RUS"}, How.INHERITED)


@pytest.mark.parametrize(
    ("stated", "expected"), [(StatedWhen.THEN, {"theirs"}), (StatedWhen.LAST, {"earlier"})]
)
def test_the_first_or_the_last_statement_counts_as_the_reading_says(
    stated: StatedWhen, expected: set[str]
) -> None:
    records = (
        *ALL,
        said("own", "RUS", ["theirs"], stated_on="2020-02-01"),
        said("own", "RUS", ["earlier"], stated_on="2021-02-01"),
    )
    conventions = Conventions(BasisOf.STATED_ONLY, stated)
    assert texts(held(*records, teller="RUS", conventions=conventions)) == expected


def test_the_analyst_speaks_where_the_party_is_silent_and_is_marked() -> None:
    records = (*ALL, said("own", "RUS", ["earlier"], inferred=True))
    found = held(*records, teller="RUS", conventions=Conventions())
    assert (texts(found), found.inferred) == ({"earlier"}, True)
    assert found.teller == "analyst:compilers-for-RUS"
    assert held(*records, teller="RUS").how is How.INHERITED


def test_the_analyst_is_not_heard_over_the_partys_own_word() -> None:
    records = (*ALL, said("own", "RUS", ["earlier"], inferred=True), said("own", "RUS", []))
    found = held(*records, teller="RUS", conventions=Conventions())
    assert (found.causes, found.inferred) == ((), False)


def test_what_is_inherited_from_an_analyst_is_marked_too() -> None:
    records = (THEIRS, act("own"), said("own", "USA", ["theirs"], inferred=True))
    found = held(*records, teller="RUS", conventions=Conventions())
    assert (texts(found), found.how, found.inferred) == ({"theirs"}, How.INHERITED, True)


def test_a_joint_act_of_which_any_part_is_inferred_is_marked() -> None:
    own = act("own", ["USA", "GBR"], "RUS")
    records = (own, said("own", "USA", []), said("own", "GBR", ["act:b@RUS"], inferred=True))
    assert held(*records, teller="RUS", conventions=Conventions()).inferred


def test_an_actor_that_calls_its_own_action_unprovoked_names_nothing_for_anybody() -> None:
    records = (act("own"), said("own", "USA", "unprovoked"))
    assert held(*records, teller="USA").causes == ()
    assert held(*records, teller="RUS").causes == ()


def test_a_cause_certainly_after_its_effect_is_impossible_and_kept() -> None:
    later = act("later", "RUS", "USA", on="2020-06-01")
    found = held(later, act("own", answers=["later"], on="2020-01"), teller="RUS")
    assert found.impossible
    assert not found.is_determined
    assert texts(found) == {"later"}


def test_what_is_only_possibly_after_is_possible() -> None:
    later = act("later", "RUS", "USA", on="2020-01-31")
    assert not held(later, act("own", answers=["later"], on="2020-01"), teller="USA").impossible


def test_a_retracted_cause_makes_nothing_impossible() -> None:
    later = act("later", "RUS", "USA", on="2020-06-01")
    gone = Retracted(action="later", reason="a mistake")
    assert not held(later, act("own", answers=["later"]), gone, teller="USA").impossible


@given(
    histories(),
    st.sampled_from(TELLERS),
    st.builds(
        Conventions,
        st.sampled_from(BasisOf),
        st.sampled_from(StatedWhen),
        st.sampled_from(Silence),
    ),
)
def test_they_are_what_the_page_says_straight_through(
    history: History, teller: str, conventions: Conventions
) -> None:
    sides = history.sides(DISPUTE)
    setting = Setting(history, sides, conventions)
    options: dict[str, Any] = {
        "with_inferred": conventions.basis is BasisOf.WITH_INFERRED,
        "last": conventions.stated is StatedWhen.LAST,
        "inherit": conventions.silence is Silence.INHERIT,
    }
    for name, dossier in history.dossiers.items():
        found = option(setting, dossier, teller)
        plain = texts(found) if found.is_determined else None
        assert plain == oracles.account(history, sides, name, teller, **options)
