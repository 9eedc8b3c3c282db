"""The shipped JSON Schema of a claim is the one of its classes, and takes every claim."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from domain.claims.language import Test
from ledger.claimtext.schema import SHIPPED, claim_schema, claim_schema_text
from tests.domain.claims.strategies_claims import any_tests
from tests.ledger.exports.test_schema import faults

MADE = claim_schema()


def test_the_shipped_schema_is_the_one_of_the_classes() -> None:
    assert SHIPPED.read_text(encoding="utf-8") == claim_schema_text(), (
        "write claim_schema_text() of ledger.claimtext.schema to claim.schema.json"
    )


@given(any_tests())
def test_every_claim_fits_the_schema(test: Test) -> None:
    data = test.model_dump(mode="json", exclude_defaults=True)
    assert not list(faults(data, {"oneOf": MADE["oneOf"]}, MADE["$defs"]))


@pytest.mark.parametrize(
    "data",
    [
        {"of": {}},
        {"form": "some", "of": {}},
        {"form": "exists"},
        {"form": "exists", "of": {"actor": ["USA"]}},
        {"form": "exists", "of": {"actors": "USA"}},
        {"form": "exists", "of": {"families": ["visa"]}},
        {"form": "all_of", "tests": []},
        {"form": "not", "test": {"form": "exists"}},
    ],
)
def test_what_is_no_claim_does_not_fit(data: dict[str, Any]) -> None:
    assert list(faults(data, {"oneOf": MADE["oneOf"]}, MADE["$defs"]))
