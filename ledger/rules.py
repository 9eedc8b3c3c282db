"""The rules of appending that need the rest of the ledger: what a record may refer to.

What a record must be in itself is checked by its class. Here: parties, disputes, actions and
statements that it names must be there, and an action that is amended must not be retracted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from domain.causes import ActionCause, Form, OutsideCause, Said
from domain.claims.claim import ClaimRecorded, ClaimWithdrawn
from domain.dossiers import corrected_action, statement_named
from domain.errors import InputError, require
from domain.kinds import kind
from domain.records.accounts import (
    Attributed,
    AttributionWithdrawn,
    CharacterisationWithdrawn,
    Characterised,
)
from domain.records.action import Action, check_unit
from domain.records.amendments import Corrected, Reinstated
from domain.records.base import Amendment, Record
from domain.records.stocks import StockObserved
from domain.records.subjects import CoverageStated, DisputeOpened, PartyRegistered, SidesChanged
from ledger.claim_rules import check_claim, check_withdrawn
from ledger.known import UnknownActionError, UnknownDisputeError, known_action, known_dispute

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.sides import Side
    from ledger.context import Context


__all__ = [
    "NotRetractedError",
    "RetractedActionError",
    "UnchangedError",
    "UnknownActionError",
    "UnknownDisputeError",
    "UnknownStatementError",
    "check",
]


class RetractedActionError(InputError):
    """A record builds on an action that is retracted."""


class NotRetractedError(InputError):
    """An action that was never retracted cannot be reinstated."""


class UnknownStatementError(InputError):
    """A withdrawal names a statement that is not in force."""


class UnchangedError(InputError):
    """A correction changes nothing."""


def check(record: Record, context: Context) -> None:
    """Refuse a record that names what is not there, or builds on what does not count.

    Rule: docs/semantics.md#identity
    """
    for type_, rule in RULES:
        if isinstance(record, type_):
            rule(record, context)


def _action(record: Action, context: Context) -> None:
    known_dispute(record.dispute, context, f"action {record.id}, field dispute")
    for party in (*record.actors, *record.targets):
        context.check_party(party)
    _known_causes(record.cause, context, f"action {record.id}, field cause")
    for linked in record.linked_ids():
        known_action(linked, context, f"action {record.id}, links")


def _amendment(record: Amendment, context: Context) -> None:
    dossier = known_action(record.action, context, record.stored_name)
    if dossier is None or isinstance(record, Reinstated):
        return
    require(
        dossier.stands,
        RetractedActionError(
            f"action {record.action} is retracted",
            where=record.stored_name,
            why=dossier.retracted or "",
            hint=f"reciprocity reinstate {record.action} --reason ...",
        ),
    )


def _attributed(record: Attributed, context: Context) -> None:
    _known_account(record.account, context)
    _known_causes(record.causes, context, f"attribution by {record.account} to {record.action}")


def _characterised(record: Characterised, context: Context) -> None:
    _known_account(record.account, context)
    dossier = context.dossier(record.action)
    row = kind(record.kind) if record.kind else dossier.action.kind_row if dossier else None
    if row is not None:
        check_unit(row, record.quantity, f"characterisation of {record.action} by {record.account}")


def _withdrawn(record: AttributionWithdrawn | CharacterisationWithdrawn, context: Context) -> None:
    dossier = context.dossier(record.action)
    said = statement_named(dossier, record) if dossier is not None else None
    require(
        said is not None and said.account == record.account,
        UnknownStatementError(
            f"{record.account} has no statement {record.statement} in force on {record.action}",
            why="only what is in force can be withdrawn",
            hint=f"reciprocity show {record.action}",
        ),
    )


def _corrected(record: Corrected, context: Context) -> None:
    dossier = context.dossier(record.action)
    if dossier is None:
        return
    changed = corrected_action(dossier.action, record)
    require(
        changed != dossier.action,
        UnchangedError(
            f"the correction leaves {record.action} as it is",
            why="every field named has this value already",
            hint=f"reciprocity show {record.action}",
        ),
    )
    # That a cause was retracted since is no reason to refuse mending something else, or undoing.
    before = {
        cause
        for entry in context.stream(record.stream())
        if isinstance(entry.record, (Action, Corrected))
        for cause in said_in(entry.record).causes
    }
    new = tuple(cause for cause in changed.cause.causes if cause not in before)
    _action(changed.model_copy(update={"cause": Said(Form.CAUSES, new)}), context)


def said_in(record: Record) -> Said:
    """Return what a record says of causes; a correction may replace those of the actor."""
    if isinstance(record, Corrected):
        return Said.of(record.changes.thaw().get("cause", []))
    said = getattr(record, "cause", None) or getattr(record, "causes", None)
    return said if isinstance(said, Said) else Said.of([])


def _reinstated(record: Reinstated, context: Context) -> None:
    dossier = context.dossier(record.action)
    require(
        dossier is None or not dossier.stands,
        NotRetractedError(
            f"action {record.action} is not retracted", hint=f"reciprocity show {record.action}"
        ),
    )


def _sides(record: DisputeOpened | SidesChanged, context: Context) -> None:
    if isinstance(record, SidesChanged):
        known_dispute(record.dispute, context, "sides of a dispute")
    _known_parties(record.sides, context)


def _stock(record: StockObserved, context: Context) -> None:
    _known_account(record.teller, context)
    context.check_party(record.whose)
    context.check_party(record.where)


def _coverage(record: CoverageStated, context: Context) -> None:
    if record.dispute is not None:
        known_dispute(record.dispute, context, f"coverage {record.id}")
    for party in record.parties:
        context.check_party(party)


def _party(record: PartyRegistered, context: Context) -> None:
    for member in record.members:
        context.check_party(member)


def _known_parties(sides: tuple[Side, ...], context: Context) -> None:
    for side in sides:
        for party in side.parties:
            context.check_party(party)


def _known_account(account: str, context: Context) -> None:
    if ":" not in account:
        context.check_party(account)


def _known_causes(said: Said, context: Context, where: str) -> None:
    for cause in said.causes:
        if isinstance(cause, ActionCause):
            dossier = known_action(cause.action, context, where)
            require(
                dossier is None or dossier.stands,
                RetractedActionError(
                    f"the cause {cause.action} is retracted",
                    where=where,
                    why="what does not count can be answered by nothing new",
                    hint=f"reciprocity show {cause.action}",
                ),
            )
        elif isinstance(cause, OutsideCause):
            context.check_party(cause.party)
        elif cause.blamed:
            context.check_party(cause.blamed)


RULES: Final[tuple[tuple[type[Record], Callable[..., None]], ...]] = (
    (Action, _action),
    (Amendment, _amendment),
    (Attributed, _attributed),
    (AttributionWithdrawn, _withdrawn),
    (Characterised, _characterised),
    (CharacterisationWithdrawn, _withdrawn),
    (Corrected, _corrected),
    (Reinstated, _reinstated),
    (DisputeOpened, _sides),
    (SidesChanged, _sides),
    (PartyRegistered, _party),
    (StockObserved, _stock),
    (CoverageStated, _coverage),
    (ClaimRecorded, check_claim),
    (ClaimWithdrawn, check_withdrawn),
)
