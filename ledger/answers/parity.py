"""Parity: how many of a stock each party has with the other, and how they compare on a date."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from domain.dates import parse_date
from domain.errors import InputError, require
from domain.measures.parity import parity
from domain.units import UNITS, Nature, unit

if TYPE_CHECKING:
    from domain.measures.parity import Comparison, Stock
    from domain.quantities import Amount
    from ledger.asking import Asked


class NotAStockError(InputError):
    """A unit is asked about that adds up: it is imposed and suffered, not had."""


@dataclass(frozen=True, slots=True)
class StockRow:
    """What a party has on another's soil, by the latest word of a teller, or as a ceiling allows.

    `is_certain` is false where possibly no such word holds on the date.
    """

    whose: str
    where: str
    teller: str
    amount: Amount
    is_certain: bool
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParityRow:
    """One teller's two stocks and the ratio of one to the other; None: not decided."""

    teller: str
    one: StockRow
    other: StockRow
    ratio: Fraction | None


@dataclass(frozen=True, slots=True)
class ParityOn:
    """The whole answer for a unit and a date."""

    unit: str
    on: str
    stocks: tuple[StockRow, ...]
    comparisons: tuple[ParityRow, ...]


def parity_on(asked: Asked, unit_name: str, on: str) -> ParityOn:
    """Compare a stock between the parties of the dispute on a date.

    Raises UnknownUnitError, NotAStockError, and what a date raises, placed at their flags.

    Rule: docs/semantics.md#parity
    """
    try:
        row = unit(unit_name)
    except InputError as error:
        raise error.located("--unit") from error
    stocks = [each.name for each in UNITS if each.nature is Nature.STOCK]
    require(
        row.nature is Nature.STOCK,
        NotAStockError(
            f"{row.plural} add up, so there is no stock of them to compare",
            where="--unit",
            why=f"stocks are counted in {', '.join(stocks)}",
            hint=f"reciprocity tally; or reciprocity parity --unit posts --on {on}",
        ),
    )
    try:
        date = parse_date(on)
    except InputError as error:
        raise error.located("--on") from error
    found = parity(asked.history, asked.dispute, unit_name, date, asked.reading)
    return ParityOn(
        unit=unit_name,
        on=on,
        stocks=tuple(_stock(stock) for stock in found.stocks),
        comparisons=tuple(_comparison(each) for each in found.comparisons),
    )


def _stock(stock: Stock) -> StockRow:
    return StockRow(
        stock.whose, stock.where, stock.teller, stock.amount, stock.is_certain, stock.ids
    )


def _comparison(each: Comparison) -> ParityRow:
    return ParityRow(each.teller, _stock(each.one), _stock(each.other), each.ratio)
