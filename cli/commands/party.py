"""`reciprocity party`: register an organisation or a group, list and show parties."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import FormatOption, RecordedByOption, StoreOption
from cli.tables import Column, Table
from cli.values import at, given_only, party_values, some_text, source_values

if TYPE_CHECKING:
    from ledger.party_table import PartyRow


class Nature(StrEnum):
    """What a registered party is."""

    ORGANISATION = "organisation"
    GROUP = "group"


CodeArgument = Annotated[
    str, typer.Argument(metavar="CODE", help="Its code in capital letters: ECOWAS, X-E3.")
]
TitleOption = Annotated[str, typer.Option("--title", metavar="TEXT", help="Its name.")]
NatureOption = Annotated[Nature, typer.Option("--nature", help="What it is.")]
MembersOption = Annotated[
    list[str] | None,
    typer.Option("--member", metavar="PARTY", help="A party in it; repeatable."),
]
SourcesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--source",
        metavar="'TITLE | PUBLISHER | DATE | ADDRESS'",
        help="Where it stands; repeatable.",
    ),
]
RegisteredOption = Annotated[
    bool, typer.Option("--registered", help="Only those registered in this ledger.")
]
COLUMNS = (Column("code"), Column("title"), Column("origin", "known from"), Column("members"))


def add(
    code: CodeArgument,
    *,
    title: TitleOption,
    nature: NatureOption = Nature.ORGANISATION,
    member: MembersOption = None,
    source: SourcesOption = None,
    store: StoreOption,
    recorded_by: RecordedByOption,
    format: FormatOption,
) -> None:
    """Register an organisation or a group that acts

    States need no registering: they have their codes from ISO 3166. An ad hoc group is written
    X-NAME, and may be used without being registered, too.

    Examples:
        reciprocity party add ECOWAS --title 'Economic Community of West African States'
        reciprocity party add X-E3 --title 'France, Germany, United Kingdom' --nature group --member FRA --member DEU --member GBR
    """  # noqa: E501 - an example is one line
    from cli.told import tell
    from domain.records.registry import load_record
    from ledger import open_ledger
    from ledger.context import Context
    from ledger.party_table import require_registrable

    with at("argument CODE"):
        require_registrable(code)
    with open_ledger(store, by=recorded_by) as ledger:
        context = Context(ledger.application)
        payload = {
            "code": code,
            "title": some_text(title, "option --title", "a party has a name"),
            "nature": nature.value if nature is not Nature.ORGANISATION else None,
            "members": party_values(member or (), "option --member", context),
            "sources": source_values(source),
        }
        record = load_record("party_registered", 1, given_only(payload), "argument CODE")
        tell(ledger.record(record), format)


def list_all(
    *, registered: RegisteredOption = False, store: StoreOption, format: FormatOption
) -> None:
    """List the parties that can act

    Those registered in this ledger first, then known organisations, then states and states that
    are gone.

    Examples:
        reciprocity party list --registered
        reciprocity party list --format csv
    """
    from cli.output import emit
    from ledger import open_ledger
    from ledger.lookups import subjects_of
    from ledger.party_table import Origin, known_parties

    with open_ledger(store) as ledger:
        parties = known_parties(subjects_of(ledger).parties)
    rows = (row(one) for one in parties if not registered or one.origin is Origin.LEDGER)
    emit(Table(COLUMNS, tuple(rows)), format)


def show(code: CodeArgument, store: StoreOption, format: FormatOption) -> None:
    """Show one party

    Examples:
        reciprocity party show RUS
        reciprocity party show NATO --format json
    """
    from cli.output import emit
    from ledger import open_ledger
    from ledger.lookups import subjects_of
    from ledger.party_table import known_party

    with open_ledger(store) as ledger, at("argument CODE"):
        party = known_party(code, subjects_of(ledger).parties)
    emit(Table((*COLUMNS, Column("sources")), (row(party),)), format)


def row(party: PartyRow) -> dict[str, object]:
    """Give a party as a row."""
    return {
        "code": party.code,
        "title": party.title,
        "origin": party.origin.value,
        "members": party.members,
        "sources": tuple(source.title for source in party.sources),
    }
