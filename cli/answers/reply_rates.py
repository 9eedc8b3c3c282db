"""Prints replies: the rates of each side, accounts side by side, then reply by reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.answers.budgets import budget_part
from cli.answers.common import (
    equal_note,
    held_by,
    teller_columns,
    teller_key,
    worth_showing,
)
from cli.parts import Answer, Part
from cli.tables import Align, Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.measures.replies import Rate
    from domain.scales import Scale
    from ledger.answers.budgets import Budgets
    from ledger.answers.reply_rates import ReplyRates, ReplyRow, SideRow, UnansweredRow
    from ledger.answers.told import Teller
    from ledger.asking import Asked

TOLD = (Column("account"), Column("basis"))
RATES = ("in_kind", "mirrored", "other_currency")
COUNTS = ("responses", "joinings", "undetermined", "unanswered", "perhaps_unanswered")
SIDES = (
    *TOLD,
    Column("side"),
    *(Column(name, align=Align.RIGHT) for name in COUNTS),
    *(
        Column(f"{name}_{value}", align=Align.RIGHT)
        for name in RATES
        for value in ("yes", "no", "undetermined")
    ),
    Column("days_min", align=Align.RIGHT),
    Column("days_max", align=Align.RIGHT),
)
REPLIES = (
    *TOLD,
    Column("action"),
    Column("occurred"),
    Column("what"),
    Column("by"),
    Column("role"),
    Column("hostile"),
    Column("lags"),
    Column("in_kind"),
    Column("mirrored"),
    Column("other_currency", "in another currency"),
    Column("weight", align=Align.RIGHT),
    Column("answered_weight", align=Align.RIGHT),
)
WEIGHTS = frozenset({"weight", "answered_weight"})
UNANSWERED = (
    *TOLD,
    Column("action"),
    Column("occurred"),
    Column("what"),
    Column("by"),
    Column("against"),
    Column("certain"),
)
HELD_BY = Column("held_by", "in the account of")


def answer_of(
    asked: Asked, found: ReplyRates, scale: Scale | None = None, budgets: Budgets | None = None
) -> Answer:
    """Lay out the whole answer; weights are shown to people only on a scale that was asked.

    `budgets` None: they were not asked for.
    """
    named = (("scale", f"{scale.name} ({scale.source})"),) if scale else ()
    return Answer(
        title=f"How each side answers: {asked.dispute}",
        header=(*asked.header, *named),
        parts=(
            _sides(found),
            _replies(found, has_scale=scale is not None),
            _unanswered(found),
            budget_part(budgets),
        ),
    )


def _sides(found: ReplyRates) -> Part:
    shown, equal = worth_showing(
        found.tellers,
        lambda teller: [_questions(row) for row in found.sides if row.teller == teller],
    )
    held = {(row.teller, row.side): _questions(row) for row in found.sides}
    sides = list(dict.fromkeys(row.side for row in found.sides))
    people = tuple(
        {
            "side": side,
            "question": question,
            **{teller_key(t): held.get((t, side), {}).get(question, "") for t in shown},
        }
        for side in sides
        for question in next(held[key] for key in held if key[1] == side)
    )
    columns = (Column("side"), Column("question", "its hostile actions"), *teller_columns(shown))
    return Part(
        "sides",
        Table(SIDES, tuple(_side_row(row) for row in found.sides)),
        (Table(columns, people),),
        equal_note(equal, "these figures"),
    )


def _questions(row: SideRow) -> dict[str, str]:
    return {
        "responses": str(row.responses),
        "- in kind": _rate(row.in_kind),
        "- mirrored": _rate(row.mirrored),
        "- in another currency": _rate(row.other_currency),
        "- days after what they answer": _days(row),
        "joinings": str(row.joinings),
        "not known whether they answer": str(row.undetermined),
        "left unanswered": _from_to(row.unanswered, row.unanswered + row.perhaps),
    }


def _rate(rate: Rate) -> str:
    every = rate.yes + rate.no + rate.undetermined
    unknown = f" ({rate.undetermined} not decided)" if rate.undetermined else ""
    return f"{rate.yes} of {every}{unknown}" if every else ""


def _days(row: SideRow) -> str:
    if row.days_min is None:
        return ""
    return (
        f"{row.days_min} or more" if row.days_max is None else _from_to(row.days_min, row.days_max)
    )


def _from_to(lo: int, hi: int) -> str:
    return str(lo) if lo == hi else f"{lo} to {hi}"


def _side_row(row: SideRow) -> dict[str, object]:
    rates = {"in_kind": row.in_kind, "mirrored": row.mirrored, "other_currency": row.other_currency}
    return {
        **_told(row.teller),
        "side": row.side,
        "responses": row.responses,
        "joinings": row.joinings,
        "undetermined": row.undetermined,
        "unanswered": row.unanswered,
        "perhaps_unanswered": row.perhaps,
        **{
            f"{name}_{value}": getattr(rate, value)
            for name, rate in rates.items()
            for value in ("yes", "no", "undetermined")
        },
        "days_min": row.days_min,
        "days_max": row.days_max,
    }


def _told(teller: Teller) -> dict[str, object]:
    return {"account": teller.account, "basis": teller.basis}


def _replies(found: ReplyRates, *, has_scale: bool) -> Part:
    rows = tuple(_reply_row(row) for row in found.replies)
    title = "Reply by reply: responses and joinings, and how long after what they answer"
    left_out = {column.key for column in TOLD} | (set() if has_scale else WEIGHTS)
    columns = tuple(column for column in REPLIES if column.key not in left_out)
    people = _merged(
        found, [(row.teller, line) for row, line in zip(found.replies, rows, strict=True)]
    )
    return Part("replies", Table(REPLIES, rows), (Table((*columns, HELD_BY), people, title=title),))


def _reply_row(row: ReplyRow) -> dict[str, object]:
    return {
        **_told(row.teller),
        "action": row.action,
        "occurred": row.occurred,
        "what": row.line,
        "by": row.sides,
        "role": row.role,
        "hostile": row.is_hostile,
        "lags": dict(row.lags),
        "in_kind": row.in_kind,
        "mirrored": row.mirrored,
        "other_currency": row.other_currency,
        "weight": row.weight,
        "answered_weight": row.answered_weight,
    }


def _unanswered(found: ReplyRates) -> Part:
    rows = tuple(_unanswered_row(row) for row in found.unanswered)
    columns = tuple(column for column in UNANSWERED if column not in TOLD)
    title = "Hostile actions that no side they target answers (not certain: perhaps one does)"
    people = _merged(
        found, [(row.teller, line) for row, line in zip(found.unanswered, rows, strict=True)]
    )
    return Part(
        "unanswered",
        Table(UNANSWERED, rows),
        (Table((*columns, HELD_BY), people, title=title),),
    )


def _unanswered_row(row: UnansweredRow) -> dict[str, object]:
    return {
        **_told(row.teller),
        "action": row.action,
        "occurred": row.occurred,
        "what": row.line,
        "by": row.by,
        "against": row.against,
        "certain": row.is_certain,
    }


def _merged(
    found: ReplyRates, rows: Iterable[tuple[Teller, dict[str, object]]]
) -> tuple[dict[str, object], ...]:
    """Give each row once, by date, with the accounts that hold it."""
    held: dict[str, tuple[dict[str, object], list[Teller]]] = {}
    for teller, row in rows:
        content = {**row, "account": "", "basis": ""}
        held.setdefault(repr(content), (content, []))[1].append(teller)
    merged = [
        {**content, "held_by": held_by(found.tellers, those)} for content, those in held.values()
    ]
    return tuple(sorted(merged, key=lambda row: (str(row["occurred"]), str(row["action"]))))
