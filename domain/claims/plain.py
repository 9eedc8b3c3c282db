"""A claim back in plain English, as exact as its data form and as short as can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from domain.claims.filters import Filter
from domain.claims.language import (
    AllOf,
    Budgeted,
    CauseOf,
    Compare,
    Comparison,
    Count,
    Every,
    Exists,
    If,
    KindOf,
    No,
    Not,
    NotExists,
    NotTestable,
    Number,
    RootOf,
    Sum,
)
from domain.claims.nesting import folded, parts
from domain.claims.plain_filters import ACTION, a, head, kind_noun, named, rest, selection
from domain.claims.plain_names import (
    cause_in_words,
    either,
    everyday_name,
    period_in_words,
)
from domain.claims.predicates import Answers, Initiated, IsAnswered, Within
from domain.reading import InitiatorReading
from domain.units import unit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from fractions import Fraction

    from domain.claims.language import Term, Test
    from domain.claims.plain_names import Called
    from domain.claims.predicates import Manner, Predicate

COMPARISONS: Final = {
    Comparison.MORE: "was more than",
    Comparison.AT_LEAST: "was at least",
    Comparison.EQUAL: "was the same as",
    Comparison.AT_MOST: "was at most",
    Comparison.LESS: "was less than",
}
INITIATED: Final = {
    None: "initiated by {}",
    InitiatorReading.SOLELY: "initiated by {} alone",
    InitiatorReading.JOINTLY: "initiated by {}, alone or with others",
    InitiatorReading.DIRECTLY: "done by {} itself, whatever it answered",
}


def in_words(test: Test, called: Called = everyday_name) -> str:
    """Give a claim as one sentence that a journalist reads.

    `called` gives what parties, sides, accounts and actions are called: by default parties by
    their everyday names, and actions by their ids.
    Rule: docs/semantics.md#claim-language
    """

    def join(part: Test, inner: Sequence[str]) -> str:
        return _joined(part, inner) if inner else PLAIN[type(part)](part, called)

    said = folded(test, join)
    return f"{said[0].upper()}{said[1:]}."


def _joined(test: Test, inner: Sequence[str]) -> str:
    """Join what the parts say; a part that is itself joined stands in brackets."""
    said = [
        f"({text})" if parts(part) else text for part, text in zip(parts(test), inner, strict=True)
    ]
    if isinstance(test, Not):
        return f"it is not so that {said[0]}"
    if isinstance(test, If):
        return f"if {said[0]}, then {said[1]}"
    if len(said) == 1:
        return inner[0]
    return "; and ".join(said) if isinstance(test, AllOf) else f"either {'; or '.join(said)}"


def _every(test: Every, called: Called) -> str:
    said = _predicate(test.holds, called)
    if not test.of.ids:
        return f"every {selection(test.of, called)} {said}"
    each = "each of " if len(test.of.ids) > 1 else ""
    return f"{each}{named(test.of, called)} {said}"


def _no(test: No, called: Called) -> str:
    said = _predicate(test.holds, called)
    if not test.of.ids:
        return f"no {selection(test.of, called)} {said}"
    if len(test.of.ids) > 1:
        return f"none of {named(test.of, called)} {said}"
    return f"{named(test.of, called)} {_denied(test.holds, called)}"


def _exists(test: Exists, called: Called) -> str:
    if not test.of.ids:
        return f"there was {a(selection(test.of, called))}"
    one = "at least one of " if len(test.of.ids) > 1 else ""
    return f"{one}{_actions(test.of, called)} was {_a_kind(test.of, called)}"


def _not_exists(test: NotExists, called: Called) -> str:
    if not test.of.ids:
        return f"there was no {selection(test.of, called)}"
    if len(test.of.ids) > 1:
        return f"none of {_actions(test.of, called)} was {_a_kind(test.of, called)}"
    return f"{_actions(test.of, called)} was not {_a_kind(test.of, called)}"


def _actions(which: Filter, called: Called) -> str:
    """Give the named actions: "the actions A and B"."""
    return named(Filter(ids=which.ids), called)


def _a_kind(which: Filter, called: Called) -> str:
    """Give what a filter says beside the names: "an expulsion by Russia"."""
    beside = which.model_copy(update={"ids": ()})
    if beside == Filter():
        return "recorded"
    if head(beside) == ACTION[0]:
        return " ".join(["one", *rest(beside, called)])
    return a(selection(beside, called))


def _compare(test: Compare, called: Called) -> str:
    times = "" if test.times == 1 else f"{test.times} times "
    how = COMPARISONS[test.how]
    if test.how is Comparison.EQUAL and isinstance(test.right, Number):
        how = "was"
    right = _term(test.right, called).removesuffix(",")
    return f"{_term(test.left, called)} {how} {times}{right}"


def _term(term: Term, called: Called) -> str:
    if isinstance(term, Number):
        return str(term.value)
    if isinstance(term, Count):
        return f"the number of {selection(term.of, called, many=True)}"
    if isinstance(term, Sum):
        units = either((unit(name).plural for name in term.units), "and")
        alike = ", counted alike," if len(term.units) > 1 else ""
        return f"the sum of {units}{alike} in {selection(term.of, called, many=True)}"
    whose, where = called(term.whose), called(term.where)
    told = "" if term.teller is None else f", as {called(term.teller)} counts them,"
    when = period_in_words(term.on)
    return f"the number of {unit(term.unit).plural} of {whose} in {where} {when}{told}"


def _budgeted(test: Budgeted, called: Called) -> str:
    nouns = f"{head(test.of, many=True)} " if test.of.kinds or test.of.polarities else ""
    which = " ".join(["responses", f"by {called(test.by)}", *rest(test.of, called)])
    what = f"those {nouns}among the {which}" if nouns else f"the {which}"
    counted = f"in {unit(test.unit).plural}, with nothing that they answered counted twice"
    return f"taken together, {what} were {_no_larger(test.k)} what they answered, {counted}"


def _root_of(test: RootOf, called: Called) -> str:
    root = called(str(test.side if test.side is not None else test.is_action))
    said = f"what led to {called(test.action)} goes back to {root} and nothing else"
    if test.side is not None:
        said = f"what led to {called(test.action)} was begun by {root} alone"
    if test.within is None:
        return said
    return f"{said}, looking only at what was done {period_in_words(test.within)}"


def _cause_of(test: CauseOf, called: Called) -> str:
    told = "" if test.account is None else f", as {called(test.account)} tells it"
    return (
        f"the action {called(test.action)} answered {cause_in_words(test.includes, called)}{told}"
    )


def _kind_of(test: KindOf, called: Called) -> str:
    told = "" if test.account is None else f", in the words of {called(test.account)}"
    return f"the action {called(test.action)} was {a(kind_noun(test.kind)[0])}{told}"


def _not_testable(test: NotTestable, called: Called) -> str:
    del called
    return f"this cannot be tested here: {test.reason}"


def _predicate(holds: Predicate, called: Called) -> str:
    if isinstance(holds, Initiated):
        return f"was {INITIATED[holds.how].format(called(holds.by))}"
    if isinstance(holds, Answers):
        only = " and nothing else" if holds.only else ""
        return f"answered {_answered(holds, called)}{only}{_manner(holds.manner)}"
    if isinstance(holds, IsAnswered):
        return f"was answered by {called(holds.by)}{_manner(holds.manner)}"
    return f"was {_no_larger(holds.k)} what it answered"


def _denied(holds: Predicate, called: Called) -> str:
    """Say that a predicate does not hold of one action."""
    if isinstance(holds, Within):
        times = "larger than" if holds.k == 1 else f"more than {holds.k} times as large as"
        return f"was {times} what it answered"
    said = _predicate(holds, called)
    if isinstance(holds, Answers):
        return f"did not answer {said.removeprefix('answered ')}"
    return f"was not {said.removeprefix('was ')}"


def _no_larger(k: Fraction) -> str:
    return "no larger than" if k == 1 else f"at most {k} times as large as"


def _answered(holds: Answers, called: Called) -> str:
    named_ones = [cause_in_words(text, called) for text in holds.grievances]
    what = holds.what
    if what is None:
        return either(named_ones or ["an action of another side"])
    if what.ids and what == Filter(ids=what.ids):
        return either([*map(called, what.ids), *named_ones])
    return either([a(selection(what, called)), *named_ones])


def _manner(manner: Manner) -> str:
    said = []
    if manner.within_days is not None:
        said.append(f"within {manner.within_days} {'day' if manner.within_days == 1 else 'days'}")
    if manner.mirrored:
        said.append("with the same kind of measure in the same size")
    elif manner.in_kind:
        said.append("with the same kind of measure")
    return "".join(f" {text}" for text in said)


PLAIN: Final[dict[type, Callable[[Any, Called], str]]] = {
    Every: _every,
    No: _no,
    Exists: _exists,
    NotExists: _not_exists,
    Compare: _compare,
    Budgeted: _budgeted,
    RootOf: _root_of,
    CauseOf: _cause_of,
    KindOf: _kind_of,
    NotTestable: _not_testable,
}
"""Test that holds no other -> how it is said."""
