"""Prints the ladder: a column of rungs for each side, by date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.parts import Answer, Part
from cli.tables import Align, Column, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.scales import Scale
    from ledger.answers.ladder import LadderRow
    from ledger.asking import Asked

COLUMNS = (
    Column("when"),
    Column("sides"),
    Column("rung", align=Align.RIGHT),
    Column("kind"),
    Column("action"),
    Column("what"),
    Column("highest"),
    Column("higher"),
    Column("weight", align=Align.RIGHT),
)


def answer_of(asked: Asked, found: Sequence[LadderRow], scale: Scale | None) -> Answer:
    """Lay out the whole answer."""
    rows = tuple(
        {
            "when": row.when,
            "sides": row.sides,
            "rung": row.rung,
            "kind": row.kind,
            "action": row.action,
            "what": row.line,
            "highest": dict(row.highest),
            "higher": row.higher,
            "weight": row.weight,
        }
        for row in found
    )
    third = sorted({side for row in found for side in row.sides} - set(asked.sides.declared))
    sides = (*asked.sides.declared, *third)
    people = tuple(
        {
            **row,
            **{f"side {side}": step.rung for side in step.sides},
            "higher": ", ".join(f"{side}: {step.rung}" for side in step.higher),
        }
        for row, step in zip(rows, found, strict=True)
    )
    columns = (
        Column("when"),
        *(Column(f"side {side}", side, Align.RIGHT) for side in sides),
        Column("higher", "higher than ever here"),
        Column("what"),
        Column("action"),
        *((Column("weight", f"weight on {scale.name}", Align.RIGHT),) if scale else ()),
    )
    header = asked.header
    if scale:
        header = (*header, ("scale", f"{scale.name} ({scale.source})"))
    note = "Rungs go from 0 (a statement) to 8 (breaking relations): a convention, not a finding."
    part = Part("rungs", Table(COLUMNS, rows), (Table(columns, people),), (note,))
    return Answer(f"The rung of each step, by date: {asked.dispute}", header, (part,))
