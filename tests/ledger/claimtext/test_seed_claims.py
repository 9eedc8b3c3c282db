"""The real sentences: each is read, names only what the real history holds, and needs the language.

Every form of the language, and every field of a filter, is needed by some sentence.
"""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from typing import Any, Final

import pytest
from pydantic import BaseModel

from domain.claims.claim import ClaimRecorded
from domain.claims.filters import Filter
from domain.claims.language import NotTestable, Test
from domain.claims.mentions import mentions
from domain.claims.plain import in_words
from domain.claims.predicates import Answers, Manner
from domain.parties import check_party
from domain.records.registry import load_record
from ledger.claimtext.parsing import parse_claim
from ledger.claimtext.printing import claim_text
from ledger.imports.claims_toml import claim_payload
from ledger.seeds import seed
from tests.real import DISPUTE

IDS: Final = tuple(f"c-a{number:02}" for number in range(1, 30))
FORMS: Final = frozenset(
    {
        *("every", "no", "exists", "not_exists", "compare", "budgeted", "root_of", "cause_of"),
        *("kind_of", "all_of", "any_of", "not", "if", "not_testable"),
        *("number", "count", "sum", "stock"),
        *("initiated", "answers", "is_answered", "within"),
    }
)
OPTIONAL: Final = ("root_of.within", "cause_of.account", "kind_of.account", "stock.teller")
CHOICES: Final = frozenset(
    {
        *("initiated.how=solely", "initiated.how=jointly", "initiated.how=directly"),
        *("initiated.how=None", "answers.only=True", "compare.times=1", "compare.times=3/2"),
        *("root_of.side given", "root_of.is_action given", "answers.what given"),
        *(f"{place}=None" for place in OPTIONAL),
        *(f"{place} given" for place in OPTIONAL),
        *(".membership=certain", ".membership=possible"),
    }
)


@cache
def claims() -> tuple[ClaimRecorded, ...]:
    made = []
    for table in tomllib.loads(seed("claims.toml").read_text(encoding="utf-8"))["claim"]:
        record = load_record("claim_recorded", 1, claim_payload(table, table["id"]), table["id"])
        assert isinstance(record, ClaimRecorded)
        made.append(record)
    return tuple(made)


@cache
def rows() -> tuple[dict[str, str], ...]:
    with seed("us_russia.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def cells(*columns: str) -> frozenset[str]:
    """Everything that stands in these columns, lists taken apart."""
    found = (part.strip() for row in rows() for name in columns for part in row[name].split(";"))
    return frozenset(part for part in found if part)


def tests() -> tuple[Test, ...]:
    return tuple(variant.test for claim in claims() for variant in claim.variants)


tests.__test__ = False  # type: ignore[attr-defined]


def models(made: object) -> list[BaseModel]:
    """Every model inside a model, itself first."""
    if isinstance(made, tuple):
        return [inner for one in made for inner in models(one)]
    if not isinstance(made, BaseModel):
        return []
    return [made, *(inner for _, value in made for inner in models(value))]


@cache
def used() -> tuple[BaseModel, ...]:
    return tuple(one for test in tests() for one in models(test))


def test_all_sentences_are_there() -> None:
    assert tuple(claim.id for claim in claims()) == IDS


@pytest.mark.parametrize("claim", claims(), ids=lambda claim: claim.id)
def test_a_sentence_names_only_what_the_history_holds(claim: ClaimRecorded) -> None:
    held = cells("id")
    sides = {"USA", "RUS"}
    assert claim.dispute == DISPUTE
    assert claim.side in sides
    for variant in claim.variants:
        named = mentions(variant.test)
        assert set(named.actions) <= held
        assert set(named.disputes) <= {DISPUTE}
        assert {*named.sides, *named.accounts} <= sides
        assert {check_party(party) for party in named.parties} <= cells("actors", "targets")
        tags = {tag for which in named.filters for tag in which.tags}
        assert tags <= cells("tags")


@pytest.mark.parametrize("claim", claims(), ids=lambda claim: claim.id)
def test_a_sentence_names_only_kinds_and_families_that_the_history_has(
    claim: ClaimRecorded,
) -> None:
    for variant in claim.variants:
        filters = mentions(variant.test).filters
        kinds = {kind for which in filters for kind in which.kinds}
        kinds |= {one.kind for one in models(variant.test) if hasattr(one, "kind")}
        assert kinds <= cells("kind", "target_kind")
        assert {family for which in filters for family in which.families} <= cells("family")


@pytest.mark.parametrize("claim", claims(), ids=lambda claim: claim.id)
def test_grievances_and_outside_actions_are_those_of_the_history(claim: ClaimRecorded) -> None:
    stated = cells("actor_causes", "target_causes")
    for one in models(tuple(variant.test for variant in claim.variants)):
        causes = one.grievances if isinstance(one, Answers) else (getattr(one, "includes", None),)
        assert {cause for cause in causes if cause and ":" in cause} <= stated


@pytest.mark.parametrize("claim", claims(), ids=lambda claim: claim.id)
def test_each_way_to_take_a_sentence_is_told_from_the_others(claim: ClaimRecorded) -> None:
    assert len({variant.label for variant in claim.variants}) == len(claim.variants)
    assert len({claim_text(variant.test) for variant in claim.variants}) == len(claim.variants)
    assert claim.note or len(claim.variants) == 1
    assert claim.sources


@pytest.mark.parametrize("claim", claims(), ids=lambda claim: claim.id)
def test_a_sentence_is_read_back_and_said_in_words(claim: ClaimRecorded) -> None:
    for variant in claim.variants:
        assert parse_claim(claim_text(variant.test)) == variant.test
        assert len(in_words(variant.test)) > 20


def test_the_first_sentence_has_its_two_windows() -> None:
    sentence = "every hostile action by USA or RUS in family mission_staff from {} to 2022-02-02"
    assert [claim_text(variant.test) for variant in claims()[0].variants] == [
        f"{sentence.format(start)} initiated solely by USA"
        for start in ("2009-01-20", "2016-12-29")
    ]


def test_what_is_not_testable_says_why_and_stands_alone() -> None:
    reasons = [test.reason for test in tests() if isinstance(test, NotTestable)]
    inside = [one for one in used() if isinstance(one, NotTestable)]
    assert len(reasons) == len(inside) > 0
    assert all(len(reason.split()) > 8 for reason in reasons)


def form(one: BaseModel) -> str:
    return str(getattr(one, "form", ""))


def test_every_form_of_the_language_is_needed_by_some_sentence() -> None:
    assert {form(one) for one in used()} - {""} == FORMS


def test_every_field_of_a_filter_is_needed_by_some_sentence() -> None:
    needed = {name for one in used() if isinstance(one, Filter) for name in one.model_fields_set}
    assert needed == set(Filter.model_fields)


def test_every_manner_of_answering_is_needed_by_some_sentence() -> None:
    needed = {name for one in used() if isinstance(one, Manner) for name in one.model_fields_set}
    assert needed == set(Manner.model_fields)


def test_every_choice_of_a_form_is_needed_by_some_sentence() -> None:
    found = set()
    for one in used():
        fields: dict[str, Any] = dict(one)
        found |= {f"{form(one)}.{name}={value}" for name, value in fields.items()}
        found |= {f"{form(one)}.{name} given" for name in fields if fields[name] is not None}
    assert found >= CHOICES
