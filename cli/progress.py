"""How far an import is: one line that is written again on a terminal, else a line a batch."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Self

from cli.terminal import is_terminal, say, write

if TYPE_CHECKING:
    from types import TracebackType

    from ledger.imports.report import Counts, Progress

BEGINNING_OF_LINE = "\r\x1b[K"
"""Go to the first column and erase the line (ECMA-48, EL)."""


class ProgressLine:
    """Shows progress on stderr; what it shows is committed."""

    def __init__(self) -> None:
        self._is_open = False

    def show(self, progress: Progress) -> None:
        """Show how many of the rows are done, and what became of them."""
        counts = progress.counts
        text = f"{counts.rows} of {progress.rows} rows: {said_of(counts)}"
        if progress.is_reading:
            text = f"read {progress.rows} rows"
        if is_terminal(sys.stderr):
            write(sys.stderr, f"{BEGINNING_OF_LINE}{text}")
            sys.stderr.flush()
            self._is_open = True
        else:
            say(text)

    def end(self) -> None:
        """Leave the line, so that something else can be said."""
        if self._is_open:
            write(sys.stderr, "\n")
        self._is_open = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> None:
        self.end()


def said_of(counts: Counts) -> str:
    """Say what became of rows; corrections only where there are any."""
    corrected = f"{counts.corrected} corrected, " if counts.corrected else ""
    return (
        f"{counts.new} new, {counts.same} same, {corrected}"
        f"{counts.conflict} conflict, {counts.rejected} rejected"
    )
