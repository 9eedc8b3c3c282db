"""Writes docs/claims.md: every shipped claim, what becomes of it, and how that compares.

    python scripts/make_claims_page.py

The verdicts are computed from the shipped histories; the reasons, in docs/claims-reasons.toml, are
written by hand.
"""

from __future__ import annotations

import sys
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from domain.claims.audit import Auditor  # noqa: E402
from domain.claims.plain import in_words  # noqa: E402
from domain.claims.verdicts import MIXED  # noqa: E402
from domain.reading import Reading  # noqa: E402
from ledger import open_ledger  # noqa: E402
from ledger.answers.audits import Audited, AuditedVariant, verdict_over  # noqa: E402
from ledger.asking import Asked, ask  # noqa: E402
from ledger.examples import fill_with_example  # noqa: E402
from ledger.solvers.engines import engines  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.claims.claim import ClaimRecorded

PAGE = ROOT / "docs" / "claims.md"
REASONS = ROOT / "docs" / "claims-reasons.toml"
BEGINNING = """\
# What becomes of the shipped claims

Twenty-nine sentences by officials of both sides, as `seeds/claims.toml` has them, held against the
shipped history under the default reading: every whole account and all mixes of accounts, each under
the three grievance policies, stated only and with inferred. `reciprocity audit c-a01` shows one of
them whole. What the verdicts mean is told in [semantics.md](semantics.md#verdicts).

`scripts/make_claims_page.py` writes this page, and a test holds it current. The compilers are those
who collected the sentences; what they thought of each stands beside the verdict, and whether the
two agree. The reasons are written by hand in `claims-reasons.toml`.

## Our verdict and the compilers' assessment

The verdict is that of the first way to take the sentence.

"""
SECOND = """
## Every way to take them

The verdict over all accounts, then in each whole account, then over mixes of accounts; *conceded
by* names opponents in whose own stated account it holds, with the grievance policies where not
under all.

"""


def page() -> str:
    """Make the page from the shipped histories."""
    with open_ledger("memory:", create=True, by="docs") as ledger:
        fill_with_example(ledger)
        asked = ask(ledger, Reading())
    audited = [_audited(asked, claim.recorded) for claim in asked.history.claims_in(asked.dispute)]
    reasons = tomllib.loads(REASONS.read_text(encoding="utf-8"))
    return f"{BEGINNING}{_compared(audited, reasons)}{SECOND}{_ways(audited)}"


def _audited(asked: Asked, claim: ClaimRecorded) -> Audited:
    """Audit a claim without its cruxes, which the page does not show."""
    auditor = Auditor(asked.history, asked.dispute, asked.reading, engines())
    variants = []
    for variant in claim.variants:
        conceded, self_refuted = auditor.concessions(variant.test, claim.side)
        found = replace(
            auditor.overview(variant.test), conceded=conceded, self_refuted=self_refuted
        )
        variants.append(AuditedVariant(variant.label, "", in_words(variant.test), found))
    return Audited(asked, claim, claim.side, claim.words, tuple(variants))


def _compared(audited: Iterable[Audited], reasons: dict[str, Any]) -> str:
    head = ("claim", "said", "sentence", "verdict", "compilers' assessment", "agreement", "why")
    return _table(head, (_comparison(one, reasons) for one in audited))


def _comparison(one: Audited, reasons: dict[str, Any]) -> tuple[str, ...]:
    claim = one.claim
    if claim is None:
        message = "a shipped claim is recorded"
        raise LookupError(message)
    given = reasons[claim.id]
    said = f"{claim.said_on}, {claim.side}"
    verdict = f"**{one.verdict}**"
    why = (given["agreement"], given["reason"])
    return (claim.id, said, claim.words, verdict, claim.assessment, *why)


def _ways(audited: Iterable[Audited]) -> str:
    head = (
        "claim",
        "taken as",
        "verdict",
        "USA's account",
        "RUS's account",
        "mixed",
        "conceded by",
    )
    rows = (_way(one, variant) for one in audited for variant in one.variants)
    return _table(head, rows)


def _way(one: Audited, variant: AuditedVariant) -> tuple[str, ...]:
    cells = variant.found.cells
    by_account = (
        verdict_over([cell for cell in cells if cell.account == account])
        for account in ("USA", "RUS", MIXED)
    )
    every = len(one.asked.reading.grievances)
    conceded = ", ".join(
        held.account
        if len(held.policies) == every
        else f"{held.account} ({', '.join(held.policies)})"
        for held in variant.found.conceded
    )
    name = one.claim.id if one.claim else ""
    return (name, variant.label or variant.plain, variant.verdict, *by_account, conceded)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "".join(_lines(head, rows))


def _lines(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield _line(head)
    yield _line(("---",) * len(head))
    for row in rows:
        yield _line(row)


def _line(cells: Iterable[str]) -> str:
    shown = (cell.replace("|", "\\|").replace("\n", " ") for cell in cells)
    return f"| {' | '.join(shown)} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE)
