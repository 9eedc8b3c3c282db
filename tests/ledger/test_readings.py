"""Readings are made of what people write, every mistake named at its place, and said in words."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from domain.edtf_refusals import DateDoesNotExistError, DateSyntaxError
from domain.errors import LedgerError
from domain.kinds import UnknownKindError
from domain.reading import BasisOf, GrievancePolicy, Reading
from ledger.reading_fields import ReadingValueError
from ledger.reading_words import reading_header
from ledger.readings import (
    FileUnreadableError,
    Given,
    ReadingSyntaxError,
    UnknownReadingFieldError,
    made_reading,
    reading_file,
)
from tests.making import make_history, two_sides

HISTORY = make_history(two_sides(West=("USA", "GBR"), RUS=("RUS",)))


def made(**values: object) -> Reading:
    return made_reading({name: Given(value, f"field {name}") for name, value in values.items()})


def in_file(folder: Path, text: str) -> Reading:
    path = folder / "r.toml"
    path.write_text(text, encoding="utf-8")
    return made_reading(reading_file(path))


def test_nothing_given_is_the_default_reading() -> None:
    assert made() == Reading()


def test_a_file_gives_every_field_it_names(tmp_path: Path) -> None:
    reading = in_file(
        tmp_path,
        """
        dispute = "us-russia"
        accounts = ["USA", "press:tass"]
        bases = "with-inferred"
        grievances = ["blamed", "actor", "blamed"]
        k = 1.5
        period = "2017~/2021"
        as_of_claim = 2022-02-02
        as_known_at = 2026-01-01T12:00:00Z
        words_as_causes = false
        families = ["visas"]
        [rungs]
        recall = 5
        expulsion = 6
        """,
    )
    assert reading.accounts == ("USA", "press:tass")
    assert reading.bases == (BasisOf.WITH_INFERRED,)
    assert reading.grievances == (GrievancePolicy.BLAMED, GrievancePolicy.ACTOR)
    assert reading.k == Fraction(3, 2)
    assert str(reading.as_of_claim) == "2022-02-02"
    assert reading.as_known_at == "2026-01-01T12:00:00+00:00"
    assert reading.rungs == (("expulsion", 6), ("recall", 5))
    assert not reading.words_as_causes


@pytest.mark.parametrize(
    ("field", "value", "error", "told"),
    [
        ("accounts", ["usa"], ReadingValueError, "a party's code"),
        ("accounts", [3], ReadingValueError, "expected a text"),
        ("bases", [], ReadingValueError, "at least one"),
        ("grievances", "aktor", ReadingValueError, "did you mean actor?"),
        ("grievances", "nobody", ReadingValueError, "it is one of actor, blamed, external"),
        ("k", "1/0", ReadingValueError, "divided by zero"),
        ("k", 0, ReadingValueError, "more than 0"),
        ("k", "0.0", ReadingValueError, "more than 0"),
        ("k", "0/3", ReadingValueError, "more than 0"),
        ("accounts", [], ReadingValueError, "at least one account"),
        ("k", -1, ReadingValueError, "expected a number"),
        ("k", "1e999999999", ReadingValueError, "expected a number"),
        ("k", float("nan"), ReadingValueError, "expected a number"),
        ("k", True, ReadingValueError, "expected a number"),
        ("kinds_by", "them", ReadingValueError, "an account is"),
        ("families", ["media", "visa"], ReadingValueError, "did you mean visas?"),
        ("words_as_causes", "no", ReadingValueError, "true or false"),
        ("period", "2022-13", DateDoesNotExistError, "no month 13"),
        ("as_of_claim", "soon", DateSyntaxError, "soon"),
        ("dispute", "US Russia", ReadingValueError, "small letters"),
        ("as_known_at", "9" * 5000, ReadingValueError, "a position, a day"),
        ("rungs", {"expulsoin": 3}, UnknownKindError, "did you mean expulsion?"),
        ("rungs", {"expulsion": 9}, ReadingValueError, "from 0 to 8"),
        ("rungs", "high", ReadingValueError, "a table"),
        ("account", "USA", UnknownReadingFieldError, "did you mean accounts?"),
    ],
)
def test_what_is_wrong_is_named_at_its_place(
    field: str, value: object, error: type[LedgerError], told: str
) -> None:
    with pytest.raises(error) as caught:
        made(**{field: value})
    assert told in str(caught.value)
    assert caught.value.where == f"field {field}"


@pytest.mark.parametrize("content", [b"k = ", b"\xff\xfe"])
def test_a_file_that_is_not_toml_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "r.toml"
    path.write_bytes(content)
    with pytest.raises(ReadingSyntaxError) as caught:
        reading_file(path)
    assert caught.value.where == str(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadableError) as caught:
        reading_file(tmp_path / "none.toml")
    assert caught.value.where == str(tmp_path / "none.toml")


OTHERWISE: dict[str, object] = {
    "accounts": ["RUS"],
    "bases": ["with-inferred"],
    "stated": "then",
    "silence": "undetermined",
    "grievances": ["external"],
    "initiator": "directly",
    "flags": [],
    "k": 2,
    "kinds_by": "other",
    "words_as_causes": False,
    "date_basis": "public",
    "membership": "possible",
    "period": "2022",
    "families": ["visas"],
    "as_of_claim": "2022-02-02",
    "as_known_at": "17",
    "rungs": {"recall": 5},
}


@pytest.mark.parametrize("field", OTHERWISE)
def test_no_field_of_a_reading_goes_unsaid(field: str) -> None:
    standard = reading_header(Reading(), HISTORY, "a-b", 20)
    assert reading_header(made(**{field: OTHERWISE[field]}), HISTORY, "a-b", 20) != standard


def test_every_field_is_tried_above() -> None:
    assert {"dispute", *OTHERWISE} == set(Reading.model_fields)


def test_a_header_says_dispute_sides_and_position() -> None:
    words = dict(reading_header(Reading(), HISTORY, "a-b", 20))
    assert words["dispute"] == "a-b, A contest; sides: West (USA, GBR), RUS"
    assert words["accounts"] == "USA, GBR, RUS (the parties of the declared sides)"
    assert words["known"] == "at ledger position 20"
