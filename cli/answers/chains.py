"""Prints the chain of an action: a tree for each account, and where the accounts part."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cli.answers.common import (
    denied_cell,
    equal_note,
    legend,
    policies_cell,
    teller_title,
    worth_showing,
)
from cli.answers.trees import branches
from cli.parts import Answer, Part
from cli.tables import Align, Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from domain.measures.denials import Denial
    from ledger.answers.chains import Beginning, Chain, ChainRow, PartsAt
    from ledger.answers.told import Teller
    from ledger.asking import Asked

BEGINNINGS = (
    Column("account"),
    Column("basis"),
    Column("role"),
    Column("roots"),
    Column("initiators"),
)
BEGINNINGS_FOR_PEOPLE = (Column("account"), Column("role"), Column("roots", "goes back to"))
ROWS = (
    Column("account"),
    Column("basis"),
    Column("tree", align=Align.RIGHT),
    Column("depth", align=Align.RIGHT),
    Column("step"),
    Column("nature"),
    Column("occurred"),
    Column("what"),
    Column("exchange"),
    Column("repeated"),
    Column("asked"),
    Column("causes"),
    Column("teller"),
    Column("how"),
    Column("inferred"),
    Column("impossible"),
    Column("words"),
    Column("sources"),
    Column("parts_from"),
    Column("denied_by"),
)
TREE = (
    Column("tree", "from the roots down"),
    Column("occurred"),
    Column("what"),
    Column("words", "who says so"),
    Column("note"),
    Column("source"),
)
PARTINGS = (
    Column("basis"),
    Column("at", "they part at"),
    Column("one_account", "account"),
    Column("one_words", "says"),
    Column("other_account", "account"),
    Column("other_words", "says"),
    Column("one_sources"),
    Column("other_sources"),
)
PARTINGS_FOR_PEOPLE = (
    Column("at", "the accounts part at"),
    Column("account"),
    Column("words", "what it holds there"),
    Column("source"),
)


def answer_of(asked: Asked, found: Chain) -> Answer:
    """Lay out the whole answer: for people one tree after the other, for programs one list."""
    tellers = tuple(row.teller for row in found.beginnings)
    shown, equal = worth_showing(tellers, lambda teller: _of(found, teller))
    return Answer(
        title=f"The chain of {found.action}: {found.line}",
        header=asked.header,
        parts=(
            _beginnings(found, shown, equal),
            _steps(found, shown),
            _partings(found),
        ),
    )


def _of(found: Chain, teller: Teller) -> tuple[object, ...]:
    """Return all that one teller's account says, whatever its basis and whoever parts from it."""
    same = replace(teller, basis=found.beginnings[0].teller.basis)
    beginning = next(held for held in found.beginnings if held.teller == teller)
    rows = tuple(
        replace(row, teller=same, parts_from=(), denied=())
        for row in found.rows
        if row.teller == teller
    )
    return (replace(beginning, teller=same), rows)


def _beginnings(found: Chain, shown: Sequence[Teller], equal: Sequence[Teller]) -> Part:
    rows = {held.teller: _beginning_row(held) for held in found.beginnings}
    people = tuple({**rows[teller], "account": teller_title(teller)} for teller in shown)
    policies = [policy for policy, _ in found.beginnings[0].initiators]
    columns = (*BEGINNINGS_FOR_PEOPLE, Column("initiators", f"initiated by{legend(policies)}"))
    return Part(
        "accounts",
        Table(BEGINNINGS, tuple(rows.values())),
        (Table(columns, people, stacks=True),),
        equal_note(equal, "the steps"),
    )


def _beginning_row(held: Beginning) -> dict[str, object]:
    return {
        "account": held.teller.account,
        "basis": held.teller.basis,
        "role": held.role,
        "roots": held.roots,
        "initiators": policies_cell(held.initiators),
    }


def _steps(found: Chain, shown: Sequence[Teller]) -> Part:
    against = _denials(found)
    return Part(
        "steps",
        Table(ROWS, tuple(_step_row(row) for row in found.rows)),
        tuple(
            Table(
                TREE,
                tuple(_lines([row for row in found.rows if row.teller == teller], against)),
                title=f"In {teller_title(teller)}",
                stacks=True,
            )
            for teller in shown
        ),
    )


def _denials(found: Chain) -> dict[str, str]:
    """Say of each grievance that is denied, on whatever basis, by whom."""
    held: dict[str, list[Denial]] = {}
    for row in found.rows:
        if row.denied:
            held.setdefault(row.name, []).extend(row.denied)
    return {name: denied_cell(denials).shown for name, denials in held.items()}


def _step_row(row: ChainRow) -> dict[str, object]:
    told = row.told
    return {
        "account": row.teller.account,
        "basis": row.teller.basis,
        "tree": row.tree,
        "depth": row.depth,
        "step": row.name,
        "nature": row.nature,
        "occurred": row.occurred,
        "what": row.line,
        "exchange": row.is_exchange,
        "repeated": row.is_repeated,
        "asked": row.is_asked,
        "causes": told.causes if told else None,
        "teller": told.teller if told else "",
        "how": told.how if told else "",
        "inferred": told.inferred if told else None,
        "impossible": told.impossible if told else None,
        "words": told.words() if told else "",
        "sources": told.sources if told else (),
        "parts_from": row.parts_from,
        "denied_by": denied_cell(row.denied),
    }


def _lines(rows: Sequence[ChainRow], against: Mapping[str, str]) -> Iterator[dict[str, object]]:
    for row, branch in zip(rows, branches([row.depth for row in rows]), strict=True):
        told = None if row.is_repeated else row.told
        yield {
            "tree": f"{branch}{row.name}",
            "occurred": row.occurred,
            "what": row.line,
            "words": told.words() if told else "",
            "note": "; ".join(_notes(row, against)),
            "source": told.cited if told else "",
        }


def _notes(row: ChainRow, against: Mapping[str, str]) -> Iterator[str]:
    if row.is_asked:
        yield "asked"
    if row.depth == 0:
        yield f"root: {row.nature}"
    if row.name in against:
        yield against[row.name]
    if row.is_exchange:
        yield "each a condition of the other"
    if row.is_repeated:
        yield "see above"
    if row.parts_from:
        yield f"{' and '.join(row.parts_from)} parts here"


def _partings(found: Chain) -> Part:
    people = [
        {
            "at": held.at,
            "account": teller_title(teller),
            "words": told.words(),
            "source": told.cited,
        }
        for held in found.partings
        for teller, told in ((held.teller, held.one_told), (held.other, held.other_told))
    ]
    once = {
        (row["at"], row["words"], row["account"].partition("'")[0]): row for row in people[::-1]
    }
    title = "Where the accounts part on the way back from it"
    return Part(
        "partings",
        Table(PARTINGS, tuple(_parting_row(held) for held in found.partings)),
        (Table(PARTINGS_FOR_PEOPLE, tuple(reversed(once.values())), title=title, stacks=True),),
        is_optional=True,
    )


def _parting_row(held: PartsAt) -> dict[str, object]:
    return {
        "basis": held.teller.basis,
        "at": held.at,
        "one_account": held.teller.account,
        "one_words": held.one_told.words(),
        "other_account": held.other.account,
        "other_words": held.other_told.words(),
        "one_sources": held.one_told.sources,
        "other_sources": held.other_told.sources,
    }
