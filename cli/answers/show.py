"""Prints one action whole: its facts, every account of it, and what each account comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.answers.common import equal_note, teller_key, teller_title, worth_showing
from cli.parts import Answer, Part
from cli.tables import Cell, Column, Table

if TYPE_CHECKING:
    from ledger.answers.show import Shown
    from ledger.answers.statements import Statement
    from ledger.answers.told import Teller
    from ledger.asking import Asked

FIELDS = (Column("field"), Column("value"))
STATEMENTS = (
    Column("account"),
    Column("about"),
    Column("says"),
    Column("basis"),
    Column("stance"),
    Column("stated_on"),
    Column("last"),
    Column("withdrawn"),
    Column("quotation"),
    Column("note"),
    Column("sources"),
    Column("key"),
)
STATEMENTS_FOR_PEOPLE = (
    Column("account"),
    Column("says"),
    Column("basis"),
    Column("stance"),
    Column("stated_on"),
    Column("quotation"),
    Column("note"),
    Column("cited", "source"),
)
STANDINGS = (
    Column("account"),
    Column("basis"),
    Column("question"),
    Column("value"),
    Column("detail"),
)
LINKS = (Column("how", "link"), Column("action"))
SOURCES = (
    Column("title"),
    Column("publisher"),
    Column("date"),
    Column("address"),
    Column("archive"),
    Column("digest"),
    Column("added", "added later"),
)
CORRECTIONS = (
    Column("position"),
    Column("recorded_at"),
    Column("recorded_by"),
    Column("field"),
    Column("before"),
    Column("after"),
    Column("reason"),
    Column("source"),
)
CORRECTIONS_FOR_PEOPLE = (
    Column("recorded_at", "recorded (UTC)"),
    Column("recorded_by", "by"),
    Column("words", "what was corrected"),
    Column("reason"),
    Column("source"),
)


def answer_of(asked: Asked, found: Shown) -> Answer:
    """Lay out the whole answer."""
    return Answer(
        title=f"The action {found.action}",
        header=asked.header,
        parts=(
            _fields(found),
            _statements(found),
            _standings(found),
            _links(found),
            _sources(found),
            _corrections(found),
        ),
    )


def _fields(found: Shown) -> Part:
    rows = tuple({"field": name, "value": value} for name, value in found.fields)
    return Part("action", Table(FIELDS, rows))


def _statements(found: Shown) -> Part:
    rows = tuple(
        {
            "account": said.account,
            "about": said.about,
            "says": said.says,
            "basis": said.basis,
            "stance": said.stance,
            "stated_on": said.stated_on,
            "last": said.is_last,
            "withdrawn": said.is_withdrawn,
            "quotation": said.quotation,
            "note": said.note,
            "sources": said.sources,
            "key": said.key,
        }
        for said in found.statements
    )
    people = tuple(
        {
            **row,
            "cited": said.cited,
            "stance": "" if said.stance == "not said" else said.stance,
            "note": "; ".join(note for note in (said.note, _place_in_time(said)) if note),
        }
        for row, said in zip(rows, found.statements, strict=True)
    )
    used = {key for row in people for key, value in row.items() if value}
    columns = tuple(c for c in STATEMENTS_FOR_PEOPLE if c.key in used)
    title = "What each account says of it"
    return Part("accounts", Table(STATEMENTS, rows), (Table(columns, people, title=title),))


def _place_in_time(said: Statement) -> str:
    if said.is_withdrawn:
        return "withdrawn"
    return "" if said.is_last else "said otherwise later"


def _standings(found: Shown) -> Part:
    rows = tuple(
        {
            "account": row.teller.account,
            "basis": row.teller.basis,
            "question": row.question,
            "value": row.value,
            "detail": row.detail,
        }
        for row in found.weighed
    )
    tellers = tuple(dict.fromkeys(row.teller for row in found.weighed))

    def words(teller: Teller) -> dict[str, str]:
        return {
            row.question: f"{row.value} ({row.detail})" if row.detail else row.value
            for row in found.weighed
            if row.teller == teller
        }

    shown, equal = worth_showing(tellers, words)
    held = {teller: words(teller) for teller in shown}
    questions = dict.fromkeys(row.question for row in found.weighed)
    people = tuple(
        {"question": question, **{teller_key(teller): held[teller][question] for teller in shown}}
        for question in questions
    )
    columns = (
        Column("question"),
        *(Column(teller_key(teller), teller_title(teller)) for teller in shown),
    )
    return Part(
        "standings",
        Table(STANDINGS, rows),
        (Table(columns, people, title="What it comes to in each account"),),
        equal_note(equal, "the answers"),
        is_optional=True,
    )


def _links(found: Shown) -> Part:
    rows = tuple({"how": link.how, "action": link.action} for link in found.links)
    return Part("links", Table(LINKS, rows, title="Links, never causes"), is_optional=True)


def _sources(found: Shown) -> Part:
    rows = tuple(
        {
            "title": row.source.title,
            "publisher": row.source.publisher,
            "date": row.source.date,
            "address": row.source.address,
            "archive": row.source.archive,
            "digest": row.source.digest,
            "added": row.is_added,
        }
        for row in found.sources
    )
    used = {key for row in rows for key, value in row.items() if value}
    columns = tuple(column for column in SOURCES if column.key in used)
    return Part("sources", Table(SOURCES, rows), (Table(columns, rows, title="Sources"),))


def _corrections(found: Shown) -> Part:
    rows = tuple(
        {
            "position": held.position,
            "recorded_at": Cell(held.recorded_at.isoformat(), f"{held.recorded_at:%Y-%m-%d %H:%M}"),
            "recorded_by": held.recorded_by,
            "field": held.change.field,
            "before": held.change.before,
            "after": held.change.after,
            "reason": held.reason,
            "source": held.source,
            "words": held.change.words(),
        }
        for held in found.corrections
    )
    columns = (
        CORRECTIONS_FOR_PEOPLE
        if any(row["source"] for row in rows)
        else (CORRECTIONS_FOR_PEOPLE[:-1])
    )
    people = Table(columns, rows, title="Corrections")
    return Part("corrections", Table(CORRECTIONS, rows), (people,), is_optional=True)
