"""Commands for tests of the frame around commands: they show what they were given, or fail."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel, Field

from cli.errors import reported_errors
from cli.lazy import CommandRow, GroupRow, Row
from cli.options import DisputeOption, FormatOption, ReadingOptions, RecordedByOption, StoreOption
from domain.errors import (
    InputError,
    LedgerError,
    StoreUnavailableError,
    UsageError,
    VerificationError,
)

PLACE = {"where": "us.csv, row 3", "why": "it is\x1b[2J so", "hint": "reciprocity doctor"}
FAILURES: dict[str, BaseException] = {
    "input": InputError("a kind is unknown", **PLACE),
    "usage": UsageError("a wrong call", **PLACE),
    "verification": VerificationError("a digest differs", **PLACE),
    "store": StoreUnavailableError("a store is locked", **PLACE),
    "ledger": LedgerError("something"),
    "fault": RuntimeError("the sky\x1b[2J fell"),
    "interrupt": KeyboardInterrupt(),
    "end-of-input": EOFError(),
    "exit": typer.Exit(4),
    "abort": typer.Abort(),
    "pipe": BrokenPipeError(),
    "import": ModuleNotFoundError("No module named 'rusty'", name="rusty"),
}


class Parcel(BaseModel):
    """A model that refuses."""

    weight: int = Field(ge=0)
    label: str


def given(
    store: StoreOption,
    recorded_by: RecordedByOption,
    format: FormatOption,  # noqa: A002 - as commands name it
    dispute: DisputeOption = None,
) -> None:
    """Print the options.

    Examples:
        reciprocity given --store x.db
    """
    values = {"store": store, "recorded_by": recorded_by, "format": format, "dispute": dispute}
    sys.stdout.write(json.dumps(values))


def read(name: Annotated[str, typer.Argument(help="A name.")], reading: ReadingOptions) -> None:
    """Print a name and a reading."""
    sys.stdout.write(json.dumps({"name": name, "k": reading.k, "grievance": reading.grievance}))


def fail(how: Annotated[str, typer.Argument()]) -> None:
    """Fail in one way."""
    if how == "model":
        Parcel.model_validate({"weight": -1, "label": None})
    if how == "system":
        Path("no-such-folder", "x.csv").read_text(encoding="utf-8")
    raise FAILURES[how]


def nested() -> None:
    """Fail inside a second frame."""
    with reported_errors():
        raise InputError("told once")


HERE = "tests.cli.probe"
ROWS: tuple[Row, ...] = (
    CommandRow("given", HERE, "given", "Print the options.", "First"),
    CommandRow("read", HERE, "read", "Print a name and a reading.", "First"),
    CommandRow("fail", HERE, "fail", "Fail in one way.", "Second"),
    GroupRow(
        "deep",
        "Commands of a command",
        (CommandRow("nested", HERE, "nested", "Fail inside a second frame."),),
        "Second",
    ),
    CommandRow("broken", "tests.cli.no_such_module", "broken", "Be listed without being loaded"),
)
