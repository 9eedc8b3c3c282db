"""Causes and what is said of them: one text form each, read and written without loss."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from domain.causes import (
    ActionCause,
    Cause,
    CauseSyntaxError,
    Form,
    Grievance,
    OutsideCause,
    Said,
    SaidSyntaxError,
    parse_cause,
    parse_said,
    said_cell,
)

slugs = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,20}", fullmatch=True)
codes = st.from_regex(r"[A-Z][A-Z0-9-]{1,8}", fullmatch=True)
causes: st.SearchStrategy[Cause] = st.one_of(
    st.builds(ActionCause, slugs),
    st.builds(OutsideCause, slugs, codes),
    st.builds(Grievance, slugs, st.one_of(st.just(""), codes)),
)
sayings = st.one_of(
    st.lists(causes, max_size=4).map(Said.of),
    st.sampled_from([form for form in Form if form is not Form.CAUSES]).map(Said),
)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("usa-2016-12-29-exp35", ActionCause("usa-2016-12-29-exp35")),
        ("act:us-sanctions-2014@USA", OutsideCause("us-sanctions-2014", "USA")),
        ("ext:salisbury-2018@RUS", Grievance("salisbury-2018", "RUS")),
        ("ext:tense-situation", Grievance("tense-situation")),
    ],
)
def test_each_form_reads_and_writes_itself(text: str, cause: Cause) -> None:
    assert parse_cause(text) == cause
    assert str(cause) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Expulsion",
        "act:no-party",
        "act:slug@usa",
        "ext:",
        "ext:slug@",
        "slug@RUS",
        "other:slug@RUS",
        "ext:two words",
        "act:a@USA@RUS",
        " slug",
        "slug\n",
    ],
)
def test_what_is_no_cause_is_refused_with_the_forms(text: str) -> None:
    with pytest.raises(CauseSyntaxError) as refused:
        parse_cause(text)
    assert refused.value.hint.startswith("reciprocity ")


@given(causes)
def test_no_cause_is_lost_in_its_text(cause: Cause) -> None:
    assert parse_cause(str(cause)) == cause


@given(sayings)
def test_what_is_said_survives_storage_and_tables(said: Said) -> None:
    assert Said.of(said.stored()) == said
    assert parse_said(said_cell(said)) == said


@given(st.lists(causes, max_size=4))
def test_the_order_of_causes_and_their_repetition_say_nothing(listed: list[Cause]) -> None:
    assert Said.of(listed) == Said.of([*reversed(listed), *listed])


def test_the_empty_list_says_that_nothing_is_answered_and_is_no_silence() -> None:
    assert not Said.of([]).is_silent
    assert said_cell(Said.of([])) == "nothing"
    assert parse_said(" nothing ") == Said(Form.CAUSES)


@pytest.mark.parametrize("word", ["none_stated", "unknown", "disputed", "not_applicable"])
def test_each_way_of_being_silent_is_kept(word: str) -> None:
    said = Said.of(word)
    assert said.is_silent
    assert said.stored() == word


def test_unprovoked_is_no_silence() -> None:
    assert not Said.of("unprovoked").is_silent


@pytest.mark.parametrize("value", ["causes", "because", 7, None, {"causes": []}])
def test_another_word_is_refused(value: object) -> None:
    with pytest.raises(SaidSyntaxError):
        Said.of(value)


@pytest.mark.parametrize("item", [7, None, "Not A Slug"])
def test_a_list_holds_nothing_but_causes(item: object) -> None:
    with pytest.raises(CauseSyntaxError):
        Said.of([item])


class Holder(BaseModel):
    said: Said


def test_a_model_reads_and_writes_the_stored_form() -> None:
    held = Holder.model_validate({"said": ["b", "a", "a"]})
    assert held.said == Said.of(["a", "b"])
    assert held.model_dump(mode="json") == {"said": ["a", "b"]}
    assert Holder.model_validate_json('{"said": "unprovoked"}').said == Said(Form.UNPROVOKED)
    assert "none_stated" in str(Holder.model_json_schema())
