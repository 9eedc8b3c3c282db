"""Holding: whether what a claim says of an action holds of it in a world."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from domain.causes import ActionCause, Grievance, OutsideCause
from domain.claims.predicates import Answers, Initiated, IsAnswered, Manner, Within
from domain.claims.selecting import is_selected, may_answer, outside_is_selected
from domain.claims.sight import Sight, decided
from domain.dates import certainly_before, lag
from domain.measures.proportion import proportion
from domain.reading import InitiatorReading
from domain.selection import date_of
from domain.truth import Truth, all_of, any_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.claims.predicates import Predicate
    from domain.dossiers import Dossier
    from domain.worlds import Node


def holds(sight: Sight, action: str, predicate: Predicate) -> Truth:
    """Say whether a predicate holds of an action.

    Rule: docs/semantics.md#claim-language
    """
    return HOLDING[type(predicate)](sight, action, predicate)


def _initiated(sight: Sight, action: str, said: Initiated) -> Truth:
    how = said.how or sight.world.reading.initiator
    if how is InitiatorReading.DIRECTLY:
        return Truth.of(said.by in sight.world.acting(action))
    found = sight.initiators(action)
    return found.solely(said.by) if how is InitiatorReading.SOLELY else found.jointly(said.by)


def _answers(sight: Sight, action: str, said: Answers) -> Truth:
    """Whether some answered action is meant, or a grievance that is named; `only`: nothing else."""
    reached = sight.answered(action)
    found = []
    for node in reached.members:
        dossier = sight.dossier(node.action) if isinstance(node, ActionCause) else None
        manner = _in_manner(sight, dossier, action, said.manner)
        found.append(all_of([_is_meant(sight, said, node), manner]))
    causes = sight.world.causes(action)
    grievances = [node for node in causes or () if isinstance(node, Grievance)]
    named_ones = [_is_named(node, said.grievances) for node in grievances]
    found += [Truth.of(is_named) for is_named in named_ones if said.grievances]
    open_end = [Truth.UNDETERMINED] if reached.has_unknown or causes is None else []
    meant = any_of([*found, *(open_end if _may_be_meant(sight, said, action) else [])])
    if not said.only:
        return meant
    others = [Truth.of(is_named) for is_named in named_ones if not said.grievances]
    return all_of([meant, *found, *others, *open_end])


def _may_be_meant(sight: Sight, said: Answers, action: str) -> bool:
    """Whether what is not known of an action's causes may be among what is meant.

    Not where that is actions named by their ids, which all certainly come after it.
    """
    if said.grievances or said.what is None or not said.what.ids:
        return True
    return any(may_answer(sight, action, name) for name in said.what.ids)


def _is_meant(sight: Sight, said: Answers, node: Node) -> Truth:
    if said.what is None:
        return Truth.of(not said.grievances)
    if isinstance(node, OutsideCause):
        return outside_is_selected(sight, said.what, node)
    dossier = sight.dossier(node.action) if isinstance(node, ActionCause) else None
    return is_selected(sight, said.what, dossier)


def _is_named(grievance: Grievance, texts: tuple[str, ...]) -> bool:
    """Whether a grievance is named: with its blame, or without any."""
    return str(grievance) in texts or str(Grievance(grievance.slug)) in texts


def _is_answered(sight: Sight, action: str, said: IsAnswered) -> Truth:
    responses = possible_answers(sight, action, said)
    return any_of(is_answer(sight, action, response, said) for response in responses)


def possible_answers(sight: Sight, action: str, said: IsAnswered) -> tuple[str, ...]:
    """Return the actions by the side that are not certainly before the action."""
    asked = sight.dossier(action)
    if asked is None:
        return ()
    return tuple(
        dossier.id
        for dossier in sight.world.actions()
        if said.by in sight.world.acting(dossier.id)
        and not certainly_before(dossier.action.occurred, asked.action.occurred)
    )


def is_answer(sight: Sight, action: str, response: str, said: IsAnswered) -> Truth:
    """Say whether one action answers another in the manner that is asked for."""
    reached = sight.answered(response)
    answers = decided(ActionCause(action) in reached.members, unless=reached.has_unknown)
    return all_of([answers, _in_manner(sight, sight.dossier(action), response, said.manner)])


def _in_manner(sight: Sight, trigger: Dossier | None, response: str, manner: Manner) -> Truth:
    """Whether a response answers a trigger in the manner that is asked for."""
    if manner == Manner():
        return Truth.TRUE
    answer = sight.dossier(response)
    if trigger is None or answer is None:
        return Truth.UNDETERMINED
    one, other = sight.called(trigger), sight.called(answer)
    values = []
    if manner.within_days is not None:
        values.append(_within_days(sight, trigger, answer, manner.within_days))
    if manner.in_kind or manner.mirrored:
        values.append(Truth.of(one.kind == other.kind))
    if manner.mirrored and one.quantity is not None and other.quantity is not None:
        values.append(Truth.of(one.quantity.unit == other.quantity.unit))
        values.append(one.quantity.value.equals(other.quantity.value))
    elif manner.mirrored:
        values.append(Truth.of(one.quantity is other.quantity))
    return all_of(values)


def _within_days(sight: Sight, trigger: Dossier, answer: Dossier, days: int) -> Truth:
    basis = sight.world.reading.date_basis
    passed = lag(date_of(trigger.action, basis), date_of(answer.action, basis))
    if passed is None or passed.days_min > days:
        return Truth.FALSE
    return decided(passed.days_max is not None and passed.days_max <= days, unless=True)


def _within(sight: Sight, action: str, said: Within) -> Truth:
    """Where r(e) does not apply nothing exceeds."""
    value = proportion(sight.world, action, sight.answered(action)).within(said.k)
    return Truth.TRUE if value is None else value


HOLDING: Final[dict[type, Callable[[Sight, str, Any], Truth]]] = {
    Initiated: _initiated,
    Answers: _answers,
    IsAnswered: _is_answered,
    Within: _within,
}
