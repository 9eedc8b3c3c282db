"""Prints all claims of a dispute, one a line: the verdict, and what each account makes of it.

Of a claim that can be taken in several ways the first counts here; `tests` says how many there are.
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

    from ledger.answers.audits import Audited
    from ledger.asking import Asked

BEFORE = (Column("claim"), Column("said_on"), Column("side"), Column("verdict"))
WORDS_MAX = 72


def overview_of(asked: Asked, found: Sequence[Audited], *, at_their_dates: bool) -> Answer:
    """Lay out the claims in the order in which they were recorded."""
    accounts = (*asked.panel, MIXED)
    columns = (
        *BEFORE,
        *(Column(account, _heading(account)) for account in accounts),
        Column("tests", align=Align.RIGHT),
        Column("words", "what was said"),
    )
    rows = tuple(_row(audited, accounts) for audited in found)
    header = asked.header
    if at_their_dates:
        header = (*header, ("as of", "each claim's own date: only what was public and said by it"))
    many = f"{len(rows)} claim" if len(rows) == 1 else f"{len(rows)} claims"
    return Answer(f"{many} about {asked.dispute}", header, (Part("claims", Table(columns, rows)),))


def _heading(account: str) -> str:
    return account if account == MIXED else f"{account}'s account"


def _row(audited: Audited, accounts: Sequence[str]) -> dict[str, object]:
    claim, variant = audited.claim, audited.variants[0]
    cells = variant.found.cells
    return {
        "claim": claim.id if claim else None,
        "said_on": str(claim.said_on) if claim else None,
        "side": audited.claimant,
        "verdict": variant.verdict,
        **{
            account: verdict_over([cell for cell in cells if cell.account == account])
            for account in accounts
        },
        "taken": variant.label or None,
        "tests": len(claim.variants) if claim else 1,
        "words": Cell(audited.words, _short(audited.words)),
    }


def _short(words: str) -> str:
    if len(words) <= WORDS_MAX:
        return words
    return f"{words[: WORDS_MAX - 1].rpartition(' ')[0]}\u2026"


def say_what_is_missing(asked: Asked, found: Sequence[Audited]) -> None:
    """Say that there is no claim, or how to see more of one."""
    if found and found[0].claim is not None:
        say(as_called(f"More of one: reciprocity audit {found[0].claim.id}"))
    elif not found:
        hint = as_called("See: reciprocity claim add --help")
        say(f"No claim about {asked.dispute} is recorded. {hint}")
