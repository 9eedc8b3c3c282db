"""The example: a real history that is shipped with the ledger, brought in as any file is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledger.imports.run import import_files, never
from ledger.seeds import seed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ledger.facade import Ledger
    from ledger.imports.report import ImportReport, Progress

US_RUSSIA: Final = ("disputes.toml", "us_russia.csv", "stocks.toml", "claims.toml")
"""The dispute with its coverage, its actions, counts, then claims: shipped files, one import."""


def example_files() -> tuple[Path, ...]:
    """Return where the example's files stand."""
    return tuple(seed(name) for name in US_RUSSIA)


def fill_with_example(
    ledger: Ledger,
    progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] = never,
) -> ImportReport:
    """Import the US-Russia history into a ledger; as safe to run again as any import."""
    return import_files(ledger, example_files(), progress=progress, stop=stop)
