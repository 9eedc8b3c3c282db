"""Compiling: a test over all mixed worlds, as the literals that say when it is true, when false."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from domain.claims.budgets import budget_over_worlds
from domain.claims.cases import TooManyCasesError
from domain.claims.formula import SETTLED, Circuit, Open, all_open, any_open
from domain.claims.holding import holds, is_answer, possible_answers
from domain.claims.judging import judge
from domain.claims.language import (
    AllOf,
    AnyOf,
    Budgeted,
    Compare,
    Every,
    Exists,
    If,
    No,
    Not,
    NotExists,
    RootOf,
)
from domain.claims.linear import linear_comparison
from domain.claims.predicates import Initiated, IsAnswered
from domain.claims.selecting import candidates, depends
from domain.claims.sight import Sight
from domain.reading import InitiatorReading
from domain.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.claims.filters import Filter
    from domain.claims.language import Test
    from domain.claims.mixed import MixedWorlds
    from domain.claims.predicates import Predicate
    from domain.dossiers import Dossier
    from domain.measures.ports import MaxFlow
    from domain.worlds import World

__all__ = ["ClaimFormula", "TooManyCasesError"]

BUDGETS_MAX: Final = 16
"""A budget of more joint choices than this is not gone through one by one: each takes two flows."""


class ClaimFormula:
    """Turns tests into literals of the circuit of mixed worlds.

    Raises TooManyCasesError where a part of a test depends on more choices than can be gone
    through.
    """

    def __init__(self, mixed: MixedWorlds, max_flow: Callable[[], MaxFlow]) -> None:
        self.mixed = mixed
        self._max_flow = max_flow

    @property
    def circuit(self) -> Circuit:
        """The circuit that the literals belong to."""
        return self.mixed.circuit

    def sight(self, world: World) -> Sight:
        """Return a world as a claim looks at it."""
        return Sight(world, self.mixed.policy, self._max_flow)

    def of(self, test: Test) -> Open:
        """Return when a test is true, and when false.

        Rule: docs/semantics.md#mixed-worlds
        """
        form = COMPILING.get(type(test))
        if form is None:
            return self.mixed.over(lambda world: judge(self.sight(world), test).value)
        return form(self, test)

    def selection(self, which: Filter) -> tuple[tuple[str, Open], ...]:
        """Return the candidates of a filter, each with when it is selected."""
        found = candidates(self.unchosen(), which)
        return tuple((held.id, self.selected(which, held)) for held in found)

    def selected(self, which: Filter, candidate: Dossier) -> Open:
        """Return when a candidate of a filter is selected."""
        if not which.depends_on_the_world:
            return SETTLED[Truth.TRUE]
        return self.mixed.over(lambda world: depends(self.sight(world), which, candidate))

    def holding(self, action: str, predicate: Predicate) -> Open:
        """Return when a predicate holds of an action."""
        if isinstance(predicate, Initiated):
            return self._initiated(action, predicate)
        if isinstance(predicate, IsAnswered):
            return self._is_answered(action, predicate)
        return self.mixed.over(lambda world: holds(self.sight(world), action, predicate))

    def unchosen(self) -> Sight:
        """Return a world of no choices, for what is the same in every world."""
        return self.sight(self.mixed.choices.world({}))

    def _is_answered(self, action: str, said: IsAnswered) -> Open:
        def when(response: str) -> Open:
            return self.mixed.over(
                lambda world: is_answer(self.sight(world), action, response, said)
            )

        responses = possible_answers(self.unchosen(), action, said)
        return any_open(self.circuit, [when(response) for response in responses])

    def _initiated(self, action: str, said: Initiated) -> Open:
        how = said.how or self.mixed.choices.reading.initiator
        if how is InitiatorReading.SOLELY:
            return self.mixed.solely(action, said.by)
        if how is InitiatorReading.JOINTLY:
            return self.mixed.jointly(action, said.by)
        return self.mixed.over(lambda world: holds(self.sight(world), action, said))


def _every(formula: ClaimFormula, test: Every) -> Open:
    """An *every* is not true where nothing is certainly selected."""
    chosen = formula.selection(test.of)
    circuit = formula.circuit
    parts = [
        any_open(circuit, [is_in.negated(), formula.holding(name, test.holds)])
        for name, is_in in chosen
    ]
    whole = all_open(circuit, parts)
    is_about_some = circuit.any_of(is_in.is_true for _, is_in in chosen)
    return Open(circuit.all_of((whole.is_true, is_about_some)), whole.is_false)


def _no(formula: ClaimFormula, test: No) -> Open:
    return any_open(
        formula.circuit,
        [
            all_open(formula.circuit, [is_in, formula.holding(name, test.holds)])
            for name, is_in in formula.selection(test.of)
        ],
    ).negated()


def _exists(formula: ClaimFormula, test: Exists | NotExists) -> Open:
    return any_open(formula.circuit, [is_in for _, is_in in formula.selection(test.of)])


def _not_exists(formula: ClaimFormula, test: NotExists) -> Open:
    return _exists(formula, test).negated()


def _compare(formula: ClaimFormula, test: Compare) -> Open:
    return linear_comparison(formula, test) or SETTLED[Truth.UNDETERMINED]


def _budgeted(formula: ClaimFormula, test: Budgeted) -> Open:
    """Few joint choices are gone through one by one, which takes no further solver."""
    few = min(BUDGETS_MAX, formula.mixed.joint_max)
    try:
        return formula.mixed.over(lambda world: judge(formula.sight(world), test).value, most=few)
    except TooManyCasesError:
        return budget_over_worlds(formula, test)


def _root_of(formula: ClaimFormula, test: RootOf) -> Open:
    counts = formula.mixed.choices.history.standing(test.action) is not None
    if counts and test.side is not None and test.within is None:
        return formula.mixed.solely(test.action, test.side)
    return formula.mixed.over(lambda world: judge(formula.sight(world), test).value)


def _all_of(formula: ClaimFormula, test: AllOf) -> Open:
    return all_open(formula.circuit, [formula.of(part) for part in test.tests])


def _any_of(formula: ClaimFormula, test: AnyOf) -> Open:
    return any_open(formula.circuit, [formula.of(part) for part in test.tests])


def _not(formula: ClaimFormula, test: Not) -> Open:
    return formula.of(test.test).negated()


def _if(formula: ClaimFormula, test: If) -> Open:
    return any_open(formula.circuit, [formula.of(test.condition).negated(), formula.of(test.then)])


COMPILING: Final[dict[type, Callable[[ClaimFormula, Any], Open]]] = {
    Every: _every,
    No: _no,
    Exists: _exists,
    NotExists: _not_exists,
    Compare: _compare,
    Budgeted: _budgeted,
    RootOf: _root_of,
    AllOf: _all_of,
    AnyOf: _any_of,
    Not: _not,
    If: _if,
}
