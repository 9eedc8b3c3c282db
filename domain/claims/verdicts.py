"""Verdicts: what a test comes to in one account, and over all mixed worlds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.claims.cases import TooManyCasesError
from domain.claims.choices import Choices
from domain.claims.compiling import ClaimFormula
from domain.claims.judging import Judged, judge
from domain.claims.language import NotTestable
from domain.claims.mixed import MixedWorlds
from domain.claims.ports import TimedOutError
from domain.claims.sight import Sight
from domain.truth import Truth
from domain.worlds import whole_account

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.claims.language import Test
    from domain.claims.ports import MaxSat, Sat
    from domain.history import History
    from domain.measures.ports import MaxFlow
    from domain.reading import GrievancePolicy, Reading

MIXED = "mixed"


class Verdict(StrEnum):
    """What becomes of a claim under a reading."""

    SUPPORTED = "supported"
    REFUTED = "refuted"
    CONTESTED = "contested"
    UNSUPPORTED = "unsupported"
    NOT_TESTABLE = "not testable"
    NOT_DECIDED = "not decided"


class Method(StrEnum):
    """How a verdict was reached."""

    TRAVERSAL = "traversal of one account"
    EXTREMAL = "extremal worlds"
    SOLVER = "solver"
    DECLARED = "declared"


@dataclass(frozen=True, slots=True)
class Solvers:
    """The engines behind the ports, and how long each question may take."""

    sat: Sat
    max_sat: MaxSat
    max_flow: Callable[[], MaxFlow]
    seconds: float = 10.0


@dataclass(frozen=True, slots=True)
class Possible:
    """Which values a test takes in some world; None where the search was stopped."""

    is_true: bool | None
    is_false: bool | None
    is_undetermined: bool | None

    def verdict(self) -> Verdict:
        """Return what follows.

        Rule: docs/semantics.md#verdicts
        """
        if self.is_true and self.is_false:
            return Verdict.CONTESTED
        if None in {self.is_true, self.is_false, self.is_undetermined}:
            return Verdict.NOT_DECIDED
        if self.is_undetermined:
            return Verdict.UNSUPPORTED
        return Verdict.SUPPORTED if self.is_true else Verdict.REFUTED


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict, how it was reached, and what it rests on.

    `judged` is what one account comes to; `possible` what mixed worlds come to. `why` says what
    nobody recorded, what cannot be tested, or what stopped the search.
    """

    verdict: Verdict
    method: Method
    judged: Judged | None = None
    possible: Possible | None = None
    engine: str = ""
    why: tuple[str, ...] = ()


OF_TRUTH = {
    Truth.TRUE: Verdict.SUPPORTED,
    Truth.FALSE: Verdict.REFUTED,
    Truth.UNDETERMINED: Verdict.UNSUPPORTED,
}


@dataclass(frozen=True, slots=True)
class Question:
    """A test put to a dispute under a reading and one grievance policy."""

    history: History
    dispute: str
    reading: Reading
    policy: GrievancePolicy
    test: Test


def in_account(asked: Question, account: str, solvers: Solvers) -> Finding:
    """Say what a test comes to with one teller believed throughout.

    Rule: docs/semantics.md#verdicts
    """
    if isinstance(asked.test, NotTestable):
        return Finding(Verdict.NOT_TESTABLE, Method.DECLARED, why=(asked.test.reason,))
    world = whole_account(asked.history, asked.dispute, account, asked.reading)
    judged = judge(Sight(world, asked.policy, solvers.max_flow), asked.test)
    return Finding(OF_TRUTH[judged.value], Method.TRAVERSAL, judged, why=judged.why)


def over_mixed(asked: Question, panel: tuple[str, ...], solvers: Solvers) -> Finding:
    """Say what a test comes to over all worlds that take each cause from any teller of the panel.

    Rule: docs/semantics.md#mixed-worlds
    """
    if isinstance(asked.test, NotTestable):
        return Finding(Verdict.NOT_TESTABLE, Method.DECLARED, why=(asked.test.reason,))
    choices = Choices(asked.history, asked.dispute, panel, asked.reading)
    formula = ClaimFormula(MixedWorlds(choices, asked.policy), solvers.max_flow)
    try:
        when = formula.of(asked.test)
    except TooManyCasesError as error:
        return Finding(
            Verdict.NOT_DECIDED,
            Method.SOLVER,
            possible=Possible(None, None, None),
            engine=solvers.sat.name,
            why=(f"it depends on more than can be gone through, at {error}",),
        )
    clauses = formula.circuit.clauses

    def can_be(assumed: tuple[int, ...]) -> bool | None:
        try:
            return solvers.sat.solve(clauses, assumed, solvers.seconds) is not None
        except TimedOutError:
            return None

    possible = Possible(
        can_be((when.is_true,)),
        can_be((when.is_false,)),
        can_be((-when.is_true, -when.is_false)),
    )
    stopped = None in {possible.is_true, possible.is_false, possible.is_undetermined}
    why = (f"the search was stopped after {solvers.seconds:g} s",) if stopped else ()
    return Finding(
        possible.verdict(), Method.SOLVER, possible=possible, engine=solvers.sat.name, why=why
    )
