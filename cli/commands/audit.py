"""`reciprocity audit`: hold a claim against every account, or all claims of a dispute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cli.claim_options import ClaimReadingOptions, ExpectedVerdict
from cli.options import FormatOption, StoreOption
from cli.output import Format
from cli.parts import PEOPLES, PartOption
from cli.reading_options import is_typed, reading_given
from domain.errors import UsageError, require

if TYPE_CHECKING:
    from domain.reading import Reading
    from ledger.answers.audits import Audited, Said
    from ledger.facade import Ledger


class ExpectedOfNoClaimError(UsageError):
    """A verdict is expected, and no claim is named that could have it."""


def audit(
    store: StoreOption,
    format: FormatOption,
    reading: ClaimReadingOptions,
    claim: Annotated[
        str | None,
        typer.Argument(metavar="[CLAIM-ID|'TEXT']", help="A claim, or a text of the language."),
    ] = None,
    because: Annotated[
        bool, typer.Option("--because", help="Print the chains behind each verdict, and witnesses.")
    ] = False,
    claimant: Annotated[
        str | None, typer.Option("--claimant", metavar="PARTY", help="Who is taken to say a text.")
    ] = None,
    expect: Annotated[
        ExpectedVerdict | None,
        typer.Option("--expect", metavar="VERDICT", help="Leave with 4 on any other verdict."),
    ] = None,
    seconds: Annotated[
        float,
        typer.Option("--seconds", min=0.01, metavar="NUMBER", help="How long a question may take."),
    ] = 10.0,
    part: PartOption = None,
) -> None:
    """Audit a claim: under whose account it holds, who concedes it, on what it turns

    Each whole account first, then all mixes of accounts, under each grievance policy; who concedes
    it, and the smallest disagreement that decides it. Without a claim: every claim of a dispute on
    a line, each further way to take it beneath. VERDICT is over all that is printed: supported,
    refuted, contested, unsupported, not testable or not decided.

    With --because also a witness on each side of a contested verdict: a mix in which it holds, and
    one in which it fails.

    Parts: claim, tests, verdicts, conceded, cruxes, witnesses, inferred, renamed, changed, counts,
    sources, because.

    Examples:
        reciprocity audit
        reciprocity audit c-a01 --because
        reciprocity audit c-a02 --as-of-claim --grievance actor --format json
        reciprocity audit 'no hostile action by RUS in 2017 initiated jointly by RUS' --claimant RUS
        reciprocity audit c-a14 --expect 'not testable'
    """
    from ledger import open_ledger
    from ledger.answers.audits import Said

    said = Said(claimant, reading.is_at_its_date, seconds, is_dispute_typed=is_typed("dispute"))
    _require_claim(claim, expect)
    with open_ledger(store) as ledger:
        given = reading_given(reading.given())
        if claim is None:
            _all(ledger, given, said, format, part)
        else:
            _one(ledger, given, said, claim, format, part, because=because, expect=expect)


def _require_claim(claim: str | None, expect: ExpectedVerdict | None) -> None:
    require(
        claim is not None or expect is None,
        ExpectedOfNoClaimError(
            "a verdict is expected, and no claim is named",
            where="--expect",
            why="without a claim every claim of the dispute is audited, each with its own verdict",
            hint=f"reciprocity audit c-a01 --expect '{expect.value if expect else ''}'",
        ),
    )


def _all(ledger: Ledger, reading: Reading, said: Said, format: Format, part: str | None) -> None:
    from cli.answers.audit_overview import overview_of, say_what_is_missing
    from cli.parts import emit_answer
    from ledger.answers.audits import audit_all

    asked, found = audit_all(ledger, reading, said)
    emit_answer(overview_of(asked, found, at_their_dates=said.at_its_date), format, part)
    say_what_is_missing(asked, found)


def _one(
    ledger: Ledger,
    reading: Reading,
    said: Said,
    claim: str,
    format: Format,
    part: str | None,
    *,
    because: bool,
    expect: ExpectedVerdict | None,
) -> None:
    from cli.answers.audit import answer_of
    from cli.answers.audit_for_people import numbered, print_audit
    from cli.answers.common import warn_of
    from cli.parts import emit_answer
    from domain.claims.verdicts import Verdict
    from ledger.answers.audit_reasons import in_the_way, reasons
    from ledger.answers.audit_witnesses import told_witnesses
    from ledger.answers.audits import audit, require_expected

    audited = audit(ledger, reading, claim, said)
    is_told = because or part == "because"
    told = numbered(
        reasons(audited.asked, variant.found) if is_told else () for variant in audited.variants
    )
    is_witnessed = because or part == "witnesses" or (part is None and format is Format.JSON)
    witnessed = numbered(
        told_witnesses(audited.asked, variant.found, said.seconds) if is_witnessed else ()
        for variant in audited.variants
    )
    if format in PEOPLES and part is None:
        print_audit(audited, told, witnessed, format)
    else:
        emit_answer(answer_of(audited, told, witnessed), format, part)
        _say_what_is_missing(audited)
    warn_of(in_the_way(audited.asked, [variant.found for variant in audited.variants]))
    if expect is not None:
        require_expected(audited, Verdict(expect.value))


def _say_what_is_missing(audited: Audited) -> None:
    """Say beside what programs read what people read in it."""
    from cli.answers.audit import notes_of
    from cli.terminal import say

    for variant in audited.variants:
        for note in notes_of(audited.asked, variant):
            say(note)
