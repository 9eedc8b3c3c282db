"""docs/claims-language.md says what is so: every example is read, said in words, and refused."""

from __future__ import annotations

import json
import re
from typing import Final

import pytest
from pydantic import BaseModel

from domain.claims.filters import Filter
from domain.claims.plain import in_words
from domain.claims.predicates import Manner
from domain.errors import InputError
from domain.kinds import Polarity
from domain.reading import EscalationFlag, InitiatorReading
from domain.roles import Role
from ledger.claimtext.grammar import RULES
from ledger.claimtext.parsing import parse_claim
from tests.house.tree import ROOT
from tests.ledger.claimtext.test_seed_claims import FORMS, form, models

PAGE: Final = (ROOT / "docs" / "claims-language.md").read_text(encoding="utf-8")
EXAMPLES: Final = re.findall(r"^```claim\n(.*?)\n```\n> ([^\n]*)$", PAGE, re.DOTALL | re.MULTILINE)
REFUSED: Final = re.findall(
    r"^```refused\n(.*?)\n```\n```error\n(.*?)\n```", PAGE, re.DOTALL | re.MULTILINE
)


@pytest.mark.parametrize(("text", "said"), EXAMPLES)
def test_an_example_is_read_and_says_what_stands_below_it(text: str, said: str) -> None:
    assert in_words(parse_claim(text)) == said


def test_every_claim_on_the_page_has_its_words() -> None:
    assert len(EXAMPLES) == PAGE.count("```claim\n") > 30


@pytest.mark.parametrize(("text", "told"), REFUSED)
def test_what_is_shown_as_refused_is_refused_so(text: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_claim(text)
    error = caught.value
    head = f"{type(error).__name__}: {error.what}"
    assert told == f"{head}\nwhere: {error.where}\nwhy: {error.why}"


def test_some_refusals_are_shown() -> None:
    assert len(REFUSED) == PAGE.count("```refused\n") == 3


def test_the_data_form_shown_is_that_of_the_claim_above_it() -> None:
    shown = re.findall(r"^```json\n(.*?)\n```", PAGE, re.DOTALL | re.MULTILINE)
    data = parse_claim(EXAMPLES[-1][0]).model_dump(mode="json", exclude_defaults=True)
    assert [json.loads(text) for text in shown] == [data]


def test_the_grammar_shown_is_the_one_that_is_used() -> None:
    shown = re.findall(r"^```lark\n(.*?)\n```", PAGE, re.DOTALL | re.MULTILINE)
    assert shown == [RULES.read_text(encoding="utf-8").strip()]


def used() -> list[BaseModel]:
    return [one for text, _ in EXAMPLES for one in models(parse_claim(text))]


def test_every_form_has_an_example() -> None:
    assert {form(one) for one in used()} - {""} == FORMS


def test_every_field_of_a_filter_and_of_a_manner_has_an_example() -> None:
    for shown in (Filter, Manner):
        fields = {name for one in used() if isinstance(one, shown) for name in one.model_fields_set}
        assert fields == set(shown.model_fields)


@pytest.mark.parametrize("word", [*Role, *Polarity, *InitiatorReading])
def test_every_word_that_selects_is_on_the_page(word: str) -> None:
    assert re.search(rf"`[^`]*\b{re.escape(word)}\b[^`]*`", PAGE)


def test_every_flag_is_on_the_page() -> None:
    for flag in EscalationFlag:
        assert flag.value in PAGE
