"""The ladder: how high each step stood, by date, and who never stood so high before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.measures.ladder import ladder
from ledger.answers.words import action_line

if TYPE_CHECKING:
    from domain.measures.ladder import Rung
    from domain.scales import Scale
    from ledger.asking import Asked


@dataclass(frozen=True, slots=True)
class LadderRow:
    """One step: the day, who acted, the rung, the highest of each so far, who rose higher.

    `weight` is that of its kind on a scale; None: no scale was asked, or it has none for the kind.
    """

    when: str
    sides: tuple[str, ...]
    rung: int
    kind: str
    action: str
    line: str
    highest: tuple[tuple[str, int], ...]
    higher: tuple[str, ...]
    weight: float | None


def ladder_rows(asked: Asked, scale: Scale | None = None) -> tuple[LadderRow, ...]:
    """List the steps of the dispute that have a rung, by date.

    Rule: docs/semantics.md#ladder
    """
    found = ladder(asked.history, asked.dispute, asked.reading)
    return tuple(_row(asked, step, scale) for step in found)


def _row(asked: Asked, step: Rung, scale: Scale | None) -> LadderRow:
    return LadderRow(
        when=str(step.when),
        sides=step.sides,
        rung=step.rung,
        kind=step.kind,
        action=step.id,
        line=action_line(asked.history.dossiers[step.id].action),
        highest=step.highest,
        higher=step.higher,
        weight=scale.weight(step.kind) if scale is not None else None,
    )
