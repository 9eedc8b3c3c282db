"""Prints one audit for people: the sentence, the matrix, what it turns on, then the sources."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeVar

from cli.answers.audit import called_words, notes_of
from cli.answers.trees import branches
from cli.output import Format, rendered
from cli.tables import Column, Table
from cli.terminal import Style, painted, write
from cli.text import harmless
from ledger.answers.audit_counts import counted
from ledger.answers.audit_reasons import crux_sources
from ledger.answers.audit_words import (
    account_words,
    conceded_words,
    crux_words,
    lines_of,
    policies_words,
    stands_on,
)
from ledger.answers.words import source_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from domain.claims.audit import AuditedTest
    from domain.claims.renaming import CalledOtherwise
    from ledger.answers.audit_reasons import Reason
    from ledger.answers.audit_witnesses import WitnessTold
    from ledger.answers.audit_words import CruxWords
    from ledger.answers.audits import Audited, AuditedVariant
    from ledger.asking import Asked

Told = TypeVar("Told")
MATRIX = (
    Column("account"),
    Column("grievances", "a grievance is put to"),
    Column("verdict"),
    Column("on", "on what"),
)
SHOWN_MAX = 3
"""So many cruxes are told in full; programs get all of them."""


def print_audit(
    audited: Audited,
    because: Sequence[tuple[int, Reason]],
    witnessed: Sequence[tuple[int, WitnessTold]],
    format: Format,
) -> None:
    """Print an audit as a table or Markdown."""
    _heading(f"{_name(audited)}\u201c{audited.words}\u201d", format)
    for line in _who(audited):
        _line(line, format)
    _blank()
    for name, value in audited.asked.header:
        _line(f"{name}: {value}", format)
    several = len(audited.variants) > 1
    for number, variant in enumerate(audited.variants, start=1):
        _blank()
        if several:
            _heading(
                f"Test {number}, {variant.label}" if variant.label else f"Test {number}", format
            )
        _variant(audited, variant, format)
        _because([reason for of, reason in because if of == number], format)
        _witnesses([told for of, told in witnessed if of == number], format)
    _sources(audited, format)


def _name(audited: Audited) -> str:
    return f"{audited.claim.id}  " if audited.claim else ""


def _who(audited: Audited) -> Iterator[str]:
    claim = audited.claim
    if claim is None:
        if audited.claimant:
            yield f"as if said by {audited.claimant}"
        return
    party = f" ({claim.side})" if claim.side else ""
    role = f", {claim.role}" if claim.role else ""
    yield f"{claim.speaker}{role}{party}, {claim.said_on}"


def _variant(audited: Audited, variant: AuditedVariant, format: Format) -> None:
    asked = audited.asked
    _line(variant.plain, format)
    _line(f"Verdict over all that follows: {variant.verdict}", format)
    for note in notes_of(asked, variant):
        _line(note, format)
    _blank()
    for chunk in rendered(_matrix(asked, variant.found), format):
        write(sys.stdout, chunk)
    _blank()
    for line in conceded_words(variant.found, asked.reading.grievances):
        _line(line, format)
    told = crux_words(variant.found, asked.reading.bases, asked.reading.grievances)
    for line in _crux_lines(told):
        _line(line, format)
    counts = (f"{held.words()}." for held in counted(asked, variant.found.test))
    for line in (*_inferred(variant.found), *_renamed(variant.found), *counts):
        _line(line, format)


def _matrix(asked: Asked, found: AuditedTest) -> Table:
    reading = asked.reading
    rows: list[dict[str, object]] = []
    before = ""
    for line in lines_of(found):
        account = account_words(line.account, line.basis, reading.bases)
        rows.append(
            {
                "account": "" if account == before else account,
                "grievances": policies_words(line.policies, reading.grievances),
                "verdict": line.finding.verdict,
                "on": stands_on(line.finding),
            }
        )
        before = account
    return Table(MATRIX, tuple(rows))


def _crux_lines(told: Sequence[CruxWords]) -> Iterator[str]:
    """Tell the first cruxes, one for each thing that one account's claim turns on."""
    shown = _worth_telling(told)
    for held in shown:
        yield " ".join(held.sentences)
    more = len(told) - len(shown)
    if more:
        yield (
            f"Under other readings there {'is' if more == 1 else 'are'} {more} more: "
            "--part cruxes, or narrow the reading with --basis and --grievance."
        )


def _worth_telling(told: Sequence[CruxWords]) -> tuple[CruxWords, ...]:
    """Leave out what turns on the same thing under another reading, and all but the first few."""
    found: dict[object, CruxWords] = {}
    for held in told:
        ties = held.crux.ties
        first = tuple(change.action for change in ties[0]) if ties else ()
        found.setdefault((held.crux.account, first), held)
    return tuple(found.values())[:SHOWN_MAX]


def _inferred(found: AuditedTest) -> Iterator[str]:
    for held in found.resting:
        rest = "rests" if len(held.items) == 1 else "rest"
        steps = f"{len(held.items)} of {held.total} steps {rest}"
        if held.total == 1:
            steps = "the one step rests"
        yield f"In {held.account}'s account, with inferred, {steps} on inferred words."


def _renamed(found: AuditedTest) -> Iterator[str]:
    renamed = found.renamed
    if renamed is None:
        return
    named = [
        f"{held.action} ({' rather than '.join(_apart(held))})"
        for held in renamed.actions[:SHOWN_MAX]
    ]
    more = len(renamed.actions) - len(named)
    names = ", ".join([*named, *([f"and {more} more"] if more else [])])
    begins = f"If what the other side calls it counted, as of {names},"
    if not renamed.changes:
        yield f"{begins} nothing would change."
        return
    others: dict[str, dict[str, None]] = {}
    same: dict[str, dict[str, None]] = {}
    for before, after in renamed.changes:
        was, becomes = before.finding.verdict, after.finding.verdict
        kept = same if was is becomes else others
        change = f"{was} on other grounds" if was is becomes else f"{was} becomes {becomes}"
        kept.setdefault(change, {})[account_words(before.account, before.basis, ())] = None
    changed = f"this would change: {_where(others)}" if others else "no verdict would change"
    yield f"{begins} {changed}{f'; still {_where(same)}' if same else ''}."


def _where(changes: Mapping[str, Iterable[str]]) -> str:
    return "; ".join(f"{change} ({', '.join(accounts)})" for change, accounts in changes.items())


def _apart(held: CalledOtherwise) -> tuple[str, str]:
    """Return what the other side and the actor call an action, as far as they part."""
    whole = (called_words(held.others), called_words(held.actors))
    kinds = (held.others.kind, held.actors.kind)
    if held.others.denied or kinds[0] == kinds[1] or held.others.quantity != held.actors.quantity:
        return whole
    others, actors = (kind.name.replace("_", " ") for kind in kinds)
    return (others, actors)


def _because(reasons: Sequence[Reason], format: Format) -> None:
    for key in dict.fromkeys((reason.account, reason.basis) for reason in reasons):
        mine = [reason for reason in reasons if (reason.account, reason.basis) == key]
        _blank()
        _heading(f"Because, in {account_words(key[0], key[1], (key[1], key[1]))}", format)
        for before, reason in zip(branches([one.depth for one in mine]), mine, strict=True):
            _line(f"{before}{_reason(reason)}", format)


def _witnesses(told: Sequence[WitnessTold], format: Format) -> None:
    if not told:
        return
    _blank()
    _heading("Witnesses, in mixes of accounts", format)
    for witness in told:
        _line(witness.words, format)


def _reason(reason: Reason) -> str:
    said = f"{reason.line}; {reason.says}" if reason.line else reason.says
    cited = f" [{reason.sources[0]}]" if reason.sources else ""
    return f"{reason.action}: {said}{cited}" if said else reason.action


def _sources(audited: Audited, format: Format) -> None:
    lines = list(dict.fromkeys(_source_lines(audited)))
    if not lines:
        return
    _blank()
    _heading("Sources", format)
    for line in lines:
        _line(line, format)


def _source_lines(audited: Audited) -> Iterator[str]:
    for source in audited.sources:
        yield f"the sentence: {source_words(source)}"
    for variant in audited.variants:
        for count in counted(audited.asked, variant.found.test):
            yield f"{count.seen.id}: {count.sources[0]}"
    reading = audited.asked.reading
    cited: dict[tuple[str, str], list[str]] = {}
    for variant in audited.variants:
        every = crux_words(variant.found, reading.bases, reading.grievances)
        for told in _worth_telling(every):
            for held in crux_sources(audited.asked, told.under[0], ties=1):
                for cited_in in held.told.sources[:1]:
                    cited.setdefault((held.action, cited_in), []).append(held.told.teller)
    for (action, cited_in), tellers in cited.items():
        who = list(dict.fromkeys(tellers))
        has = "has" if len(who) == 1 else "have"
        yield f"{action}, as {' and '.join(who)} {has} it: {cited_in}"


def _heading(text: str, format: Format) -> None:
    if format is Format.MD:
        write(sys.stdout, f"## {harmless(text)}\n\n")
    else:
        write(sys.stdout, f"{painted(harmless(text), Style.HEADING, sys.stdout)}\n")


def _line(text: str, format: Format) -> None:
    write(sys.stdout, f"- {harmless(text)}\n" if format is Format.MD else f"{harmless(text)}\n")


def _blank() -> None:
    write(sys.stdout, "\n")


def numbered(found: Iterable[Sequence[Told]]) -> tuple[tuple[int, Told], ...]:
    """Give each reason, or witness, the number of its test."""
    return tuple((number, one) for number, of in enumerate(found, start=1) for one in of)
