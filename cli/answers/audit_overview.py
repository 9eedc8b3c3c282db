"""Prints all claims of a dispute: the verdict, and what each account makes of it.

A claim stands on one line; each further way to take its words stands on a line beneath. The first
way is the one that the claim's own verdict goes by.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.called import as_called
from cli.parts import Answer, Part
from cli.tables import Align, Cell, Column, Table
from cli.terminal import say
from domain.claims.verdicts import MIXED
from ledger.answers.audits import verdict_over

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.answers.audits import Audited, AuditedVariant
    from ledger.asking import Asked

BEFORE = (Column("claim"), Column("said_on"), Column("side"), Column("verdict"))
AS_SAID = "as said"
WORDS_MAX = 60
LABEL_MAX = 46


def overview_of(asked: Asked, found: Sequence[Audited], *, at_their_dates: bool) -> Answer:
    """Lay out the claims in the order in which they were recorded."""
    accounts = (*asked.panel, MIXED)
    columns = (
        *BEFORE,
        *(Column(account, _heading(account)) for account in accounts),
        Column("test", align=Align.RIGHT),
        Column("taken", "taken as"),
        Column("words", "what was said"),
    )
    rows = tuple(
        _row(audited, number, variant, accounts)
        for audited in found
        for number, variant in enumerate(audited.variants, start=1)
    )
    header = asked.header
    if at_their_dates:
        header = (*header, ("as of", "each claim's own date: only what was public and said by it"))
    many = f"{len(found)} claim" if len(found) == 1 else f"{len(found)} claims"
    ways = f", taken in {len(rows)} ways" if len(rows) > len(found) else ""
    title = f"{many} about {asked.dispute}{ways}"
    return Answer(title, header, (Part("claims", Table(columns, rows)),))


def _heading(account: str) -> str:
    return account if account == MIXED else f"{account}'s account"


def _row(
    audited: Audited, number: int, variant: AuditedVariant, accounts: Sequence[str]
) -> dict[str, object]:
    """Return one way to take a claim; people see once what is the same for all of them."""
    claim, cells = audited.claim, variant.found.cells
    named = {
        "claim": claim.id if claim else None,
        "said_on": str(claim.said_on) if claim else None,
        "side": audited.claimant,
    }
    is_first = number == 1
    return {
        **{name: Cell(value, (value or "") if is_first else "") for name, value in named.items()},
        "verdict": variant.verdict,
        **{
            account: verdict_over([cell for cell in cells if cell.account == account])
            for account in accounts
        },
        "test": number,
        "taken": Cell(variant.label or None, _short(variant.label or AS_SAID, LABEL_MAX)),
        "words": Cell(audited.words, _short(audited.words, WORDS_MAX) if is_first else ""),
    }


def _short(words: str, most: int) -> str:
    if len(words) <= most:
        return words
    return f"{words[: most - 1].rpartition(' ')[0]}\u2026"


def say_what_is_missing(asked: Asked, found: Sequence[Audited]) -> None:
    """Say that there is no claim, or how to see more of one."""
    if found and found[0].claim is not None:
        say(as_called(f"More of one: reciprocity audit {found[0].claim.id}"))
    elif not found:
        hint = as_called("See: reciprocity claim add --help")
        say(f"No claim about {asked.dispute} is recorded. {hint}")
