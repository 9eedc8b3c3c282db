"""Prints the tally: for people what each side imposed, for programs every line and total."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.answers.common import spaced
from cli.answers.figures import figure, figure_columns
from cli.answers.tally_tables import people_tables, tellers_side_by_side
from cli.parts import Answer, Part
from cli.tables import Align, Column, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from domain.measures.tally import SideTotal, Tally, TallyLine
    from ledger.answers.tallies import ToldTally
    from ledger.answers.told import Teller
    from ledger.asking import Asked

TOLD = (Column("told_by"), Column("basis"))
LINES = (
    *TOLD,
    Column("by"),
    Column("against"),
    Column("family"),
    Column("kind"),
    Column("unit"),
    *figure_columns("actions"),
    *figure_columns("imposed"),
    *figure_columns("suffered"),
    *figure_columns("net"),
    *figure_columns("reversed"),
    *figure_columns("outstanding"),
    Column("in_force"),
)
SIDES = (
    *TOLD,
    Column("side"),
    Column("unit"),
    *figure_columns("imposed"),
    *figure_columns("suffered"),
    *figure_columns("net"),
    *figure_columns("reversed"),
    *figure_columns("outstanding"),
)
SIDES_FOR_PEOPLE = (
    Column("side"),
    Column("unit"),
    *(
        Column(name, align=Align.RIGHT)
        for name in ("imposed", "suffered", "net", "reversed", "outstanding")
    ),
)
PACKAGES = (*TOLD, Column("package"), Column("whole"), Column("parts"))
SPANNING = (
    *TOLD,
    Column("package"),
    Column("inside", "in the period"),
    Column("possibly", "possibly in it"),
    Column("outside"),
)
UNCLASSIFIED = (*TOLD, Column("action"))


def answer_of(asked: Asked, found: Sequence[ToldTally]) -> Answer:
    """Lay out the whole answer."""
    return Answer(
        title=f"Who imposed what on whom: {asked.dispute}",
        header=_header(asked),
        parts=(
            _lines(asked, found),
            _totals(asked, found),
            _sides(found),
            _exceeded(found),
            _spanning(found),
            _unclassified(found),
        ),
    )


def _header(asked: Asked) -> tuple[tuple[str, str], ...]:
    """Say that the accounts that are named call the actions, each in its tally."""
    named = asked.reading.accounts
    return tuple(
        (name, f"as {' and '.join(named)} call them, each in its own figures")
        if name == "kinds" and named
        else (name, words)
        for name, words in asked.header
    )


def _different(
    found: Sequence[ToldTally], part: Callable[[Tally], object]
) -> tuple[ToldTally, ...]:
    """Leave out tallies of which this part is the same as one before."""
    kept: list[ToldTally] = []
    for told in found:
        if all(part(told.tally) != part(other.tally) for other in kept):
            kept.append(told)
    return tuple(kept)


def _told(teller: Teller) -> dict[str, object]:
    return {"told_by": teller.account, "basis": teller.basis}


def _line(teller: Teller, line: TallyLine) -> dict[str, object]:
    key = line.key
    return {
        **_told(teller),
        "by": key.by,
        "against": key.against,
        "family": key.family,
        "kind": key.kind,
        "unit": key.unit,
        **figure("actions", line.actions),
        **figure("imposed", line.imposed),
        **figure("suffered", line.suffered),
        **figure("net", line.net),
        **figure("reversed", line.reversed),
        **figure("outstanding", line.outstanding),
        "in_force": line.in_force,
    }


def _lines(asked: Asked, found: Sequence[ToldTally]) -> Part:
    rows = tuple(_line(told.teller, line) for told in found for line in told.tally.lines)
    different = _different(found, lambda tally: tally.lines)
    if len(different) > 1:
        return Part(
            "lines",
            Table(LINES, rows),
            tellers_side_by_side([(told.teller, told.tally.lines) for told in different]),
        )
    whose = dict.fromkeys(told.teller.account for told in found)
    same = f"The figures of {' and '.join(whose)} are the same."
    tables = people_tables(asked, different[0].tally.lines)
    return Part("lines", Table(LINES, rows), tables, (same,) if len(whose) > 1 else ())


def _totals(asked: Asked, found: Sequence[ToldTally]) -> Part:
    rows = tuple(_line(told.teller, line) for told in found for line in told.tally.totals)
    different = _different(found, lambda tally: tally.totals)
    people = (
        tellers_side_by_side([(told.teller, told.tally.totals) for told in different])
        if len(different) > 1
        else people_tables(asked, different[0].tally.totals)
    )
    return Part("totals", Table(LINES, rows), people, is_for_programs=True)


def _sides(found: Sequence[ToldTally]) -> Part:
    different = _different(found, lambda tally: tally.side_totals)
    rows = tuple(_side(told.teller, row) for told in found for row in told.tally.side_totals)
    people = tuple(
        {**_side(told.teller, row), "unit": spaced(row.unit)}
        for told in different
        for row in told.tally.side_totals
    )
    columns = SIDES_FOR_PEOPLE if len(different) == 1 else (*TOLD, *SIDES_FOR_PEOPLE)
    title = "Totals of each side against the other declared sides, over all kinds"
    return Part("sides", Table(SIDES, rows), (Table(columns, people, title=title),))


def _side(teller: Teller, row: SideTotal) -> dict[str, object]:
    return {
        **_told(teller),
        "side": row.side,
        "unit": row.unit,
        **figure("imposed", row.imposed),
        **figure("suffered", row.suffered),
        **figure("net", row.net),
        **figure("reversed", row.reversed),
        **figure("outstanding", row.outstanding),
    }


def _exceeded(found: Sequence[ToldTally]) -> Part:
    different = _different(found, lambda tally: tally.exceeded)

    def rows(told: Sequence[ToldTally]) -> tuple[dict[str, object], ...]:
        return tuple(
            {
                **_told(each.teller),
                "package": row.package,
                "whole": row.whole.words(),
                "parts": row.parts.words(),
            }
            for each in told
            for row in each.tally.exceeded
        )

    return _aside(
        "exceeded",
        "Packages that are smaller than their recorded parts; their whole counts",
        PACKAGES,
        rows(found),
        rows(different),
    )


def _spanning(found: Sequence[ToldTally]) -> Part:
    different = _different(found, lambda tally: tally.spanning)

    def rows(told: Sequence[ToldTally]) -> tuple[dict[str, object], ...]:
        return tuple(
            {
                **_told(each.teller),
                "package": row.package,
                "inside": row.inside,
                "possibly": row.possibly,
                "outside": row.outside,
            }
            for each in told
            for row in each.tally.spanning
        )

    return _aside(
        "spanning",
        "Packages that span a bound of the period, so that sums over periods need not add up",
        SPANNING,
        rows(found),
        rows(different),
    )


def _unclassified(found: Sequence[ToldTally]) -> Part:
    different = _different(found, lambda tally: tally.unclassified)

    def rows(told: Sequence[ToldTally]) -> tuple[dict[str, object], ...]:
        return tuple(
            {**_told(each.teller), "action": action}
            for each in told
            for action in each.tally.unclassified
        )

    return _aside(
        "unclassified",
        "Actions of kind other: counted nowhere",
        UNCLASSIFIED,
        rows(found),
        rows(different),
    )


def _aside(
    name: str,
    title: str,
    columns: tuple[Column, ...],
    rows: tuple[dict[str, object], ...],
    people: tuple[dict[str, object], ...],
) -> Part:
    """Lay out what is worth knowing beside the figures; people see who tells it if they differ."""
    tellers = {(row["told_by"], row["basis"]) for row in people}
    shown = columns if len(tellers) > 1 else columns[len(TOLD) :]
    return Part(name, Table(columns, rows), (Table(shown, people, title=title),), is_optional=True)
