"""From the text of a claim to its data form, rule by rule, while it is parsed.

The parser calls a method when it has read a rule; nothing here goes down a tree, so that no text is
too deep to be refused politely.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from lark import Token

from domain.causes import SLUG
from domain.claims.filters import Filter
from domain.claims.language import (
    AllOf,
    AnyOf,
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
    Stock,
    Sum,
    Term,
    Test,
)
from domain.claims.nesting import NESTING_MAX, too_deep
from domain.claims.predicates import Answers, Initiated, IsAnswered, Manner, Predicate, Within
from domain.errors import require
from domain.reading import InitiatorReading
from ledger.claimtext import reading_names as read
from ledger.claimtext.building_filters import FilterBuilder, Part, filter_of, spelt
from ledger.claimtext.errors import ClaimSyntaxError
from ledger.claimtext.words import COMPARISONS, KIND_WORDS

NOWHERE: Final = Token("NOWHERE", "")


@dataclass(frozen=True, slots=True)
class Held:
    """A test, and how deep it is."""

    test: Test
    depth: int = 1


class Builder(FilterBuilder):
    """Builds tests; a method a rule of claim.lark."""

    def claim(self, children: list[Held]) -> Test:
        """Give the whole test."""
        return children[0].test

    def grouped(self, children: list[Held]) -> Held:
        """Brackets change nothing but what belongs together."""
        return children[0]

    def all_of(self, children: list[Held]) -> Held:
        """`all of (A; B)`."""
        return _joined(AllOf(tests=tuple(held.test for held in children)), children)

    def any_of(self, children: list[Held]) -> Held:
        """`any of (A; B)`."""
        return _joined(AnyOf(tests=tuple(held.test for held in children)), children)

    def both(self, children: list[Held]) -> Held:
        """`A and B`."""
        return self.all_of(children)

    def either(self, children: list[Held]) -> Held:
        """`A or B`."""
        return self.any_of(children)

    def negated(self, children: list[Held]) -> Held:
        """`not A`."""
        return _joined(Not(test=children[0].test), children)

    def if_then(self, children: list[Held]) -> Held:
        """`if A then B`."""
        condition, then = children
        return _joined(If(condition=condition.test, then=then.test), children)

    def every(self, children: list[Any]) -> Held:
        """`every FILTER PREDICATE`."""
        return Held(Every(of=children[0], holds=children[1]))

    def no(self, children: list[Any]) -> Held:
        """`no FILTER PREDICATE`."""
        return Held(No(of=children[0], holds=children[1]))

    def exists(self, children: list[Filter]) -> Held:
        """`exists FILTER`."""
        return Held(Exists(of=children[0]))

    def not_exists(self, children: list[Filter]) -> Held:
        """`not exists FILTER`."""
        return Held(NotExists(of=children[0]))

    def compare(self, children: list[Any]) -> Held:
        """`TERM > K times TERM`."""
        left, sign, *times, right = children
        how = Comparison(COMPARISONS[spelt(sign)])
        k = read.ratio(times[0]) if times else Fraction(1)
        if times:
            no_times = ClaimSyntaxError("0 times is nothing to compare with")
            read.require_at(times[0], k, no_times)
        return Held(Compare(left=left, how=how, times=k, right=right))

    def budgeted(self, children: list[Any]) -> Held:
        """`responses by SIDE FILTER in UNIT within K of what they answer, budgeted`."""
        by, *parts, unit, k = children
        of = filter_of(parts)
        return Held(Budgeted(by=str(by), of=of, unit=read.unit_name(unit), k=read.ratio(k)))

    def root_of(self, children: list[Any]) -> Held:
        """`root of ACTION is SIDE|ACTION within PERIOD`."""
        action, target, *span = children
        within = span[0][1] if span else None
        return Held(RootOf(action=read.action_id(action), within=within, **target))

    def cause_of(self, children: list[Token]) -> Held:
        """`cause of ACTION includes CAUSE in ACCOUNT`."""
        action, cause, *account = children
        return Held(
            CauseOf(
                action=read.action_id(action),
                includes=read.cause_text(cause),
                account=read.teller(account[0]) if account else None,
            )
        )

    def kind_of(self, children: list[Token]) -> Held:
        """`kind of ACTION is KIND in ACCOUNT`."""
        action, kind, *account = children
        return Held(
            KindOf(
                action=read.action_id(action),
                kind=KIND_WORDS[spelt(kind)],
                account=read.teller(account[0]) if account else None,
            )
        )

    def not_testable(self, tokens: list[Token]) -> Held:
        """`not testable "REASON"`."""
        return Held(NotTestable(reason=str(read.unquoted(tokens[0]))))

    def predicate(self, children: list[Predicate]) -> Predicate:
        """Give the predicate."""
        return children[0]

    def initiated(self, tokens: list[Token]) -> Predicate:
        """`initiated solely by SIDE`."""
        *how, by = tokens
        return Initiated(by=str(by), how=InitiatorReading(spelt(how[0])) if how else None)

    def answers(self, children: list[Any]) -> Predicate:
        """`answers only THINGS in some manner`."""
        *only, answered, manner = children
        return Answers(**answered, only=bool(only), manner=manner)

    def is_answered(self, children: list[Any]) -> Predicate:
        """`is answered by SIDE in some manner`."""
        by, manner = children
        return IsAnswered(by=str(by), manner=manner)

    def within(self, tokens: list[Token]) -> Predicate:
        """`within K of what it answers`."""
        return Within(k=read.ratio(tokens[0]))

    def answered(self, children: list[Any]) -> dict[str, object]:
        """Tell actions, grievances and a selection in brackets apart."""
        chosen = children[0] if isinstance(children[0], Filter) else None
        names = [one for one in children if isinstance(one, Token) and one.type != "ANYTHING"]
        ids = [token for token in names if not str(token).startswith(("ext:", "act:"))]
        grievances = tuple(read.grievance(token) for token in names if token not in ids)
        if ids:
            mixed = ClaimSyntaxError(
                "beside a selection in brackets only grievances are named",
                why="inside the brackets actions are named by: namely ID, ID",
            )
            read.require_at(ids[0], chosen is None, mixed)
            chosen = Filter(ids=tuple(read.action_id(token) for token in ids))
        return {"what": chosen, "grievances": grievances}

    def manner(self, children: list[Part]) -> Manner:
        """Put the words of the manner together; only one number of days."""
        days = [part for part in children if part.field == "within_days"]
        twice = ClaimSyntaxError("this is the second number of days", why="one is enough")
        for part in days[1:]:
            read.require_at(part.at, condition=False, error=twice)
        fields: dict[str, Any] = {part.field: part.value for part in children}
        return Manner(**fields)

    def days(self, tokens: list[Token]) -> Part:
        """`within N days`."""
        return Part("within_days", read.whole(tokens[0]), tokens[0])

    def mirrored(self, _children: list[Token]) -> Part:
        """`mirrored`."""
        return Part("mirrored", value=True, at=NOWHERE)

    def in_kind(self, _children: list[Token]) -> Part:
        """`in kind`."""
        return Part("in_kind", value=True, at=NOWHERE)

    def number(self, tokens: list[Token]) -> Term:
        """A number."""
        return Number(value=read.whole(tokens[0]))

    def count(self, children: list[Filter]) -> Term:
        """`count FILTER`."""
        return Count(of=children[0])

    def sum(self, children: list[Any]) -> Term:
        """`sum UNIT and UNIT alike of FILTER`."""
        units, of = children
        return Sum(of=of, units=units)

    def units(self, tokens: list[Token]) -> tuple[str, ...]:
        """Read units; several need the word that says that they are added up."""
        names = [token for token in tokens if token.type != "ALIKE"]
        apart = ClaimSyntaxError(
            "different units do not add up unless you say so",
            why=f"write: sum {' and '.join(names)} alike of ...",
        )
        read.require_at(names[-1], len(names) == 1 or len(names) < len(tokens), apart)
        return tuple(read.unit_name(token) for token in names)

    def stock(self, tokens: list[Token]) -> Term:
        """`stock of UNIT of PARTY in PARTY on DATE by TELLER`."""
        unit, whose, where, on, *told = tokens
        return Stock(
            unit=read.unit_name(unit),
            whose=read.party(whose),
            where=read.party(where),
            on=read.date(on),
            teller=read.teller(told[0]) if told else None,
        )

    def bare_target(self, tokens: list[Token]) -> dict[str, str]:
        """An id stands for an action, any other name for a side."""
        name = str(tokens[0])
        return {"is_action": name} if SLUG.fullmatch(name) else {"side": name}

    def side_target(self, tokens: list[Token]) -> dict[str, str]:
        """`side NAME`, for a side in small letters."""
        return {"side": str(tokens[0])}

    def action_target(self, tokens: list[Token]) -> dict[str, str]:
        """`action ID`."""
        return {"is_action": read.action_id(tokens[0])}


def _joined(test: Test, parts: list[Held]) -> Held:
    depth = 1 + max(part.depth for part in parts)
    require(depth <= NESTING_MAX, too_deep())
    return Held(test, depth)
