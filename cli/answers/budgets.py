"""Prints budgets: whether a side's responses fit what they answer, all together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.answers.common import held_by
from cli.parts import Part
from cli.tables import Align, Cell, Column, Table

if TYPE_CHECKING:
    from fractions import Fraction

    from ledger.answers.budgets import BudgetRow, Budgets
    from ledger.answers.told import Teller

TOLD = (Column("account"), Column("basis"))
BUDGET = (
    *TOLD,
    Column("side"),
    Column("unit"),
    Column("k", align=Align.RIGHT),
    Column("feasible", "within budget"),
    Column("responses"),
    Column("detail"),
    Column("over", "over it together"),
    Column("shortfall", align=Align.RIGHT),
)
FOR_PEOPLE = (
    Column("side"),
    Column("unit"),
    Column("counted", "responses", Align.RIGHT),
    Column("feasible", "within budget"),
    Column("over", "over it together"),
    Column("shortfall", "lacking", Align.RIGHT),
    Column("held_by", "in the account of"),
)
NO_BOUND = "no upper bound"


def budget_part(found: Budgets | None) -> Part:
    """Lay out the budgets; None: they were not asked for."""
    rows = tuple(_row(row) for row in found.rows) if found else ()
    times = f"{found.rows[0].budget.k} x " if found and found.rows else ""
    title = f"Whether a side's responses fit {times}what they answer, all together"
    return Part(
        "budget",
        Table(BUDGET, rows),
        (Table(FOR_PEOPLE, _merged(found) if found else (), title=title),),
        is_extra=found is None,
    )


def _row(row: BudgetRow) -> dict[str, object]:
    budget = row.budget
    return {
        "account": row.teller.account,
        "basis": row.teller.basis,
        "side": row.side,
        "unit": budget.unit,
        "k": budget.k,
        "feasible": budget.feasible,
        "responses": budget.responses,
        "detail": budget.detail,
        "over": budget.over,
        "shortfall": _shortfall(budget.shortfall),
        "counted": len(budget.responses) + len(budget.detail),
    }


def _shortfall(lacking: Fraction | None) -> Cell:
    """Show what is lacking; nothing where nothing is."""
    shown = NO_BOUND if lacking is None else str(lacking or "")
    return Cell(None if lacking is None else str(lacking), shown)


def _merged(found: Budgets) -> tuple[dict[str, object], ...]:
    """Give each budget once, with the accounts that hold it, side by side and unit by unit."""
    held: dict[tuple[object, ...], tuple[dict[str, object], list[Teller]]] = {}
    for row in found.rows:
        held.setdefault((row.side, row.budget), (_row(row), []))[1].append(row.teller)
    order = {key: place for place, key in enumerate(dict.fromkeys(key[0] for key in held))}
    merged = [{**line, "held_by": held_by(found.tellers, those)} for line, those in held.values()]
    return tuple(sorted(merged, key=lambda line: (order[line["side"]], str(line["unit"]))))
