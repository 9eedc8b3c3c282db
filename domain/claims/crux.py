"""The crux: the smallest disagreement on which a claim turns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from domain.accounts import Option
from domain.claims.cases import TooManyCasesError
from domain.claims.choices import Choices
from domain.claims.compact import CONSTANTS, compacted
from domain.claims.compiling import ClaimFormula
from domain.claims.extremal import ranked
from domain.claims.judging import judge
from domain.claims.mixed import MixedWorlds
from domain.claims.ports import TimedOutError
from domain.claims.shortest import breaking
from domain.claims.sight import Sight
from domain.claims.verdicts import Method
from domain.truth import Truth, negate
from domain.worlds import World, whole_account

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from domain.claims.compact import Compact
    from domain.claims.formula import Literal, Open
    from domain.claims.ports import Left, Model
    from domain.claims.shortest import Breaking
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
    paths = _by_paths(asked, choices, base, solvers)
    formula = _Formula(asked, choices, base, solvers, solvers.patience(solvers.seconds))
    return tuple(
        _broken(base, before, choices, *paths)
        if paths is not None and after is Truth.FALSE
        else formula.crux(before, after)
        for after in targets
    )


def _by_paths(
    asked: Question, choices: Choices, base: World, solvers: Solvers
) -> tuple[Compact, Breaking] | None:
    """Return what breaks a claim about every action, or None where that is no shortest path."""
    claim = ranked(choices, asked.test, Sight(base, asked.policy, solvers.max_flow))
    if claim is None or claim.none:
        return None
    compact = compacted(choices, asked.policy, claim.asked, claim.selected)
    if compact is None:
        return None
    held = [choices.place_of(name, base.option(name)) or 0 for name in compact.names]
    numbers = {name: number for number, name in enumerate(compact.names, start=CONSTANTS)}
    return compact, breaking(compact, held, [numbers[name] for name in claim.selected], TIES_MAX)


def _broken(
    base: World, before: Truth, choices: Choices, compact: Compact, found: Breaking
) -> Crux:
    def change(action: int, option: int) -> Change:
        name = compact.names[action]
        return Change(name, base.option(name), choices.options(name)[option])

    ties = (tuple(sorted((change(*one) for one in changes), key=lambda one: one.action)) for changes in found.ties)
    return Crux(
        account=base.name,
        before=before,
        after=Truth.FALSE,
        ties=tuple(sorted(ties, key=_by_action)),
        is_complete=found.is_complete,
        method=Method.SHORTEST_PATH,
    )


class _Formula:
    """Looks for the smallest sets of changes, each by what it costs to reach the target.

    The formula is made when it is first needed.
    """

    def __init__(
        self, asked: Question, choices: Choices, base: World, solvers: Solvers, left: Left
    ) -> None:
        self.mixed = MixedWorlds(choices, asked.policy, left)
        self.base = base
        self.solvers = solvers
        self.left = left
        self._test = asked.test
        self._when: Open | None = None

    def crux(self, before: Truth, after: Truth) -> Crux:
        """Return the crux that gives the claim a value, or what kept it from being found."""
        try:
            if self._when is None:
                self._when = ClaimFormula(self.mixed, self.solvers.max_flow).of(self._test)
        except TooManyCasesError as error:
            why = f"it depends on more than can be gone through, at {error}"
            return self._crux(before, after, (), why=why)
        except TimedOutError:
            return self._crux(before, after, (), why=self.solvers.stopped())
        return self._searched(
            before, after, self._when.is_true if after is Truth.TRUE else self._when.is_false
        )

    def _searched(self, before: Truth, after: Truth, target: Literal) -> Crux:
        held = self._held()
        clauses = [*self.mixed.circuit.clauses, (target,)]
        costs = {-literal: 1 for literal in held.values()}
        found = self.solvers.max_sat.cheapest(clauses, costs, TIES_MAX, self.left)
        why = "" if found.is_complete or not found.was_stopped else self.solvers.stopped()
        if why and not found.models:
            why += f": at least {found.cost} must change"
        ties = tuple(sorted(self._ties(held, found.models), key=_by_action))
        return self._crux(before, after, ties, is_complete=found.is_complete, why=why)

    def _crux(
        self,
        before: Truth,
        after: Truth,
        ties: tuple[tuple[Change, ...], ...],
        *,
        is_complete: bool = False,
        why: str = "",
    ) -> Crux:
        return Crux(
            account=self.base.name,
            before=before,
            after=after,
            ties=ties,
            is_complete=is_complete,
            method=Method.MAXSAT,
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
