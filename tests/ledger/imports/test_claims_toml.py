"""Claims from TOML: the shipped file, its short forms, and what is wrong with others."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from domain.claims.claim import ClaimRecorded
from ledger.claimtext.parsing import parse_claim
from ledger.imports.subjects_toml import read
from ledger.seeds import seed

pytestmark = pytest.mark.usefixtures("way")

if TYPE_CHECKING:
    from ledger.imports.rows import Row

HEAD = """
[[claim]]
id = "c1"
dispute = "a-b"
speaker = "A minister"
said_on = "2020-03-01"
words = "They began it"
sources = ["A speech | A paper | 2020-03-01"]
"""


def rows(text: str) -> list[Row]:
    return list(read("claims.toml", io.BytesIO(text.encode())))


def one(text: str) -> ClaimRecorded:
    [row] = rows(text)
    assert row.error is None
    [record] = row.records
    assert isinstance(record, ClaimRecorded)
    return record


def test_a_test_is_read_in_the_text_form() -> None:
    found = one(f"{HEAD}test = 'exists expulsion by RUS'\n")
    assert [variant.test for variant in found.variants] == [parse_claim("exists expulsion by RUS")]
    assert [source.publisher for source in found.sources] == ["A paper"]


def test_a_test_may_be_in_its_data_form_and_a_source_a_table() -> None:
    found = one(
        HEAD.replace('["A speech | A paper | 2020-03-01"]', '[{ title = "A speech" }]')
        + 'test = { form = "exists", of = { kinds = ["expulsion"], actors = ["RUS"] } }\n'
    )
    assert found.variants[0].test == parse_claim("exists expulsion by RUS")
    assert found.sources[0].title == "A speech"


def test_several_ways_to_take_the_words_stand_in_variants() -> None:
    found = one(
        f"{HEAD}\n[[claim.variants]]\nlabel = 'narrow'\ntest = 'exists expulsion'\n"
        "[[claim.variants]]\nlabel = 'wide'\ntest = 'exists action'\n"
    )
    assert [variant.label for variant in found.variants] == ["narrow", "wide"]


@pytest.mark.parametrize(
    ("rest", "what", "where"),
    [
        ("", "a claim has a test", "claims.toml, line 2"),
        ("test = 'exists'\nvariants = []\n", "a claim has a test, or variants", "line 2"),
        ("variants = 'exists'\n", "variants is no list of tables", "line 2"),
        ("[[claim.variants]]\nlabel = 'x'\n", "a variant has no test", "line 2, test"),
        ("test = 'exists expulsoin'\n", "there is no kind 'expulsoin'", "line 2, test"),
        ("variants = []\n", "variants", "line 2"),
        ("test = 'exists action'\nsaid = 'x'\n", "said", "line 2"),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(rest: str, what: str, where: str) -> None:
    [row] = rows(HEAD + rest)
    assert row.records == ()
    assert row.error is not None
    assert what in row.error.what
    assert where in row.error.where


def test_of_several_tests_the_faulty_one_is_named() -> None:
    [row] = rows(
        f"{HEAD}\n[[claim.variants]]\ntest = 'exists action'\n"
        "[[claim.variants]]\nlabel = 'wide'\ntest = 'exists'\n"
    )
    assert row.error is not None
    assert "line 2, test 2 (wide)" in row.error.where


def test_every_shipped_claim_is_read_with_its_assessment() -> None:
    with seed("claims.toml").open("rb") as file:
        found = list(read("claims.toml", file))
    records = [record for row in found for record in row.records]
    assert [row.error for row in found if row.error] == []
    assert len(records) == 29
    assert all(isinstance(record, ClaimRecorded) and record.assessment for record in records)
