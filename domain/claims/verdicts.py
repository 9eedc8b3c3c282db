"""Verdicts: what a test comes to in one account, and over all mixed worlds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.claims.cases import TooManyCasesError
from domain.claims.choices import Choices
from domain.claims.compiling import ClaimFormula
from domain.claims.extremal import possible_values, ranked
from domain.claims.judging import Judged, judge
from domain.claims.language import Budgeted, NotTestable
from domain.claims.mixed import CASES_MAX, MixedWorlds
from domain.claims.ports import TimedOutError, no_clock
from domain.claims.sight import Sight
from domain.claims.sorting import difference
from domain.truth import Truth
from domain.worlds import whole_account

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.claims.language import Test
    from domain.claims.ports import Constraints, Left, MaxSat, Patience, Sat
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
    SHORTEST_PATH = "shortest path"
    SORT = "sorted by gain"
    SOLVER = "solver"
    MAXSAT = "MaxSAT"
    CONSTRAINTS = "constraints"
    FLOW = "maximum flow"
    DECLARED = "declared"


@dataclass(frozen=True, slots=True)
class Solvers:
    """The engines behind the ports, and how long each question may take as a whole.

    More joint choices than `joint_max` are left to the engine of constraints.
    """

    sat: Sat
    max_sat: MaxSat
    max_flow: Callable[[], MaxFlow]
    constraints: Constraints
    seconds: float = 10.0
    patience: Patience = no_clock
    joint_max: int = CASES_MAX

    def stopped(self) -> str:
        """Say that time was over."""
        return f"the search was stopped after {self.seconds:g} s"


@dataclass(frozen=True, slots=True)
class Possible:
    """Which values a test takes in some world; None where the search was stopped."""

    is_true: bool | None
    is_false: bool | None
    is_undetermined: bool | None

    def values(self) -> tuple[bool | None, bool | None, bool | None]:
        """Return the three, in order."""
        return (self.is_true, self.is_false, self.is_undetermined)

    def verdict(self) -> Verdict:
        """Return what follows.

        Rule: docs/semantics.md#verdicts
        """
        if self.is_true and self.is_false:
            return Verdict.CONTESTED
        if None in self.values():
            return Verdict.NOT_DECIDED
        if self.is_undetermined:
            return Verdict.UNSUPPORTED
        return Verdict.SUPPORTED if self.is_true else Verdict.REFUTED


UNKNOWN = Possible(None, None, None)


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
    world = whole_account(asked.history, asked.dispute, account, asked.reading)
    return in_sight(Sight(world, asked.policy, solvers.max_flow), asked.test)


def in_sight(sight: Sight, test: Test) -> Finding:
    """Say what a test comes to in one account's world, with what was measured there before."""
    if isinstance(test, NotTestable):
        return Finding(Verdict.NOT_TESTABLE, Method.DECLARED, why=(test.reason,))
    judged = judge(sight, test)
    method = Method.FLOW if isinstance(test, Budgeted) else Method.TRAVERSAL
    return Finding(OF_TRUTH[judged.value], method, judged, why=judged.why)


def over_mixed(asked: Question, panel: tuple[str, ...], solvers: Solvers) -> Finding:
    """Say what a test comes to over all worlds that take each cause from any teller of the panel.

    Rule: docs/semantics.md#mixed-worlds
    """
    if isinstance(asked.test, NotTestable):
        return Finding(Verdict.NOT_TESTABLE, Method.DECLARED, why=(asked.test.reason,))
    choices = Choices(asked.history, asked.dispute, panel, asked.reading)
    values = _by_extremal_worlds(asked, choices, solvers)
    if values is not None:
        possible = Possible(*(truth in values for truth in Truth))
        return Finding(possible.verdict(), Method.EXTREMAL, possible=possible)
    return _by_gain(asked, choices, solvers) or by_solver(asked, choices, solvers)


def _by_gain(asked: Question, choices: Choices, solvers: Solvers) -> Finding | None:
    left = solvers.patience(solvers.seconds)
    formula = formula_of(asked, choices, solvers, left)
    try:
        found = difference(formula, asked.test)
    except (TooManyCasesError, TimedOutError):
        return None
    if found is None:
        return None
    possible = Possible(*(found.can_be(truth) for truth in Truth))
    method = Method.SORT if found.by_option else Method.EXTREMAL
    return Finding(possible.verdict(), method, possible=possible)


def _by_extremal_worlds(
    asked: Question, choices: Choices, solvers: Solvers
) -> frozenset[Truth] | None:
    sight = Sight(choices.world({}), asked.policy, solvers.max_flow)
    claim = ranked(choices, asked.test, sight)
    return None if claim is None else possible_values(choices, asked.policy, claim)


def formula_of(asked: Question, choices: Choices, solvers: Solvers, left: Left) -> ClaimFormula:
    """Return the formula in which tests become literals."""
    mixed = MixedWorlds(choices, asked.policy, left, solvers.joint_max)
    return ClaimFormula(mixed, solvers.max_flow)


def by_solver(asked: Question, choices: Choices, solvers: Solvers) -> Finding:
    """Say what a test comes to over mixed worlds by a formula: whatever it claims.

    Where the formula has sums of whole numbers it takes an engine that can reckon.

    Rule: docs/semantics.md#mixed-worlds
    """
    left = solvers.patience(solvers.seconds)
    formula = formula_of(asked, choices, solvers, left)
    possible, why = UNKNOWN, ""
    try:
        when = formula.of(asked.test)
    except TooManyCasesError as error:
        why = error.why
    except TimedOutError:
        why = solvers.stopped()
    else:
        assumed = ((when.is_true,), (when.is_false,), (-when.is_true, -when.is_false))
        circuit = formula.circuit
        if circuit.sums:
            values = solvers.constraints.each(circuit.program(), assumed, left)
        else:
            values = solvers.sat.each(circuit.clauses, assumed, left)
        possible = Possible(*values)
        why = solvers.stopped() if None in values else ""
    if why:
        possible = _with_accounts(asked, choices, solvers, possible)
    reckons = bool(formula.circuit.sums)
    return Finding(
        possible.verdict(),
        Method.CONSTRAINTS if reckons else Method.SOLVER,
        possible=possible,
        engine=solvers.constraints.name if reckons else solvers.sat.name,
        why=(why,) if why else (),
    )


def _with_accounts(
    asked: Question, choices: Choices, solvers: Solvers, possible: Possible
) -> Possible:
    """Add to what a search came to before it was given up what whole accounts show.

    An account whose every option is one of mixed worlds is such a world.
    """
    shown = set()
    for account in choices.panel:
        world = whole_account(asked.history, asked.dispute, account, asked.reading)
        held = asked.history.dossiers.items()
        standing = [name for name, dossier in held if dossier.stands]
        if all(choices.place_of(name, world.option(name)) is not None for name in standing):
            shown.add(judge(Sight(world, asked.policy, solvers.max_flow), asked.test).value)
    values = zip(Truth, possible.values(), strict=True)
    return Possible(*(True if truth in shown else value for truth, value in values))
