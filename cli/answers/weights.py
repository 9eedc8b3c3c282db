"""Prints the weighted tally: the scale is always named, and so is what it cannot weigh."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.answers.figures import weight_words
from cli.parts import Answer, Part
from cli.tables import Align, Column, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.measures.weighted import Weight, WeightedLine
    from domain.scales import Scale
    from ledger.answers.tallies import ToldWeights
    from ledger.answers.told import Teller
    from ledger.asking import Asked

FIGURES = ("imposed", "suffered", "net")
COLUMNS = (
    Column("scale"),
    Column("told_by"),
    Column("basis"),
    Column("by"),
    Column("against"),
    *(Column(f"{name}{end}", align=Align.RIGHT) for name in FIGURES for end in ("", "_lo", "_hi")),
    Column("weighed", align=Align.RIGHT),
    Column("without_weight"),
    Column("without_quantity"),
)


def answer_of(asked: Asked, scale: Scale, found: Sequence[ToldWeights]) -> Answer:
    """Lay out the whole answer."""
    rows = tuple(_row(told.teller, line) for told in found for line in told.lines)
    several = len(found) > 1
    columns = (
        *((Column("told_by", "as called by"), Column("basis")) if several else ()),
        Column("by"),
        Column("against"),
        *(Column(name, align=Align.RIGHT) for name in FIGURES),
        Column("weighed", "actions weighed", Align.RIGHT),
        Column("left_out", "actions without a weight", Align.RIGHT),
    )
    people = tuple(
        {**row, "left_out": len(line.without_weight) + len(line.without_quantity)}
        for row, line in zip(rows, (x for told in found for x in told.lines), strict=True)
        if line.weighed or line.without_weight or line.without_quantity
    )
    magnitude = (
        "each action weighs its weight times its quantity"
        if scale.magnitude == "quantity"
        else "the scale sees no magnitude: one person weighs what 755 do"
    )
    part = Part(
        "weights",
        Table(COLUMNS, rows),
        (Table(columns, people),),
        notes=(f"Scale {scale.name}: {scale.source}; {magnitude}.",),
    )
    title = f"Who did what to whom, weighed on the scale {scale.name}: {asked.dispute}"
    return Answer(title, (*asked.header, ("scale", f"{scale.name} ({scale.source})")), (part,))


def _row(teller: Teller, line: WeightedLine) -> dict[str, object]:
    return {
        "scale": line.scale,
        "told_by": teller.account,
        "basis": teller.basis,
        "by": line.by,
        "against": line.against,
        **_figure("imposed", line.imposed),
        **_figure("suffered", line.suffered),
        **_figure("net", line.net),
        "weighed": line.weighed,
        "without_weight": line.without_weight,
        "without_quantity": line.without_quantity,
    }


def _figure(name: str, weight: Weight) -> dict[str, object]:
    return {name: weight_words(weight), f"{name}_lo": weight.lo, f"{name}_hi": weight.hi}
