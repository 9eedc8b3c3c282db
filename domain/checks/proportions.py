"""Invariants 15 and 17: budgets and ratios, and what grievance policies leave alone."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from domain.checks.broken import hold, hold_equal
from domain.findings import worlds
from domain.measures.budget import budgeted
from domain.measures.escalation import escalation
from domain.measures.proportion import proportion
from domain.measures.replies import replies
from domain.measures.roles import role
from domain.measures.tally import tally
from domain.reading import GrievancePolicy, Reading
from domain.truth import Truth
from domain.variants import scaled, units_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.history import History
    from domain.measures.ports import MaxFlow
    from domain.worlds import World

KS: Final = (Fraction(0), Fraction(1, 2), Fraction(1), Fraction(2), Fraction(7))
SCALE: Final = 3


def check_budgets(world: World, max_flow: MaxFlow) -> None:
    """15: what fits a budget is in proportion one by one, and fits every larger one."""
    for name in units_in(world.history, world.dispute):
        where = f"dispute {world.dispute}, account {world.name}, {name}"
        fits = False
        for k in KS:
            found = budgeted(world, name, k, max_flow)
            hold(not fits or found.feasible is Truth.TRUE, 15, "a larger k fits less", where)
            fits = found.feasible is Truth.TRUE
            for action in (*found.responses, *found.detail) if fits else ():
                within = proportion(world, action).within(k)
                hold(within is not Truth.FALSE, 15, f"{action} is beyond k = {k}", where)


def check_scale(history: History, max_flow: MaxFlow) -> None:
    """15: with every quantity times the same, ratios, flags and budgets stay as they were."""
    for world, larger in zip(worlds(history), worlds(scaled(history, SCALE)), strict=True):
        where = f"dispute {world.dispute}, account {world.name}, all quantities times {SCALE}"
        before, after = (_free_of_scale(one, max_flow) for one in (world, larger))
        hold_equal(15, before, after, where)


def _free_of_scale(world: World, max_flow: MaxFlow) -> dict[str, object]:
    found: dict[str, object] = {}
    for held in world.actions():
        found[f"r({held.id})"] = proportion(world, held.id)
        found[f"the flags of {held.id}"] = escalation(world, held.id)
    for name in units_in(world.history, world.dispute):
        verdict = budgeted(world, name, Fraction(1), max_flow)
        found[f"the budget of {name}"] = (verdict.feasible, verdict.over)
    return found


def check_policies(history: History, found: Callable[[World], object] | None = None) -> None:
    """17: what is asked of a world comes out the same under every grievance policy."""
    asked = found or _blind_to_policy
    answers = {
        policy: [asked(world) for world in worlds(history, Reading(grievances=(policy,)))]
        for policy in GrievancePolicy
    }
    for policy, answer in answers.items():
        same = answer == answers[GrievancePolicy.ACTOR]
        hold(same, 17, "a role, tally or reply changed", f"grievance policy {policy}")


def _blind_to_policy(world: World) -> object:
    roles = {held.id: role(world, held.id) for held in world.actions()}
    return roles, tally(world.history, world.dispute, world.reading), replies(world)
