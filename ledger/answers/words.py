"""Records in words: one line each, for people who read a history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from domain.causes import Form
from domain.claims.claim import ClaimRecorded, ClaimWithdrawn
from domain.records.accounts import (
    Attributed,
    AttributionWithdrawn,
    Basis,
    CharacterisationWithdrawn,
    Characterised,
    Stance,
)
from domain.records.action import Action
from domain.records.amendments import Corrected, Reinstated, Retracted, SourceAdded
from domain.records.stocks import StockObserved
from domain.records.subjects import CoverageStated, DisputeOpened, PartyRegistered, SidesChanged
from domain.units import unit
from ledger.undo import OF_AN_UNDO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from domain.causes import Cause, Said
    from domain.quantities import Amount, Quantity
    from domain.records.base import Record, Source
    from domain.sides import Side

SILENT: Final = {
    Form.NONE_STATED: "no cause stated",
    Form.UNKNOWN: "cause not known",
    Form.DISPUTED: "disputed (no cause given)",
    Form.NOT_APPLICABLE: "nothing contested (no cause given)",
}


def record_line(record: Record) -> str:
    """Return a record in one line."""
    for type_, words in LINES:
        if isinstance(record, type_):
            return words(record)
    return record.stored_name


def action_line(action: Action) -> str:
    """Return who did what to whom: "USA -> RUS: expulsion, 35 persons"."""
    what = kind_words(action.kind)
    if action.quantity is not None:
        what += f", {quantity_words(action.quantity)}"
    return f"{parties_words(action.actors)} -> {parties_words(action.targets)}: {what}"


def kind_words(name: str) -> str:
    """Return a kind as people write it: "staff cap"."""
    return name.replace("_", " ")


def parties_words(parties: Iterable[str]) -> str:
    """Return several parties as one: "USA+GBR"."""
    return "+".join(parties)


def quantity_words(quantity: Quantity) -> str:
    """Return a quantity: "35 persons", "an unknown number of persons"."""
    return amount_of(quantity.value, quantity.unit)


def amount_of(amount: Amount, unit_name: str) -> str:
    """Return an amount of a unit: "1 person", "at least 79 persons (1 part unknown)"."""
    row = unit(unit_name)
    if amount.is_unknown and amount.unknown_parts == 1:
        return f"an unknown number of {row.plural}"
    name = row.singular if amount.is_exact and amount.lo == 1 else row.plural
    number, bracket, rest = amount.words().partition(" (")
    return f"{number} {name}{bracket}{rest}"


def said_words(said: Said) -> str:
    """Return what an account says an action answers."""
    if said.form is Form.CAUSES:
        return f"answers {causes_words(said.causes)}"
    return "unprovoked" if said.form is Form.UNPROVOKED else SILENT[said.form]


def causes_words(causes: Iterable[Cause]) -> str:
    """Return causes by their texts, or "nothing"."""
    return ", ".join(str(cause) for cause in causes) or "nothing"


def source_words(source: Source) -> str:
    """Return a source in one line."""
    parts = (source.title, source.publisher, source.date, source.address)
    return ", ".join(part for part in parts if part)


def cited_words(sources: Sequence[Source]) -> str:
    """Return sources briefly: who published the first one when, and how many more there are."""
    if not sources:
        return ""
    first = sources[0]
    named = ", ".join(part for part in (first.publisher or first.title, first.date) if part)
    return named + (f" (and {len(sources) - 1} more)" if len(sources) > 1 else "")


def _action(record: Action) -> str:
    return f"{record.occurred}, {action_line(record)}; {said_words(record.cause)}"


def _attributed(record: Attributed) -> str:
    verb = "infers" if record.basis is Basis.INFERRED else "says"
    stance = "" if record.stance is Stance.NOT_SAID else f"; {record.stance}"
    return f"{record.account} {verb}: {said_words(record.causes)}{stance}"


def characterised_words(record: Characterised) -> str:
    """Return what an account calls an action: "calls it expulsion, counts 60 persons"."""
    said = []
    if record.kind is not None:
        said.append(f"calls it {kind_words(record.kind)}")
    if record.quantity is not None:
        said.append(f"counts {quantity_words(record.quantity)}")
    if record.denied:
        said.append("denies that it happened")
    return ", ".join(said)


def _characterised(record: Characterised) -> str:
    basis = " (inferred)" if record.basis is Basis.INFERRED else ""
    return f"{record.account} {characterised_words(record)}{basis}"


def _withdrawn(record: AttributionWithdrawn | CharacterisationWithdrawn) -> str:
    statement = record.statement[:12]
    if OF_AN_UNDO.fullmatch(record.reason):
        # The ledger mends its own record: the party may never have spoken.
        words = f"the ledger takes back what it recorded of {record.account} ({statement})"
    else:
        words = f"{record.account} withdraws its statement {statement}"
    return f"{words}{_why(record.reason)}"


def _corrected(record: Corrected) -> str:
    return f"corrects {', '.join(sorted(record.changes.thaw()))}{_why(record.reason)}"


def _retracted(record: Retracted) -> str:
    return f"retracted{_why(record.reason)}"


def _reinstated(record: Reinstated) -> str:
    return f"reinstated{_why(record.reason)}"


def _source_added(record: SourceAdded) -> str:
    return f"one more source: {source_words(record.source)}"


def _dispute(record: DisputeOpened) -> str:
    return f"{record.title}; {_sides(record.sides)}"


def _sides_changed(record: SidesChanged) -> str:
    return f"{_sides(record.sides)}{_why(record.reason)}"


def _sides(sides: tuple[Side, ...]) -> str:
    named = (f"{side.name} ({', '.join(side.parties)})" for side in sides)
    return f"sides: {', '.join(named) or 'none'}"


def _party(record: PartyRegistered) -> str:
    members = f": {', '.join(record.members)}" if record.members else ""
    return f"{record.title} ({record.nature}){members}"


def _coverage(record: CoverageStated) -> str:
    return record.statement


def _stock(record: StockObserved) -> str:
    counted = quantity_words(record.quantity)
    return f"{record.teller} counts {counted} of {record.whose} in {record.where} on {record.on}"


def _claim(record: ClaimRecorded) -> str:
    return f"{record.speaker}, {record.said_on}: {record.words}"


def _claim_withdrawn(record: ClaimWithdrawn) -> str:
    done = "stands again" if record.taken_back else "withdrawn"
    return f"claim {record.claim} {done}{_why(record.reason)}"


def _why(reason: str) -> str:
    return f": {reason}" if reason else ""


LINES: Final[tuple[tuple[type[Record], Callable[..., str]], ...]] = (
    (Action, _action),
    (Attributed, _attributed),
    (AttributionWithdrawn, _withdrawn),
    (Characterised, _characterised),
    (CharacterisationWithdrawn, _withdrawn),
    (Corrected, _corrected),
    (Retracted, _retracted),
    (Reinstated, _reinstated),
    (SourceAdded, _source_added),
    (DisputeOpened, _dispute),
    (SidesChanged, _sides_changed),
    (PartyRegistered, _party),
    (CoverageStated, _coverage),
    (StockObserved, _stock),
    (ClaimRecorded, _claim),
    (ClaimWithdrawn, _claim_withdrawn),
)
