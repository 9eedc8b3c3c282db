"""Which actions a reading looks at: dispute, families, period, and what was public by a date."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.dates import Membership, UncertainDate, membership, parse_date
from domain.errors import InputError
from domain.reading import DateBasis, MembershipRule, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.dossiers import Dossier
    from domain.history import History
    from domain.records.action import Action
    from domain.records.stocks import StockObserved


@dataclass(frozen=True, slots=True)
class Selected:
    """An action that the reading looks at, and whether it is certainly in its period."""

    dossier: Dossier
    membership: Membership


def date_of(action: Action, basis: DateBasis) -> UncertainDate:
    """Return the date that says when the action happened; by default the day it occurred."""
    if basis is DateBasis.PUBLIC:
        return action.made_public or action.occurred
    if basis is DateBasis.EFFECTIVE:
        return action.effective or action.occurred
    return action.occurred


def selected(history: History, dispute: str, reading: Reading) -> Iterator[Selected]:
    """Go through the actions that are certainly or possibly in the period, by date, then id.

    Rule: docs/semantics.md#two-times
    """
    chosen = sorted(
        history.in_dispute(dispute), key=lambda held: in_order_of_time(held.action, reading)
    )
    for dossier in chosen:
        if reading.families and dossier.action.family_of not in reading.families:
            continue
        when = membership(date_of(dossier.action, reading.date_basis), reading.period)
        if when is not Membership.NO:
            yield Selected(dossier, when)


def counted(history: History, dispute: str, reading: Reading) -> Iterator[Dossier]:
    """Go through the actions that the reading's membership rule counts."""
    for chosen in selected(history, dispute, reading):
        if chosen.membership is Membership.CERTAIN or reading.membership is MembershipRule.POSSIBLE:
            yield chosen.dossier


def in_order_of_time(action: Action, reading: Reading) -> tuple[str, str, str]:
    """Return a key that orders actions by earliest day, latest day, then id."""
    when = date_of(action, reading.date_basis)
    return (when.lo.isoformat(), when.hi.isoformat(), action.id)


def as_of_claim(history: History, date: UncertainDate | None) -> History:
    """Keep only actions public, statements made and stocks counted, by the date of a claim.

    An action without a date of publication was public when it occurred; an undated statement was
    made with the action; a stock without a dated source was known on the day it was counted. What
    is only possibly public by then is kept out.

    Rule: docs/semantics.md#two-times
    """
    if date is None:
        return history
    kept = {
        name: _statements_by(dossier, date)
        for name, dossier in history.dossiers.items()
        if date_of(dossier.action, DateBasis.PUBLIC).hi <= date.hi
    }
    counted_by_then = {
        name: seen for name, seen in history.stocks.items() if _is_known_by(seen, date)
    }
    return replace(history, dossiers=kept, stocks=counted_by_then)


def _is_known_by(seen: StockObserved, date: UncertainDate) -> bool:
    """Whether a stock was counted by a date, and one of its sources said so by then."""
    said_on = [_readable(source.date) for source in seen.sources]
    return seen.on.hi <= date.hi and any(day is None or day.hi <= date.hi for day in said_on)


def _readable(text: str) -> UncertainDate | None:
    """Return the date of a source; None where it has none, or none that can be read as one."""
    try:
        return parse_date(text)
    except InputError:
        return None


def _statements_by(dossier: Dossier, date: UncertainDate) -> Dossier:
    return replace(
        dossier,
        attributions=tuple(
            said
            for said in dossier.attributions
            if said.stated_on is None or said.stated_on.hi <= date.hi
        ),
        characterisations=tuple(
            said
            for said in dossier.characterisations
            if said.stated_on is None or said.stated_on.hi <= date.hi
        ),
    )
