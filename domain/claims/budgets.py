"""Budgets over mixed worlds: whether all is justified in some world, and whether in some it is not.

That a flow justifies all responses says that there is a flow. That none does says, by the theorem
of maximum flow and minimum cut, that there is a set of responses that need more than k times all
that they cite (L. R. Ford and D. R. Fulkerson, Maximal flow through a network, Canad. J. Math. 8,
1956). Both are existential, so one search chooses the world and the flow, or the world and the set.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from domain.claims.amounts import (
    NOTHING,
    Sum,
    Term,
    at_their_least,
    gated,
    most_in,
    times,
)
from domain.claims.formula import FALSE, TRUE, Circuit, Literal, Open
from domain.claims.selecting import candidates
from domain.measures.budget import response_of
from domain.measures.budget_network import Bound
from domain.measures.packages import Counted, wholes
from domain.measures.proportion import proportion
from domain.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from domain.claims.compiling import ClaimFormula
    from domain.claims.language import Budgeted
    from domain.measures.budget_network import Response
    from domain.worlds import World


def budget_over_worlds(formula: ClaimFormula, test: Budgeted) -> Open:
    """Return when all selected responses by a side are within budget, and when not.

    Those that are certainly selected decide that it fails, all that may be that it holds.

    Raises TooManyCasesError, TimedOutError.

    Rule: docs/semantics.md#mixed-worlds
    """
    sight = formula.unchosen()
    mine = [one for one in candidates(sight, test.of) if test.by in sight.world.acting(one.id)]
    answers = _answers(formula, test, sorted(one.id for one in mine))
    selection = {one.id: formula.selected(test.of, one) for one in mine if one.id in answers}
    certain = {name: selection[name].is_true for name in answers}
    chosen = {name: -selection[name].is_false for name in answers}
    least = _Budget(formula, test, answers, certain).open()
    if certain == chosen:
        return least
    most = _Budget(formula, test, answers, chosen).open()
    return Open(formula.circuit.all_of((least.is_true, most.is_true)), least.is_false)


@dataclass(frozen=True, slots=True)
class _Answer:
    """An action in all worlds: when it answers, cites which trigger, may have further ones.

    As a part of a package that answers too it stands alone: when it is then within k, and when not.
    """

    act: Counted
    responds: Literal
    cites: Mapping[Counted, Literal]
    is_open: Literal
    alone: Open


def _answers(formula: ClaimFormula, test: Budgeted, names: Sequence[str]) -> dict[str, _Answer]:
    """Go through what may answer in the unit, case by case of its own choices."""
    found = {}
    for name in names:
        one = _answer(formula, test, name)
        if one is not None:
            found[name] = one
    return found


def _answer(formula: ClaimFormula, test: Budgeted, name: str) -> _Answer | None:
    def function(world: World) -> tuple[Response, Truth] | None:
        held = response_of(world, test.unit, name)
        if held is None:
            return None
        within = proportion(world, name).within(test.k) if held.act.part_of else None
        return (held, Truth.TRUE if within is None else within)

    cases = [
        (formula.mixed.case(one), *one.value)
        for one in formula.mixed.cases(function)
        if one.value is not None
    ]
    if not cases:
        return None
    circuit = formula.circuit
    triggers = dict.fromkeys(act for _, held, _ in cases for act in held.triggers)
    return _Answer(
        act=cases[0][1].act,
        responds=circuit.any_of(at_hand for at_hand, _, _ in cases),
        cites={
            act: circuit.any_of(at_hand for at_hand, held, _ in cases if act in held.triggers)
            for act in triggers
        },
        is_open=circuit.any_of(at_hand for at_hand, held, _ in cases if held.is_open),
        alone=Open(
            *(
                circuit.any_of(at_hand for at_hand, _, within in cases if within is truth)
                for truth in (Truth.TRUE, Truth.FALSE)
            )
        ),
    )


class _Budget:
    """The budget of some answers, each counted where a literal of `among` holds."""

    def __init__(
        self,
        formula: ClaimFormula,
        test: Budgeted,
        answers: Mapping[str, _Answer],
        among: Mapping[str, Literal],
    ) -> None:
        self.circuit = formula.circuit
        self.k = test.k
        self.answers = answers
        choices = formula.mixed.choices
        acts = [one.act for one in answers.values()]
        self.packages = wholes(choices.history, acts, choices.reading)
        triggers = dict.fromkeys(act for one in answers.values() for act in one.cites)
        self.triggers = wholes(choices.history, triggers, choices.reading)
        all_of = self.circuit.all_of
        self.present = {name: all_of((answers[name].responds, among[name])) for name in answers}
        self.detail = {name: all_of((self.present[name], self._is_part(name))) for name in answers}
        self.shared = {name: all_of((self.present[name], -self.detail[name])) for name in answers}

    def _is_part(self, name: str) -> Literal:
        """When a package that holds an answer is there as an answer itself."""
        around = []
        step = self.packages[name].package
        while step is not None:
            around.append(self.present.get(step, FALSE))
            step = self.packages[step].package
        return self.circuit.any_of(around)

    def open(self) -> Open:
        """Return when all are within budget, and when some are not."""
        circuit = self.circuit
        alone = {name: self.answers[name].alone for name in self.answers}
        parts = [(self.detail[name], alone[name]) for name in self.answers]
        fits, fails = self._together()
        return Open(
            circuit.all_of(
                (fits, *(circuit.any_of((-is_part, held.is_true)) for is_part, held in parts))
            ),
            circuit.any_of(
                (fails, *(circuit.all_of((is_part, held.is_false)) for is_part, held in parts))
            ),
        )

    def _together(self) -> tuple[Literal, Literal]:
        """Return when those that share triggers fit at the worst, and when not at the best."""
        if not any(held != FALSE for held in self.shared.values()):
            return TRUE, FALSE
        best = _Network(self, Bound.BEST).fits()
        if self._is_exact():
            return best, -best
        worst = _Network(self, Bound.WORST).fits()
        self.circuit.clause(-worst, best)
        return worst, -best

    def _is_exact(self) -> bool:
        """Whether nothing is known within bounds only."""
        amounts = [node.amount for held in (self.packages, self.triggers) for node in held.values()]
        is_open = any(one.is_open != FALSE for one in self.answers.values())
        return not is_open and all(amount.is_exact for amount in amounts)

    def cited(self, name: str) -> dict[Counted, Literal]:
        """Return the triggers that an answer draws on, and when."""
        held = self.answers[name].cites.items()
        return {act: self.circuit.all_of((when, self.shared[name])) for act, when in held}


MAY_BE_MORE: Final = None
"""A width without bound."""


class _Network:
    """What answers need and triggers justify under one bound, times the denominator of k."""

    def __init__(self, budget: _Budget, bound: Bound) -> None:
        self.circuit: Circuit = budget.circuit
        self.bound = bound
        self.nodes = budget.triggers
        self.names = [name for name, held in budget.shared.items() if held != FALSE]
        self.cites = {name: budget.cited(name) for name in self.names}
        is_best = bound is Bound.BEST
        self.drawing = {
            name: self.circuit.all_of((budget.shared[name], -budget.answers[name].is_open))
            if is_best
            else budget.shared[name]
            for name in self.names
        }
        self.needs = self._needs(budget)
        self.widths = self._widths(budget)

    def _needs(self, budget: _Budget) -> dict[str, Sum | None]:
        factor = budget.k.denominator
        if self.bound is Bound.BEST:
            least = at_their_least(self.circuit, budget.packages, budget.present)
            return {name: times(factor, least[name]) for name in self.names}
        most = {name: budget.packages[name].amount.hi for name in self.names}
        return {
            name: MAY_BE_MORE if hi is None else ((factor * hi, TRUE),) for name, hi in most.items()
        }

    def _widths(self, budget: _Budget) -> dict[str, Sum | None]:
        """Return what triggers justify; a trigger that nobody cites is drawn on by nobody."""
        factor = budget.k.numerator
        if self.bound is Bound.BEST:
            most = {name: node.amount.hi for name, node in self.nodes.items()}
            return {
                name: MAY_BE_MORE if hi is None else ((factor * hi, TRUE),)
                for name, hi in most.items()
            }
        cited: dict[str, list[Literal]] = {}
        for held in self.cites.values():
            for act, when in held.items():
                cited.setdefault(act.id, []).append(when)
        present = {name: self.circuit.any_of(when) for name, when in cited.items()}
        least = at_their_least(self.circuit, self.nodes, present)
        return {name: times(factor, held) for name, held in least.items()}

    def fits(self) -> Literal:
        """Return when the answers can all be justified at once, as a literal that is exact."""
        circuit = self.circuit
        fits, lacks = circuit.variable(), circuit.variable()
        endless = [self.drawing[name] for name in self.names if self.needs[name] is MAY_BE_MORE]
        for is_there in endless:
            circuit.clause(-fits, -is_there)
        circuit.clause(fits, lacks, *endless)
        circuit.clause(-fits, -lacks)
        self._flow(fits)
        self._cut(lacks)
        return fits

    def _flow(self, fits: Literal) -> None:
        """Demand a flow where `fits` holds: an answer gets what it needs, no trigger gives more."""
        given: dict[str, list[Term]] = {name: [] for name in self.nodes}
        for name in self.names:
            need = self.needs[name]
            if need is None:
                continue
            got: list[Term] = []
            for act, when in self.cites[name].items():
                if when == FALSE:
                    continue
                width = self.widths[act.id]
                most = most_in(need) if width is None else min(most_in(need), most_in(width))
                pipe = self.circuit.number(most)
                self.circuit.demand([(-1, pipe)], 0, -when)
                got.append((1, pipe))
                given[act.id].append((-1, pipe))
            self.circuit.demand([*got, *times(-1, need)], 0, fits, self.drawing[name])
        for name, drawn in self._with_parts(given).items():
            width = self.widths[name]
            if width is not None and drawn:
                self.circuit.demand([*width, *drawn], 0)

    def _with_parts(self, given: Mapping[str, Iterable[Term]]) -> dict[str, list[Term]]:
        """Return what is drawn on each trigger and on all parts of it."""
        found: dict[str, list[Term]] = {name: [] for name in self.nodes}
        for name, drawn in given.items():
            step: str | None = name
            while step is not None:
                found[step] += drawn
                step = self.nodes[step].package
        return found

    def _cut(self, lacks: Literal) -> None:
        """Demand, where `lacks` holds, answers that need more than all that they cite justifies."""
        circuit = self.circuit
        spent: dict[str, Literal] = {name: circuit.variable() for name in self.nodes}
        needed: list[Term] = []
        for name in self.names:
            is_over = circuit.variable()
            circuit.clause(-is_over, self.drawing[name])
            for act, when in self.cites[name].items():
                circuit.clause(-is_over, -when, spent[act.id])
            needed += gated(circuit, self.needs[name] or NOTHING, is_over)
        justified: list[Term] = []
        for name, is_spent in spent.items():
            package, width = self.nodes[name].package, self.widths[name]
            around = FALSE if package is None else spent[package]
            if width is None:
                circuit.clause(-is_spent, around)
                continue
            is_cut = circuit.variable() if around != FALSE else is_spent
            circuit.clause(-is_spent, is_cut, around)
            justified += gated(circuit, width, is_cut)
        circuit.demand([*needed, *times(-1, justified)], 1, lacks)
