"""A text is read as what it says; what cannot be read is pointed at, and the likely word named."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.causes import CauseSyntaxError
from domain.claims.filters import Filter
from domain.claims.language import (
    AllOf,
    AnyOf,
    Budgeted,
    Compare,
    Comparison,
    Count,
    Every,
    Exists,
    If,
    Not,
    NotExists,
    Number,
    RootOf,
    Sum,
    Test,
)
from domain.claims.nesting import NESTING_MAX, ClaimTooDeepError
from domain.claims.predicates import Answers, Initiated, Manner, Within
from domain.dates import (
    DateDoesNotExistError,
    IntervalReversedError,
    UnsupportedDateFormError,
    parse_date,
)
from domain.errors import InputError
from domain.kinds import Family, Polarity, UnknownKindError
from domain.parties import UnknownPartyError
from domain.reading import EscalationFlag, InitiatorReading, MembershipRule
from domain.roles import Role
from domain.units import UnknownUnitError
from ledger.claimtext.errors import ClaimNameError, ClaimSyntaxError, UnknownFamilyError
from ledger.claimtext.parsing import parse_claim
from ledger.claimtext.printing import claim_text
from tests.domain.claims.strategies_claims import plain_tests

SEED = (
    "every hostile action by USA or RUS in family mission_staff "
    "from 2016-12-29 to 2022-02-02 initiated solely by USA"
)


def exists(**fields: object) -> Exists:
    return Exists(of=Filter.model_validate(fields))


def test_the_sentence_that_began_it_all_is_read() -> None:
    assert parse_claim(SEED) == Every(
        of=Filter(
            polarities=(Polarity.HOSTILE,),
            actors=("USA", "RUS"),
            families=(Family.MISSION_STAFF,),
            period=parse_date("2016-12-29/2022-02-02"),
        ),
        holds=Initiated(by="USA", how=InitiatorReading.SOLELY),
    )


def test_it_is_printed_as_it_was_written() -> None:
    assert claim_text(parse_claim(SEED)) == SEED


@pytest.mark.parametrize(
    ("text", "test"),
    [
        ("EXISTS Action BY USA", exists(actors=("USA",))),
        ("exists\n\taction # whatever it is\n  by\nUSA", exists(actors=("USA",))),
        ("exists action by USA.", exists(actors=("USA",))),
        ("exists by USA", exists(actors=("USA",))),
        ("exists by USA, RUS or GBR", exists(actors=("USA", "RUS", "GBR"))),
        ("exists action by AND or NOR", exists(actors=("AND", "NOR"))),
        ('exists action by "the West"', exists(actors=("the West",))),
        (r'exists action by "\"W\" \u00e4"', exists(actors=('"W" ä',))),
        ("exists expulsions or staff_cap", exists(kinds=("expulsion", "staff_cap"))),
        ("exists denials_of_access", exists(kinds=("denial_of_access",))),
        ("exists opening or responses", exists(roles=(Role.OPENING, Role.RESPONSE))),
        ("exists action in 2017", exists(period="2017")),
        ("exists action in 2017/2018", exists(period="2017/2018")),
        ("exists action in 2017 to 2018", exists(period="2017/2018")),
        ("exists action from 2017 to ..", exists(period="2017/..")),
        ("possibly in 2017", None),
        ("exists action possibly in 2017", exists(period="2017", membership="possible")),
        ("exists action in 2017 possibly", exists(period="2017", membership="possible")),
        ("exists by organ court or private", exists(organs=("court", "private"))),
        ("exists action escalating", exists(flags=tuple(EscalationFlag))),
        ("exists action escalating vertically", exists(flags=(EscalationFlag.VERTICAL,))),
        (
            "exists action escalating by opening or by over-response by USA",
            exists(flags=("opening", "over-response"), actors=("USA",)),
        ),
        ("exists action namely a, b or c", exists(ids=("a", "b", "c"))),
    ],
)
def test_a_filter_is_read_in_any_order_and_spelling(text: str, test: Test | None) -> None:
    if test is None:
        with pytest.raises(ClaimSyntaxError):
            parse_claim(text)
    else:
        assert parse_claim(text) == test


def test_an_or_joins_names_or_tests_as_what_follows_says() -> None:
    one, other = exists(actors=("USA", "RUS")), exists(actors=("GBR",))
    several = AnyOf(tests=(one, other))
    assert parse_claim("exists by USA or RUS or exists by GBR") == several
    assert parse_claim("exists by USA or RUS or # so\n (exists by GBR)") == several
    six = Compare(left=Number(value=6), how=Comparison.MORE, right=Number(value=5))
    assert parse_claim("exists by GBR or 6 > 5") == AnyOf(tests=(other, six))


def test_not_binds_first_then_and_then_or_then_if() -> None:
    a, b, c = (exists(actors=(name,)) for name in "abc")
    no_a = NotExists(of=a.of)
    texts = "exists by a", "exists by b", "exists by c"
    assert parse_claim("{} and {} or {}".format(*texts)) == AnyOf(tests=(AllOf(tests=(a, b)), c))
    assert parse_claim("{} or {} and {}".format(*texts)) == AnyOf(tests=(a, AllOf(tests=(b, c))))
    assert parse_claim("not {} and {}".format(*texts)) == AllOf(tests=(no_a, b))
    assert parse_claim("not ({})".format(*texts)) == Not(test=a)
    then = AnyOf(tests=(b, c))
    assert parse_claim("if {} then {} or {}".format(*texts)) == If(condition=a, then=then)
    assert parse_claim("all of ({}; {}; {})".format(*texts)) == AllOf(tests=(a, b, c))


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        (">", ">"),
        ("is more than", ">"),
        ("exceeds", ">"),
        ("is at least", ">="),
        ("equals", "="),
        ("is equal to", "="),
        ("is at most", "<="),
        ("is fewer than", "<"),
    ],
)
def test_a_comparison_is_a_sign_or_words(words: str, sign: str) -> None:
    made = parse_claim(f"count actions {words} 1.5 times 4")
    left, right = Count(of=Filter()), Number(value=4)
    assert made == Compare(left=left, how=Comparison(sign), times=Fraction(3, 2), right=right)


def test_units_are_added_up_only_where_the_text_says_so() -> None:
    made = parse_claim("sum persons and posts_cut alike of actions > 5")
    assert isinstance(made, Compare)
    assert made.left == Sum(of=Filter(), units=("persons", "posts_cut"))
    with pytest.raises(ClaimSyntaxError, match="do not add up"):
        parse_claim("sum persons and posts_cut of actions > 5")


def test_what_is_answered_is_selected_or_named() -> None:
    named = parse_claim("every action answers a, b, ext:c@RUS within 30 days mirrored in kind")
    manner = Manner(within_days=30, mirrored=True, in_kind=True)
    answers = Answers(what=Filter(ids=("a", "b")), grievances=("ext:c@RUS",), manner=manner)
    assert named == Every(of=Filter(), holds=answers)
    selected = parse_claim("every action answers only (action by USA), ext:c")
    answers = Answers(what=Filter(actors=("USA",)), grievances=("ext:c",), only=True)
    assert selected == Every(of=Filter(), holds=answers)
    assert parse_claim("every action answers anything") == Every(of=Filter(), holds=Answers())


def test_a_root_is_a_side_or_an_action_as_it_is_written() -> None:
    assert parse_claim("root of a is USA") == RootOf(action="a", side="USA")
    assert parse_claim("root of a is b") == RootOf(action="a", is_action="b")
    assert parse_claim("root of a is side moscow") == RootOf(action="a", side="moscow")
    within = parse_date("2016/2017")
    assert parse_claim("root of a is b within 2016 to 2017") == RootOf(
        action="a", is_action="b", within=within
    )


def test_responses_are_budgeted_apart_or_together() -> None:
    each = parse_claim("every response by USA within 2 of what it answers each")
    which = Filter(roles=(Role.RESPONSE,), actors=("USA",))
    assert each == Every(of=which, holds=Within(k=Fraction(2)))
    together = (
        "responses by USA in 2017 certainly in persons within 1/2 of what they answer, budgeted"
    )
    period = parse_date("2017")
    of = Filter(period=period, membership=MembershipRule.CERTAIN)
    assert parse_claim(together) == Budgeted(by="USA", of=of, unit="persons", k=Fraction(1, 2))


@pytest.mark.parametrize(
    ("text", "error", "line", "column", "said"),
    [
        ("evry action initiated by USA", ClaimSyntaxError, 1, 1, "did you mean every?"),
        ("every action initated by USA", ClaimSyntaxError, 1, 14, "did you mean initiated?"),
        ("every action by USA againts RUS", ClaimSyntaxError, 1, 21, "did you mean against?"),
        ("exists expulsoin", UnknownKindError, 1, 8, "did you mean expulsion?"),
        ("exists staff caps by RUS", UnknownKindError, 1, 8, "did you mean staff_cap?"),
        ("kind of a is expulson", UnknownKindError, 1, 14, "did you mean expulsion?"),
        ("exists openning by RUS", ClaimSyntaxError, 1, 8, "did you mean opening or"),
        ("exists hostle action", ClaimSyntaxError, 1, 8, "did you mean hostile?"),
        ("exists action in family visa", UnknownFamilyError, 1, 25, "did you mean visas?"),
        ("exists action in family zzz", UnknownFamilyError, 1, 25, "families are mission_staff"),
        ("sum person of actions > 5", UnknownUnitError, 1, 5, "did you mean persons?"),
        ("stock of posts of Russia in USA on 2017 = 5", UnknownPartyError, 1, 19, "by its code"),
        ("exists action\nin 2017-02-30", DateDoesNotExistError, 2, 4, ""),
        ("exists action from 2018 to 2017", IntervalReversedError, 1, 28, ""),
        ("exists action in 2017-12-29T10:00", UnsupportedDateFormError, 1, 18, ""),
        ("root of USA is RUS", ClaimNameError, 1, 9, "small letters"),
        ("cause of a includes b in press:", ClaimSyntaxError, 1, 31, "expected here"),
        ("cause of a includes b in moscow", ClaimNameError, 1, 26, "press:NAME"),
        ("cause of a includes ext:B", CauseSyntaxError, 1, 21, ""),
        ("every action answers act:b@USA", CauseSyntaxError, 1, 22, "cause of ACTION includes"),
        ("every action answers (action), b", ClaimSyntaxError, 1, 32, "namely ID, ID"),
        ("exists by USA by RUS", ClaimSyntaxError, 1, 18, "by USA or GBR"),
        ("exists action before a before b", ClaimSyntaxError, 1, 31, "exists action before A"),
        ("every action answers a within 5 days within 6 days", ClaimSyntaxError, 1, 45, ""),
        ("count actions > 1/0 times 2", ClaimSyntaxError, 1, 17, "divided by zero"),
        ("count actions > 0 times 2", ClaimSyntaxError, 1, 17, ""),
        ("count actions > 1.5", ClaimSyntaxError, 1, 17, "whole things"),
        (f"count actions > {'9' * 40}", ClaimSyntaxError, 1, 17, ""),
        ("not testable because", ClaimSyntaxError, 1, 14, 'a text in "quotes"'),
        (r'not testable "\q"', ClaimSyntaxError, 1, 14, "backslash"),
        ('exists action by "USA', ClaimSyntaxError, 1, 18, 'a text in "quotes"'),
        ("exists action by", ClaimSyntaxError, 1, 17, "a name"),
        ("(exists action", ClaimSyntaxError, 1, 15, '")"'),
        ("exists action)", ClaimSyntaxError, 1, 14, "the end"),
        ("count actions", ClaimSyntaxError, 1, 14, "a comparison"),
        ("", ClaimSyntaxError, 1, 1, '"every"'),
        ("# nothing but a comment", ClaimSyntaxError, 1, 24, '"every"'),
    ],
)
def test_what_cannot_be_read_is_pointed_at(
    text: str, error: type[InputError], line: int, column: int, said: str
) -> None:
    with pytest.raises(error) as caught:
        parse_claim(text, "claim c1")
    assert caught.value.where == f"claim c1, line {line}, column {column}"
    assert said in caught.value.why
    assert caught.value.hint


def test_the_excerpt_points_at_the_place() -> None:
    with pytest.raises(ClaimSyntaxError) as caught:
        parse_claim("exists action by USA\n  agianst RUS")
    said, excerpt, carets = caught.value.what.splitlines()
    assert said == "'agianst' cannot stand here"
    assert excerpt == "  agianst RUS"
    assert carets == "  ^^^^^^^"


def test_a_long_line_is_shown_around_the_place() -> None:
    with pytest.raises(ClaimSyntaxError) as caught:
        parse_claim(f"exists action by {' or '.join(['USA'] * 99)} agianst {'RUS ' * 99}")
    _, excerpt, carets = caught.value.what.splitlines()
    assert len(excerpt) < 120
    start = carets.index("^")
    assert excerpt[start : start + carets.count("^")] == "agianst"


def test_words_are_named_as_they_are_written_never_as_terminals() -> None:
    with pytest.raises(ClaimSyntaxError) as caught:
        parse_claim("every action")
    assert "_INITIATED" not in str(caught.value)
    assert '"initiated"' in caught.value.why


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("(", ")"), ("not ", ""), ("all of (", ")"), ("if exists action then ", "")],
)
def test_ten_thousand_nested_are_refused_by_name(opening: str, closing: str) -> None:
    with pytest.raises(ClaimTooDeepError):
        parse_claim(opening * 10_000 + "exists action" + closing * 10_000)


def test_two_hundred_brackets_are_read() -> None:
    text = f"{'(' * NESTING_MAX}exists action{')' * NESTING_MAX}"
    assert parse_claim(text) == exists()
    with pytest.raises(ClaimTooDeepError) as caught:
        parse_claim(f"({text})")
    assert caught.value.where == f"line 1, column {NESTING_MAX + 1}"


def is_read_or_refused_by_name(text: str) -> bool:
    try:
        parse_claim(text)
    except InputError as error:
        return bool(error.where)
    return True


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_by_name(text: str) -> None:
    assert is_read_or_refused_by_name(text)


@given(plain_tests(), st.data())
def test_a_claim_that_breaks_off_anywhere_is_read_or_refused_by_name(
    test: Test, data: st.DataObject
) -> None:
    text = claim_text(test)
    start = data.draw(st.integers(0, len(text)))
    assert is_read_or_refused_by_name(text[:start] + text[start + data.draw(st.integers(0, 5)) :])
