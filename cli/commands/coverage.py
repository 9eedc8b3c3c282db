"""`reciprocity coverage`: state what the ledger set out to cover; without options, list it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.listing import ListArgument, require_list
from cli.options import FormatOption, RecordedByOption, StoreOption
from cli.output import Format
from cli.settings import key
from cli.tables import Column, Table
from cli.values import (
    date_value,
    given_only,
    id_value,
    party_values,
    require_options,
    some_text,
    source_values,
)

if TYPE_CHECKING:
    from ledger.facade import Ledger

Text = str | None
EXAMPLE = "reciprocity coverage --statement 'All expulsions reported by either ministry'"
COLUMNS = (
    Column("id"),
    Column("dispute"),
    Column("parties"),
    Column("period"),
    Column("statement"),
    Column("source"),
)


@dataclass(frozen=True, slots=True)
class CoverageOptions:
    """One statement of coverage."""

    statement: Annotated[
        Text, typer.Option("--statement", metavar="TEXT", help="What the ledger set out to cover.")
    ] = None
    party: Annotated[
        list[str] | None,
        typer.Option("--party", metavar="PARTY", help="For whom; else for all; repeatable."),
    ] = None
    period: Annotated[Text, typer.Option("--period", metavar="FROM/TO", help="For which time.")] = (
        None
    )
    dispute: Annotated[
        Text,
        typer.Option(
            "--dispute",
            envvar=key("dispute").variable,
            metavar="ID",
            help="For which dispute; alone: list what is stated for it.",
        ),
    ] = None
    source: Annotated[
        list[str] | None,
        typer.Option(
            "--source",
            metavar="'TITLE | PUBLISHER | DATE | ADDRESS'",
            help="From where; repeatable.",
        ),
    ] = None
    id: Annotated[
        Text, typer.Option("--id", metavar="ID", help="Its name; else made from the dispute.")
    ] = None


def coverage(
    do: ListArgument = None,
    *,
    options: CoverageOptions,
    store: StoreOption,
    recorded_by: RecordedByOption,
    format: FormatOption,
) -> None:
    """State what this ledger set out to cover, so that a gap can be judged

    For whom, for which time, from where. Without options, or with --dispute alone, lists what is
    stated.

    Examples:
        reciprocity coverage --statement 'Expulsions and closures that either ministry reported' --dispute us-russia --party USA --party RUS --period 2016-12/2023-12
        reciprocity coverage
    """  # noqa: E501 - an example is one line
    from cli.told import tell
    from ledger import open_ledger
    from ledger.adding import add_under

    require_list(do, replace(options, dispute=None) == CoverageOptions())
    if replace(options, dispute=None) == CoverageOptions():
        with open_ledger(store) as ledger:
            _list(ledger, options.dispute, format)
        return
    require_options("coverage", {"--statement": options.statement}, EXAMPLE)
    with open_ledger(store, by=recorded_by) as ledger:
        base = f"{options.dispute or 'ledger'}-coverage"
        tell(add_under(ledger, "coverage_stated", _payload(ledger, options), base), format)


def _payload(ledger: Ledger, options: CoverageOptions) -> dict[str, Any]:
    from ledger.context import Context

    context = Context(ledger.application)
    why = "a statement of coverage says what was looked for"
    named = {"id": ("--id", options.id), "dispute": ("--dispute", options.dispute)}
    payload = {
        "statement": some_text(options.statement or "", "option --statement", why),
        "parties": party_values(options.party or (), "option --party", context),
        "sources": source_values(options.source),
        **{
            field: id_value(text, f"option {flag}")
            for field, (flag, text) in named.items()
            if text is not None
        },
    }
    if options.period is not None:
        payload["period"] = date_value(options.period, "option --period")
    return given_only(payload)


def _list(ledger: Ledger, dispute: str | None, format: Format) -> None:
    from cli.output import emit
    from ledger.lookups import subjects_of

    rows = tuple(
        {
            "id": one.id,
            "dispute": one.dispute,
            "parties": one.parties,
            "period": str(one.period) if one.period else None,
            "statement": one.statement,
            "source": tuple(source.title for source in one.sources),
        }
        for one in subjects_of(ledger).coverage.values()
        if dispute in {None, one.dispute}
    )
    emit(Table(COLUMNS, rows), format)
