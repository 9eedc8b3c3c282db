"""The formats that go out, one row each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from domain.errors import UsageError
from domain.nearest import did_you_mean
from ledger.exports import accounts_csv, actions_csv, jsonl
from ledger.exports.left_out import LeftOut
from ledger.facade import Ledger

Lines = Callable[[Ledger, LeftOut], Iterator[str]]


class NoSuchExportError(UsageError):
    """No format that goes out has this name."""


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format: its name for `--to`, what it holds, and its lines, each with its end.

    `lines` notes on the way what the form cannot hold.
    """

    name: str
    holds: str
    lines: Lines


EXPORTERS: Final = (
    Exporter("jsonl", "every record, with its stamp: nothing is left out", jsonl.lines),
    Exporter("csv", "actions as they stand, with the targets' accounts", actions_csv.lines),
    Exporter("accounts", "accounts of any tellers, as they stand", accounts_csv.lines),
)


def exporter(name: str) -> Exporter:
    """Return the row of a format by its name; raise NoSuchExportError."""
    names = tuple(row.name for row in EXPORTERS)
    if name not in names:
        raise NoSuchExportError(
            f"no format that goes out is called {name!r}",
            where="--to",
            why=did_you_mean(name, names) or f"the formats are {', '.join(names)}",
            hint="reciprocity export --help",
        )
    return next(row for row in EXPORTERS if row.name == name)
