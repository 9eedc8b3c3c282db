"""The four flags, each true, false, undetermined and not applying."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given

from domain.called import called
from domain.measures.answered import answered
from domain.measures.escalation import Escalation, escalation
from domain.measures.roles import Role, role
from domain.reading import BasisOf, EscalationFlag, Reading
from domain.records.amendments import Retracted
from domain.records.base import Record
from domain.truth import Truth
from domain.worlds import World, whole_account
from tests.making import DISPUTE, act, calls, make_history
from tests.real import DISPUTE as REAL
from tests.real import real_history
from tests.small_worlds import worlds

OPENING, VERTICAL, OVER, HORIZONTAL = EscalationFlag
WORDS = {None: "-", Truth.TRUE: "t", Truth.FALSE: "f", Truth.UNDETERMINED: "u"}


def of(*records: Record, reading: Reading | None = None, name: str = "own") -> Escalation:
    history = make_history(*records)
    return escalation(whole_account(history, DISPUTE, "USA", reading or Reading()), name)


def short(found: Escalation) -> str:
    """One letter a flag, in order: true, false, undetermined, or `-` where it does not apply."""
    return "".join(WORDS[flag.value] for _, flag in found.flags)


def theirs(quantity: object = 10, kind: str = "expulsion", **fields: Any) -> Record:
    unit = "persons" if kind in {"expulsion", "threat", "rotation_departure"} else None
    return act("theirs", "RUS", "USA", kind=kind, quantity=quantity, unit=unit, **fields)


def own(quantity: object = 10, kind: str = "expulsion", **fields: Any) -> Record:
    answers = fields.pop("answers", ["theirs"])
    return act("own", kind=kind, quantity=quantity, answers=answers, **fields)


def test_an_opening_escalates_as_such_and_is_compared_with_nothing() -> None:
    assert short(of(own(answers=[]))) == "t---"
    assert short(of(own(answers=["ext:wrong@RUS"]))) == "t---"


@pytest.mark.parametrize("kind", ["protest", "reversal", "own_staff_withdrawal", "other"])
def test_what_is_not_hostile_never_escalates(kind: str) -> None:
    assert short(of(theirs(), act("own", kind=kind, answers=["theirs"]))) == "----"


def test_what_is_denied_by_the_teller_whose_kinds_count_never_escalates() -> None:
    reading = Reading(kinds_by="RUS")
    records = (own(answers=[]), calls("own", "RUS", denied=True))
    assert short(of(*records, reading=reading)) == "----"


DENIED = calls("theirs", "RUS", denied=True)


@pytest.mark.parametrize("answers", [["theirs"], ["theirs", "theirs2"]])
def test_against_triggers_that_are_all_denied_nothing_is_known_and_no_flag_is_true(
    answers: list[str],
) -> None:
    others = [act("theirs2", "RUS", "USA"), calls("theirs2", "RUS", denied=True)]
    records = (theirs(), DENIED, *others, own(500, answers=answers))
    assert short(of(*records, reading=Reading(kinds_by="RUS"))) == "fuuu"
    assert short(of(*records)) == "fftf"


def test_a_denied_trigger_is_left_out_beside_one_that_counts() -> None:
    high = act("high", "RUS", "USA", kind="breaking_relations", quantity=None)
    denied = calls("high", "RUS", denied=True)
    records = (theirs(), high, denied, own(answers=["theirs", "high"], kind="property_seizure"))
    assert of(*records).flag(VERTICAL).value is Truth.FALSE
    found = of(*records, reading=Reading(kinds_by="RUS"))
    assert found.flag(VERTICAL).value is Truth.TRUE
    assert found.flag(HORIZONTAL).value is Truth.TRUE


def test_stepping_up_from_a_step_that_is_denied_is_not_known() -> None:
    first = act("first", answers=[], quantity=3)
    records = (first, calls("first", "RUS", denied=True), own(5, answers=["first"]))
    assert short(of(*records)) == "fftf"
    assert short(of(*records, reading=Reading(kinds_by="RUS"))) == "fuuu"


def test_an_undetermined_role_leaves_all_four_undetermined() -> None:
    assert short(of(own(answers="none_stated"))) == "uuuu"


def test_an_equal_answer_is_no_escalation() -> None:
    found = of(theirs(), own())
    assert short(found) == "ffff"
    assert all(flag.against == ("theirs",) and not flag.stepping_up for _, flag in found.flags)


# Vertical: rung above every rung there.


def test_a_higher_rung_than_every_one_there_is_vertical() -> None:
    assert of(theirs(), own(kind="property_seizure", unit="properties")).flag(VERTICAL).value is (
        Truth.TRUE
    )


def test_one_rung_as_high_decides_against_it_whatever_else_is_unknown() -> None:
    records = (theirs(), own(answers=["theirs", "act:x@RUS", "gone"]))
    assert of(*records).flag(VERTICAL).value is Truth.FALSE


@pytest.mark.parametrize("cause", ["act:x@RUS", "gone", "no-rung", "silent-step"])
def test_what_has_no_known_rung_leaves_it_open(cause: str) -> None:
    records = (
        theirs(),
        act("no-rung", "RUS", "USA", kind="other"),
        act("silent-step", "USA", "RUS"),
        own(kind="property_seizure", unit="properties", answers=["theirs", cause]),
    )
    assert of(*records).flag(VERTICAL).value is Truth.UNDETERMINED


def test_the_readings_own_rungs_count() -> None:
    records = (theirs(), own(kind="visa_refusal", unit="visas"))
    assert of(*records).flag(VERTICAL).value is Truth.FALSE
    steep = Reading(rungs=(("visa_refusal", 8),))
    assert of(*records, reading=steep).flag(VERTICAL).value is Truth.TRUE


# Over-response: more than k times the sum of the same unit.


@pytest.mark.parametrize(
    ("quantity", "answered_with", "expected"),
    [
        (10, 10, Truth.FALSE),
        (10, 11, Truth.TRUE),
        ("unknown", 11, Truth.UNDETERMINED),
        (10, "unknown", Truth.UNDETERMINED),
        (10, ">=11", Truth.TRUE),
        ("8..12", 11, Truth.UNDETERMINED),
        (">=10", 10, Truth.FALSE),
    ],
)
def test_more_than_the_sum_is_over(
    quantity: object, answered_with: object, expected: Truth
) -> None:
    assert of(theirs(quantity), own(answered_with)).flag(OVER).value is expected


@pytest.mark.parametrize(("k", "expected"), [("2", Truth.FALSE), ("3/2", Truth.TRUE)])
def test_k_is_part_of_the_reading(k: str, expected: Truth) -> None:
    assert of(theirs(), own(20), reading=Reading(k=Fraction(k))).flag(OVER).value is expected


def test_threatened_quantities_count() -> None:
    assert of(theirs(10, "threat"), own(10)).flag(OVER).value is Truth.FALSE


def test_it_needs_a_trigger_of_the_same_unit() -> None:
    closure = act("theirs", "RUS", "USA", kind="property_closure", quantity=1, unit="properties")
    assert of(closure, own(50)).flag(OVER).value is Truth.FALSE


def test_ceilings_never_count_on_either_side() -> None:
    cap = act("theirs", "RUS", "USA", kind="staff_cap", quantity=455, unit="posts_ceiling")
    mirror = act("own", kind="staff_cap", quantity=300, unit="posts_ceiling", answers=["theirs"])
    assert of(cap, mirror).flag(OVER).value is Truth.FALSE
    assert of(cap, own(500)).flag(OVER).value is Truth.FALSE


def test_an_action_without_a_quantity_is_no_over_response() -> None:
    bare = act("own", kind="talks_cancelled", answers=["act:x@RUS"])
    assert of(bare).flag(OVER).value is Truth.FALSE


@pytest.mark.parametrize("cause", ["act:x@RUS", "gone"])
def test_what_is_not_known_may_be_enough_but_can_only_add(cause: str) -> None:
    assert of(theirs(5), own(6, answers=["theirs", cause])).flag(OVER).value is Truth.UNDETERMINED
    assert of(theirs(5), own(5, answers=["theirs", cause])).flag(OVER).value is Truth.FALSE


def test_an_outside_action_alone_leaves_it_open() -> None:
    assert of(own(answers=["act:x@RUS"])).flag(OVER).value is Truth.UNDETERMINED


def test_a_package_counts_once_in_the_sum() -> None:
    part = act("part", "RUS", "USA", quantity=6, part_of="theirs")
    records = (theirs(), part, own(11, answers=["theirs", "part"]))
    assert of(*records).flag(OVER).value is Truth.TRUE


def test_an_act_recorded_twice_counts_once_in_the_sum() -> None:
    again = act("again", "RUS", "USA", quantity=10, same_as=["theirs"])
    records = (theirs(), again, own(11, answers=["theirs", "again"]))
    assert of(*records).flag(OVER).value is Truth.TRUE


# Horizontal: a family, or a target side, that has no part there.


def test_a_family_that_is_not_there_is_horizontal() -> None:
    own_seizure = own(1, kind="property_seizure", unit="properties")
    assert of(theirs(), own_seizure).flag(HORIZONTAL).value is Truth.TRUE
    in_family = act(
        "own",
        kind="property_seizure",
        unit="properties",
        answers=["theirs"],
        family="mission_staff",
    )
    assert of(theirs(), in_family).flag(HORIZONTAL).value is Truth.FALSE


def test_a_side_that_neither_acted_nor_was_a_target_is_drawn_in() -> None:
    assert of(theirs(), own(against=["RUS", "POL"])).flag(HORIZONTAL).value is Truth.TRUE
    with_poland = act("theirs", "RUS", ["USA", "POL"], quantity=10)
    assert of(with_poland, own(against=["RUS", "POL"])).flag(HORIZONTAL).value is Truth.FALSE


def test_what_an_outside_action_was_may_make_it_less_than_horizontal_never_more() -> None:
    seizure = own(1, kind="property_seizure", unit="properties", answers=["theirs", "act:x@RUS"])
    assert of(theirs(), seizure).flag(HORIZONTAL).value is Truth.UNDETERMINED
    same = own(answers=["theirs", "act:x@RUS"])
    assert of(theirs(), same).flag(HORIZONTAL).value is Truth.FALSE


def test_the_side_that_did_an_outside_action_is_not_drawn_in() -> None:
    polish = act("polish", "POL", "USA")
    beside_russian = own(answers=["polish", "act:x@RUS"])
    assert of(polish, beside_russian).flag(HORIZONTAL).value is Truth.FALSE
    beside_chinese = own(answers=["polish", "act:x@CHN"])
    assert of(polish, beside_chinese).flag(HORIZONTAL).value is Truth.UNDETERMINED


# Stepping up: a continuation compared with its own side's steps.


def test_a_rule_followed_by_a_list_steps_up_in_number() -> None:
    rule = act("rule", kind="visa_suspension", answers=["ext:habit@RUS"], family="mission_staff")
    found = of(rule, own(55, kind="rotation_departure", answers=["rule"]))
    assert short(found) == "fttf"
    assert found.flag(OVER).stepping_up
    assert found.flag(OVER).against == ("rule",)


def test_steps_of_the_same_unit_are_summed_when_stepping_up() -> None:
    first = act("first", quantity=20, answers=[])
    assert of(first, own(20, answers=["first"])).flag(OVER).value is Truth.FALSE
    assert of(first, own(21, answers=["first"])).flag(OVER).value is Truth.TRUE


def test_an_own_outside_step_leaves_open_what_it_was() -> None:
    assert short(of(own(answers=["act:earlier@USA"]))) == "fuuu"


def test_the_flags_that_count_are_joined_by_the_reading() -> None:
    found = of(theirs(), own(11))
    assert found.among(EscalationFlag) is Truth.TRUE
    assert found.among([OPENING, VERTICAL]) is Truth.FALSE
    assert of(own(answers=[])).among([VERTICAL, OVER]) is None


@given(worlds())
def test_the_flags_go_with_the_role(world: World) -> None:
    for held in world.actions():
        found, what = escalation(world, held.id), role(world, held.id)
        values = [flag.value for _, flag in found.flags]
        if not called(held, world.reading).is_hostile:
            assert set(values) == {None}
        elif what is Role.UNDETERMINED:
            assert set(values) == {Truth.UNDETERMINED}
        elif what is Role.OPENING:
            assert values == [Truth.TRUE, None, None, None]
        else:
            assert values[0] is Truth.FALSE
            assert None not in values
        stepping_up = any(flag.stepping_up for _, flag in found.flags)
        assert not stepping_up or what is Role.CONTINUATION


@given(worlds())
def test_nothing_not_known_ever_makes_a_flag_true(world: World) -> None:
    for held in world.actions():
        reached = answered(world, held.id)
        is_open = reached.has_unknown or bool(reached.outside())
        for name, flag in escalation(world, held.id, reached).flags:
            if is_open and name is not EscalationFlag.OPENING and world.reading.k > 0:
                assert flag.value is not Truth.TRUE


@given(worlds())
def test_a_larger_k_never_makes_an_over_response(world: World) -> None:
    larger = world.reading.model_copy(update={"k": world.reading.k + 1})
    wider = whole_account(world.history, DISPUTE, world.name, larger)
    for held in world.actions():
        before = escalation(world, held.id).flag(OVER).value
        after = escalation(wider, held.id).flag(OVER).value
        assert before is not Truth.FALSE or after is Truth.FALSE
        assert after is not Truth.TRUE or before is Truth.TRUE


def test_a_retracted_trigger_leaves_the_answer_undetermined() -> None:
    assert short(of(theirs(), own(), Retracted(action="theirs", reason="x"))) == "uuuu"


@pytest.mark.parametrize(
    ("account", "action", "flags"),
    [
        ("RUS", "rus-2018-03-29-exp60", "ffff"),
        ("USA", "usa-2018-03-26-exp48", "t---"),
        ("USA", "usa-2021-09-list55", "fftf"),
        ("USA", "usa-2017-08-31-sf", "ftft"),
        ("RUS", "rus-2021-04-16-entrybans", "fftf"),
        ("RUS", "rus-2022-03-15-stoplist", "fuuu"),
        ("USA", "usa-2019-09-24-unga", "uuuu"),
        ("USA", "usa-2021-04-20-sullivan", "ftff"),
    ],
)
def test_flags_of_real_actions(account: str, action: str, flags: str) -> None:
    reading = Reading(bases=(BasisOf.WITH_INFERRED,))
    assert short(escalation(whole_account(real_history(), REAL, account, reading), action)) == flags
