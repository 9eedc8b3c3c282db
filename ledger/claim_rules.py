"""The rules of recording claims: what a test names must be there, or it could never be decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.claims.mentions import mentions
from domain.claims.nesting import checked_length
from domain.errors import InputError, require
from domain.measures.roots import EXTERNAL
from domain.nearest import did_you_mean
from domain.quoting import quoted
from ledger.known import UnknownDisputeError, known_action

if TYPE_CHECKING:
    from domain.claims.claim import ClaimRecorded, ClaimWithdrawn
    from domain.claims.language import Test
    from domain.sides import Sides
    from ledger.context import Context


class UnknownSideError(InputError):
    """A claim names a side that the dispute does not declare, and that is no party either."""


class UnknownClaimError(InputError):
    """The ledger holds no claim of this id."""


class ClaimNotStandingError(InputError):
    """A claim is to be withdrawn that is withdrawn already, or taken back that stands."""


def check_test(test: Test, dispute: str, context: Context, where: str) -> None:
    """Refuse a test that is too long, or names an action, a side, a party or a dispute not there.

    Raises ClaimTooLongError, UnknownActionError, UnknownDisputeError, UnknownSideError,
    UnknownPartyError, each placed at `where`.

    Rule: docs/semantics.md#claims
    """
    named = mentions(checked_length(test, where))
    held = context.dispute(dispute)
    for other in named.disputes:
        _check_dispute(other, context, where)
    for action in named.actions:
        known_action(action, context, where)
    for side in named.sides:
        _check_side(side, held.sides if held else None, context, where)
    accounts = [account for account in named.accounts if ":" not in account]
    for party in (*named.parties, *accounts):
        _check_party(party, context, where)


def _check_side(name: str, sides: Sides | None, context: Context, where: str) -> None:
    declared = sides.declared if sides else ()
    if name in {*declared, EXTERNAL}:
        return
    try:
        context.check_party(name)
    except InputError as error:
        raise UnknownSideError(
            f"{quoted(name)} is neither a side of the dispute nor a party",
            where=where,
            why=did_you_mean(name, declared) or error.why or error.what,
            hint=error.hint or "reciprocity party list",
        ) from error


def _check_dispute(dispute: str, context: Context, where: str) -> None:
    require(
        context.dispute(dispute) is not None,
        UnknownDisputeError(
            f"no dispute {quoted(dispute)} in this ledger",
            where=where,
            why="a claim speaks of a dispute that is open, its own or a named one",
            hint="reciprocity dispute list",
        ),
    )


def _check_party(name: str, context: Context, where: str) -> None:
    try:
        context.check_party(name)
    except InputError as error:
        raise error.located(where) from error


def check_claim(record: ClaimRecorded, context: Context) -> None:
    """Refuse a claim whose dispute, party or tests name what is not there."""
    where = f"claim {record.id}"
    _check_dispute(record.dispute, context, f"{where}, field dispute")
    if record.side is not None:
        _check_party(record.side, context, f"{where}, field side")
    for number, variant in enumerate(record.variants, start=1):
        label = f" ({variant.label})" if variant.label else ""
        place = f"{where}, test {number}{label}" if len(record.variants) > 1 else f"{where}, test"
        check_test(variant.test, record.dispute, context, place)


def check_withdrawn(record: ClaimWithdrawn, context: Context) -> None:
    """Refuse to withdraw a claim that is not there or does not stand."""
    claim = context.claim(record.claim)
    require(
        claim is not None,
        UnknownClaimError(
            f"no claim {quoted(record.claim)} in this ledger", hint="reciprocity claim list"
        ),
    )
    stands = claim is not None and claim.stands
    require(
        stands is not record.taken_back,
        ClaimNotStandingError(
            f"claim {record.claim} {'stands' if stands else 'is withdrawn already'}",
            why=(claim.withdrawn if claim else None) or "nobody withdrew it",
            hint=f"reciprocity claim show {record.claim}",
        ),
    )
