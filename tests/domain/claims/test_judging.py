"""What a claim means in one world, form by form: true, false, undetermined or vacuous."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from domain.claims.filters import Filter
from domain.claims.judging import Judged, judge
from domain.claims.language import (
    Budgeted,
    CauseOf,
    Compare,
    Comparison,
    Count,
    Every,
    Exists,
    KindOf,
    No,
    NotExists,
    Number,
    RootOf,
    Sum,
    Test,
)
from domain.claims.predicates import Answers, Initiated, IsAnswered, Manner, Within
from domain.claims.sight import Sight
from domain.dates import parse_date
from domain.measures.roles import Role
from domain.reading import DateBasis, EscalationFlag, GrievancePolicy, Reading
from domain.records.amendments import Retracted
from domain.records.base import Record
from domain.truth import Truth, negate
from domain.worlds import whole_account
from ledger.solvers.flow import NetworkxFlow
from tests.making import DISPUTE, act, make_history, said

TRUE, FALSE, OPEN = Truth.TRUE, Truth.FALSE, Truth.UNDETERMINED
THEIRS = act("theirs", "RUS", "USA", quantity=5, answers=[])
OWN = act("own", on="2020-01-05", quantity=5, answers=["theirs"])
OURS = Filter(actors=("USA",))


def judged(test: Test, *records: Record, policy: str = "actor", **reading: Any) -> Judged:
    history = make_history(*records)
    world = whole_account(history, DISPUTE, "USA", Reading.model_validate(reading))
    return judge(Sight(world, GrievancePolicy(policy), NetworkxFlow), test)


def value(test: Test, *records: Record, policy: str = "actor", **reading: Any) -> Truth:
    return judged(test, *records, policy=policy, **reading).value


def answers(*records: Record, **fields: Any) -> Truth:
    return value(Every(of=OURS, holds=Answers.model_validate(fields)), *records)


def test_an_every_over_nothing_is_vacuous_and_a_no_over_nothing_is_true() -> None:
    nothing, begun = Filter(actors=("POL",)), Initiated(by="USA")
    found = judged(Every(of=nothing, holds=begun), OWN, THEIRS)
    assert (found.value, found.is_vacuous) == (OPEN, True)
    assert value(No(of=nothing, holds=begun), OWN, THEIRS) is TRUE
    assert value(NotExists(of=nothing), OWN, THEIRS) is TRUE
    assert value(Exists(of=nothing), OWN, THEIRS) is FALSE


def test_an_every_whose_selection_may_be_empty_is_never_true() -> None:
    may_be = Every(of=Filter(roles=(Role.OPENING,), ids=("own",)), holds=Initiated(by="USA"))
    silent = act("own")
    assert value(may_be, silent) is OPEN
    directly = Every(of=may_be.of, holds=Initiated.model_validate({"by": "USA", "how": "directly"}))
    assert value(directly, silent) is OPEN
    assert value(directly, act("own", answers=[])) is TRUE


COURT = Filter(organs=("court",))


@pytest.mark.parametrize(
    ("organ", "expected"), [("court", TRUE), ("executive", FALSE), (None, OPEN)]
)
def test_an_organ_that_nobody_recorded_is_undetermined_and_not_another_one(
    organ: str | None, expected: Truth
) -> None:
    one = act("own", organ=organ, answers=[])
    assert value(Exists(of=COURT), one) is expected
    assert value(NotExists(of=COURT), one) is negate(expected)
    assert value(No(of=COURT, holds=Initiated(by="USA")), one) is negate(expected)
    by_russia = Every(of=COURT, holds=Initiated(by="RUS"))
    assert value(by_russia, one) is {TRUE: FALSE, FALSE: OPEN, OPEN: OPEN}[expected]
    by_us = Every(of=COURT, holds=Initiated(by="USA"))
    assert value(by_us, one) is {TRUE: TRUE, FALSE: OPEN, OPEN: OPEN}[expected]
    none = Compare(left=Count(of=COURT), how=Comparison.EQUAL, right=Number(value=0))
    assert value(none, one) is negate(expected)


def test_a_trigger_of_an_unknown_organ_leaves_an_answer_to_an_organ_open() -> None:
    whose = {"what": {"organs": ["court"]}}
    assert answers(act("theirs", "RUS", "USA"), OWN, **whose) is OPEN
    assert answers(act("theirs", "RUS", "USA", organ="court"), OWN, **whose) is TRUE
    assert answers(act("theirs", "RUS", "USA", organ="private"), OWN, **whose) is FALSE


def test_counts_and_sums_over_nothing_are_zero() -> None:
    nothing = Filter(actors=("POL",))
    for term in (Count(of=nothing), Sum(of=nothing, units=("persons",))):
        zero = Compare(left=term, how=Comparison.EQUAL, right=Number(value=0))
        assert value(zero, OWN, THEIRS) is TRUE


def test_a_count_counts_an_act_once_and_details_not_at_all() -> None:
    records = (
        act("whole", quantity=5, answers=[]),
        act("part", quantity=2, part_of="whole", answers=[]),
        act("again", quantity=5, same_as=["whole"], answers=[]),
    )
    one = Compare(left=Count(of=OURS), how=Comparison.EQUAL, right=Number(value=1))
    assert value(one, *records) is TRUE


def test_times_k_multiplies_the_right() -> None:
    theirs, ours = (Sum(of=Filter(actors=(side,)), units=("persons",)) for side in ("RUS", "USA"))
    records = (THEIRS, act("own", quantity=10, answers=["theirs"]))
    for k, expected in (("2", TRUE), ("5/2", FALSE), ("3/2", TRUE)):
        twice = Compare(left=ours, how=Comparison.AT_LEAST, times=Fraction(k), right=theirs)
        assert value(twice, *records) is expected


def test_an_unknown_number_leaves_open_only_what_it_must() -> None:
    ours = Sum(of=OURS, units=("persons",))
    records = (THEIRS, act("own", quantity=">=4", answers=["theirs"]))
    for bound, expected in ((3, TRUE), (4, OPEN)):
        test = Compare(left=ours, how=Comparison.MORE, right=Number(value=bound))
        assert value(test, *records) is expected


def test_solely_jointly_and_directly() -> None:
    joint = act("joint", ("USA", "RUS"), "POL", answers=[])
    for how, by_usa in (("solely", FALSE), ("jointly", TRUE), ("directly", TRUE)):
        said_so = Initiated.model_validate({"by": "USA", "how": how})
        test = Every(of=Filter(ids=("joint",)), holds=said_so)
        assert value(test, joint) is by_usa
    assert value(Every(of=OURS, holds=Initiated(by="RUS")), OWN, THEIRS) is TRUE


def test_what_is_answered_is_an_action_by_another_side_or_a_grievance_that_is_named() -> None:
    assert answers(OWN, THEIRS) is TRUE
    assert answers(OWN, THEIRS, what=Filter(ids=("theirs",))) is TRUE
    assert answers(OWN, THEIRS, what=Filter(actors=("POL",))) is FALSE
    aggrieved = act("own", answers=["ext:war@RUS"])
    assert answers(aggrieved) is FALSE
    for named, expected in (("ext:war", TRUE), ("ext:war@RUS", TRUE), ("ext:war@USA", FALSE)):
        assert answers(aggrieved, grievances=(named,)) is expected


def test_only_allows_nothing_else() -> None:
    both = act("own", on="2020-01-05", answers=["theirs", "ext:war@RUS"])
    what = Filter(ids=("theirs",))
    assert answers(both, THEIRS, what=what) is TRUE
    assert answers(both, THEIRS, what=what, only=True) is FALSE
    assert answers(OWN, THEIRS, what=what, only=True) is TRUE
    assert answers(both, THEIRS, what=what, grievances=("ext:war",), only=True) is TRUE


def test_a_silent_action_may_answer_anything_and_only_that() -> None:
    silent = act("own")
    assert answers(silent, what=Filter(ids=("theirs",))) is OPEN
    assert answers(silent, what=Filter(ids=("theirs",)), only=True) is OPEN


def test_of_an_outside_action_only_who_acted_is_known() -> None:
    sanctioned = act("own", answers=["act:sanctions@RUS"])
    for which, expected in (
        (Filter(actors=("RUS",)), TRUE),
        (Filter(actors=("POL",)), FALSE),
        (Filter(actors=("RUS",), kinds=("expulsion",)), OPEN),
        (Filter(ids=("theirs",)), FALSE),
    ):
        assert answers(sanctioned, what=which) is expected


@pytest.mark.parametrize(
    ("manner", "expected"),
    [
        ({"within_days": 4}, TRUE),
        ({"within_days": 3}, FALSE),
        ({"in_kind": True}, TRUE),
        ({"mirrored": True}, TRUE),
    ],
)
def test_an_answer_in_a_manner(manner: dict[str, Any], expected: Truth) -> None:
    is_answered = IsAnswered(by="USA", manner=Manner.model_validate(manner))
    test = Every(of=Filter(actors=("RUS",)), holds=is_answered)
    assert value(test, OWN, THEIRS) is expected
    assert answers(OWN, THEIRS, manner=manner) is expected


def test_days_between_are_counted_by_the_dates_of_the_reading() -> None:
    published = act("own", on="2020-01-05", made_public="2020-02-01", answers=["theirs"])
    test = Every(of=OURS, holds=Answers(manner=Manner(within_days=10)))
    assert value(test, published, THEIRS) is TRUE
    assert value(test, published, THEIRS, date_basis=DateBasis.PUBLIC) is FALSE


def test_another_number_or_unit_is_not_mirrored() -> None:
    six = act("own", on="2020-01-05", quantity=6, answers=["theirs"])
    unknown = act("own", on="2020-01-05", quantity="unknown", answers=["theirs"])
    assert answers(six, THEIRS, manner={"mirrored": True}) is FALSE
    assert answers(six, THEIRS, manner={"in_kind": True}) is TRUE
    assert answers(unknown, THEIRS, manner={"mirrored": True}) is OPEN


def test_within_k_of_what_it_answers_each_and_together() -> None:
    records = (THEIRS, OWN, act("more", on="2020-01-06", quantity=5, answers=["theirs"]))
    assert value(Every(of=OURS, holds=Within()), *records) is TRUE
    together = Budgeted(by="USA", of=OURS, unit="persons")
    assert value(together, *records) is FALSE
    assert value(together.model_copy(update={"k": Fraction(2)}), *records) is TRUE


def test_a_budget_over_what_may_be_selected_is_open() -> None:
    records = (THEIRS, act("more", "USA", "RUS", quantity=9, answers=["theirs", "gone"]))
    openings = Filter(actors=("USA",), roles=(Role.RESPONSE,))
    assert value(Budgeted(by="USA", of=openings, unit="persons"), *records) is OPEN


def test_a_root_is_put_to_a_side_or_is_an_action() -> None:
    assert value(RootOf(action="own", side="RUS"), OWN, THEIRS) is TRUE
    assert value(RootOf(action="own", is_action="theirs"), OWN, THEIRS) is TRUE
    late = parse_date("2020-01-03/..")
    assert value(RootOf(action="own", is_action="own", within=late), OWN, THEIRS) is TRUE
    assert value(RootOf(action="own", side="USA", within=late), OWN, THEIRS) is TRUE


def test_a_grievance_is_a_root_and_whose_it_is_follows_the_policy() -> None:
    aggrieved = act("own", answers=["ext:war@RUS"])
    root = RootOf(action="own", side="RUS")
    assert value(root, aggrieved, policy="actor") is FALSE
    assert value(root, aggrieved, policy="blamed") is TRUE
    assert value(root, aggrieved, policy="external") is FALSE


def test_a_cause_is_looked_for_in_the_account_that_is_named() -> None:
    records = (OWN, THEIRS, said("own", "RUS", "unprovoked"))
    for account, expected in ((None, TRUE), ("USA", TRUE), ("RUS", FALSE)):
        assert (
            value(CauseOf(action="own", includes="theirs", account=account), *records) is expected
        )


@pytest.mark.parametrize(
    ("named", "includes", "expected"),
    [
        (["gone"], "gone", OPEN),
        (["never"], "never", OPEN),
        (["gone"], "theirs", OPEN),
        (["gone", "theirs"], "theirs", TRUE),
        (["gone", "theirs"], "gone", OPEN),
        (["theirs"], "gone", FALSE),
        (["ext:war@RUS", "gone"], "ext:war", TRUE),
    ],
)
def test_a_retracted_or_missing_cause_is_one_of_which_nothing_is_known(
    named: list[str], includes: str, expected: Truth
) -> None:
    further = act("own", on="2020-01-05", answers=named)
    records = (further, THEIRS, act("gone", "RUS", "USA"), Retracted(action="gone", reason="slip"))
    assert value(CauseOf(action="own", includes=includes), *records) is expected
    if includes == "gone" and includes in named:
        meant = Answers(what=Filter(ids=("gone",)))
        assert value(Every(of=OURS, holds=meant), *records) is expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2019-12-30", FALSE),
        ("2019-12", FALSE),
        ("2019-12-31~", OPEN),
        ("2020-01-01", OPEN),
        ("2020-01-02", OPEN),
        ("2019-12-30/..", OPEN),
    ],
)
def test_what_comes_certainly_before_an_action_does_not_answer_it(
    day: str, expected: Truth
) -> None:
    """Nobody recorded what it answers; but it cannot be what had not happened yet."""
    silent = act("own", on=day)
    named = Filter(ids=("own",), answers=("theirs",))
    named_or_gone = Filter(ids=("own",), answers=("theirs", "gone"))
    meant = Answers(what=Filter(ids=("theirs",)))
    mine = Filter(ids=("own",))
    assert value(Exists(of=named), silent, THEIRS) is expected
    assert value(NotExists(of=named), silent, THEIRS) is negate(expected)
    assert value(Exists(of=named_or_gone), silent, THEIRS) is OPEN
    assert value(Every(of=mine, holds=meant), silent, THEIRS) is expected
    assert value(No(of=mine, holds=meant), silent, THEIRS) is negate(expected)
    answered = Every(of=Filter(ids=("theirs",)), holds=IsAnswered(by="USA"))
    assert value(answered, silent, THEIRS) is expected


def test_what_else_an_earlier_action_may_answer_stays_open() -> None:
    silent, later = act("own", on="2019-12-30"), ("theirs",)
    for meant in (
        Answers(),
        Answers(what=Filter(actors=("RUS",))),
        Answers(what=Filter(ids=("theirs", "gone"))),
        Answers(what=Filter(ids=later), grievances=("ext:war",)),
    ):
        assert value(Every(of=OURS, holds=meant), silent, THEIRS) is OPEN
    only = Answers(what=Filter(ids=later), only=True)
    assert value(Every(of=OURS, holds=only), silent, THEIRS) is FALSE


def test_what_the_ledger_does_not_hold_has_no_root_cause_or_kind() -> None:
    for test in (
        RootOf(action="gone", side="USA"),
        CauseOf(action="gone", includes="own"),
        KindOf(action="gone", kind="expulsion"),
    ):
        found = judged(test, OWN, THEIRS)
        assert found.value is OPEN
        assert found.why == ("gone does not count in this ledger",)


def test_all_flags_are_those_that_count_by_the_reading() -> None:
    further = act("own", on="2020-01-05", quantity=9, answers=["theirs"])
    escalating = Exists(of=Filter(actors=("USA",), flags=tuple(EscalationFlag)))
    named = Exists(of=Filter(actors=("USA",), flags=(EscalationFlag.OVER_RESPONSE,)))
    for test, expected in ((escalating, FALSE), (named, TRUE)):
        assert value(test, further, THEIRS, flags=("vertical",)) is expected
    assert value(escalating, further, THEIRS) is TRUE
