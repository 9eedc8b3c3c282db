"""Roles: each word of the page's paragraph as an example, and the whole as an oracle."""

from __future__ import annotations

import pytest
from hypothesis import given

from domain.measures.roles import Role, is_grievance_led, role
from domain.reading import BasisOf, Reading
from domain.records.amendments import Retracted
from domain.records.base import Record
from domain.worlds import World, whole_account
from tests import oracles
from tests.making import DISPUTE, act, make_history
from tests.real import DISPUTE as REAL
from tests.real import real_history
from tests.small_worlds import worlds


def role_of(*records: Record, name: str = "own") -> Role:
    return role(whole_account(make_history(*records), DISPUTE, "USA", Reading()), name)


def test_what_answers_a_side_that_it_targets_is_a_response() -> None:
    assert role_of(act("own", answers=["act:theirs@RUS"])) is Role.RESPONSE


def test_one_answered_target_is_enough_whatever_else_it_answers() -> None:
    own = act("own", against=["RUS", "POL"], answers=["act:x@RUS", "act:y@GBR", "ext:z@GBR"])
    assert role_of(own) is Role.RESPONSE


def test_what_answers_only_others_than_it_targets_joins_in() -> None:
    first = act("first", "GBR", "RUS")
    assert role_of(first, act("own", answers=["first"])) is Role.JOINING


def test_what_follows_the_own_side_alone_continues() -> None:
    rule = act("rule", answers=["ext:old-habit@RUS"])
    assert role_of(rule, act("own", answers=["rule"])) is Role.CONTINUATION
    assert role_of(act("own", answers=["act:earlier@USA"])) is Role.CONTINUATION


@pytest.mark.parametrize("answers", [[], ["ext:wrong@RUS"], ["ext:weather", "ext:wrong@USA"]])
def test_what_answers_nothing_or_grievances_alone_opens(answers: list[str]) -> None:
    assert role_of(act("own", answers=answers)) is Role.OPENING


@pytest.mark.parametrize("word", ["none_stated", "unknown"])
def test_silence_is_no_opening(word: str) -> None:
    assert role_of(act("own", answers=word)) is Role.UNDETERMINED


def test_what_hangs_on_a_silent_own_step_is_undetermined() -> None:
    step = act("step")
    assert role_of(step, act("own", answers=["step"])) is Role.UNDETERMINED
    assert role_of(step, act("own", answers=["step", "act:x@POL"])) is Role.UNDETERMINED


def test_unless_something_else_decides() -> None:
    assert role_of(act("step"), act("own", answers=["step", "act:x@RUS"])) is Role.RESPONSE


def test_a_dangling_cause_leaves_it_open_and_the_rest_may_decide() -> None:
    gone = (act("gone", "RUS", "USA"), Retracted(action="gone", reason="a mistake"))
    assert role_of(act("own", answers=["gone"]), *gone) is Role.UNDETERMINED
    assert role_of(act("own", answers=["gone", "act:x@RUS"]), *gone) is Role.RESPONSE


def test_inside_an_exchange_roles_follow_the_causes_one_by_one() -> None:
    unban = act("unban", "RUS", "USA", answers=["own"])
    assert role_of(unban, act("own", answers=["unban"])) is Role.RESPONSE
    assert role_of(unban, act("own", answers=["unban"]), name="unban") is Role.RESPONSE


def test_an_opening_that_names_a_grievance_is_led_by_it() -> None:
    history = make_history(
        act("led", answers=["ext:wrong@RUS"]),
        act("bare", answers=[]),
        act("own", answers=["ext:wrong@RUS", "act:x@RUS"]),
    )
    world = whole_account(history, DISPUTE, "USA", Reading())
    assert [is_grievance_led(world, name) for name in ("led", "bare", "own")] == [
        True,
        False,
        False,
    ]


@given(worlds())
def test_it_is_what_the_page_says_word_by_word(world: World) -> None:
    plain = oracles.told(world)
    for name in plain.causes:
        assert role(world, name) == oracles.role(plain, name)


@pytest.mark.parametrize(
    ("account", "action", "stated", "inferred"),
    [
        ("RUS", "rus-2018-03-29-exp60", Role.RESPONSE, Role.RESPONSE),
        ("RUS", "usa-2018-03-26-exp48", Role.OPENING, Role.OPENING),
        ("USA", "usa-2018-03-26-exp48", Role.OPENING, Role.OPENING),
        ("USA", "pol-2021-04-15-exp3", Role.JOINING, Role.JOINING),
        ("USA", "usa-2021-09-list55", Role.CONTINUATION, Role.CONTINUATION),
        ("USA", "rus-2021-12-01-three-year", Role.RESPONSE, Role.OPENING),
        ("USA", "usa-2019-09-24-unga", Role.UNDETERMINED, Role.UNDETERMINED),
        ("RUS", "usa-2021-10-vorontsov-visa", Role.RESPONSE, Role.RESPONSE),
        ("RUS", "rus-2021-10-nuland-unban", Role.RESPONSE, Role.RESPONSE),
    ],
)
def test_roles_of_real_actions(account: str, action: str, stated: Role, inferred: Role) -> None:
    found = [
        role(whole_account(real_history(), REAL, account, Reading(bases=(basis,))), action)
        for basis in BasisOf
    ]
    assert found == [stated, inferred]
