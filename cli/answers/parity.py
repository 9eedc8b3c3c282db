"""Prints parity: what each party has with the other, and how the two compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.answers.common import spaced
from cli.answers.figures import figure, figure_columns
from cli.parts import Answer, Part
from cli.tables import Align, Cell, Column, Table

if TYPE_CHECKING:
    from fractions import Fraction

    from ledger.answers.parity import ParityOn, ParityRow, StockRow
    from ledger.asking import Asked

STOCKS = (
    Column("unit"),
    Column("on"),
    Column("whose"),
    Column("where"),
    Column("teller"),
    *figure_columns("amount"),
    Column("certain"),
    Column("ids"),
)
STOCKS_FOR_PEOPLE = (
    Column("whose"),
    Column("where", "on the soil of"),
    Column("teller", "according to"),
    Column("amount", "how many", Align.RIGHT),
    Column("ids", "rests on"),
)
COMPARISONS = (
    Column("unit"),
    Column("on"),
    Column("teller"),
    Column("one"),
    *figure_columns("one_amount"),
    Column("other"),
    *figure_columns("other_amount"),
    Column("ratio", align=Align.RIGHT),
)
COMPARISONS_FOR_PEOPLE = (
    Column("teller", "according to"),
    Column("one", "party"),
    Column("one_amount", "has", Align.RIGHT),
    Column("other", "party"),
    Column("other_amount", "has", Align.RIGHT),
    Column("ratio", align=Align.RIGHT),
)


def answer_of(asked: Asked, found: ParityOn) -> Answer:
    """Lay out the whole answer."""
    return Answer(
        title=f"Parity of {spaced(found.unit)} on {found.on}: {asked.dispute}",
        header=asked.header,
        parts=(_comparisons(found), _stocks(found)),
    )


def _comparisons(found: ParityOn) -> Part:
    rows = tuple(
        {"unit": found.unit, "on": found.on, **_comparison(row)} for row in found.comparisons
    )
    return Part("comparisons", Table(COMPARISONS, rows), (Table(COMPARISONS_FOR_PEOPLE, rows),))


def _comparison(row: ParityRow) -> dict[str, object]:
    return {
        "teller": row.teller,
        "one": row.one.whose,
        **figure("one_amount", row.one.amount),
        "other": row.other.whose,
        **figure("other_amount", row.other.amount),
        "ratio": _ratio(row.ratio),
    }


def _ratio(ratio: Fraction | None) -> Cell:
    """Give a ratio as a fraction, for people also as a decimal."""
    if ratio is None:
        return Cell(None, "not decided")
    text = str(ratio)
    return Cell(text, text if ratio.denominator == 1 else f"{float(ratio):.3g} ({text})")


def _stocks(found: ParityOn) -> Part:
    rows = tuple({"unit": found.unit, "on": found.on, **_stock(row)} for row in found.stocks)
    people = tuple(
        {**row, "amount": row["amount"] if stock.is_certain else f"{row['amount']}, perhaps"}
        for row, stock in zip(rows, found.stocks, strict=True)
    )
    title = "What is known: the latest word of each teller, and ceilings in force"
    return Part("stocks", Table(STOCKS, rows), (Table(STOCKS_FOR_PEOPLE, people, title=title),))


def _stock(row: StockRow) -> dict[str, object]:
    return {
        "whose": row.whose,
        "where": row.where,
        "teller": row.teller,
        **figure("amount", row.amount),
        "certain": row.is_certain,
        "ids": row.ids,
    }
