"""Lays out one audit for programs: a part for each sort of row, the same columns always."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.parts import Answer, Part
from cli.tables import Column, Table
from domain.truth import Truth
from ledger.answers.audit_counts import counted
from ledger.answers.audit_reasons import crux_sources
from ledger.answers.audit_words import crux_words, stands_on
from ledger.answers.words import source_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from domain.accounts import Option
    from domain.called import Called
    from domain.claims.audit import Cell
    from domain.claims.crux import Change, Crux
    from ledger.answers.audit_reasons import Reason
    from ledger.answers.audit_witnesses import WitnessTold
    from ledger.answers.audits import Audited, AuditedVariant
    from ledger.asking import Asked

Row = dict[str, object]
CLAIM = ("id", "dispute", "side", "speaker", "role", "said_on", "words", "quotation", "assessment")
TESTS = ("test", "label", "verdict", "text", "plain", "selects_nothing")
VERDICTS = (
    *(
        "test",
        "account",
        "basis",
        "grievances",
        "verdict",
        "on",
        "steps",
        "failing",
        "undetermined",
    ),
    *("can_be_true", "can_be_false", "can_be_undetermined", "method", "engine"),
)
CONCEDED = ("test", "what", "account", "grievances", "steps", "by_silence")
CRUXES = (
    *("test", "account", "basis", "grievances", "before", "after", "robustness", "ties"),
    *("is_complete", "engine", "why", "words"),
)
INFERRED = ("test", "account", "steps", "of", "resting", "inferred")
RENAMED = ("test", "action", "actor_says", "other_side_says")
CHANGED = ("test", "account", "basis", "grievances", "verdict", "if_the_other_sides_words_count")
WITNESSES = (
    *("test", "basis", "grievances", "value", "account", "changes"),
    *("holding", "failing", "undetermined", "rests_on", "words"),
)
COUNTS = (
    *("test", "id", "teller", "whose", "where", "unit"),
    *("count", "count_lo", "count_hi", "on", "note", "sources"),
)
SOURCES = ("test", "of", "teller", "says", "source")
BECAUSE = ("test", "account", "basis", "step", "depth", "action", "line", "says", "sources")


def answer_of(
    audited: Audited,
    because: Iterable[tuple[int, Reason]],
    witnessed: Iterable[tuple[int, WitnessTold]] = (),
) -> Answer:
    """Lay out the whole audit."""
    numbered = tuple(enumerate(audited.variants, start=1))
    rows: tuple[tuple[str, tuple[str, ...], Iterable[Row]], ...] = (
        ("claim", CLAIM, [claim_row(audited)]),
        ("tests", TESTS, (test_row(*one) for one in numbered)),
        ("verdicts", VERDICTS, _all(numbered, _verdicts)),
        ("conceded", CONCEDED, _all(numbered, _conceded)),
        ("cruxes", CRUXES, (row for one in numbered for row in _cruxes(audited, *one))),
        ("witnesses", WITNESSES, (row for one in witnessed for row in _witnesses(*one))),
        ("inferred", INFERRED, _all(numbered, _inferred)),
        ("renamed", RENAMED, _all(numbered, _renamed)),
        ("changed", CHANGED, _all(numbered, _changed)),
        ("counts", COUNTS, (row for one in numbered for row in _counts(audited, *one))),
        ("sources", SOURCES, _sources(audited)),
        ("because", BECAUSE, (_because(*one) for one in because)),
    )
    parts = tuple(
        Part(name, Table(tuple(map(Column, columns)), tuple(found)), is_optional=True)
        for name, columns, found in rows
    )
    return Answer("Audit", audited.asked.header, parts)


def _all(
    numbered: Iterable[tuple[int, AuditedVariant]],
    rows: Callable[[int, AuditedVariant], Iterable[Row]],
) -> Iterator[Row]:
    for number, variant in numbered:
        yield from rows(number, variant)


def claim_row(audited: Audited) -> Row:
    """Return the sentence and who said it, as a row."""
    claim = audited.claim
    if claim is None:
        return {"dispute": audited.asked.dispute, "side": audited.claimant, "words": audited.words}
    return {
        "id": claim.id,
        "dispute": claim.dispute,
        "side": claim.side,
        "speaker": claim.speaker,
        "role": claim.role,
        "said_on": str(claim.said_on),
        "words": claim.words,
        "quotation": claim.quotation,
        "assessment": claim.assessment,
    }


def test_row(number: int, variant: AuditedVariant) -> Row:
    """Return one test and its verdict, as a row."""
    return {
        "test": number,
        "label": variant.label,
        "verdict": variant.verdict,
        "text": variant.text,
        "plain": variant.plain,
        "selects_nothing": variant.empty,
    }


def notes_of(asked: Asked, variant: AuditedVariant) -> Iterator[str]:
    """Say what a test speaks of that is not there: selections that are empty, unnamed causes."""
    for text in variant.empty:
        yield f"Nothing in {asked.dispute} is selected in this reading by: {text}"
    for text in variant.unnamed:
        yield f"Nobody in {asked.dispute} names the cause: {text}"


def _verdicts(number: int, variant: AuditedVariant) -> Iterator[Row]:
    for cell in variant.found.cells:
        finding = cell.finding
        items = finding.judged.items if finding.judged else ()
        possible = finding.possible
        yield {
            "test": number,
            **_place(cell),
            "verdict": finding.verdict,
            "on": stands_on(finding, None),
            "steps": len(items) if finding.judged else None,
            "failing": tuple(item.action for item in items if item.value is Truth.FALSE),
            "undetermined": tuple(
                item.action for item in items if item.value is Truth.UNDETERMINED
            ),
            "can_be_true": possible.is_true if possible else None,
            "can_be_false": possible.is_false if possible else None,
            "can_be_undetermined": possible.is_undetermined if possible else None,
            "method": finding.method,
            "engine": finding.engine,
        }


def _place(cell: Cell) -> Row:
    return {"account": cell.account, "basis": cell.basis, "grievances": cell.policy}


def _conceded(number: int, variant: AuditedVariant) -> Iterator[Row]:
    for what, held in (
        *(("conceded", held) for held in variant.found.conceded),
        *(("self-refuted", held) for held in variant.found.self_refuted),
    ):
        yield {
            "test": number,
            "what": what,
            "account": held.account,
            "grievances": tuple(held.policies),
            "steps": len(held.steps),
            "by_silence": len(held.silent),
        }


def _cruxes(audited: Audited, number: int, variant: AuditedVariant) -> Iterator[Row]:
    reading = audited.asked.reading
    for told in crux_words(variant.found, reading.bases, reading.grievances):
        for held in told.under:
            crux = held.crux
            yield {
                "test": number,
                "account": crux.account,
                "basis": held.basis,
                "grievances": held.policy,
                "before": crux.before,
                "after": crux.after,
                "robustness": crux.robustness,
                "ties": _ties(crux),
                "is_complete": crux.is_complete,
                "engine": crux.engine,
                "why": crux.why,
                "words": " ".join(told.sentences),
            }


def _ties(crux: Crux) -> tuple[object, ...]:
    return tuple(_ties_of(tie) for tie in crux.ties)


def _ties_of(changes: Iterable[Change]) -> tuple[Row, ...]:
    return tuple(
        {
            "action": change.action,
            "held": _option(change.held),
            "instead": _option(change.instead),
        }
        for change in changes
    )


def _option(held: Option) -> Row:
    causes = None if held.causes is None else tuple(str(cause) for cause in held.causes)
    return {
        "causes": causes,
        "teller": held.teller,
        "inferred": held.inferred,
        "silent": held.silent or None,
    }


def _witnesses(number: int, told: WitnessTold) -> Iterator[Row]:
    witness = told.witness
    by_value = {
        value: tuple(item.action for item in witness.items if item.value is value)
        for value in Truth
    }
    for cell in told.cells:
        yield {
            "test": number,
            "basis": cell.basis,
            "grievances": cell.policy,
            "value": witness.value,
            "account": witness.account,
            "changes": _ties_of(witness.changes),
            "holding": by_value[Truth.TRUE],
            "failing": by_value[Truth.FALSE],
            "undetermined": by_value[Truth.UNDETERMINED],
            "rests_on": tuple(
                {"action": held.action, **_option(held.option), "sources": held.sources}
                for held in told.rests_on
            ),
            "words": told.words,
        }


def _inferred(number: int, variant: AuditedVariant) -> Iterator[Row]:
    for held in variant.found.resting:
        yield {
            "test": number,
            "account": held.account,
            "steps": len(held.items),
            "of": held.total,
            "resting": held.items,
            "inferred": held.inferred,
        }


def _renamed(number: int, variant: AuditedVariant) -> Iterator[Row]:
    renamed = variant.found.renamed
    for held in renamed.actions if renamed else ():
        yield {
            "test": number,
            "action": held.action,
            "actor_says": called_words(held.actors),
            "other_side_says": called_words(held.others),
        }


def called_words(called: Called) -> str:
    """Return what an action is called: "staff cap, 455"."""
    if called.denied:
        return "it did not happen"
    name = called.kind.name.replace("_", " ")
    return name if called.quantity is None else f"{name}, {called.quantity.value}"


def _changed(number: int, variant: AuditedVariant) -> Iterator[Row]:
    renamed = variant.found.renamed
    for before, after in renamed.changes if renamed else ():
        yield {
            "test": number,
            **_place(before),
            "verdict": f"{before.finding.verdict}: {stands_on(before.finding, None)}",
            "if_the_other_sides_words_count": f"{after.finding.verdict}: "
            f"{stands_on(after.finding, None)}",
        }


def _counts(audited: Audited, number: int, variant: AuditedVariant) -> Iterator[Row]:
    for held in counted(audited.asked, variant.found.test):
        seen = held.seen
        yield {
            "test": number,
            "id": seen.id,
            "teller": seen.teller,
            "whose": seen.whose,
            "where": seen.where,
            "unit": seen.quantity.unit,
            "count": seen.quantity.value.words(),
            "count_lo": seen.quantity.value.lo,
            "count_hi": seen.quantity.value.hi,
            "on": str(seen.on),
            "note": seen.note,
            "sources": held.sources,
        }


def _sources(audited: Audited) -> Iterator[Row]:
    for source in audited.sources:
        yield {"of": "claim", "source": source_words(source)}
    for number, variant in enumerate(audited.variants, start=1):
        seen: dict[tuple[str, str, str], tuple[str, ...]] = {}
        for under in variant.found.cruxes:
            for held in crux_sources(audited.asked, under):
                seen[held.action, held.told.teller, held.told.words()] = held.told.sources
        for (action, teller, says), sources in seen.items():
            for line in sources:
                yield {
                    "test": number,
                    "of": action,
                    "teller": teller,
                    "says": says,
                    "source": line,
                }


def _because(number: int, reason: Reason) -> Row:
    return {
        "test": number,
        "account": reason.account,
        "basis": reason.basis,
        "step": reason.step,
        "depth": reason.depth,
        "action": reason.action,
        "line": reason.line,
        "says": reason.says,
        "sources": reason.sources,
    }
