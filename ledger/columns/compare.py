"""Two engines, one history: the first thing on which columns and rows disagree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from domain.canonical import canonical_text
from domain.reading import Reading
from ledger.columns import plain, rows_plain
from ledger.columns.measures.asking import ask, dispute_numbers, measured, panel
from ledger.projections.standings import worlds_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

    from domain.history import History
    from domain.worlds import World
    from ledger.columns.measures.asking import Asked
    from ledger.columns.plain import Plain

DEFAULT: Final = Reading()


@dataclass(frozen=True, slots=True)
class Difference:
    """The first key of which the two engines say something else; None where one says nothing.

    `projection` is standings, tally, escalation, replies or rates; `key` begins with the dispute.
    """

    projection: str
    key: str
    columns: str | None
    rows: str | None


def first_difference_between_engines(
    columns: duckdb.DuckDBPyConnection, history: History
) -> Difference | None:
    """Hold every measure of the columns against the row engine's, over the whole history.

    The columns are coded (`code_history`) at the position at which the history was folded. Each
    dispute is measured under every account that is stored, stated only and with inferred, and
    tallied; memory is bounded by the largest dispute.

    Rule: docs/semantics.md#replay
    """
    numbers = dispute_numbers(columns)
    held = {dossier.action.dispute for dossier in history.dossiers.values()}
    for dispute in sorted({*numbers, *history.disputes, *held}):
        if dispute not in numbers:
            return Difference("tally", dispute, None, "a dispute of the history")
        for projection, theirs, ours in _both(columns, history, dispute, numbers[dispute]):
            found = _first(projection, theirs, ours)
            if found is not None:
                return found
    return None


def _both(
    columns: duckdb.DuckDBPyConnection, history: History, dispute: str, number: int
) -> Iterator[tuple[str, Plain, Plain]]:
    """Go through the projections of a dispute, as columns have them and as rows do."""
    yield (
        "tally",
        _under(dispute, plain.tally_rows(columns, number, DEFAULT)),
        _under(dispute, rows_plain.tally_rows(history, dispute, DEFAULT)),
    )
    asked = ask(columns, number)
    heard = set(panel(columns, number))
    for world in worlds_of(history, dispute):
        place = f"{dispute}/{world.reading.bases[0]}/{world.name}"
        if world.name not in heard:
            yield "standings", {}, {place: "an account on the panel"}
        yield from _measures(asked, world, place)
    unheard = heard - {world.name for world in worlds_of(history, dispute)}
    yield "standings", {f"{dispute}/{name}": "an account on the panel" for name in unheard}, {}


def _measures(asked: Asked, world: World, place: str) -> Iterator[tuple[str, Plain, Plain]]:
    """Go through the measures of one whole account."""
    found = measured(asked, world.name, world.reading)
    pairs = (
        ("standings", plain.standing_rows(found), rows_plain.standing_rows(world)),
        (
            "escalation",
            plain.escalation_rows(found, world.reading),
            rows_plain.escalation_rows(world),
        ),
        ("replies", plain.reply_rows(found), rows_plain.reply_rows(world)),
        ("rates", plain.rate_rows(found), rows_plain.rate_rows(world)),
    )
    for projection, theirs, ours in pairs:
        yield projection, _under(place, theirs), _under(place, ours)


def _under(place: str, rows: Plain) -> Plain:
    return {f"{place}/{key}": row for key, row in rows.items()}


def _first(projection: str, theirs: Plain, ours: Plain) -> Difference | None:
    for key in sorted(theirs.keys() | ours.keys()):
        one, other = (canonical_text(rows[key]) if key in rows else None for rows in (theirs, ours))
        if one != other:
            return Difference(projection, key, one, other)
    return None
