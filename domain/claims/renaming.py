"""Renaming: the actions before a test that the other side calls something else than the actor."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.called import called
from domain.claims.judging import judge
from domain.claims.language import Budgeted, Compare, KindOf
from domain.claims.mentions import asks_who_initiated, leaves, mentions, predicate_of
from domain.claims.predicates import Answers, IsAnswered, Within
from domain.claims.selecting import candidates
from domain.claims.sight import Sight
from domain.claims.terms import value_of
from domain.reading import ACTORS_KINDS, OTHER_SIDES_KINDS, GrievancePolicy, Reading
from domain.worlds import whole_account

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.called import Called
    from domain.claims.language import Test
    from domain.dossiers import Dossier
    from domain.history import History
    from domain.measures.ports import MaxFlow


@dataclass(frozen=True, slots=True)
class CalledOtherwise:
    """An action, what its actor calls it, and what the other side does."""

    action: str
    actors: Called
    others: Called


def called_otherwise(
    history: History, dispute: str, reading: Reading, panel: tuple[str, ...], test: Test
) -> tuple[CalledOtherwise, ...]:
    """Return the renamed actions that a test may look at; none where the words cannot matter.

    What a test selects by either name counts, and every action where it compares kinds or numbers
    of what is answered.
    """
    basis = reading.bases[-1]
    own = reading.model_copy(update={"bases": (basis,)})
    theirs = own.model_copy(update={"kinds_by": OTHER_SIDES_KINDS})
    renamed = {
        dossier.id: found
        for dossier in history.in_dispute(dispute)
        if (found := _renamed(dossier, own, theirs)) is not None
    }
    if not renamed or not panel:
        return ()
    # Where words are no causes, what counts as words decides what an action answers.
    if not reading.words_as_causes or any(map(_looks_at_names, leaves(test))):
        return tuple(renamed.values())
    looked_at = set(_subjects(test))
    for by in (own, theirs):
        world = whole_account(history, dispute, panel[0], by)
        sight = Sight(world, GrievancePolicy.ACTOR, _no_flow)
        for which in mentions(test).filters:
            looked_at |= {dossier.id for dossier in candidates(sight, which)}
    return tuple(found for name, found in renamed.items() if name in looked_at)


@dataclass(frozen=True, slots=True)
class Asked:
    """What renamed actions are looked at for: a test in whole accounts, under a reading."""

    history: History
    dispute: str
    reading: Reading
    panel: tuple[str, ...]
    test: Test
    max_flow: Callable[[], MaxFlow]


def telling(asked: Asked, named: tuple[CalledOtherwise, ...]) -> tuple[CalledOtherwise, ...]:
    """Return the renamed actions each of which by itself changes something in a whole account.

    What may change are the actions that the test selects, what it comes to on one of them, and
    what it counts and adds up.
    """
    bare = {
        name: replace(dossier, characterisations=()) if dossier.characterisations else dossier
        for name, dossier in asked.history.dossiers.items()
    }
    before = _looks(asked, bare, ACTORS_KINDS)
    return tuple(
        held
        for held in named
        if _looks(
            asked,
            {**bare, held.action: asked.history.dossiers[held.action]},
            OTHER_SIDES_KINDS,
        )
        != before
    )


def _looks(asked: Asked, dossiers: dict[str, Dossier], kinds_by: str) -> tuple[object, ...]:
    """Return all that a test comes to, leaf by leaf, in each whole account."""
    history = replace(asked.history, dossiers=dossiers)
    policies = asked.reading.grievances
    policies = policies if asks_who_initiated(asked.test) else policies[:1]
    found: list[object] = []
    for basis in asked.reading.bases:
        reading = asked.reading.model_copy(update={"bases": (basis,), "kinds_by": kinds_by})
        for account in asked.panel:
            world = whole_account(history, asked.dispute, account, reading)
            for policy in policies:
                sight = Sight(world, policy, asked.max_flow)
                found += [_look(sight, form) for form in leaves(asked.test)]
    return tuple(found)


def _look(sight: Sight, form: Test) -> tuple[object, ...]:
    """Return what one leaf comes to; what a named account calls an action is never renamed."""
    if isinstance(form, KindOf) and form.account is not None:
        return ()
    terms = (form.left, form.right) if isinstance(form, Compare) else ()
    return (judge(sight, form), *(value_of(sight, term) for term in terms))


def _renamed(dossier: Dossier, own: Reading, theirs: Reading) -> CalledOtherwise | None:
    if not dossier.characterisations:
        return None
    mine, other = called(dossier, own), called(dossier, theirs)
    return None if mine == other else CalledOtherwise(dossier.id, mine, other)


def _looks_at_names(form: Test) -> bool:
    """Whether kinds or numbers of actions that a test does not select can matter to it."""
    predicate = predicate_of(form)
    flags = any(which.flags for which in mentions(form).filters)
    if isinstance(predicate, (Answers, IsAnswered)):
        manner = predicate.manner
        return flags or manner.mirrored or manner.in_kind
    return flags or isinstance(predicate, Within) or isinstance(form, Budgeted)


def _subjects(test: Test) -> tuple[str, ...]:
    return tuple(
        form.action for form in leaves(test) if isinstance(form, KindOf) and form.account is None
    )


def _no_flow() -> MaxFlow:
    message = "selecting needs no flow"
    raise LookupError(message)
