"""Replies: lags, kinds, currencies, and what nobody answered."""

from __future__ import annotations

import pytest
from hypothesis import given

from domain.dates import Lag
from domain.measures.replies import LagTo, Rate, Replies, Reply, Unanswered, replies
from domain.measures.roles import Role, role
from domain.reading import BasisOf, DateBasis, MembershipRule, Reading
from domain.records.base import Record
from domain.truth import Truth
from domain.worlds import World, whole_account
from tests import oracles
from tests.making import DISPUTE, act, calls, make_history, two_sides
from tests.real import DISPUTE as REAL
from tests.real import real_history
from tests.small_worlds import worlds


def of(*records: Record, reading: Reading | None = None) -> Replies:
    return replies(whole_account(make_history(*records), DISPUTE, "USA", reading or Reading()))


def reply(*records: Record, reading: Reading | None = None) -> Reply:
    found = of(*records, reading=reading)
    return next(it for it in found.replies + found.others if it.action == "own")


def theirs(**fields: object) -> Record:
    return act("theirs", "RUS", "USA", answers=[], quantity=10).model_copy(update=fields)


def test_the_lag_runs_from_each_recorded_member_by_the_readings_date() -> None:
    records = (
        act("first", "RUS", "USA", on="2020-01-01", answers=[], effective="2020-01-20"),
        act("second", "RUS", "USA", on="2020-01", answers=[]),
        act("own", on="2020-01-11/2020-01-12", answers=["first", "second", "act:x@RUS"]),
    )
    assert reply(*records).lags == (
        LagTo("first", Lag(10, 11)),
        LagTo("second", Lag(0, 11)),
    )
    effective = reply(*records, reading=Reading(date_basis=DateBasis.EFFECTIVE))
    assert effective.lags[0] == LagTo("first", None)


@pytest.mark.parametrize(
    ("own", "in_kind", "mirrored"),
    [
        (act("own", quantity=10, answers=["theirs"]), Truth.TRUE, Truth.TRUE),
        (act("own", quantity=9, answers=["theirs"]), Truth.TRUE, Truth.FALSE),
        (act("own", quantity="unknown", answers=["theirs"]), Truth.TRUE, Truth.UNDETERMINED),
        (act("own", quantity=">=11", answers=["theirs"]), Truth.TRUE, Truth.FALSE),
        (
            act("own", kind="rotation_departure", quantity=10, answers=["theirs"]),
            Truth.FALSE,
            Truth.FALSE,
        ),
        (
            act("own", kind="visa_refusal", answers=["theirs", "act:x@RUS"]),
            Truth.UNDETERMINED,
            Truth.UNDETERMINED,
        ),
        (act("own", quantity=10, answers=["theirs", "act:x@RUS"]), Truth.TRUE, Truth.TRUE),
    ],
)
def test_in_kind_is_the_same_kind_and_mirrored_the_same_number_too(
    own: Record, in_kind: Truth, mirrored: Truth
) -> None:
    found = reply(theirs(), own)
    assert (found.in_kind, found.mirrored) == (in_kind, mirrored)


def test_what_is_as_many_as_all_of_its_kind_together_mirrors_them() -> None:
    more = act("more", "RUS", "USA", quantity=2, answers=[])
    threat = act("threat", "RUS", "USA", kind="threat", quantity=5, unit="persons", answers=[])
    answers = ["theirs", "more", "threat"]
    assert reply(theirs(), more, threat, act("own", quantity=12, answers=answers)).mirrored is (
        Truth.TRUE
    )
    assert reply(theirs(), more, threat, act("own", quantity=17, answers=answers)).mirrored is (
        Truth.FALSE
    )
    part = act("part", "RUS", "USA", quantity=2, answers=[], part_of="theirs")
    both = act("own", quantity=12, answers=["theirs", "part"])
    assert reply(theirs(), part, both).mirrored is Truth.FALSE


def test_a_ceiling_mirrors_a_ceiling() -> None:
    cap = act("theirs", "RUS", "USA", kind="staff_cap", quantity=455, unit="posts_ceiling")
    own = act("own", kind="staff_cap", quantity=455, unit="posts_ceiling", answers=["theirs"])
    assert reply(cap, own).mirrored is Truth.TRUE


def test_two_without_a_quantity_mirror_each_other_and_other_units_do_not() -> None:
    bare = act("theirs", "RUS", "USA", kind="visa_suspension", answers=[])
    assert reply(bare, act("own", kind="visa_suspension", answers=["theirs"])).mirrored is (
        Truth.TRUE
    )
    counted = act("own", kind="visa_suspension", quantity=3, unit="visas", answers=["theirs"])
    assert reply(bare, counted).mirrored is Truth.FALSE
    visas = act("theirs", "RUS", "USA", kind="visa_refusal", quantity=3, answers=[])
    persons = act("own", kind="visa_refusal", quantity=3, unit="persons", answers=["theirs"])
    assert reply(visas, persons).mirrored is Truth.FALSE


def test_another_currency_has_no_family_in_common() -> None:
    seizure = act("own", kind="property_seizure", quantity=1, unit="properties", answers=["theirs"])
    assert reply(theirs(), seizure).other_currency is Truth.TRUE
    assert reply(theirs(), act("own", answers=["theirs"])).other_currency is Truth.FALSE
    outside = seizure.model_copy(update={"cause": act("x", answers=["theirs", "act:x@RUS"]).cause})
    assert reply(theirs(), outside).other_currency is Truth.UNDETERMINED


def test_only_hostile_responses_are_in_the_rates() -> None:
    found = of(
        theirs(),
        act("equal", quantity=10, answers=["theirs"]),
        act("more", quantity=11, answers=["theirs"], on="2020-01-02"),
        act("protest", kind="protest", answers=["theirs"]),
        act("joining", "POL", "GBR", answers=["theirs"]),
        act("silent"),
    )
    assert [it.action for it in found.others] == ["protest"]
    usa = next(it for it in found.by_side if it.side == "USA")
    assert (usa.responses, usa.joinings, usa.undetermined) == (2, 0, 1)
    assert (usa.in_kind, usa.mirrored) == (Rate(2, 0, 0), Rate(1, 1, 0))
    assert usa.other_currency == Rate(0, 2, 0)
    poland = next(it for it in found.by_side if it.side == "POL")
    assert (poland.responses, poland.joinings, poland.in_kind) == (0, 1, Rate(0, 0, 0))


def test_a_joint_response_counts_for_each_side_that_acts() -> None:
    found = of(theirs(), act("own", ["USA", "POL"], "RUS", answers=["theirs"]))
    assert [(it.side, it.responses) for it in found.by_side] == [("POL", 1), ("USA", 1)]


def test_what_is_denied_is_no_reply_and_what_is_recorded_twice_is_one() -> None:
    records = (
        theirs(),
        act("own", quantity=10, answers=["theirs"]),
        act("copy", quantity=10, answers=["theirs"], same_as=["own"]),
        act("denied", answers=["theirs"]),
        calls("denied", "RUS", denied=True),
    )
    found = of(*records, reading=Reading(kinds_by="RUS"))
    assert [it.action for it in found.replies] == ["own"]


def test_the_period_selects_the_replies_and_not_what_they_answer() -> None:
    records = (
        theirs(),
        act("own", on="2021-05-01", answers=["theirs"]),
        act("late", on="2022-05-01", answers=["theirs"]),
    )
    reading = Reading.model_validate({"period": "2021"})
    assert [it.action for it in of(*records, reading=reading).replies] == ["own"]


def test_possible_members_of_a_period_count_if_the_reading_says_so() -> None:
    records = (theirs(), act("own", on="2020-12/2021-01", answers=["theirs"]))
    period = {"period": "2021"}
    assert of(*records, reading=Reading.model_validate(period)).replies == ()
    possible = Reading.model_validate({**period, "membership": MembershipRule.POSSIBLE})
    assert len(of(*records, reading=possible).replies) == 1


def unanswered(*records: Record) -> dict[str, bool]:
    return {it.action: it.is_certain for it in of(*records).unanswered}


def test_a_hostile_action_that_no_target_answers_is_unanswered() -> None:
    records = (theirs(), act("own", answers=["theirs"], on="2020-02-01"))
    assert unanswered(*records) == {"own": True}
    assert of(*records).unanswered == (Unanswered("own", ("USA",), ("RUS",), is_certain=True),)


def test_an_answer_through_own_steps_or_not_hostile_is_an_answer() -> None:
    protest = act("own", kind="protest", answers=["step"])
    step = act("step", kind="consultation", answers=["theirs"])
    assert unanswered(theirs(), step, protest) == {}


def test_an_answer_by_somebody_else_is_none() -> None:
    assert "theirs" in unanswered(theirs(), act("own", "POL", "RUS", answers=["theirs"]))


def test_any_party_of_a_targeted_side_may_answer() -> None:
    sides = two_sides(DISPUTE, West=["USA", "GBR"], RUS=["RUS"])
    answer = act("own", "GBR", "RUS", answers=["theirs"])
    assert "theirs" not in unanswered(sides, theirs(), answer)


def test_a_silent_action_of_a_target_may_have_been_the_answer_unless_it_came_before() -> None:
    before, after = act("before", on="2019"), act("after", on="2021")
    assert unanswered(theirs(), before)["theirs"] is True
    assert unanswered(theirs(), after)["theirs"] is False


def test_the_last_silent_action_of_a_target_decides_whenever_it_was_recorded() -> None:
    before, after = act("before", on="2019"), act("after", on="2021")
    assert unanswered(theirs(), after, before)["theirs"] is False


def test_what_is_not_hostile_needs_no_answer() -> None:
    assert unanswered(act("own", kind="threat", answers=[])) == {}


@given(worlds())
def test_unanswered_is_what_stands_in_no_answered_set_of_a_target(world: World) -> None:
    plain = oracles.told(world)
    rows = [held.id for held in world.actions() if not held.action.same_as]
    if len(rows) < len(plain.causes):
        return
    reached = {name: oracles.answered(plain, name)[0] for name in plain.causes}
    answered_by = {
        name: [it for it in rows if name in reached[it] and plain.acting[it] & plain.targeted[name]]
        for name in rows
    }
    found = replies(world)
    for it in found.unanswered:
        assert answered_by[it.action] == []
    hostile = {it.action for it in found.replies} | {it.action for it in found.unanswered}
    for name in hostile:
        assert answered_by[name] or name in {it.action for it in found.unanswered}


@given(worlds())
def test_every_reply_has_its_role_and_every_rate_its_responses(world: World) -> None:
    found = replies(world)
    for it in found.replies + found.others:
        assert it.role is role(world, it.action)
        assert it.role in {Role.RESPONSE, Role.JOINING}
        assert it.mirrored is not Truth.TRUE or it.in_kind is Truth.TRUE
    for side in found.by_side:
        for rate in (side.in_kind, side.mirrored, side.other_currency):
            assert rate.yes + rate.no + rate.undetermined == side.responses


def test_real_answers_by_russia_of_2018() -> None:
    reading = Reading(bases=(BasisOf.WITH_INFERRED,))
    found = replies(whole_account(real_history(), REAL, "RUS", reading))
    by_name = {it.action: it for it in found.replies}
    sixty, consulate = by_name["rus-2018-03-29-exp60"], by_name["rus-2018-03-29-stp"]
    assert {to.lag for to in sixty.lags} == {Lag(3, 3)}
    assert (sixty.in_kind, sixty.mirrored) == (Truth.TRUE, Truth.TRUE)
    assert (consulate.in_kind, consulate.mirrored) == (Truth.TRUE, Truth.TRUE)
    assert by_name["rus-2017-07-28-cap455"].other_currency is Truth.TRUE
    assert "usa-2018-03-26-exp48" not in {it.action for it in found.unanswered}
    assert "usa-2021-03-02-designations" not in {it.action for it in found.unanswered}
    assert "usa-2017-07-27-caatsa" not in {it.action for it in found.unanswered}
