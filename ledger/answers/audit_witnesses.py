"""Witnesses in words: in which world a contested claim holds, in which it fails, on whose word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from domain.claims.verdicts import MIXED, Question, Verdict
from domain.claims.witnesses import Witness, witnesses
from domain.truth import Truth
from domain.worlds import whole_account
from ledger.answers.audit_words import named, of_words, option_words, under_words
from ledger.answers.told import told_of
from ledger.solvers.engines import engines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.accounts import Option
    from domain.claims.audit import AuditedTest, Cell
    from ledger.asking import Asked

RESTS_ON_MAX: Final = 3
"""So many actions that a witness rests on are told to people; programs get all of them."""


@dataclass(frozen=True, slots=True)
class RestsOn:
    """A contested action that a witness rests on: what it picks there, and where that stands."""

    action: str
    option: Option
    sources: tuple[str, ...]

    def words(self) -> str:
        """Return it in words: "a answered b, as Washington says"."""
        return f"{self.action} {option_words(self.option)}"


@dataclass(frozen=True, slots=True)
class WitnessTold:
    """One witness with the mixed cells that it is a witness of."""

    witness: Witness
    cells: tuple[Cell, ...]
    rests_on: tuple[RestsOn, ...]
    words: str


def told_witnesses(asked: Asked, found: AuditedTest, seconds: float) -> tuple[WitnessTold, ...]:
    """Return the witnesses of the contested cells of mixed worlds, equal ones told once.

    Rule: docs/semantics.md#witnesses
    """
    gathered: dict[object, list[tuple[Witness, Cell]]] = {}
    for cell in found.cells:
        if cell.account == MIXED and cell.finding.verdict is Verdict.CONTESTED:
            for witness in _of_cell(asked, found, cell, seconds):
                changed = tuple((held.action, held.instead.causes) for held in witness.changes)
                key = (witness.value, witness.account, changed, witness.items)
                gathered.setdefault(key, []).append((witness, cell))
    return tuple(_told(asked, same) for same in gathered.values())


def _of_cell(asked: Asked, found: AuditedTest, cell: Cell, seconds: float) -> tuple[Witness, ...]:
    reading = asked.on_basis(cell.basis).reading
    question = Question(asked.history, asked.dispute, reading, cell.policy, found.test)
    here = (cell.basis, cell.policy)
    known = [held.crux for held in found.cruxes if (held.basis, held.policy) == here]
    return witnesses(question, asked.panel, engines(seconds), known)


def _told(asked: Asked, same: list[tuple[Witness, Cell]]) -> WitnessTold:
    witness, first = same[0]
    cells = tuple(cell for _, cell in same)
    reading = asked.on_basis(first.basis).reading
    world = whole_account(asked.history, asked.dispute, witness.account, reading)
    rests_on = tuple(
        RestsOn(action, option, told_of(world, action, option).sources)
        for action, option in witness.rests_on
    )
    under = under_words(cells, asked.reading.bases, asked.reading.grievances)
    changed = {change.action for change in witness.changes}
    others = [held for held in rests_on if held.action not in changed]
    return WitnessTold(witness, cells, rests_on, f"{_begins(witness, under)}{_rest(others)}")


def _begins(witness: Witness, under: str) -> str:
    """Say which world it is, and on which steps the claim holds or fails there."""
    stands = "holds" if witness.value is Truth.TRUE else "fails"
    changes = "; ".join(
        f"{change.action} {option_words(change.instead)}" for change in witness.changes
    )
    but_for = f" but for this: {changes}" if changes else " throughout"
    on = "; ".join(_on_steps(witness))
    where = f"It {stands}{under} where {witness.account}'s account is believed{but_for}"
    return f"{where}{f'; {on}' if on else ''}."


def _on_steps(witness: Witness) -> Iterator[str]:
    """Say which steps decide it: those that fail, else those that hold."""
    mine = [item.action for item in witness.items if item.value is witness.value]
    if mine:
        verb = "holding on" if witness.value is Truth.TRUE else "failing on"
        is_all = witness.value is Truth.TRUE and len(mine) == len(witness.items)
        names = "" if is_all else named(mine, RESTS_ON_MAX)
        yield f"{verb} {of_words(len(mine), len(witness.items))}{names}"


def _rest(rests_on: Sequence[RestsOn]) -> str:
    """Name the first other contested actions that those steps go back to, each on whose word."""
    if not rests_on:
        return ""
    first = "; ".join(held.words() for held in rests_on[:RESTS_ON_MAX])
    more = len(rests_on) - RESTS_ON_MAX
    return f" It rests also on this: {first}{f'; and {more} more' if more > 0 else ''}."
