"""The data form survives being stored, and refuses names that no table knows."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from pydantic import TypeAdapter, ValidationError

from domain.canonical import canonical_bytes
from domain.causes import CauseSyntaxError
from domain.claims.claim import ClaimRecorded, Variant
from domain.claims.filters import Filter
from domain.claims.language import (
    AllOf,
    AnyOf,
    Compare,
    Exists,
    Not,
    Number,
    RootUnclearError,
    Test,
)
from domain.claims.nesting import (
    NESTING_MAX,
    TESTS_MAX,
    ClaimTooDeepError,
    ClaimTooLongError,
    checked_length,
    nesting,
)
from domain.errors import InputError
from domain.kinds import UnknownKindError
from domain.records.base import dump
from domain.units import UnknownUnitError
from tests.domain.claims.strategies_claims import any_tests
from tests.making import SOURCE

FORM: TypeAdapter[Test] = TypeAdapter(Test)


def deep(levels: int) -> Test:
    made: Test = Exists(of=Filter())
    for _ in range(levels - 1):
        made = AllOf(tests=(made,))
    return made


def stored_and_loaded(test: Test) -> Test:
    claim = ClaimRecorded.model_validate(
        {
            "id": "c",
            "dispute": "a-b",
            "speaker": "somebody",
            "said_on": "2020",
            "words": "something",
            "variants": [Variant(test=test)],
            "sources": [SOURCE],
        }
    )
    loaded = ClaimRecorded.model_validate(json.loads(canonical_bytes(dump(claim))))
    return loaded.variants[0].test


@given(any_tests())
def test_every_test_can_be_stored_and_loaded(test: Test) -> None:
    assert stored_and_loaded(test) == test


def test_the_deepest_test_can_be_stored_and_loaded() -> None:
    assert stored_and_loaded(deep(NESTING_MAX)) == deep(NESTING_MAX)


def test_a_test_that_is_too_deep_is_no_variant() -> None:
    with pytest.raises(ClaimTooDeepError):
        Variant(test=deep(NESTING_MAX + 1))


@pytest.mark.parametrize("join", [AllOf, AnyOf])
def test_a_claim_joins_so_many_tests_and_no_more(join: type[AllOf | AnyOf]) -> None:
    one = Not(test=Exists(of=Filter()))
    longest = join(tests=(one, join(tests=(one,) * (TESTS_MAX - 1))))
    assert checked_length(longest) == longest
    with pytest.raises(ClaimTooLongError) as caught:
        checked_length(AllOf(tests=(longest, one)), "the claim")
    assert f"joins {TESTS_MAX + 1} tests, more than {TESTS_MAX}" in caught.value.what
    assert caught.value.where == "the claim"


def test_a_stored_claim_that_is_too_long_is_still_read() -> None:
    test = AllOf(tests=(Exists(of=Filter()),) * (TESTS_MAX + 1))
    assert stored_and_loaded(test) == test


def test_nesting_counts_the_deepest_place() -> None:
    shallow = Exists(of=Filter())
    assert nesting(shallow) == 1
    assert nesting(AllOf(tests=(shallow, Not(test=Not(test=shallow)), shallow))) == 4


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({"form": "exists", "of": {"kinds": ["expulson"]}}, UnknownKindError),
        ({"form": "kind_of", "action": "a", "kind": "Expulsion"}, UnknownKindError),
        ({"form": "cause_of", "action": "a", "includes": "ext:Nothing"}, CauseSyntaxError),
        ({"form": "budgeted", "by": "USA", "of": {}, "unit": "heads"}, UnknownUnitError),
        ({"form": "root_of", "action": "a"}, RootUnclearError),
        ({"form": "root_of", "action": "a", "side": "USA", "is_action": "b"}, RootUnclearError),
    ],
)
def test_a_name_that_no_table_knows_is_refused(
    data: dict[str, Any], error: type[InputError]
) -> None:
    with pytest.raises(error):
        FORM.validate_python(data)


def test_a_form_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValidationError, match="form"):
        FORM.validate_python({"form": "some", "of": {}})


def test_a_decimal_ratio_means_what_it_says() -> None:
    one = Number(value=1)
    data = {"form": "compare", "left": dump(one), "how": ">", "times": 0.1, "right": dump(one)}
    made = FORM.validate_python(data)
    assert isinstance(made, Compare)
    assert str(made.times) == "1/10"
