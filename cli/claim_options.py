"""Options of commands about claims, and the text of a claim from wherever it is given."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli.lazy import STANDS_FOR_ITSELF
from cli.options import ReadingOptions
from domain.errors import StoreUnavailableError, UsageError, require

FROM_STDIN = "-"


class TextTwiceError(UsageError):
    """A claim's text is given twice, or not at all."""


class ClaimFileError(StoreUnavailableError):
    """A file that should hold a claim cannot be read."""


class ExpectedVerdict(StrEnum):
    """What may become of a claim."""

    SUPPORTED = "supported"
    REFUTED = "refuted"
    CONTESTED = "contested"
    UNSUPPORTED = "unsupported"
    NOT_TESTABLE = "not testable"
    NOT_DECIDED = "not decided"


@dataclass(frozen=True, slots=True)
class ClaimReadingOptions(ReadingOptions):
    """A reading, in which `--as-of-claim` without a date means the claim's own."""

    as_of_claim: Annotated[
        str | None,
        typer.Option(
            "--as-of-claim",
            metavar="[DATE]",
            help="Only what was public by this date, or by the claim's own.",
        ),
    ] = None

    @property
    def is_at_its_date(self) -> bool:
        """Whether each claim is looked at as of its own date."""
        return self.as_of_claim == STANDS_FOR_ITSELF

    def given(self) -> ReadingOptions:
        """Return the options of a reading."""
        return replace(self, as_of_claim=None) if self.is_at_its_date else self


TextOption = Annotated[
    str | None,
    typer.Option("--text", metavar="TEXT", help="The test, in the claim language."),
]
FileOption = Annotated[
    Path | None,
    typer.Option("--file", metavar="FILE", help="Read the test from this file; - is stdin."),
]


def text_given(text: str | None, file: Path | None) -> str:
    """Return the text of a claim; raises TextTwiceError, ClaimFileError."""
    require(
        (text is None) != (file is None),
        TextTwiceError(
            "a test is given by --text or by --file",
            why="both are given" if text is not None else "neither is given",
            hint="reciprocity claim add --help",
        ),
    )
    if text is not None or file is None:
        return text or ""
    if str(file) == FROM_STDIN:
        return sys.stdin.read()
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ClaimFileError(
            "the file cannot be read",
            where=str(file),
            why=getattr(error, "strerror", None) or str(error),
            hint="reciprocity claim add --help",
        ) from error
