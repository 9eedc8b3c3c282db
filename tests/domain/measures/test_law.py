"""Flags of law: each one true, false and not known, on real rows and where it does not arise."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from domain.measures.answered import answered
from domain.measures.endings import reversals
from domain.measures.law import LawFlag, LawFlagName, law_flags
from domain.measures.proportion import proportion
from domain.measures.roles import Role, role
from domain.reading import BasisOf, DateBasis, Reading
from domain.records.base import Record
from domain.truth import Truth
from domain.worlds import World, whole_account
from tests.making import DISPUTE, act, make_history
from tests.real import DISPUTE as REAL
from tests.real import real_history
from tests.small_worlds import worlds

(PRECEDES, WHO_ACTED, PURPOSE, NOTICE, COMMENSURATE, REVERSIBLE, ENDED, PROTECTED) = LawFlagName
TRUE, FALSE, UNKNOWN = Truth


def flag(world: World, action: str, name: LawFlagName) -> LawFlag:
    return next(found for found in law_flags(world, action) if found.name is name)


def of(name: LawFlagName, *records: Record, reading: Reading | None = None) -> LawFlag:
    history = make_history(*records)
    return flag(whole_account(history, DISPUTE, "USA", reading or Reading()), "own", name)


def real(account: str, basis: DateBasis = DateBasis.OCCURRED) -> World:
    reading = Reading(bases=(BasisOf.WITH_INFERRED,), date_basis=basis)
    return whole_account(real_history(), REAL, account, reading)


@pytest.mark.parametrize(
    ("name", "account", "action", "expected"),
    [
        (PRECEDES, "RUS", "rus-2018-03-29-exp60", TRUE),
        (PRECEDES, "RUS", "usa-2021-10-vorontsov-visa", UNKNOWN),
        (PRECEDES, "USA", "usa-2019-09-24-unga", UNKNOWN),
        (PRECEDES, "USA", "usa-2016-12-29-exp35", None),
        (WHO_ACTED, "RUS", "rus-2018-03-29-exp60", TRUE),
        (WHO_ACTED, "USA", "pol-2021-04-15-exp3", FALSE),
        (WHO_ACTED, "USA", "usa-2019-09-24-unga", UNKNOWN),
        (WHO_ACTED, "USA", "usa-2021-09-list55", None),
        (PURPOSE, "USA", "usa-2016-12-29-exp35", TRUE),
        (PURPOSE, "USA", "usa-2016-06-17-exp2", FALSE),
        (PURPOSE, "USA", "usa-2019-09-24-unga", FALSE),
        (PURPOSE, "RUS", "rus-2015-09-american-center", UNKNOWN),
        (NOTICE, "USA", "usa-2016-12-29-exp35", TRUE),
        (NOTICE, "USA", "usa-2022-01-departure27", FALSE),
        (NOTICE, "USA", "usa-2017-11-13-rt", UNKNOWN),
        (COMMENSURATE, "RUS", "rus-2018-03-29-exp60", TRUE),
        (COMMENSURATE, "RUS", "rus-2021-04-16-exp5pol", FALSE),
        (COMMENSURATE, "RUS", "rus-2022-03-23-png", UNKNOWN),
        (COMMENSURATE, "RUS", "rus-2017-07-28-cap455", None),
        (REVERSIBLE, "USA", "usa-2018-03-26-exp48", TRUE),
        (REVERSIBLE, "RUS", "rus-2017-06-21-cancel", FALSE),
        (REVERSIBLE, "USA", "usa-2022-04-bank", UNKNOWN),
        (ENDED, "USA", "usa-2021-04-30-consular", TRUE),
        (ENDED, "USA", "usa-2021-10-23-homeless", FALSE),
        (ENDED, "USA", "usa-2019-09-24-unga", UNKNOWN),
        (ENDED, "RUS", "rus-2018-03-29-exp60", None),
        (PROTECTED, "USA", "usa-2016-12-29-compounds", TRUE),
        (PROTECTED, "USA", "usa-2016-12-29-exp35", FALSE),
        (PROTECTED, "USA", "usa-2022-04-bank", UNKNOWN),
    ],
)
def test_each_flag_is_true_false_and_not_known_on_real_rows(
    name: LawFlagName, account: str, action: str, expected: Truth | None
) -> None:
    assert flag(real(account), action, name).value is expected


def test_an_answer_that_took_effect_before_its_cause_did_does_not_come_after_it() -> None:
    effective = real("RUS", DateBasis.EFFECTIVE)
    found = flag(effective, "rus-2018-03-29-stp", PRECEDES)
    assert (found.value, found.detail) == (FALSE, "after it: usa-2018-03-26-seattle")


def test_what_a_flag_rests_on_is_said() -> None:
    details = {found.name: found.detail for found in law_flags(real("RUS"), "rus-2018-03-29-exp60")}
    assert details[PRECEDES] == "usa-2018-03-26-exp12un, usa-2018-03-26-exp48"
    assert details[NOTICE] == "public 2018-03-29, effective 2018-04-05"
    assert details[COMMENSURATE] == "1 to 1"
    assert flag(real("USA"), "usa-2016-12-29-compounds", PROTECTED).detail == "premises"


def theirs(on: str = "2020-01-01", **fields: Any) -> Record:
    return act("theirs", "RUS", "USA", on, answers=[], **fields)


def test_the_same_day_does_not_precede() -> None:
    assert of(PRECEDES, theirs(), act("own", answers=["theirs"])).value is UNKNOWN


def test_an_outside_action_has_no_date_to_precede_by() -> None:
    own = act("own", on="2021", answers=["theirs", "act:x@RUS"])
    found = of(PRECEDES, theirs(), own)
    assert (found.value, found.detail) == (UNKNOWN, "not decided: act:x@RUS")


def test_one_that_certainly_came_after_decides_whatever_is_not_known() -> None:
    records = (
        act("step", on="2020/2022", answers=["theirs", "nowhere"]),
        act("own", on="2020-06", answers=["step"]),
    )
    assert of(PRECEDES, theirs("2021-01-01"), *records).value is FALSE


@pytest.mark.parametrize(
    ("public", "effective", "expected"),
    [
        ("2020-01-01", "2020-01-02", TRUE),
        ("2020-01-01", "2020-01-01", FALSE),
        ("2020-01-05", "2020-01-02", FALSE),
        ("2020-01-05", "2020-01", UNKNOWN),
        (None, "2020-02", TRUE),
        ("2020-01-05", None, UNKNOWN),
    ],
)
def test_notice_is_a_day_at_least(
    public: str | None, effective: str | None, expected: Truth
) -> None:
    own = act("own", on="2020-01-01", answers=[], made_public=public, effective=effective)
    assert of(NOTICE, own).value is expected


@given(worlds())
def test_the_flags_go_with_the_measures_that_they_rest_on(world: World) -> None:
    undone = reversals(world)
    for held in world.actions():
        flags = {found.name: found.value for found in law_flags(world, held.id, undone)}
        assert list(flags) == list(LawFlagName)
        what, reached = role(world, held.id), answered(world, held.id)
        assert (flags[WHO_ACTED] is None) == (what in {Role.OPENING, Role.CONTINUATION})
        assert flags[COMMENSURATE] is proportion(world, held.id).within(world.reading.k)
        if reached.has_unknown or reached.outside():
            assert flags[PRECEDES] is not TRUE
            assert flags[ENDED] in {UNKNOWN, None}


@pytest.mark.parametrize("kind", ["other", "retaliation"])
def test_of_catch_all_kinds_it_is_not_known_what_they_touch_or_whether_they_end(kind: str) -> None:
    more = {"rung": 4} if kind == "retaliation" else {}
    own = act("own", on="2020-02-01", kind=kind, answers=["theirs"], **more)  # type: ignore[arg-type]
    for name in (REVERSIBLE, PROTECTED):
        assert of(name, theirs(), own).value is UNKNOWN
