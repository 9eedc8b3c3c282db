"""The ladder: how severe each step was, by date, and how high each side has gone so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.called import called
from domain.dates import UncertainDate
from domain.kinds import Polarity
from domain.measures.links import act_recorded
from domain.selection import counted, date_of

if TYPE_CHECKING:
    from domain.history import History
    from domain.reading import Reading


@dataclass(frozen=True, slots=True)
class Rung:
    """One step: when, by which sides, how high, and the highest rung of each acting side so far.

    `highest` includes the step itself; a side that has only borne its own acts is not in it.
    `higher` names the acting sides that have never been so high before.
    """

    when: UncertainDate
    sides: tuple[str, ...]
    rung: int
    kind: str
    id: str
    highest: tuple[tuple[str, int], ...]
    higher: tuple[str, ...]


def ladder(history: History, dispute: str, reading: Reading) -> tuple[Rung, ...]:
    """List the actions that have a rung, by earliest day, latest day and id.

    Rungs are a stated convention that the reading can replace. Actions without a rung and denied
    ones are left out, and so is a row that repeats another. Self-borne steps are listed, but they
    raise nobody: they are never an escalation.

    Rule: docs/semantics.md#ladder
    """
    sides = history.sides(dispute)
    highest: dict[str, int] = {}
    steps = []
    for dossier in counted(history, dispute, reading):
        name = called(dossier, reading)
        if name.rung is None or name.denied or act_recorded(history, dossier.id) != dossier.id:
            continue
        acting = tuple(sorted(sides.sides_of(dossier.action.actors)))
        higher = tuple(side for side in acting if highest.get(side, -1) < name.rung)
        if name.kind.polarity is Polarity.SELF_BORNE:
            higher = ()
        highest.update(dict.fromkeys(higher, name.rung))
        steps.append(
            Rung(
                when=date_of(dossier.action, reading.date_basis),
                sides=acting,
                rung=name.rung,
                kind=name.kind.name,
                id=dossier.id,
                highest=tuple((side, highest[side]) for side in acting if side in highest),
                higher=higher,
            )
        )
    return tuple(steps)
