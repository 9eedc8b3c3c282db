"""The crux: the smallest disagreement on which a claim turns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from domain.accounts import Option
from domain.claims.cases import TooManyCasesError
from domain.claims.choices import Choices
from domain.claims.compiling import ClaimFormula
from domain.claims.judging import judge
from domain.claims.mixed import MixedWorlds
from domain.claims.ports import TimedOutError
from domain.claims.sight import Sight
from domain.claims.sorting import difference
from domain.claims.turning import Turned, turning
from domain.claims.verdicts import Method
from domain.truth import Truth, negate
from domain.worlds import World, whole_account

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.claims.formula import Literal, Open
    from domain.claims.turning import Tie
    from domain.claims.verdicts import Question, Solvers

TIES_MAX: Final = 24
"""More crux sets of the same size than this are counted as "and more"."""


@dataclass(frozen=True, slots=True)
class Change:
    """One action whose option changes: what the base account holds, and what else is recorded."""

    action: str
    held: Option
    instead: Option


@dataclass(frozen=True, slots=True)
class Crux:
    """From the world of one account, the smallest sets of changes that give the claim a value.

    `ties` are all smallest sets; their size is the robustness. None of them: no recorded
    disagreement decides it. `is_complete` is false where there are more ties than are listed, or
    the search was stopped (`why` then says so).
    """

    account: str
    before: Truth
    after: Truth
    ties: tuple[tuple[Change, ...], ...]
    is_complete: bool = True
    method: Method = Method.MAXSAT
    engine: str = ""
    why: str = ""

    @property
    def robustness(self) -> int | None:
        """How many recorded disagreements must be decided otherwise; None: no number of them."""
        return len(self.ties[0]) if self.ties else None


def cruxes(
    asked: Question, account: str, panel: tuple[str, ...], solvers: Solvers
) -> tuple[Crux, ...]:
    """Return what turns a claim in an account: to the opposite, or from undetermined to either.

    Rule: docs/semantics.md#crux
    """
    base = whole_account(asked.history, asked.dispute, account, asked.reading)
    before = judge(Sight(base, asked.policy, solvers.max_flow), asked.test).value
    targets = (negate(before),) if before is not Truth.UNDETERMINED else (Truth.TRUE, Truth.FALSE)
    choices = Choices(asked.history, asked.dispute, panel, asked.reading, base)
    search = _Search(asked, choices, base, solvers)
    return tuple(search.crux(before, after) for after in targets)


class _Search:
    """Looks for the smallest sets of changes: by ranks where that is enough, else by a formula.

    The formula is made when it is first needed.
    """

    def __init__(self, asked: Question, choices: Choices, base: World, solvers: Solvers) -> None:
        self.asked = asked
        self.choices = choices
        self.base = base
        self.solvers = solvers
        self.left = solvers.patience(solvers.seconds)
        self.turning = turning(asked, choices, base, solvers)
        self.mixed = MixedWorlds(choices, asked.policy, self.left, solvers.joint_max)
        self._when: Open | None = None

    def crux(self, before: Truth, after: Truth) -> Crux:
        """Return the crux that gives the claim a value, or what kept it from being found."""
        turned, why = None, ""
        if self.turning is not None:
            turned = self.turning.to(after, TIES_MAX, self.left)
        if turned is None:
            try:
                turned = self._by_formula(after)
            except TooManyCasesError as error:
                turned = Turned(self._method(), (), is_complete=False)
                why = error.why
            except TimedOutError:
                turned = Turned(self._method(), (), is_complete=False, was_stopped=True)
        if turned.was_stopped:
            why = self.solvers.stopped()
            why += "" if turned.ties else f": at least {max(1, turned.at_least)} must change"
        engines = {
            Method.MAXSAT: self.solvers.max_sat.name,
            Method.CONSTRAINTS: self.solvers.constraints.name,
        }
        return Crux(
            account=self.base.name,
            before=before,
            after=after,
            ties=tuple(self._changes(tie) for tie in sorted(turned.ties)),
            is_complete=turned.is_complete,
            method=turned.method,
            engine=engines.get(turned.method, ""),
            why=why,
        )

    def _changes(self, tie: Tie) -> tuple[Change, ...]:
        return tuple(
            Change(name, self.base.option(name), self.choices.options(name)[place])
            for name, place in tie
        )

    def _by_gain(self, formula: ClaimFormula, after: Truth) -> Turned | None:
        found = difference(formula, self.asked.test)
        if found is None:
            return None
        held = {name: self._place(name) for name in found.by_option}
        smallest = found.smallest(after, held, TIES_MAX)
        ties = tuple(tuple(sorted(tie)) for tie in smallest.ties if tie)
        return Turned(Method.SORT, ties, smallest.steps or 0, smallest.is_complete)

    def _place(self, action: str) -> int:
        """Return the number of the option that the base holds; the base's are among all."""
        return self.choices.place_of(action, self.base.option(action)) or 0

    def _method(self) -> Method:
        return Method.CONSTRAINTS if self.mixed.circuit.sums else Method.MAXSAT

    def _by_formula(self, after: Truth) -> Turned:
        formula = ClaimFormula(self.mixed, self.solvers.max_flow)
        turned = self._by_gain(formula, after)
        if turned is not None:
            return turned
        if self._when is None:
            self._when = formula.of(self.asked.test)
        target = self._when.is_true if after is Truth.TRUE else self._when.is_false
        held = self._held()
        circuit = self.mixed.circuit
        clauses = [*circuit.clauses, (target,)]
        costs = {-literal: 1 for literal in held.values()}
        if circuit.sums:
            program = replace(circuit.program(), clauses=clauses)
            found = self.solvers.constraints.cheapest(program, costs, TIES_MAX, self.left)
        else:
            found = self.solvers.max_sat.cheapest(clauses, costs, TIES_MAX, self.left)
        ties = (self._tie(held, model.true) for model in found.models)
        return Turned(
            self._method(),
            tuple(tie for tie in ties if tie),
            found.cost,
            found.is_complete,
            found.was_stopped,
        )

    def _held(self) -> Mapping[str, Literal]:
        """Return, for each contested action that matters, the literal of what the base holds."""
        contested = self.mixed.variables().items()
        return {action: literals[self._place(action)] for action, literals in contested}

    def _tie(self, held: Mapping[str, Literal], true: frozenset[int]) -> Tie:
        variables = self.mixed.variables()
        return tuple(
            (name, next(place for place, one in enumerate(variables[name]) if one in true))
            for name in sorted(held)
            if held[name] not in true
        )
