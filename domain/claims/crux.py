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
    return tuple(_crux(asked, base, panel, solvers, before, target) for target in targets)


def _crux(  # noqa: PLR0913, PLR0917  a question, its base and its target are six things
    asked: Question,
    base: World,
    panel: tuple[str, ...],
    solvers: Solvers,
    before: Truth,
    after: Truth,
) -> Crux:
    choices = Choices(asked.history, asked.dispute, panel, asked.reading)
    mixed = MixedWorlds(choices, asked.policy)
    engine = solvers.max_sat.name
    try:
        when = ClaimFormula(mixed, solvers.max_flow).of(asked.test)
        target = when.is_true if after is Truth.TRUE else when.is_false
        ties = tuple(_smallest(mixed, base, target, solvers))
    except TooManyCasesError as error:
        why = f"it depends on more than can be gone through, at {error}"
        return Crux(base.name, before, after, (), is_complete=False, engine=engine, why=why)
    except TimedOutError:
        why = f"the search was stopped after {solvers.seconds:g} s"
        return Crux(base.name, before, after, (), is_complete=False, engine=engine, why=why)
    is_complete = len(ties) <= TIES_MAX
    return Crux(base.name, before, after, ties[:TIES_MAX], is_complete, engine)


def _smallest(
    mixed: MixedWorlds, base: World, target: Literal, solvers: Solvers
) -> Iterator[tuple[Change, ...]]:
    """Go through the smallest sets of changes, each found by what it costs to reach the target."""
    held = _held(mixed, base)
    clauses = [*mixed.circuit.clauses, (target,)]
    costs = {-literal: 1 for literal in held.values()}
    least: int | None = None
    for _ in range(TIES_MAX + 1):
        model = solvers.max_sat.cheapest(clauses, costs, solvers.seconds)
        if model is None:
            return
        changed = [action for action, literal in held.items() if literal not in model.true]
        least = len(changed) if least is None else least
        if len(changed) > least or not changed:
            return
        yield tuple(_change(mixed, base, action, model.true) for action in sorted(changed))
        clauses.append(tuple(held[action] for action in changed))


def _held(mixed: MixedWorlds, base: World) -> Mapping[str, Literal]:
    """Return, for each contested action that matters, the literal of what the base account holds.

    Where the account's own option is none of the panel's (its cause is impossible) nothing is held.
    """
    found = {}
    for action, literals in mixed.variables().items():
        place = mixed.choices.place_of(action, base.option(action))
        if place is not None:
            found[action] = literals[place]
    return found


def _change(mixed: MixedWorlds, base: World, action: str, true: frozenset[int]) -> Change:
    literals = mixed.variables()[action]
    place = next(place for place, literal in enumerate(literals) if literal in true)
    return Change(action, base.option(action), mixed.choices.options(action)[place])
