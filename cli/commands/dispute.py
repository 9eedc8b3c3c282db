"""`reciprocity dispute`: open a dispute, list and show disputes, draw their sides anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import FormatOption, RecordedByOption, StoreOption
from cli.tables import Align, Column, Table
from cli.values import given_only, id_value, some_text, source_values
from domain.errors import InputError, UsageError, require

if TYPE_CHECKING:
    from domain.history import Dispute

DisputeArgument = Annotated[
    str, typer.Argument(metavar="DISPUTE", help="The dispute's id, such as us-russia.")
]
TitleOption = Annotated[str, typer.Option("--title", metavar="TEXT", help="What it is about.")]
SidesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--side",
        metavar="NAME=PARTY,PARTY",
        help="A side and its parties; PARTY alone is a side of that name; repeatable.",
    ),
]
NoteOption = Annotated[
    str | None, typer.Option("--note", metavar="TEXT", help="What a reader should know.")
]
SourcesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--source",
        metavar="'TITLE | PUBLISHER | DATE | ADDRESS'",
        help="Where it stands; repeatable.",
    ),
]
ReasonOption = Annotated[
    str | None, typer.Option("--reason", metavar="TEXT", help="Why the sides are drawn anew.")
]
COLUMNS = (
    Column("id"),
    Column("title"),
    Column("sides"),
    Column("actions", align=Align.RIGHT),
)
SIDE_COLUMNS = (Column("side"), Column("parties"))


class PartyOnTwoSidesError(InputError):
    """A party is declared on two sides of one dispute."""


class SideSyntaxError(UsageError):
    """What should be NAME=PARTY,PARTY is not."""


def add(
    dispute: DisputeArgument,
    *,
    title: TitleOption,
    side: SidesOption = None,
    note: NoteOption = None,
    source: SourcesOption = None,
    store: StoreOption,
    recorded_by: RecordedByOption,
    format: FormatOption,
) -> None:
    """Open a dispute and declare its sides

    A side is a name and the parties that act for it. A party in no declared side is a side of its
    own. Sides are undated: the latest as known applies to every action.

    Examples:
        reciprocity dispute add uk-russia --title 'United Kingdom and Russia' --side GBR --side RUS
        reciprocity dispute add qatar --title 'Qatar and its neighbours' --side Qatar=QAT --side Four=SAU,ARE,BHR,EGY
    """  # noqa: E501 - an example is one line
    from cli.told import tell
    from domain.records.registry import load_record
    from ledger import open_ledger

    payload = {
        "id": id_value(dispute, "argument DISPUTE"),
        "title": some_text(title, "option --title", "a dispute has a title"),
        "sides": sides_of(side),
        "note": note,
        "sources": source_values(source),
    }
    record = load_record("dispute_opened", 1, given_only(payload), f"dispute {dispute}")
    with open_ledger(store, by=recorded_by) as ledger:
        tell(ledger.record(record), format)


def redraw(
    dispute: DisputeArgument,
    *,
    side: SidesOption = None,
    reason: ReasonOption = None,
    store: StoreOption,
    recorded_by: RecordedByOption,
    format: FormatOption,
) -> None:
    """Draw the sides of a dispute anew

    All sides are given, those that stay as they were too; without any, every party is a side of its
    own. The sides before stay in the history.

    Examples:
        reciprocity dispute sides us-russia --side USA=USA,GBR --side RUS --reason 'joint measures'
        reciprocity dispute sides us-russia --side USA --side RUS
    """
    from cli.told import tell
    from domain.records.registry import load_record
    from ledger import open_ledger

    payload = {
        "dispute": id_value(dispute, "argument DISPUTE"),
        "sides": sides_of(side),
        "reason": reason or "",
    }
    record = load_record("sides_changed", 1, payload, f"sides of {dispute}")
    with open_ledger(store, by=recorded_by) as ledger:
        tell(ledger.record(record), format)


def sides_of(texts: list[str] | None) -> list[dict[str, object]]:
    """Read sides, each `NAME=PARTY,PARTY` or `PARTY`.

    Raises SideSyntaxError, PartyOnTwoSidesError.
    """
    sides: list[dict[str, object]] = []
    holder: dict[str, str] = {}
    for text in texts or ():
        name, sign, listed = text.partition("=")
        parties = [party.strip() for party in (listed if sign else name).split(",")]
        require(
            name.strip() and all(parties) and (sign or len(parties) == 1),
            SideSyntaxError(
                f"{text[:60]!r} is not NAME=PARTY,PARTY",
                where="option --side",
                hint="--side Four=SAU,ARE,BHR,EGY, or --side RUS for a side of one party",
            ),
        )
        for party in parties:
            other = holder.setdefault(party, name.strip())
            require(
                other == name.strip(),
                PartyOnTwoSidesError(
                    f"party {party[:60]} is on two sides, {other[:60]} and {name.strip()[:60]}",
                    where="option --side",
                    why="a party acts for one side of a dispute only",
                    hint=f"name {party[:60]} once: reciprocity dispute add --help",
                ),
            )
        sides.append({"name": name.strip(), "parties": parties})
    return sides


def list_all(store: StoreOption, format: FormatOption) -> None:
    """List the disputes of this ledger

    Examples:
        reciprocity dispute list
        reciprocity dispute list --format json
    """
    from cli.output import emit
    from ledger import open_ledger
    from ledger.lookups import actions_in, subjects_of

    with open_ledger(store) as ledger:
        rows = tuple(
            {
                "id": one.id,
                "title": one.opened.title,
                "sides": tuple(_side_in_words(one)),
                "actions": actions_in(ledger, one.id),
            }
            for one in subjects_of(ledger).disputes.values()
        )
    emit(Table(COLUMNS, rows), format)


def show(dispute: DisputeArgument, store: StoreOption, format: FormatOption) -> None:
    """Show one dispute and its sides as they stand

    Examples:
        reciprocity dispute show us-russia
        reciprocity dispute show us-russia --format json
    """
    from cli.output import emit
    from ledger import open_ledger
    from ledger.lookups import actions_in, dispute_of

    with open_ledger(store) as ledger:
        one = dispute_of(ledger, dispute)
        actions = actions_in(ledger, dispute)
    header = (
        ("dispute", one.id),
        ("title", one.opened.title),
        ("note", one.opened.note),
        ("sources", "; ".join(source.title for source in one.opened.sources)),
        ("actions", str(actions)),
        ("changed at position", str(one.changed_at)),
    )
    rows = tuple({"side": side.name, "parties": side.parties} for side in one.sides.sides)
    emit(Table(SIDE_COLUMNS, rows, tuple(pair for pair in header if pair[1])), format)


def _side_in_words(dispute: Dispute) -> list[str]:
    return [f"{side.name}={','.join(side.parties)}" for side in dispute.sides.sides]
