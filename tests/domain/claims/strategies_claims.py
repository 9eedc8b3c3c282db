"""Hypothesis strategies for claims in their data form."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeVar, get_args

from hypothesis import strategies as st

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
from domain.claims.predicates import (
    Answers,
    Initiated,
    IsAnswered,
    Manner,
    Predicate,
    Within,
)
from domain.dates import UncertainDate, parse_date
from domain.kinds import KINDS, Family, Polarity
from domain.reading import EscalationFlag, InitiatorReading, MembershipRule
from domain.records.action import Organ
from domain.roles import Role
from domain.units import UNITS

Value = TypeVar("Value")

IDS = ("a1", "a2", "b1", "usa-2016-12-29-exp35", "x.y_z", "2016-12-29", "7", "or", "every", "a.")
SIDES = ("USA", "RUS", "AND", "X-E3", "Moscow", "the West", "or", "exists", "7", 'the "good"', "ä")
PARTIES = ("USA", "RUS", "AND", "X-E3")
ACCOUNTS = (*PARTIES, "analyst:compilers-for-RUS", "press:AP", "rule:first.")
GRIEVANCES = ("ext:a", "ext:election-interference-2016@RUS", "ext:x.y@X-E3")
DATES = (
    *("2016-12-29", "2016-12", "2017", "2016-12-29~", "2017?", "2022-02-XX", "201X", "2022-01%"),
    *("2016-12-29/2022-02-02", "2016-12-29/..", "../2020", "2022-01~/2022-02-10"),
)
TAGS = ("core", "third_party", "tagged", "two words", "")

ids = st.sampled_from(IDS)
sides = st.sampled_from(SIDES)
parties = st.sampled_from(PARTIES)
accounts = st.sampled_from(ACCOUNTS)
kind_names = st.sampled_from([row.name for row in KINDS])
unit_names = st.sampled_from([row.name for row in UNITS])
ratios = st.fractions(min_value=0, max_value=50, max_denominator=20)


def dates() -> st.SearchStrategy[UncertainDate]:
    """Dates and periods of every form."""
    return st.sampled_from(DATES).map(parse_date)


def some(values: st.SearchStrategy[Value]) -> st.SearchStrategy[tuple[Value, ...]]:
    """A few values, mostly none."""
    return st.one_of(st.just(()), st.just(()), st.lists(values, max_size=3).map(tuple))


def maybe(values: st.SearchStrategy[Value]) -> st.SearchStrategy[Value | None]:
    """A value, mostly none."""
    return st.one_of(st.none(), st.none(), values)


def filters() -> st.SearchStrategy[Filter]:
    """Filters of every field, most of them short."""
    return st.builds(
        Filter,
        disputes=some(ids),
        kinds=some(kind_names),
        families=some(st.sampled_from(Family)),
        polarities=some(st.sampled_from(Polarity)),
        roles=some(st.sampled_from(Role)),
        flags=st.just(tuple(EscalationFlag)) | some(st.sampled_from(EscalationFlag)),
        actors=some(sides),
        targets=some(sides),
        period=maybe(dates()),
        membership=maybe(st.sampled_from(MembershipRule)),
        before=maybe(ids),
        after=maybe(ids),
        until=maybe(ids),
        tags=some(st.sampled_from(TAGS)),
        organs=some(st.sampled_from(get_args(Organ))),
        ids=some(ids),
        reverses=some(ids),
        executes=some(ids),
        answers=some(ids),
    )


def manners() -> st.SearchStrategy[Manner]:
    """Manners of answering."""
    return st.builds(
        Manner,
        within_days=maybe(st.integers(0, 5_000)),
        mirrored=st.booleans(),
        in_kind=st.booleans(),
    )


def predicates() -> st.SearchStrategy[Predicate]:
    """Predicates of every form."""
    return st.one_of(
        st.builds(Initiated, by=sides, how=maybe(st.sampled_from(InitiatorReading))),
        st.builds(
            Answers,
            what=maybe(filters() | st.builds(Filter, ids=st.lists(ids, min_size=1).map(tuple))),
            grievances=some(st.sampled_from(GRIEVANCES)),
            only=st.booleans(),
            manner=manners(),
        ),
        st.builds(IsAnswered, by=sides, manner=manners()),
        st.builds(Within, k=ratios),
    )


def terms() -> st.SearchStrategy[Term]:
    """Terms of every form."""
    return st.one_of(
        st.builds(Number, value=st.integers(0, 10**9)),
        st.builds(Count, of=filters()),
        st.builds(Sum, of=filters(), units=st.lists(unit_names, min_size=1, max_size=3).map(tuple)),
        st.builds(
            Stock,
            unit=unit_names,
            whose=parties,
            where=parties,
            on=dates(),
            teller=maybe(accounts),
        ),
    )


def roots() -> st.SearchStrategy[RootOf]:
    """Claims about a root, put to a side or to an action."""
    return st.one_of(
        st.builds(RootOf, action=ids, side=sides, within=maybe(dates())),
        st.builds(RootOf, action=ids, is_action=ids, within=maybe(dates())),
    )


def plain_tests() -> st.SearchStrategy[Test]:
    """Tests that hold no other test."""
    causes = st.sampled_from((*IDS[:5], *GRIEVANCES, "act:sanctions-2014@USA"))
    return st.one_of(
        st.builds(Every, of=filters(), holds=predicates()),
        st.builds(No, of=filters(), holds=predicates()),
        st.builds(Exists, of=filters()),
        st.builds(NotExists, of=filters()),
        st.builds(
            Compare,
            left=terms(),
            how=st.sampled_from(Comparison),
            times=ratios.filter(bool) | st.just(Fraction(1)),
            right=terms(),
        ),
        st.builds(Budgeted, by=sides, of=filters(), unit=unit_names, k=ratios),
        roots(),
        st.builds(CauseOf, action=ids, includes=causes, account=maybe(accounts)),
        st.builds(KindOf, action=ids, kind=kind_names, account=maybe(accounts)),
        st.builds(NotTestable, reason=st.text(max_size=30)),
    )


def any_tests(leaves: int = 6) -> st.SearchStrategy[Test]:
    """Tests of every form, nested."""
    return st.recursive(plain_tests(), _compound, max_leaves=leaves)


def _compound(inner: st.SearchStrategy[Test]) -> st.SearchStrategy[Test]:
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(AllOf, tests=several),
        st.builds(AnyOf, tests=several),
        st.builds(Not, test=inner),
        st.builds(If, condition=inner, then=inner),
    )
