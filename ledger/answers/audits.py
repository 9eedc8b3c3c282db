"""Audits: a claim of the ledger, or any text, held against every account of a reading."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.claims.audit import Auditor
from domain.claims.mentions import mentions
from domain.claims.plain import in_words
from domain.claims.selecting import candidates
from domain.claims.sight import Sight
from domain.claims.verdicts import Verdict
from domain.errors import InputError, UsageError, VerificationError, require
from domain.nearest import did_you_mean
from domain.quoting import quoted
from domain.reading import GrievancePolicy
from domain.records.base import PartyCode
from domain.selection import as_of_claim
from domain.worlds import whole_account
from ledger.answers.known_verdicts import known_cells
from ledger.asking import Asked, ask, check_tellers
from ledger.claim_rules import UnknownClaimError, check_test
from ledger.claimtext.parsing import parse_claim
from ledger.claimtext.printing import claim_text
from ledger.claimtext.printing_filters import filter_text
from ledger.context import Context
from ledger.projections.subjects import NAME as SUBJECTS
from ledger.solvers.engines import SECONDS, engines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from domain.claims.audit import AuditedTest, Cell
    from domain.claims.claim import Claim, ClaimRecorded
    from domain.claims.language import Test
    from domain.claims.verdicts import Solvers
    from domain.reading import Reading
    from domain.records.base import Source
    from ledger.facade import Ledger


class ClaimWithdrawnError(InputError):
    """A claim is to be audited that is withdrawn."""


class ExpectedOtherwiseError(VerificationError):
    """The verdict is not the one that was expected."""


class ClaimantOfClaimError(UsageError):
    """A recorded claim has its speaker; another one is named."""


class DisputeOfClaimError(UsageError):
    """A recorded claim is about its own dispute; another one is named."""


class DateOfTextError(UsageError):
    """A text is to be audited as of the day it was said; it has no such day."""


@dataclass(frozen=True, slots=True)
class AuditedVariant:
    """One way to take the sentence: its label, its test in both forms, and what becomes of it.

    `plain` is the test in plain English, `text` in the claim language. `empty` are filters, in the
    claim language, that select nothing at all; `unnamed` outside actions and grievances that no
    account names of any action.
    """

    label: str
    text: str
    plain: str
    found: AuditedTest
    empty: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The one verdict over all that was looked at."""
        return overall(self.found)


@dataclass(frozen=True, slots=True)
class Audited:
    """A sentence, who said it, the ground it was held against, and what becomes of its tests.

    `claim` is None for a text that no claim of the ledger has; `claimant` is then who is taken to
    say it, if anybody is.
    """

    asked: Asked
    claim: ClaimRecorded | None
    claimant: str | None
    words: str
    variants: tuple[AuditedVariant, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where the sentence stands."""
        return self.claim.sources if self.claim else ()

    @property
    def verdict(self) -> Verdict:
        """The verdict of the sentence as its words are best taken: its first test's."""
        return self.variants[0].verdict


@dataclass(frozen=True, slots=True)
class Said:
    """What is asked of an audit beside the reading.

    `claimant` is who is taken to say a text. `at_its_date` looks at each claim as of the day it was
    made. `seconds` is how long one question may take. `is_dispute_typed` is false where the reading
    has its dispute from settings: then a recorded claim's own dispute goes before it.
    """

    claimant: str | None = None
    at_its_date: bool = False
    seconds: float = SECONDS
    is_dispute_typed: bool = True


def overall(found: AuditedTest) -> Verdict:
    """Return the one verdict over every cell of a matrix."""
    return verdict_over(found.cells)


def verdict_over(cells: Sequence[Cell]) -> Verdict:
    """Return the one verdict over some cells.

    True in some and false in others is contested, whatever else is left open.

    Rule: docs/semantics.md#verdicts
    """
    verdicts = {cell.finding.verdict for cell in cells}
    if len(verdicts) == 1:
        return verdicts.pop()
    is_true = verdicts & {Verdict.SUPPORTED, Verdict.CONTESTED}
    is_false = verdicts & {Verdict.REFUTED, Verdict.CONTESTED}
    if is_true and is_false:
        return Verdict.CONTESTED
    if Verdict.NOT_DECIDED in verdicts:
        return Verdict.NOT_DECIDED
    return Verdict.UNSUPPORTED


def audit(ledger: Ledger, reading: Reading, what: str, said: Said) -> Audited:
    """Audit a claim by its id, or a text of the claim language.

    Raises UnknownClaimError, ClaimWithdrawnError, ClaimantOfClaimError, DisputeOfClaimError,
    DateOfTextError, UnknownAccountError, what `parse_claim` and `check_test` raise of a text, and
    what `ask` raises.
    """
    stored = ledger.views().get(SUBJECTS, f"claim/{what}")
    if stored is None:
        return _audit_text(ledger, reading, what, said)
    claim = claim_of(ledger, what)
    require(
        claim.withdrawn is None,
        ClaimWithdrawnError(
            f"claim {what} is withdrawn",
            why=claim.withdrawn or "",
            hint=f"reciprocity claim show {what}",
        ),
    )
    require(
        said.claimant is None,
        ClaimantOfClaimError(
            f"claim {what} has its speaker already",
            where="--claimant",
            why="only of a text it must be said who speaks",
            hint=f"reciprocity claim show {what}",
        ),
    )
    if said.is_dispute_typed:
        _check_dispute(ledger, reading, claim.recorded)
    asked = ask(ledger, reading.model_copy(update={"dispute": claim.recorded.dispute}))
    for variant in claim.recorded.variants:
        check_tellers(asked, variant.test, f"claim {what}")
    return _audited(ledger, asked, claim.recorded, said)


def _check_dispute(ledger: Ledger, reading: Reading, claim: ClaimRecorded) -> None:
    """Refuse a dispute that is not there, or that the claim is not about."""
    if reading.dispute in {None, claim.dispute}:
        return
    ask(ledger, reading)
    raise DisputeOfClaimError(
        f"claim {claim.id} is about {claim.dispute}, not about {reading.dispute}",
        where="--dispute",
        why="a claim is audited in its own dispute",
        hint=f"reciprocity audit {claim.id} --dispute {claim.dispute}",
    )


def _audit_text(ledger: Ledger, reading: Reading, text: str, said: Said) -> Audited:
    require(any(map(str.isspace, text.strip())), unknown_claim(ledger, text))
    require(
        not said.at_its_date,
        DateOfTextError(
            "a text has no date of its own",
            where="--as-of-claim",
            why="only a recorded claim was said on a day",
            hint="--as-of-claim DATE, such as --as-of-claim 2022-02-17",
        ),
    )
    asked = ask(ledger, reading)
    test = parse_claim(text)
    context = Context(ledger.application, names=lambda: asked.history.dossiers)
    check_test(test, asked.dispute, context, "the claim")
    check_tellers(asked, test, "the claim")
    if said.claimant is not None:
        _check_claimant(said.claimant, context)
    auditor = Auditor(asked.history, asked.dispute, asked.reading, engines(said.seconds))
    found = auditor.audit(test, said.claimant)
    variant = AuditedVariant(
        "", claim_text(test), in_words(test), found, _empty(asked, test), _unnamed(asked, test)
    )
    return Audited(asked, None, said.claimant, text.strip(), (variant,))


def _check_claimant(claimant: PartyCode, context: Context) -> None:
    try:
        context.check_party(claimant)
    except InputError as error:
        raise error.located("--claimant") from error


def audit_all(ledger: Ledger, reading: Reading, said: Said) -> tuple[Asked, tuple[Audited, ...]]:
    """Audit every claim about a dispute, in every way to take its words: verdicts, and no crux.

    Raises what `ask` raises.
    """
    asked = ask(ledger, reading)
    solvers = engines(said.seconds)
    return asked, tuple(
        _overview(ledger, _at_date(asked, claim.recorded, said), claim, solvers)
        for claim in asked.history.claims_in(asked.dispute)
    )


def _overview(ledger: Ledger, asked: Asked, claim: Claim, solvers: Solvers) -> Audited:
    auditor = Auditor(asked.history, asked.dispute, asked.reading, solvers)
    recorded = claim.recorded
    variants = tuple(
        AuditedVariant(
            variant.label,
            claim_text(variant.test),
            in_words(variant.test),
            auditor.overview(variant.test, known_cells(ledger, asked, recorded, number)),
        )
        for number, variant in enumerate(recorded.variants, start=1)
    )
    return Audited(asked, recorded, recorded.side, recorded.words, variants)


def _audited(ledger: Ledger, asked: Asked, claim: ClaimRecorded, said: Said) -> Audited:
    then = _at_date(asked, claim, said)
    auditor = Auditor(then.history, then.dispute, then.reading, engines(said.seconds))
    variants = tuple(
        AuditedVariant(
            variant.label,
            claim_text(variant.test),
            in_words(variant.test),
            auditor.audit(variant.test, claim.side, known_cells(ledger, then, claim, number)),
            _empty(then, variant.test),
            _unnamed(then, variant.test),
        )
        for number, variant in enumerate(claim.variants, start=1)
    )
    return Audited(then, claim, claim.side, claim.words, variants)


def _at_date(asked: Asked, claim: ClaimRecorded, said: Said) -> Asked:
    """Look at the ledger as of the claim's date, where that is wanted."""
    if not said.at_its_date:
        return asked
    reading = asked.reading.model_copy(update={"as_of_claim": claim.said_on})
    return replace(asked, history=as_of_claim(asked.history, claim.said_on), reading=reading)


def _empty(asked: Asked, test: Test) -> tuple[str, ...]:
    """Return the filters that select nothing, whatever the world."""
    if not asked.panel:
        return ()
    world = whole_account(asked.history, asked.dispute, asked.panel[0], asked.reading)
    sight = Sight(world, GrievancePolicy.ACTOR, engines().max_flow)
    return tuple(
        filter_text(which) for which in mentions(test).filters if not candidates(sight, which)
    )


def _unnamed(asked: Asked, test: Test) -> tuple[str, ...]:
    """Return the causes that no account names: outside actions and grievances, as they stand."""
    causes = mentions(test).causes
    said: set[object] = set()
    for dossier in asked.history.dossiers.values() if causes else ():
        said.update(dossier.action.cause.causes)
        said.update(cause for held in dossier.attributions for cause in held.causes.causes)
    return tuple(str(cause) for cause in causes if cause not in said)


def claim_of(ledger: Ledger, claim: str) -> Claim:
    """Return a claim as it stands; raise UnknownClaimError."""
    found = Context(ledger.application).claim(claim)
    if found is None:
        raise unknown_claim(ledger, claim)
    return found


def unknown_claim(ledger: Ledger, claim: str) -> UnknownClaimError:
    """Return the error that no claim has this id, with the nearest ids."""
    ids = claim_ids(ledger)
    return UnknownClaimError(
        f"no claim {quoted(claim)} in this ledger",
        why=did_you_mean(claim, ids) or "an id of a claim, or a text of several words, is expected",
        hint="reciprocity claim list",
    )


def claim_ids(ledger: Ledger) -> tuple[str, ...]:
    """Return the ids of all claims, withdrawn ones too."""
    keys: Iterable[str] = (key for key, _, _ in ledger.views().scan(SUBJECTS, "claim/"))
    return tuple(key.removeprefix("claim/") for key in keys)


def require_expected(audited: Audited, expected: Verdict) -> None:
    """Refuse another verdict than the expected one; raise ExpectedOtherwiseError."""
    name = audited.claim.id if audited.claim else "the claim"
    require(
        audited.verdict is expected,
        ExpectedOtherwiseError(
            f"{name} is {audited.verdict}, and was expected to be {expected}",
            where="--expect",
            why="over every account and reading printed above",
            hint=f"reciprocity audit {audited.claim.id} --because"
            if audited.claim
            else "reciprocity audit --help",
        ),
    )
