"""A claim is said back in plain English: one sentence that names everything the claim names."""

from __future__ import annotations

import pytest
from hypothesis import given

from domain.claims.filters import Filter
from domain.claims.language import AllOf, Count, Every, Exists, No, Test
from domain.claims.nesting import NESTING_MAX
from domain.claims.plain import in_words
from domain.claims.plain_names import date_in_words, everyday_name, speaker_name
from domain.claims.predicates import Answers, Initiated
from domain.reading import InitiatorReading
from ledger.claimtext.parsing import parse_claim
from tests.domain.claims.strategies_claims import any_tests

SEED = "every hostile action by USA or RUS in family mission_staff from 2016-12-29 to 2022-02-02"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            f"{SEED} initiated solely by USA",
            (
                "Every hostile action by the United States or Russia over mission staff from "
                "29 December 2016 to 2 February 2022 was initiated by the United States alone."
            ),
        ),
        (
            "every expulsion namely a, b answers b, ext:c@RUS within 30 days mirrored",
            (
                'Each of the expulsions a and b answered b or the grievance "c" against Russia '
                "within 30 days with the same kind of measure in the same size."
            ),
        ),
        (
            "no action namely a answers (action by GBR)",
            "The action a did not answer an action by the United Kingdom.",
        ),
        (
            "no action namely a initiated jointly by USA",
            "The action a was not initiated by the United States, alone or with others.",
        ),
        (
            "no response namely a within 1 of what it answers",
            "The response a was larger than what it answered.",
        ),
        ("exists action namely a before b", "The action a was one certainly before b."),
        ("exists action namely a", "The action a was recorded."),
        ("not exists expulsion by USA", "There was no expulsion by the United States."),
        ("not exists recall namely a, b", "None of the actions a and b was a recall."),
        (
            "exists answering a reversing b escalating before c in 2017 until d by organ court",
            (
                "There was an action in 2017, certainly before c and not certainly after d that "
                "was decided by a court, escalated, undid b and answered a."
            ),
        ),
        ("exists opening expulsion", "There was an expulsion that was an opening."),
        (
            "count hostile actions by USA > 2 times count talks_cancelled",
            (
                "The number of hostile actions by the United States was more than 2 times the "
                "number of cancellations of talks."
            ),
        ),
        (
            "sum persons and posts_cut alike of actions by RUS <= 5",
            "The sum of persons and posts cut, counted alike, in actions by Russia was at most 5.",
        ),
        (
            "stock of posts of RUS in USA on 2021-10-27 by USA = 230",
            (
                "The number of posts of Russia in the United States on 27 October 2021, as the "
                "United States counts them, was 230."
            ),
        ),
        (
            "count expulsion < stock of posts of RUS in USA on 2021 by USA and exists expulsion",
            (
                "The number of expulsions was less than the number of posts of Russia in the "
                "United States in 2021, as the United States counts them; and there was an "
                "expulsion."
            ),
        ),
        (
            "responses by RUS in 2021 in persons within 2 of what they answer, budgeted",
            (
                "Taken together, the responses by Russia in 2021 were at most 2 times as large as "
                "what they answered, in persons, with nothing that they answered counted twice."
            ),
        ),
        (
            "root of a is USA within 2021-09 to 2022-02-17",
            (
                "What led to a was begun by the United States alone, looking only at what was done "
                "from September 2021 to 17 February 2022."
            ),
        ),
        (
            "cause of a includes act:b@USA in RUS",
            (
                'The action a answered the measure "b" by the United States, which is not recorded '
                "here, as Russia tells it."
            ),
        ),
        (
            "not kind of a is expulsion in press:AP",
            "It is not so that the action a was an expulsion, in the words of press:AP.",
        ),
        (
            "if exists action by a then (exists action by b or exists action by c)",
            (
                "If there was an action by a, then (either there was an action by b; or there was "
                "an action by c)."
            ),
        ),
        ('not testable "no law is applied"', "This cannot be tested here: no law is applied."),
    ],
)
def test_a_claim_is_said_in_one_plain_sentence(text: str, said: str) -> None:
    assert in_words(parse_claim(text)) == said


@given(any_tests())
def test_every_claim_is_one_sentence(test: Test) -> None:
    said = in_words(test)
    assert said[0].isupper() or not said[0].isalpha()
    assert said.endswith(".")


@given(any_tests())
def test_nothing_that_a_claim_names_is_left_out(test: Test) -> None:
    asked: set[str] = set()

    def called(name: str) -> str:
        asked.add(name)
        return f"<{name}>"

    said = in_words(test, called)
    assert all(f"<{name}>" in said for name in asked)


def test_two_ways_to_be_initiated_are_said_differently() -> None:
    manners = [*InitiatorReading, None]
    said = {in_words(Every(of=Filter(), holds=Initiated(by="USA", how=how))) for how in manners}
    assert len(said) == len(manners)


def test_only_is_said() -> None:
    said = [in_words(No(of=Filter(), holds=Answers(only=only))) for only in (False, True)]
    assert said[1] == said[0].replace(" side.", " side and nothing else.")


def test_the_deepest_claim_is_said() -> None:
    test: Test = Exists(of=Filter())
    for _ in range(NESTING_MAX - 1):
        test = AllOf(tests=(test, Exists(of=Filter())))
    assert in_words(test).count("(") == NESTING_MAX - 2


def test_actions_may_be_called_by_more_than_their_ids() -> None:
    test = parse_claim("exists action before a")
    assert in_words(test, {"a": "the closing of Seattle"}.__getitem__) == (
        "There was an action certainly before the closing of Seattle."
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2016-12-29", "29 December 2016"),
        ("2016-12", "December 2016"),
        ("2016", "2016"),
        ("2016-12-29~", "about 29 December 2016"),
        ("2016?", "perhaps 2016"),
        ("2022-02-XX", "some day of February 2022"),
        ("2022-XX", "some month of 2022"),
        ("201X", "some year in 2010-2019"),
    ],
)
def test_dates_are_said_as_they_are_known(text: str, said: str) -> None:
    assert date_in_words(text) == said


def test_parties_have_their_everyday_names_and_other_names_stay() -> None:
    assert everyday_name("USA") == "the United States"
    assert everyday_name("RUS") == "Russia"
    assert everyday_name("UN") == "the United Nations"
    assert everyday_name("Moscow") == "Moscow"
    assert everyday_name("the United Front") == "the United Front"


def test_who_speaks_is_called_by_its_capital_or_keeps_its_name() -> None:
    names = ("RUS", "USA", "EU", "NLD", "X-MULTI", "press:wire", "analyst:compilers-for-RUS")
    assert [speaker_name(name) for name in names] == [
        *("Moscow", "Washington", "the European Union", "the Netherlands"),
        *("X-MULTI", "press:wire", "analyst:compilers-for-RUS"),
    ]


def test_counting_is_put_into_the_plural() -> None:
    test = parse_claim("count denial_of_access or recall > 1")
    assert Count(of=Filter(kinds=("denial_of_access", "recall"))) == getattr(test, "left", None)
    assert "denials of access or recalls" in in_words(test)
