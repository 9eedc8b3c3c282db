"""A reading is asked by a file and by flags, a flag first; every field can be asked and is said."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from pathlib import Path

import pytest
from pydantic import ValidationError

from cli import options
from cli.options import ReadingOptions
from cli.readings import (
    WHERE_NOTHING_IS_SAID,
    ReadingFileError,
    UnknownFamilyError,
    UnknownReadingFieldError,
    asked_reading,
    flags_given,
    reading_in_words,
)
from domain import reading as domain_reading
from domain.errors import InputError
from domain.reading import Reading

EVERY_FLAG = ReadingOptions(
    dispute="us-russia",
    account=["USA", "RUS"],
    basis=[options.Basis.STATED_ONLY],
    stated_then=True,
    silence=options.SilencePolicy.UNDETERMINED,
    grievance=[options.Grievance.BLAMED],
    initiator=options.Initiator.DIRECTLY,
    flags=[options.Flag.OVER_RESPONSE],
    k="3/2",
    kinds_by="other",
    words_as_causes=False,
    date_basis=options.DateBasisChoice.PUBLIC,
    period="2016-12-29/2023-12-31",
    membership=options.MembershipChoice.POSSIBLE,
    family=["visas"],
    as_of_claim="2022-02-02",
    as_known_at="17",
)


def test_no_flag_asks_for_the_default_reading() -> None:
    assert asked_reading(ReadingOptions()) == Reading()


def test_every_field_of_a_reading_has_its_flag() -> None:
    assert set(flags_given(EVERY_FLAG)) == set(Reading.model_fields) - {"rungs"}


def test_every_flag_reaches_its_field() -> None:
    reading = asked_reading(EVERY_FLAG)
    default = Reading()
    for name in flags_given(EVERY_FLAG):
        assert getattr(reading, name) != getattr(default, name), name
    assert reading.k == Fraction(3, 2)
    assert reading.stated is domain_reading.StatedWhen.THEN
    assert reading.flags == (domain_reading.EscalationFlag.OVER_RESPONSE,)


@pytest.mark.parametrize(
    ("choices", "meant"),
    [
        (options.Basis, domain_reading.BasisOf),
        (options.SilencePolicy, domain_reading.Silence),
        (options.Grievance, domain_reading.GrievancePolicy),
        (options.Initiator, domain_reading.InitiatorReading),
        (options.Flag, domain_reading.EscalationFlag),
        (options.DateBasisChoice, domain_reading.DateBasis),
        (options.MembershipChoice, domain_reading.MembershipRule),
    ],
)
def test_the_choices_of_a_flag_are_those_of_the_field(
    choices: type[StrEnum], meant: type[StrEnum]
) -> None:
    assert [choice.value for choice in choices] == [value.value for value in meant]


def file(folder: Path, text: str) -> ReadingOptions:
    path = folder / "reading.toml"
    path.write_text(text, encoding="utf-8")
    return ReadingOptions(reading=path)


def test_a_file_gives_every_field_it_names(tmp_path: Path) -> None:
    text = 'accounts = ["USA"]\nk = 1.5\nas_of_claim = 2022-02-02\n[rungs]\nrecall = 5\n'
    reading = asked_reading(file(tmp_path, text))
    assert reading.accounts == ("USA",)
    assert reading.k == Fraction(3, 2)
    assert str(reading.as_of_claim) == "2022-02-02"
    assert reading.rung_override("recall") == 5


def test_a_flag_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "r.toml").write_text('silence = "inherit"\nk = 2\n', encoding="utf-8")
    asked = ReadingOptions(reading=tmp_path / "r.toml", silence=options.SilencePolicy.UNDETERMINED)
    reading = asked_reading(asked)
    assert (reading.silence, reading.k) == (domain_reading.Silence.UNDETERMINED, Fraction(2))


@pytest.mark.parametrize(
    ("text", "error", "told"),
    [
        ("silense = 1", UnknownReadingFieldError, "did you mean silence?"),
        ("k = ", ReadingFileError, "Invalid value"),
        ('families = ["visa"]', UnknownFamilyError, "did you mean visas?"),
        ('period = "2022-02-30"', InputError, "2022-02-30"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(
    tmp_path: Path, text: str, error: type[InputError], told: str
) -> None:
    with pytest.raises(error) as caught:
        asked_reading(file(tmp_path, text))
    assert told in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadingFileError) as caught:
        asked_reading(ReadingOptions(reading=tmp_path / "none.toml"))
    assert caught.value.where == str(tmp_path / "none.toml")


@pytest.mark.parametrize("text", ['silence = "loud"', "k = -1", 'k = "many"'])
def test_a_value_that_no_field_has_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValidationError):
        asked_reading(file(tmp_path, text))


def test_every_field_is_said_in_words() -> None:
    words = dict(reading_in_words(asked_reading(EVERY_FLAG)))
    assert words == {
        "dispute": "us-russia",
        "accounts": "USA, RUS",
        "bases": "stated-only",
        "stated": "then",
        "silence": "undetermined",
        "grievances": "blamed",
        "initiator": "directly",
        "flags": "over-response",
        "k": "3/2",
        "kinds by": "other",
        "words as causes": "no",
        "date basis": "public",
        "membership": "possible",
        "period": "2016-12-29/2023-12-31",
        "families": "visas",
        "as of claim": "2022-02-02",
        "as known at": "17",
        "rungs": "as in the table of kinds",
    }


def test_what_a_reading_leaves_open_is_said_too() -> None:
    words = dict(reading_in_words(Reading(rungs=(("recall", 5), ("expulsion", 6)))))
    assert words["accounts"] == "the parties of the declared sides"
    assert words["period"] == "all time"
    assert words["rungs"] == "recall 5, expulsion 6"
    assert set(WHERE_NOTHING_IS_SAID) <= set(Reading.model_fields)
    assert all(words.values())
