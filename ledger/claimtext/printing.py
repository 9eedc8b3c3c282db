"""Printing a claim: from its data form to the one canonical text that is read back as the same."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from domain.causes import SLUG
from domain.claims.filters import Filter
from domain.claims.language import (
    AllOf,
    AnyOf,
    Budgeted,
    CauseOf,
    Compare,
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
    Stock,
    Sum,
)
from domain.claims.nesting import folded, parts
from domain.claims.predicates import Answers, Initiated, IsAnswered
from ledger.claimtext.printing_filters import (
    filter_text,
    head_of,
    name_text,
    parts_of,
    period_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from domain.claims.language import Term, Test
    from domain.claims.predicates import Manner, Predicate


def claim_text(test: Test) -> str:
    """Give the text of a test; reading it gives the same test back.

    Rule: docs/semantics.md#claim-language
    """
    return folded(test, _text)


def _text(test: Test, inner: Sequence[str]) -> str:
    """Give the text of one test, from the texts of those that it is made of."""
    if not inner:
        return PLAIN[type(test)](test)
    shown = [_operand(*pair) for pair in zip(parts(test), inner, strict=True)]
    if isinstance(test, Not):
        # Without brackets "not exists" is a form of its own.
        return f"not ({inner[0]})" if isinstance(test.test, Exists) else f"not {shown[0]}"
    if isinstance(test, If):
        then = inner[1]
        return f"if {shown[0]} then {then}"
    if len(inner) == 1:
        return f"{'all' if isinstance(test, AllOf) else 'any'} of ({inner[0]})"
    return (" and " if isinstance(test, AllOf) else " or ").join(shown)


def _operand(test: Test, text: str) -> str:
    """Put brackets around what would be read differently, or hard to read, without."""
    joins_several = isinstance(test, (AllOf, AnyOf)) and len(test.tests) > 1
    return f"({text})" if joins_several or isinstance(test, If) else text


def _every(test: Every | No) -> str:
    return f"{test.form} {filter_text(test.of)} {_predicate(test.holds)}"


def _exists(test: Exists | NotExists) -> str:
    word = "exists" if isinstance(test, Exists) else "not exists"
    return f"{word} {filter_text(test.of)}"


def _compare(test: Compare) -> str:
    times = "" if test.times == 1 else f"{test.times} times "
    return f"{_term(test.left)} {test.how} {times}{_term(test.right)}"


def _term(term: Term) -> str:
    if isinstance(term, Number):
        return str(term.value)
    if isinstance(term, Count):
        return f"count {filter_text(term.of, many=True)}"
    if isinstance(term, Sum):
        alike = " alike" if len(term.units) > 1 else ""
        return f"sum {' and '.join(term.units)}{alike} of {filter_text(term.of, many=True)}"
    return _stock(term)


def _stock(term: Stock) -> str:
    told = "" if term.teller is None else f" by {name_text(term.teller)}"
    whose, where = name_text(term.whose), name_text(term.where)
    return f"stock of {term.unit} of {whose} in {where} on {term.on}{told}"


def _budgeted(test: Budgeted) -> str:
    which = [head_of(test.of), *parts_of(test.of)]
    words = ["responses by", name_text(test.by), *which, "in", test.unit]
    said = " ".join(word for word in words if word)
    return f"{said} within {test.k} of what they answer, budgeted"


def _root_of(test: RootOf) -> str:
    said = f"root of {name_text(test.action)} is {_target(test)}"
    if test.within is None:
        return said
    return f"{said} {period_text(test.within, before=('within', 'within'))}"


def _target(test: RootOf) -> str:
    if test.side is None:
        return name_text(str(test.is_action))
    return f"{'side ' if SLUG.fullmatch(test.side) else ''}{name_text(test.side)}"


def _cause_of(test: CauseOf) -> str:
    said = f"cause of {name_text(test.action)} includes {name_text(test.includes)}"
    return said + _in_account(test.account)


def _kind_of(test: KindOf) -> str:
    return f"kind of {name_text(test.action)} is {test.kind}" + _in_account(test.account)


def _in_account(account: str | None) -> str:
    return "" if account is None else f" in {name_text(account)}"


def _not_testable(test: NotTestable) -> str:
    return f"not testable {json.dumps(test.reason, ensure_ascii=False)}"


def _predicate(holds: Predicate) -> str:
    if isinstance(holds, Initiated):
        how = "" if holds.how is None else f" {holds.how}"
        return f"initiated{how} by {name_text(holds.by)}"
    if isinstance(holds, Answers):
        return f"answers{' only' if holds.only else ''} {_answered(holds)}{_manner(holds.manner)}"
    if isinstance(holds, IsAnswered):
        return f"is answered by {name_text(holds.by)}{_manner(holds.manner)}"
    return f"within {holds.k} of what it answers"


def _answered(holds: Answers) -> str:
    named = [name_text(grievance) for grievance in holds.grievances]
    what = holds.what
    if what is not None and what.ids and what == Filter(ids=what.ids):
        named = [*map(name_text, what.ids), *named]
    elif what is not None:
        named = [f"({filter_text(what)})", *named]
    return ", ".join(named) or "anything"


def _manner(manner: Manner) -> str:
    days = "" if manner.within_days is None else f" within {manner.within_days} days"
    mirrored = " mirrored" if manner.mirrored else ""
    return f"{days}{mirrored}{' in kind' if manner.in_kind else ''}"


PLAIN: Final[dict[type, Callable[[Any], str]]] = {
    Every: _every,
    No: _every,
    Exists: _exists,
    NotExists: _exists,
    Compare: _compare,
    Budgeted: _budgeted,
    RootOf: _root_of,
    CauseOf: _cause_of,
    KindOf: _kind_of,
    NotTestable: _not_testable,
}
"""Test that holds no other -> how it is printed."""
