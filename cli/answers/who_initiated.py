"""Prints who initiated: the accounts side by side, then the roots, then where accounts part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.answers.common import (
    WITH_INFERRED,
    actions_words,
    denied_cell,
    equal_note,
    legend,
    listed,
    policies_cell,
    teller_columns,
    teller_key,
    worth_showing,
)
from cli.parts import Answer, Part
from cli.tables import Align, Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.measures.denials import Denial
    from domain.measures.roots import Root
    from ledger.answers.told import Teller, Told
    from ledger.answers.where_accounts_part import Parting
    from ledger.answers.who_initiated import RootCount, WhoInitiated
    from ledger.asking import Asked

ROOTS_SHOWN = 12
COUNTS = (
    Column("account"),
    Column("basis"),
    Column("grievances"),
    Column("reading"),
    Column("initiator"),
    Column("actions", align=Align.RIGHT),
    Column("ids"),
)
ROOTS = (
    Column("account"),
    Column("basis"),
    Column("root"),
    Column("nature"),
    Column("by"),
    Column("when"),
    Column("actions", align=Align.RIGHT),
    Column("ids"),
    Column("denied_by"),
)
DIFFERENCES = (
    Column("action"),
    Column("occurred"),
    Column("what"),
    Column("basis"),
    Column("one_account"),
    Column("one_initiators"),
    Column("other_account"),
    Column("other_initiators"),
    Column("parts_at"),
    Column("one_causes"),
    Column("one_teller"),
    Column("one_how"),
    Column("one_inferred"),
    Column("one_words"),
    Column("one_sources"),
    Column("other_causes"),
    Column("other_teller"),
    Column("other_how"),
    Column("other_inferred"),
    Column("other_words"),
    Column("other_sources"),
)


def answer_of(
    asked: Asked, found: WhoInitiated, partings: Sequence[Parting] | None, *, all_roots: bool
) -> Answer:
    """Lay out the whole answer; `partings` None: where accounts part was not asked."""
    acted = listed(f"{number} by {side}" for side, number in found.acted)
    hostile = actions_words(found.hostile, "hostile action")
    return Answer(
        title=f"Who initiated {hostile}" + (f" ({acted})" if acted else ""),
        header=asked.header,
        parts=(
            _counts(asked, found),
            _roots(found, None if all_roots else ROOTS_SHOWN),
            _differences(partings or (), asked.reading.grievances, is_extra=partings is None),
        ),
    )


def _counts(asked: Asked, found: WhoInitiated) -> Part:
    reading = asked.reading.initiator
    rows = tuple(
        {
            "account": count.teller.account,
            "basis": count.teller.basis,
            "grievances": count.grievances,
            "reading": reading,
            "initiator": count.initiator,
            "actions": count.actions,
            "ids": count.ids,
        }
        for count in found.counts
    )
    shown, equal = worth_showing(
        found.tellers,
        lambda teller: {
            (c.grievances, c.initiator, c.ids) for c in found.counts if c.teller == teller and c.ids
        },
    )
    people = tuple(_lines_for_people(asked, found, shown))
    columns = (
        Column("grievances", "grievance put to"),
        Column("initiator", f"initiated {reading} by"),
        *teller_columns(shown),
    )
    return Part(
        "counts",
        Table(COUNTS, rows),
        (Table(columns, people),),
        notes=equal_note(equal, "these figures"),
    )


def _lines_for_people(
    asked: Asked, found: WhoInitiated, shown: Sequence[Teller]
) -> Iterator[dict[str, object]]:
    """Give the accounts side by side, one line for each policy and initiator."""
    from ledger.reading_words import GRIEVANCES

    figures = {(c.teller, c.grievances, c.initiator): c.actions for c in found.counts}
    for policy in asked.reading.grievances:
        named = {count.initiator for count in found.counts if count.grievances == policy}
        label = GRIEVANCES[policy]
        for initiator in (name for name in found.initiators if name in named):
            yield {
                "grievances": label,
                "initiator": initiator,
                **{teller_key(t): figures.get((t, policy, initiator), 0) for t in shown},
            }
            label = ""


def _roots(found: WhoInitiated, limit: int | None) -> Part:
    rows = tuple(_root_row(row) for row in found.roots)
    shown, equal = worth_showing(
        found.tellers,
        lambda teller: {(row.root, row.ids) for row in found.roots if row.teller == teller},
    )
    figures = {(row.root, row.teller): row.actions for row in found.roots}
    firsts = {row.root: row for row in reversed(found.roots)}
    ordered = list(dict.fromkeys(row.root for row in found.roots))
    against: dict[Root, list[Denial]] = {root: [] for root in ordered[:limit]}
    for row in found.roots:
        against.get(row.root, []).extend(row.denied)
    people = tuple(
        {
            **_root_row(firsts[root]),
            "denied": denied_cell(denials).shown,
            **{teller_key(t): figures.get((root, t)) for t in shown},
        }
        for root, denials in against.items()
    )
    columns = (
        Column("root"),
        Column("nature", "what it is"),
        Column("by", "by, or blamed on"),
        *((Column("denied", "on record"),) if any(against.values()) else ()),
        Column("when"),
        *teller_columns(shown),
    )
    title = "Roots, and how many of these actions go back to each (itself included)"
    more = len(ordered) - len(people)
    notes = equal_note(equal, "the roots") + ((f"And {more} more: --part roots",) if more else ())
    return Part("roots", Table(ROOTS, rows), (Table(columns, people, title=title),), notes)


def _root_row(row: RootCount) -> dict[str, object]:
    return {
        "account": row.teller.account,
        "basis": row.teller.basis,
        "root": row.root.name,
        "nature": row.root.nature,
        "by": row.by,
        "when": row.when,
        "actions": row.actions,
        "ids": row.ids,
        "denied_by": denied_cell(row.denied),
    }


def _differences(partings: Sequence[Parting], grievances: Sequence[str], *, is_extra: bool) -> Part:
    stated = {_content(held) for held in partings if held.basis != WITH_INFERRED}
    shown = [
        held for held in partings if held.basis != WITH_INFERRED or _content(held) not in stated
    ]
    left_out = len(partings) - len(shown)
    people = tuple(
        {
            "action": held.action,
            "what": held.line,
            "basis": held.basis,
            "one": f"{held.one.account}: {policies_cell(held.one_initiators).shown}",
            "other": f"{held.other.account}: {policies_cell(held.other_initiators).shown}",
            "parts_at": "the action itself" if held.at == held.action else held.at,
            "one_words": held.one.words(),
            "other_words": held.other.words(),
        }
        for held in shown
    )
    order = legend(grievances)
    columns = (
        Column("action"),
        Column("what"),
        Column("basis"),
        Column("one", f"one account puts it to{order}"),
        Column("other", f"the other puts it to{order}"),
        Column("parts_at", "they part at"),
        Column("one_words", "what the one says there"),
        Column("other_words", "what the other says there"),
    )
    title = "Actions put to different initiators, and the statements that part the accounts"
    repeated = f"{left_out} more, with inferred words, are as above and not repeated."
    return Part(
        "differences",
        Table(DIFFERENCES, tuple(_parting_row(held) for held in partings)),
        (Table(columns, people, title=title),),
        (repeated,) if left_out else (),
        is_extra=is_extra,
    )


def _content(held: Parting) -> tuple[object, ...]:
    return (held.action, held.at, held.one_initiators, held.other_initiators, held.one, held.other)


def _parting_row(held: Parting) -> dict[str, object]:
    return {
        "action": held.action,
        "occurred": held.occurred,
        "what": held.line,
        "basis": held.basis,
        "one_account": held.one.account,
        "one_initiators": dict(held.one_initiators),
        "other_account": held.other.account,
        "other_initiators": dict(held.other_initiators),
        "parts_at": held.at,
        **_told("one", held.one),
        **_told("other", held.other),
    }


def _told(which: str, told: Told) -> dict[str, object]:
    return {
        f"{which}_causes": told.causes,
        f"{which}_teller": told.teller,
        f"{which}_how": told.how,
        f"{which}_inferred": told.inferred,
        f"{which}_words": told.words(),
        f"{which}_sources": told.sources,
    }
