"""Mentions: what a test names, wherever in it: actions, disputes, sides and parties, accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from domain.causes import ActionCause, Cause, Grievance, OutsideCause, parse_cause
from domain.claims.filters import Filter
from domain.claims.language import (
    Budgeted,
    CauseOf,
    Compare,
    Count,
    Every,
    Exists,
    KindOf,
    No,
    NotExists,
    RootOf,
    Stock,
    Sum,
)
from domain.claims.nesting import parts
from domain.claims.predicates import Answers, Initiated, IsAnswered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.claims.language import Test
    from domain.claims.predicates import Predicate

ACTIONS_IN_FILTERS: Final = ("ids", "reverses", "executes", "answers")
ONE_ACTION_IN_FILTERS: Final = ("before", "after", "until")


@dataclass(frozen=True, slots=True)
class Mentions:
    """Names in the order in which they stand, each once.

    `filters` are those of the test, `subjects` the actions that it speaks of by name; `sides` are
    names of sides or parties, `parties` are parties, `stocks` the stocks that are looked up;
    `causes` are no recorded actions, but outside actions and grievances.
    """

    filters: tuple[Filter, ...]
    subjects: tuple[str, ...]
    actions: tuple[str, ...]
    disputes: tuple[str, ...]
    sides: tuple[str, ...]
    parties: tuple[str, ...]
    accounts: tuple[str, ...]
    stocks: tuple[Stock, ...]
    causes: tuple[OutsideCause | Grievance, ...]


def mentions(test: Test) -> Mentions:
    """Gather all that a test names."""
    forms = tuple(leaves(test))
    filters = tuple(which for form in forms for which in filters_of(form))
    causes = [cause for form in forms for cause in _causes(form)]
    subjects = [form.action for form in forms if isinstance(form, (RootOf, CauseOf, KindOf))]
    subjects += [form.is_action for form in forms if isinstance(form, RootOf) and form.is_action]
    subjects += [cause.action for cause in causes if isinstance(cause, ActionCause)]
    stocks = tuple(term for form in forms for term in _terms(form) if isinstance(term, Stock))
    outside = [cause.party for cause in causes if isinstance(cause, OutsideCause)]
    blamed = [cause.blamed for cause in causes if isinstance(cause, Grievance) and cause.blamed]
    placed = [party for held in stocks for party in (held.whose, held.where)]
    accounts = [form.account for form in forms if isinstance(form, (CauseOf, KindOf))]
    return Mentions(
        filters=filters,
        subjects=_once(subjects),
        actions=_once([*subjects, *(name for which in filters for name in _named(which))]),
        disputes=_once(name for which in filters for name in which.disputes),
        sides=_once(name for form in forms for name in _sides(form)),
        parties=_once([*outside, *blamed, *placed]),
        accounts=_once([*accounts, *(held.teller for held in stocks)]),
        stocks=stocks,
        causes=_once(cause for cause in causes if not isinstance(cause, ActionCause)),
    )


def asks_who_initiated(test: Test) -> bool:
    """Whether a test asks who initiated something: grievance policies change nothing else.

    Rule: docs/semantics.md#initiators
    """
    return any(
        isinstance(form, RootOf) or isinstance(predicate_of(form), Initiated)
        for form in leaves(test)
    )


def leaves(test: Test) -> Iterator[Test]:
    """Go through the tests that are made of no others, in order."""
    waiting = [test]
    while waiting:
        held = waiting.pop()
        inner = parts(held)
        if inner:
            waiting += reversed(inner)
        else:
            yield held


def filters_of(form: Test) -> tuple[Filter, ...]:
    """Return the filters of a test that is made of no others."""
    own: tuple[Filter, ...] = ()
    if isinstance(form, (Every, No, Exists, NotExists, Budgeted)):
        own = (form.of,)
    predicate = predicate_of(form)
    if isinstance(predicate, Answers) and predicate.what is not None:
        own += (predicate.what,)
    return (*own, *(term.of for term in _terms(form) if isinstance(term, (Count, Sum))))


def predicate_of(form: Test) -> Predicate | None:
    """Return what a test says of each action, if it says something of each."""
    return form.holds if isinstance(form, (Every, No)) else None


def _terms(form: Test) -> tuple[Any, ...]:
    return (form.left, form.right) if isinstance(form, Compare) else ()


def _causes(form: Test) -> tuple[Cause, ...]:
    predicate = predicate_of(form)
    if isinstance(predicate, Answers):
        return tuple(parse_cause(text) for text in predicate.grievances)
    return (parse_cause(form.includes),) if isinstance(form, CauseOf) else ()


def _named(which: Filter) -> Iterator[str]:
    for field in ACTIONS_IN_FILTERS:
        yield from getattr(which, field)
    for field in ONE_ACTION_IN_FILTERS:
        if (name := getattr(which, field)) is not None:
            yield name


def _sides(form: Test) -> Iterator[str]:
    for which in filters_of(form):
        yield from which.actors
        yield from which.targets
    predicate = predicate_of(form)
    if isinstance(predicate, (Initiated, IsAnswered)):
        yield predicate.by
    if isinstance(form, Budgeted):
        yield form.by
    if isinstance(form, RootOf) and form.side is not None:
        yield form.side


def _once(names: Any) -> tuple[Any, ...]:  # noqa: ANN401  any iterable of names or None
    return tuple(dict.fromkeys(name for name in names if name is not None))
