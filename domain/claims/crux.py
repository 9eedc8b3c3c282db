"""The crux: the smallest disagreement on which a claim turns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from domain.accounts import Option
from domain.claims.cases import TooManyCasesError
from domain.claims.choices import Choices
from domain.claims.compiling import ClaimFormula
from domain.claims.judging import judge
from domain.claims.mixed import MixedWorlds
from domain.claims.ports import TimedOutError
from domain.claims.sight import Sight
from domain.truth import Truth, negate
from domain.worlds import World, whole_account

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from domain.claims.formula import Literal
    from domain.claims.ports import Left, Model
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
    left = solvers.patience(solvers.seconds)
    choices = Choices(asked.history, asked.dispute, panel, asked.reading, base)
    mixed = MixedWorlds(choices, asked.policy, left)
    engine = solvers.max_sat.name

    def stopped(why: str) -> tuple[Crux, ...]:
        return tuple(
            Crux(base.name, before, after, (), is_complete=False, engine=engine, why=why)
            for after in targets
        )

    try:
        when = ClaimFormula(mixed, solvers.max_flow).of(asked.test)
    except TooManyCasesError as error:
        return stopped(f"it depends on more than can be gone through, at {error}")
    except TimedOutError:
        return stopped(solvers.stopped())
    search = _Search(mixed, base, solvers, left)
    return tuple(
        search.crux(before, after, when.is_true if after is Truth.TRUE else when.is_false)
        for after in targets
    )


@dataclass(frozen=True, slots=True)
class _Search:
    """Looks for the smallest sets of changes, each found by what it costs to reach the target."""

    mixed: MixedWorlds
    base: World
    solvers: Solvers
    left: Left

    def crux(self, before: Truth, after: Truth, target: Literal) -> Crux:
        held = self._held()
        clauses = [*self.mixed.circuit.clauses, (target,)]
        costs = {-literal: 1 for literal in held.values()}
        found = self.solvers.max_sat.cheapest(clauses, costs, TIES_MAX, self.left)
        why = ""
        if found.was_stopped:
            bound = "" if found.models else f": at least {found.cost} must change"
            why = self.solvers.stopped() + bound
        return Crux(
            account=self.base.name,
            before=before,
            after=after,
            ties=tuple(sorted(self._ties(held, found.models), key=_by_action)),
            is_complete=found.is_complete,
            engine=self.solvers.max_sat.name,
            why=why,
        )

    def _ties(
        self, held: Mapping[str, Literal], models: tuple[Model, ...]
    ) -> Iterator[tuple[Change, ...]]:
        for model in models:
            changed = [action for action, literal in held.items() if literal not in model.true]
            if changed:
                yield tuple(self._change(action, model.true) for action in sorted(changed))

    def _held(self) -> Mapping[str, Literal]:
        """Return, for each contested action that matters, the literal of what the base holds."""
        found = {}
        for action, literals in self.mixed.variables().items():
            place = self.mixed.choices.place_of(action, self.base.option(action))
            if place is not None:
                found[action] = literals[place]
        return found

    def _change(self, action: str, true: frozenset[int]) -> Change:
        literals = self.mixed.variables()[action]
        place = next(place for place, literal in enumerate(literals) if literal in true)
        return Change(action, self.base.option(action), self.mixed.choices.options(action)[place])


def _by_action(tie: tuple[Change, ...]) -> tuple[str, ...]:
    return tuple(change.action for change in tie)
