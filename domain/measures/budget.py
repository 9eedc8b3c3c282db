"""The budget: each trigger justifies at most k times itself, however many responses cite it.

Ten answered by ten twice over is within proportion each time, and over budget together. Whether
all responses can be justified at once is a question of maximum flow, from triggers to responses;
the minimum cut names those that cannot (D. Gale, A theorem on flows in networks, Pacific J. Math.
7, 1957).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from domain.called import called
from domain.measures.answered import answered
from domain.measures.budget_network import Bound, Network, Response, solved
from domain.measures.links import act_recorded
from domain.measures.packages import counted_of, package_total
from domain.measures.ports import MaxFlow
from domain.measures.proportion import proportion
from domain.measures.roles import Role, role
from domain.measures.triggers import acts, in_unit, is_summable
from domain.selection import counted
from domain.truth import Truth, all_of
from domain.worlds import World

if TYPE_CHECKING:
    from collections.abc import Iterable

MAY_RESPOND: Final = frozenset({Role.RESPONSE, Role.UNDETERMINED})


@dataclass(frozen=True, slots=True)
class Budget:
    """Whether all responses in one unit are within k times what they answer, taken together.

    `responses` share the triggers; `detail` are parts of packages among them, each held against
    its own answered set alone. `over` names a smallest set that cannot be justified: surely where
    `feasible` is false, by the worst of what is not known where it is undetermined. `shortfall` is
    what the triggers lack for the shared ones of `over`; None where it has no bound.
    """

    unit: str
    k: Fraction
    feasible: Truth
    responses: tuple[str, ...]
    detail: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    shortfall: Fraction | None = Fraction(0)


def budgeted(
    world: World,
    unit: str,
    k: Fraction,
    max_flow: MaxFlow,
    actions: Iterable[str] | None = None,
) -> Budget:
    """Say whether the hostile responses in a unit are within budget, all together.

    Among `actions`, or those that the reading counts. A response without a trigger of that unit is
    left out, as r(e) does not apply to it. Unknown quantities are decided by bounds: infeasible at
    their best, it is false; feasible at their worst, it is true. So is what else is not known: an
    action of undetermined role may be a response, an outside action a trigger.

    Rule: docs/semantics.md#budget
    """
    names = (one.id for one in counted(world.history, world.dispute, world.reading))
    asked = sorted(set(names if actions is None else actions))
    held = (response_of(world, unit, name) for name in asked)
    found = {one.id: one for one in held if one is not None}
    cell = package_total(world.history, [one.act for one in found.values()], world.reading)
    shared = tuple(
        replace(found[name], need=value)
        for name, value in zip(cell.counted, cell.values, strict=True)
    )
    best, worst = (solved(Network(world, k, shared), max_flow, bound) for bound in Bound)
    together = Truth.UNDETERMINED if best.is_feasible else Truth.FALSE
    alone = {name: proportion(world, name).within(k) for name in cell.detail}
    values = [Truth.TRUE if worst.is_feasible else together, *alone.values()]
    feasible = all_of(value for value in values if value is not None)
    shown = worst if feasible is Truth.UNDETERMINED else best
    failing = {name for name, value in alone.items() if value is feasible}
    return Budget(
        unit=unit,
        k=k,
        feasible=feasible,
        responses=cell.counted,
        detail=cell.detail,
        over=() if feasible is Truth.TRUE else tuple(sorted(failing.union(shown.over))),
        shortfall=shown.shortfall,
    )


def response_of(world: World, unit: str, name: str) -> Response | None:
    """Return an action that answers in the unit, or may do so, with its triggers; or None.

    What is the same in every world is looked at first.
    """
    dossier = world.history.dossiers[name]
    act = counted_of(dossier, world.reading)
    own = called(dossier, world.reading)
    is_other_row = act_recorded(world.history, name) != name
    if act is None or act.unit != unit or is_other_row:
        return None
    if not own.is_hostile or not is_summable(own.quantity):
        return None
    reached = answered(world, name)
    if role(world, name, reached) not in MAY_RESPOND:
        return None
    triggers = in_unit(world, acts(world, reached.recorded()), unit)
    is_open = reached.has_unknown or bool(reached.outside())
    return Response(act, act.amount, triggers, is_open) if triggers or is_open else None
