"""`reciprocity stock`: record how many stood where on a date; without options, list what is."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.listing import ListArgument, require_list
from cli.options import FormatOption, RecordedByOption, StoreOption
from cli.output import Format
from cli.tables import Align, Cell, Column, Table
from cli.values import (
    account_value,
    date_value,
    given_only,
    id_value,
    party_values,
    quantity_value,
    require_options,
    source_values,
)

if TYPE_CHECKING:
    from domain.records.stocks import StockObserved
    from ledger.facade import Ledger

Text = str | None
EXAMPLE = (
    "reciprocity stock --teller RUS --whose USA --where RUS --quantity 455 --unit posts "
    "--on 2017-09-01 --source 'Title | Publisher | date | address'"
)
COLUMNS = (
    Column("id"),
    Column("teller"),
    Column("whose"),
    Column("where"),
    Column("quantity", align=Align.RIGHT),
    Column("unit"),
    Column("on"),
    Column("source"),
)


@dataclass(frozen=True, slots=True)
class StockOptions:
    """One observation of a stock."""

    teller: Annotated[
        Text, typer.Option("--teller", metavar="ACCOUNT", help="Who says so: RUS, press:NAME.")
    ] = None
    whose: Annotated[Text, typer.Option("--whose", metavar="PARTY", help="Who has them.")] = None
    where: Annotated[
        Text, typer.Option("--where", metavar="PARTY", help="On whose soil they stand.")
    ] = None
    quantity: Annotated[
        Text, typer.Option("--quantity", metavar="NUMBER", help="How many: 455, 220..240, '>=79'.")
    ] = None
    unit: Annotated[Text, typer.Option("--unit", metavar="UNIT", help="Of what: posts.")] = None
    on: Annotated[Text, typer.Option("--on", metavar="DATE", help="When that held.")] = None
    source: Annotated[
        list[str] | None,
        typer.Option(
            "--source",
            metavar="'TITLE | PUBLISHER | DATE | ADDRESS'",
            help="Where it stands; repeatable.",
        ),
    ] = None
    id: Annotated[
        Text, typer.Option("--id", metavar="ID", help="Its name; else made from the rest.")
    ] = None
    note: Annotated[
        Text, typer.Option("--note", metavar="TEXT", help="What a reader should know.")
    ] = None


def stock(
    do: ListArgument = None,
    *,
    options: StockOptions,
    store: StoreOption,
    recorded_by: RecordedByOption,
    format: FormatOption,
) -> None:
    """Record how many stood where on a date, according to whom

    "455 posts", "some 230 diplomats": stocks never add up; the latest holds. Without options, lists
    the stocks that are recorded.

    Examples:
        reciprocity stock --teller RUS --whose USA --where RUS --quantity 455 --unit posts --on 2017-09-01 --source 'Parity in September | TASS | 2017-07-28'
        reciprocity stock --format csv
    """  # noqa: E501 - an example is one line
    from cli.told import tell
    from ledger import open_ledger

    require_list(do, options == StockOptions())
    if options == StockOptions():
        with open_ledger(store) as ledger:
            _list(ledger, format)
        return
    require_options("stock", _required(options), EXAMPLE)
    with open_ledger(store, by=recorded_by) as ledger:
        from ledger.adding import add_under

        payload = _payload(ledger, options)
        base = "-".join((options.whose or "", "in", options.where or "")).lower()
        tell(add_under(ledger, "stock_observed", payload, f"{base}-{_dated(options)}"), format)


def _dated(options: StockOptions) -> str:
    from ledger.ids import dated

    return f"{dated(options.on or '')}-{options.unit}".replace("_", "-")


def _required(options: StockOptions) -> dict[str, object]:
    names = ("teller", "whose", "where", "quantity", "unit", "on", "source")
    return {f"--{name}": asdict(options)[name] for name in names}


def _payload(ledger: Ledger, options: StockOptions) -> dict[str, Any]:
    from ledger.context import Context

    context = Context(ledger.application)
    [whose] = party_values([options.whose or ""], "option --whose", context)
    [where] = party_values([options.where or ""], "option --where", context)
    return given_only(
        {
            "id": id_value(options.id, "option --id") if options.id is not None else None,
            "teller": account_value(options.teller or "", "option --teller", context),
            "whose": whose,
            "where": where,
            "quantity": quantity_value(options.quantity, options.unit, ()),
            "on": date_value(options.on or "", "option --on"),
            "sources": source_values(options.source),
            "note": options.note,
        }
    )


def _list(ledger: Ledger, format: Format) -> None:
    from cli.output import emit
    from ledger.lookups import subjects_of

    stocks = sorted(subjects_of(ledger).stocks.values(), key=lambda one: (one.on.lo, one.id))
    emit(Table(COLUMNS, tuple(_row(one) for one in stocks)), format)


def _row(one: StockObserved) -> dict[str, object]:
    value = one.quantity.value
    return {
        "id": one.id,
        "teller": one.teller,
        "whose": one.whose,
        "where": one.where,
        "quantity": Cell(str(value), value.words()),
        "unit": one.quantity.unit,
        "on": str(one.on),
        "source": tuple(source.title for source in one.sources),
    }
