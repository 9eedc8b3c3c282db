"""One action whole: what is recorded of it, every account of it, and what each account comes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.records.amendments import Corrected
from ledger.answers.corrections import Change, changes_made
from ledger.answers.statements import Statement, statements_of
from ledger.answers.weighing import Weighed, weighed
from ledger.answers.words import kind_words, quantity_words, source_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from domain.dossiers import Dossier
    from domain.history import History
    from domain.records.base import Source
    from domain.records.entry import Entry
    from ledger.asking import Asked


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source, and whether it came with the action or was added later."""

    source: Source
    is_added: bool


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One field that was corrected: from what to what, when and by whom, why, on what source."""

    position: int
    recorded_at: datetime
    recorded_by: str
    change: Change
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link to another action, or from one: how, and which."""

    how: str
    action: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The whole answer about one action. `weighed` is empty for one that counts nowhere."""

    action: str
    fields: tuple[tuple[str, str], ...]
    statements: tuple[Statement, ...]
    weighed: tuple[Weighed, ...]
    links: tuple[LinkRow, ...]
    sources: tuple[SourceRow, ...]
    corrections: tuple[CorrectionRow, ...]


def shown(asked: Asked, action: str, stream: Sequence[Entry]) -> Shown:
    """Return all there is about an action, retracted or not; `stream` holds its entries.

    Rule: docs/semantics.md#records
    """
    dossier = asked.action(action)
    worlds = asked.worlds() if dossier.stands else ()
    return Shown(
        action=action,
        fields=tuple(_fields(dossier)),
        statements=statements_of(dossier),
        weighed=tuple(row for world in worlds for row in weighed(world, action)),
        links=tuple(_links(asked.history, dossier)),
        sources=tuple(
            [SourceRow(source, is_added=False) for source in dossier.action.sources]
            + [SourceRow(source, is_added=True) for source in dossier.sources_added]
        ),
        corrections=tuple(_corrections(asked, stream)),
    )


def _corrections(asked: Asked, stream: Sequence[Entry]) -> Iterator[CorrectionRow]:
    """Go through the corrections that the question knows of, field by field."""
    for entry in stream:
        record = entry.record
        if isinstance(record, Corrected) and entry.position <= asked.position:
            for change in changes_made(entry, stream):
                yield CorrectionRow(
                    entry.position,
                    entry.recorded_at,
                    entry.recorded_by,
                    change,
                    record.reason,
                    source_words(record.source) if record.source else "",
                )


def _fields(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Go through what is recorded of the action itself; what is empty is left out."""
    action = dossier.action
    rung = action.rung_of
    fields = (
        ("description", action.description),
        ("by", ", ".join(action.actors)),
        ("against", ", ".join(action.targets)),
        ("kind", f"{kind_words(action.kind)} ({_polarity(dossier)}, rung {_known(rung)})"),
        ("family", kind_words(action.family_of.value)),
        ("quantity", quantity_words(action.quantity) if action.quantity else "none applies"),
        ("occurred", str(action.occurred)),
        ("made public", str(action.made_public or "")),
        ("effective", str(action.effective or "")),
        ("organ", action.organ or ""),
        ("tags", ", ".join(action.tags)),
        ("confidence", action.confidence),
        ("note", action.note),
        ("recorded at position", str(dossier.position)),
        ("last spoken of at position", str(dossier.changed_at)),
        ("retracted", dossier.retracted or ("" if dossier.stands else "without a reason")),
    )
    yield from ((name, value) for name, value in fields if value)


def _polarity(dossier: Dossier) -> str:
    return dossier.action.kind_row.polarity.value


def _known(rung: int | None) -> str:
    return "not known" if rung is None else str(rung)


def _links(history: History, dossier: Dossier) -> Iterator[LinkRow]:
    """Go through the links of an action, then the links that others have to it."""
    for how, linked in _linked(dossier):
        yield LinkRow(how, linked)
    for other in history.dossiers.values():
        for how, linked in _linked(other):
            if linked == dossier.id and other.stands:
                yield LinkRow(BACKWARDS[how], other.id)


def _linked(dossier: Dossier) -> Iterator[tuple[str, str]]:
    action = dossier.action
    if action.part_of:
        yield "part of", action.part_of
    for how, linked in (
        ("executes", action.executes),
        ("carries out", action.carries_out),
        ("same as", action.same_as),
        ("reverses", action.reverses),
    ):
        for other in linked:
            yield how, other


BACKWARDS = {
    "part of": "has the part",
    "executes": "executed by",
    "carries out": "carried out by",
    "same as": "also recorded as",
    "reverses": "reversed by",
}
