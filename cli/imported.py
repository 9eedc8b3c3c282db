"""What an import says when it is done: findings on stdout, problems and a summary on stderr."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.called import as_called
from cli.output import Format, emit
from cli.progress import said_of
from cli.tables import Align, Cell, Column, Table
from cli.terminal import say, warn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ledger.imports.report import ImportReport

COLUMNS = (
    Column("what"),
    Column("count", align=Align.RIGHT),
    Column("detail"),
)


def print_findings(report: ImportReport, format: Format) -> None:
    """Print one row for each thing that is counted, with the names behind the number."""
    emit(Table(COLUMNS, tuple(_rows(report))), format)


def _rows(report: ImportReport) -> Iterator[Mapping[str, object]]:
    yield _row("new", [], count=report.new)
    yield _row("same", [], count=report.same)
    if report.corrected:
        yield _row("corrected", [], count=report.corrected)
    yield _row("conflict", [], count=report.conflict)
    files = [str(path) for path in report.rejects_files]
    yield _row("rejected", files, count=report.rejected)
    if report.is_whole and report.is_looked_through:
        yield _row("exchange", [" + ".join(one.members) for one in report.exchanges])
        yield _row(
            "impossible",
            [
                f"{one.action} certainly came before {one.cause}, which it answers ({one.teller})"
                for one in report.impossible
            ],
        )
        yield _row(
            "package exceeded",
            [
                f"{one.package} comes to {one.whole.words()}, its parts to {one.parts.words()}"
                for one in report.exceeded_packages
            ],
        )
        yield _row(
            "undatable",
            [
                f"{one.action} was by {one.latest}, and what it answers cannot have been before "
                f"{one.earliest} ({'; '.join(one.accounts)})"
                for one in report.undatable
            ],
        )


def _row(what: str, names: list[str], count: int | None = None) -> dict[str, object]:
    detail = Cell(names, "; ".join(names))
    return {"what": what, "count": len(names) if count is None else count, "detail": detail}


def say_what_became(report: ImportReport) -> None:
    """Say what was wrong with rows that were not taken, and sum up."""
    from ledger.imports.run import FINDINGS_MAX

    for problem in report.problems:
        name = f" ({problem.name})" if problem.name else ""
        error = problem.error
        warn(f"{problem.status}: {error.where or problem.place}{name}: {error.what}")
        if error.why:
            say(f"  why: {error.why}")
        if error.hint:
            say(f"  hint: {as_called(error.hint)}")
    untold = report.conflict + report.rejected - len(report.problems)
    if untold > 0:
        say(f"And {untold} more that were not taken.")
    for unwritten in report.unwritten:
        say(unwritten.text.rstrip("\n"))
    for path in report.rejects_files:
        say(f"Rows that were not taken are in {path}: mend them there, and import that file.")
    if report.is_whole and not report.is_looked_through:
        say(
            f"The ledger holds more than {FINDINGS_MAX} records: exchanges, causes after their "
            "effects and the like were not looked for."
        )
    say(_summed_up(report))


def _summed_up(report: ImportReport) -> str:
    rows = "1 row" if report.counts.rows == 1 else f"{report.counts.rows} rows"
    said = f"{rows}: {said_of(report.counts)}."
    if not report.is_whole:
        said = f"Stopped. So far {said} What is recorded stays; the same import goes on from here."
    if report.is_dry_run:
        return f"{said} Nothing was written: a dry run."
    records = "1 record was" if report.records == 1 else f"{report.records} records were"
    return f"{said} {records} written."
