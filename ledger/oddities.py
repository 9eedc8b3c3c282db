"""What is odd about a record, and recorded all the same: said at once, for it may be a slip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from domain.causes import ActionCause
from domain.kinds import Polarity
from domain.records.accounts import Attributed, Characterised
from domain.records.action import Action
from domain.records.amendments import Corrected, Reinstated
from ledger.context import Context
from ledger.lateness import late_causes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from domain.causes import Said
    from domain.dates import UncertainDate
    from domain.records.base import Record
    from domain.sides import Sides
    from ledger.appending import Outcome
    from ledger.facade import Ledger
    from ledger.lateness import Late

WHO: Final = frozenset({"kind", "actors", "targets", "dispute"})
WHEN: Final = frozenset({"occurred", "made_public"})


def oddities(ledger: Ledger, outcome: Outcome) -> tuple[str, ...]:
    """Return what a record that was just recorded brings that is odd, a sentence each.

    Told is only what this record says: not what was odd about its action before.

    Rule: docs/semantics.md#impossible
    """
    return tuple(_oddities(ledger, outcome))


def _oddities(ledger: Ledger, outcome: Outcome) -> Iterator[str]:
    record = outcome.record
    context = Context(ledger.application)
    for late in _late(ledger, record):
        yield (
            f"{late.effect} certainly came before {late.cause}, which it answers according to "
            f"{late.account}: recorded, and counted as impossible"
        )
    today = next(
        entry.recorded_at.date() for entry in ledger.entries(outcome.position - 1, outcome.position)
    )
    for name, when in _dates(record, context):
        if when is not None and when.lo > today:
            yield _ahead(name, when, today)
    action = _action_changed(record, context, WHO)
    dispute = context.dispute(action.dispute) if action is not None else None
    if action is not None and dispute is not None:
        yield from _against_itself(action, dispute.sides)
    for name, account, said in _said(record, context):
        if ActionCause(name) in said.causes:
            yield (
                f"{name} answers itself according to {account}: recorded, and counted as an "
                "exchange of one"
            )


def _late(ledger: Ledger, record: Record) -> Iterator[Late]:
    """Go through the causes that come too late by what this record says."""
    changed = record.changes.thaw().keys() if isinstance(record, Corrected) else frozenset()
    if isinstance(record, (Action, Reinstated)) or "occurred" in changed:
        yield from late_causes(ledger, record.stream().partition(":")[2])
    elif isinstance(record, Attributed):
        said = {str(cause) for cause in record.causes.causes}
        for late in late_causes(ledger, record.action):
            is_its_own = late.effect == record.action and late.account == record.account
            if is_its_own and late.cause in said:
                yield late
    elif isinstance(record, Corrected) and "cause" in changed:
        action = Context(ledger.application).dossier(record.action)
        actors = ", ".join(action.action.actors) if action else ""
        for late in late_causes(ledger, record.action):
            if (late.effect, late.account) == (record.action, actors):
                yield late


def _dates(record: Record, context: Context) -> Iterator[tuple[str, UncertainDate | None]]:
    """Go through the dates that a record gives for what happened; what is to come may take effect.

    So `effective` is left out.
    """
    action = _action_changed(record, context, WHEN)
    if action is not None:
        yield action.id, action.occurred
        yield f"the publication of {action.id}", action.made_public
    elif isinstance(record, (Attributed, Characterised)):
        yield f"the statement of {record.account} on {record.action}", record.stated_on


def _ahead(name: str, when: UncertainDate, today: date) -> str:
    return f"{name} is dated {when}, and it is {today.isoformat()} by the clock of the ledger"


def _action_changed(record: Record, context: Context, fields: frozenset[str]) -> Action | None:
    """Return the action that is new, or that a correction changed in one of the fields."""
    if isinstance(record, Action):
        return record
    if isinstance(record, Corrected) and fields & record.changes.thaw().keys():
        dossier = context.dossier(record.action)
        return dossier.action if dossier else None
    return None


def _against_itself(action: Action, sides: Sides) -> Iterator[str]:
    acting, meant = sides.sides_of(action.actors), sides.sides_of(action.targets)
    if action.kind_row.polarity is Polarity.HOSTILE and acting == meant and len(acting) == 1:
        yield (
            f"{action.id} is hostile, and both by and against {min(acting)}: recorded, and "
            "imposed by that side on itself"
        )


def _said(record: Record, context: Context) -> Iterator[tuple[str, str, Said]]:
    action = _action_changed(record, context, frozenset({"cause"}))
    if action is not None:
        yield action.id, ", ".join(action.actors), action.cause
    elif isinstance(record, Attributed):
        yield record.action, record.account, record.causes
