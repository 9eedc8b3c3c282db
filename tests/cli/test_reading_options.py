"""A reading is asked by a file and by flags, a flag first; every field can be asked."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import pytest
import typer

from cli import options
from cli.options import ReadingOptions
from cli.reading_options import FLAGS, reading_given
from domain import reading as domain_reading
from domain.reading import Reading
from ledger.reading_fields import FIELDS, ReadingValueError

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
    assert reading_given(ReadingOptions()) == Reading()


def test_every_field_of_a_reading_has_its_flag_and_its_place_in_a_file() -> None:
    assert {field for _, field, _ in FLAGS} == set(Reading.model_fields) - {"rungs"}
    assert set(FIELDS) == set(Reading.model_fields)


def test_every_flag_reaches_its_field() -> None:
    reading = reading_given(EVERY_FLAG)
    default = Reading()
    for _, field, _ in FLAGS:
        assert getattr(reading, field) != getattr(default, field), field
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


def test_a_flag_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "r.toml").write_text('silence = "inherit"\nk = 2\n', encoding="utf-8")
    asked = ReadingOptions(reading=tmp_path / "r.toml", silence=options.SilencePolicy.UNDETERMINED)
    reading = reading_given(asked)
    assert (reading.silence, reading.k) == (domain_reading.Silence.UNDETERMINED, Fraction(2))


def test_a_wrong_flag_is_named_as_it_was_typed() -> None:
    with pytest.raises(ReadingValueError) as caught:
        reading_given(ReadingOptions(family=["visa"]))
    assert caught.value.where == "--family"
    assert "did you mean visas?" in str(caught.value)


def dispute_read(*args: str, **env: str) -> str | None:
    app = typer.Typer()
    found: list[str | None] = []

    @app.command()
    def read(
        reading: Annotated[Path | None, typer.Option("--reading")] = None,
        dispute: Annotated[str | None, typer.Option("--dispute", envvar="ITS_DISPUTE")] = None,
    ) -> None:
        found.append(reading_given(ReadingOptions(reading=reading, dispute=dispute)).dispute)

    with pytest.MonkeyPatch.context() as patch:
        for name, value in env.items():
            patch.setenv(name, value)
        app(list(args), standalone_mode=False)
    return found[0]


def test_a_file_of_a_reading_is_weaker_than_a_flag_and_stronger_than_a_setting(
    tmp_path: Path,
) -> None:
    path = tmp_path / "r.toml"
    path.write_text('dispute = "in-file"\n', encoding="utf-8")
    of_file = ("--reading", str(path))
    assert dispute_read(*of_file, "--dispute", "typed", ITS_DISPUTE="typed") == "typed"
    assert dispute_read(*of_file, ITS_DISPUTE="set") == "in-file"
    assert dispute_read(ITS_DISPUTE="set") == "set"
    assert dispute_read() is None
