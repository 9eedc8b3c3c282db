"""A question has one time as a whole: when it is over the claim is not decided, never guessed."""

from __future__ import annotations

from dataclasses import replace

from domain.claims.crux import cruxes
from domain.claims.filters import Filter
from domain.claims.language import AllOf, Every, Exists
from domain.claims.predicates import Answers
from domain.claims.verdicts import Method, Possible, Question, Verdict, over_mixed
from domain.measures.roles import Role
from domain.reading import GrievancePolicy, Reading
from domain.truth import Truth
from ledger.solvers.engines import engines
from tests.making import DISPUTE, act, make_history, said

LATE = replace(engines(2.0), patience=lambda _: lambda: 0.0)
HISTORY = make_history(
    act("theirs", "RUS", "USA", answers=[]),
    act("own", "USA", "RUS", answers=["theirs"]),
    said("own", "RUS", "unprovoked"),
)
CLAIM = AllOf(tests=(Every(of=Filter(actors=("USA",)), holds=Answers()),))
ASKED = Question(HISTORY, DISPUTE, Reading(), GrievancePolicy.ACTOR, CLAIM)


def test_a_claim_that_takes_too_long_is_not_decided_but_for_what_accounts_show() -> None:
    joining = Exists(of=Filter(roles=(Role.JOINING, Role.UNDETERMINED)))
    found = over_mixed(replace(ASKED, test=AllOf(tests=(joining,))), ("USA", "RUS"), LATE)
    assert found.verdict is Verdict.NOT_DECIDED
    assert found.possible == Possible(is_true=None, is_false=True, is_undetermined=None)
    assert found.why == ("the search was stopped after 2 s",)


def test_accounts_that_contradict_each_other_decide_that_it_is_contested() -> None:
    found = over_mixed(ASKED, ("USA", "RUS"), LATE)
    assert found.verdict is Verdict.CONTESTED
    assert found.possible == Possible(is_true=True, is_false=True, is_undetermined=None)


def test_a_crux_that_takes_too_long_says_so() -> None:
    (found,) = cruxes(ASKED, "USA", ("USA", "RUS"), LATE)
    assert (found.before, found.after, found.ties) == (Truth.TRUE, Truth.FALSE, ())
    assert not found.is_complete
    assert found.why.startswith("the search was stopped after 2 s")


def test_with_time_it_is_decided() -> None:
    found = over_mixed(ASKED, ("USA", "RUS"), engines())
    assert (found.verdict, found.method) == (Verdict.CONTESTED, Method.SOLVER)
    (crux,) = cruxes(ASKED, "USA", ("USA", "RUS"), engines())
    assert [[change.action for change in tie] for tie in crux.ties] == [["own"]]
